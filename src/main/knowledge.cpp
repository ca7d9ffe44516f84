#include "main/knowledge.h"

#include "systems/knowledge/knowledge_store.h"
#include "systems/knowledge/routes.h"
#include "systems/knowledge/shipped.h"

namespace banyan {

KnowledgePart::KnowledgePart(Opened& city, bool demo, telemetry::Log& log) : city_(city), log_(log) {
    Instant const now = city.engine->now();
    city.engine->write_now(
        [&](store::Session& session) { knowledge::take_in_shipped(session, banyan_embedded_table, demo, now); });
    build_library();
    auto guides = std::make_shared<knowledge::CurrentGuides>();
    editor_ = std::make_unique<knowledge::Editor>(*city.engine, *city.store, guides);
    city.checks.merge(knowledge::checks_of(std::move(guides)));
    city.reload();
}

void KnowledgePart::build_library() {
    shelf_.begin([&store = *city_.store, &log = log_] {
        try {
            auto const lexicon = knowledge::shipped_lexicon(banyan_embedded_table);
            auto const session = store.open_reader();
            return std::make_shared<knowledge::Library const>(knowledge::load_stock(*session), lexicon);
        } catch (std::exception const& error) {  // whoever asks goes on with the one before, if there is one
            log.warn("knowledge.failed", {{"why", std::string(error.what())}});
            throw;
        }
    });
}

void KnowledgePart::start() {
    editor_->changed = [this] { build_library(); };
    editor_->on_failure = [&log = log_](std::string const& why) { log.warn("knowledge.failed", {{"why", why}}); };
    editor_->start();
}

void KnowledgePart::add_operations(api::Api& api, api::House& house) const {
    knowledge::add_search_operations(api, house, shelf_);
    knowledge::add_stock_operations(api, house, shelf_);
    knowledge::add_list_operations(api, house, shelf_);
    knowledge::add_mark_operations(api, house, shelf_);
}

}  // namespace banyan
