// systems/knowledge/routes.h: the operations of this system.
#pragma once
#include "api/api.h"
#include "systems/knowledge/shelf.h"

namespace banyan::knowledge {

using api::Api;
using api::House;

void add_search_operations(Api& api, House& house, Shelf const& shelf);
void add_stock_operations(Api& api, House& house, Shelf const& shelf);
void add_list_operations(Api& api, House& house, Shelf const& shelf);
void add_mark_operations(Api& api, House& house, Shelf const& shelf);

// ── what both write ──────────────────────────────────────────────────────────────────────────────────────────
/// Who works for the city also sees what is over, what is for staff, laws that are not sure, and those of other
/// places.
bool works_for_city(api::Call const& call);
/// The version that was asked for, as the caller may see it; left out: the one in force today, else the last.
/// Null: none.
Entry const* entry_for(Stock const& stock, api::Call const& call, std::optional<std::int64_t> version, Day today);
/// `from` and `until`, where there are any.
void put_force(json::object& into, Force const& force);
/// The articles an entry rests on, with the titles of their laws; with `everyone`, those that are shown to
/// everyone on that day.
json::array rests_on(Stock const& stock, Entry const& entry, std::optional<Day> everyone);
shape::Schema rests_on_shape();
/// A unit's code, and its name where the city has one of this code.
void put_unit(json::object& into, std::string_view code, House const& house);

}  // namespace banyan::knowledge
