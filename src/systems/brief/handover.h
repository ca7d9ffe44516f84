// systems/brief/handover.h: what a shift leaves to the next (交接班), counted when it is written. A matter of
// procedures/handover.toml. Rules and sources: docs/systems/brief.md
#pragma once
#include "api/api.h"
#include "systems/brief/sources.h"

namespace banyan::brief {

/// Of what is left, by one word of the rulebook's choice `what`.
struct Left {
    std::string what;
    std::int64_t count = 0;
    std::vector<MatterId> matters;  ///< the most urgent first; not of calls and notices
};
std::vector<Left> left_now(Sources const& sources, store::Session& session, Engine& engine, Actor const& viewer);

/// The step of who hands over, with what is left. `session`: a reader.
Command writing(std::vector<Left> const& left, Texts const& texts, Actor const& leader, std::string_view remarks,
                Instant now);

struct Handover {
    Matter matter;
    Event written;
    std::optional<Event> signed_for;
};
/// The newest first.
std::vector<MatterId> latest_handovers(store::Session& session, std::size_t most);
/// Nothing: it is none, or the viewer does not find it.
std::optional<Handover> load_handover(store::Session& session, api::House const& house, Actor const& viewer,
                                      MatterId id);

}  // namespace banyan::brief
