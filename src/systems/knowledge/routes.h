// systems/knowledge/routes.h: the operations of this system.
#pragma once
#include "api/api.h"
#include "systems/knowledge/shelf.h"

namespace banyan::knowledge {

using api::Api;
using api::House;

void add_search_operations(Api& api, House& house, Shelf const& shelf);
void add_stock_operations(Api& api, House& house, Shelf const& shelf);

// ── what both write ──────────────────────────────────────────────────────────────────────────────────────────
/// Who works for the city also sees laws that are not sure.
bool sees_unsure(api::Call const& call);
/// `from` and `until`, where there are any.
void put_force(json::object& into, Force const& force);
/// The articles an entry rests on, with the titles of their laws.
json::array rests_on(Stock const& stock, Entry const& entry);
shape::Schema rests_on_shape();
/// A unit's code, and its name where the city has one of this code.
void put_unit(json::object& into, std::string_view code, House const& house);

}  // namespace banyan::knowledge
