// main/rulebooks.h: the rulebooks' operations and their checker, put together.
#pragma once
#include <atomic>

#include "kernel/engine/pace.h"
#include "main/app.h"
#include "systems/rulebooks/routes.h"

namespace banyan {

/// The rulebooks that come with the program.
Shipped shipped_rulebooks(EmbeddedTable files);

class RulebooksPart {
  public:
    RulebooksPart(api::House& house, EmbeddedTable files);
    void add_operations(api::Api& api) const { rulebooks::add_operations(api, desk_); }
    void start() { checking_.start(); }
    void stop();  ///< before the engine stops

  private:
    void rest();

    Pace pace_;
    std::atomic<bool> stopping_{false};
    rulebooks::Checking checking_;
    rulebooks::Desk desk_;
};

}  // namespace banyan
