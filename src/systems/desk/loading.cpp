#include "systems/desk/loading.h"

namespace banyan::desk {

std::optional<Loaded> load(House& house, store::Session& session, std::string_view id) {
    auto const matter_id = api::read_matter(id);
    if (!matter_id) return std::nullopt;
    auto matter = load_matter(session, *matter_id, house.engine.procedures());
    if (!matter) return std::nullopt;
    std::vector<EventRow> history = load_history(session, *matter);
    return Loaded{std::move(*matter), std::move(history)};
}

void note_reading(House& house, Actor const& actor, Matter const& matter, std::string_view what) {
    if (actor.person == matter.asker && actor.person) return;
    house.engine.note_reading({house.engine.now(), actor.person, actor.role, std::string(what), matter.id});
}

http::Reply unknown(House const& house, Call const& call) {
    return problem({"matter.unknown", {}, {}, {}}, house.texts, call.language);
}

}  // namespace banyan::desk
