#include "main/knowledge.h"

#include "systems/knowledge/knowledge_store.h"
#include "systems/knowledge/routes.h"
#include "systems/knowledge/shipped.h"

namespace banyan {

void stock_knowledge(Opened& city, knowledge::Shelf& shelf, bool demo) {
    Instant const now = city.engine->now();
    city.engine->write_now(
        [&](store::Session& session) { knowledge::take_in_shipped(session, banyan_embedded_table, demo, now); });
    shelf.begin([&store = *city.store] {
        auto const lexicon = knowledge::shipped_lexicon(banyan_embedded_table);
        auto const session = store.open_reader();
        return std::make_shared<knowledge::Library const>(knowledge::load_stock(*session), lexicon);
    });
}

void add_knowledge_operations(api::Api& api, api::House& house, knowledge::Shelf const& shelf) {
    knowledge::add_search_operations(api, house, shelf);
    knowledge::add_stock_operations(api, house, shelf);
}

}  // namespace banyan
