// main/brief.h: the daily brief and the hand-over of a shift, put together: what calls, topics and notices know.
#pragma once
#include "base/embedded.h"
#include "systems/brief/routes.h"
#include "systems/calls/handbook.h"
#include "systems/topics/routes.h"

namespace banyan {

/// REQUIRES: all it is given outlives it.
brief::Sources brief_sources(api::House& house, calls::Handbook const& book, topics::Topics& topics);

/// Only what a hand-over asks.
brief::Sources handover_sources(Engine& engine);
/// One of the night's leader, to be signed by the day's. REQUIRES: calls and notices are there. Returns how many.
int seed_demo_handover(Engine& engine, store::Store& store, EmbeddedTable files);

}  // namespace banyan
