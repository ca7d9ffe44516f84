// main/knowledge.h: the knowledge of a city, put together: what ships is taken in, the library is built beside the
// server's start, the editor follows the journal, and rulebooks ask what may be cited.
#pragma once
#include "api/api.h"
#include "main/app.h"
#include "systems/knowledge/editor.h"
#include "systems/knowledge/shelf.h"

namespace banyan {

class KnowledgePart {
  public:
    /// Gives the city's rules their checks. REQUIRES: the engine is not started. It reads the city's store and its
    /// engine: it goes before the city.
    KnowledgePart(Opened& city, bool demo, telemetry::Log& log);
    void start();
    void stop() { editor_->stop(); }  ///< before the engine stops
    void add_operations(api::Api& api, api::House& house) const;

  private:
    void build_library();

    Opened& city_;
    telemetry::Log& log_;
    knowledge::Shelf shelf_;
    std::unique_ptr<knowledge::Editor> editor_;
};

}  // namespace banyan
