// main/knowledge.h: the knowledge of a city, put together: what ships is taken in, the library is built beside the
// server's start.
#pragma once
#include "api/api.h"
#include "main/app.h"
#include "systems/knowledge/shelf.h"

namespace banyan {

/// REQUIRES: the engine is not started. The shelf reads the city's store: it goes before the city.
void stock_knowledge(Opened& city, knowledge::Shelf& shelf, bool demo);
void add_knowledge_operations(api::Api& api, api::House& house, knowledge::Shelf const& shelf);

}  // namespace banyan
