// main/figures.h: a month's figures, put together: a thread behind the journal, and their operations; the
// telephone's part of them comes from the calls.
#pragma once
#include "api/api.h"
#include "platform/telemetry/metrics.h"
#include "systems/calls/handbook.h"
#include "systems/figures/keeper.h"
#include "systems/figures/routes.h"

namespace banyan {

class FiguresPart {
  public:
    /// Throws when its data files cannot be read. REQUIRES: all it is given outlives it.
    FiguresPart(api::House& house, store::Store& store, calls::Handbook const& calls, EmbeddedTable files);
    void add_operations(api::Api& api) { figures::add_operations(api, desk_); }
    void measure(telemetry::Metrics& metrics) const;
    void start() { keeper_.start(); }
    void stop() { keeper_.stop(); }  ///< before the engine stops

  private:
    figures::Keeper keeper_;
    figures::Desk desk_;
};

}  // namespace banyan
