// main/floor.h: the hall's floor, put together: what there is where, who is told, the caretaker; the demo's
// morning.
#pragma once
#include "main/app.h"
#include "systems/floor/routes.h"

namespace banyan {

class FloorPart {
  public:
    /// REQUIRES: `house` and `store` outlive it. Throws when the city's catalogue `floor` cannot be read.
    FloorPart(api::House& house, store::Store& store, EmbeddedTable files);
    ~FloorPart() { stop(); }
    void add_operations(api::Api& api) { floor::add_operations(api, desk_); }
    void start();
    void stop();  ///< before the engine stops

  private:
    void care();
    void hear();  ///< a plan that was changed at another node, or imported

    store::Store& store_;
    floor::Handbook const book_;
    floor::Plans plans_;
    floor::Streams streams_;
    floor::Desk desk_;
    std::unique_ptr<store::Session> reading_, hearing_;  ///< the caretaker's, the writer's
    floor::Caretaker caretaker_;
};

/// The demo's hall and its morning, once. REQUIRES: the units and accounts are there, the engine is not started.
void seed_demo_floor(Opened& city, EmbeddedTable files);

}  // namespace banyan
