// systems/desk/loading.h: a matter that a route names, as the viewer may see it.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "kernel/engine/tables.h"
#include "systems/desk/routes.h"

namespace banyan::desk {

struct Loaded {
    Matter matter;
    std::vector<EventRow> history;
};
/// Nothing when it does not exist; what the viewer may not see is decided by the view. `id`: or receipt number.
std::optional<Loaded> load(House& house, store::Session& session, std::string_view id);

/// Reading is an event too, unless it is one's own matter.
void note_reading(House& house, Actor const& actor, Matter const& matter, std::string_view what);

/// matter.unknown: the same for what does not exist and for what one may not see.
http::Reply unknown(House const& house, Call const& call);

}  // namespace banyan::desk
