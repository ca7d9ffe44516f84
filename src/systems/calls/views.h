// systems/calls/views.h: calls as somebody may see them: the number masked, no recording, only matters they may
// find.
#pragma once
#include "kernel/engine/view.h"
#include "systems/calls/routes.h"

namespace banyan::calls {

/// Which matters the viewer finds, as view_of() gives rows of lists.
std::map<MatterId, json::object> matter_rows(Desk const& desk, Office const& office,
                                             std::vector<MatterId> const& matters);

json::object call_json(Office const& office, Call const& call);
/// With `matters` of each, as far as the viewer finds them.
json::array calls_json(Desk const& desk, Office const& office, std::vector<Call> const& calls);
/// As `member`, unless it is nobody.
void add_person(json::object& row, std::string_view member, Directory const& directory, PersonId person);
/// "154****0001"; null: withheld.
json::value masked_number(Office const& office, Call const& call);

shape::Schema call_shape();
shape::Schema person_shape();

std::int64_t whole_seconds(Span span);

}  // namespace banyan::calls
