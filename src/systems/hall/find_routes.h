// systems/hall/find_routes.h: items found and counted: GET /api/v1/hall/items, GET /api/v1/hall/facets.
#pragma once
#include "api/api.h"
#include "systems/hall/shelf.h"

namespace banyan::hall {

void add_find_operations(api::Api& api, api::House& house, Shelf const& shelf);

/// What the parameters of both ask for. Refused: region.unknown, field.choice (class, scene). Units are looked up
/// by who knows all of them.
Result<Wanted> wanted_of(json::object const& query, Finder::Names const& names);
std::vector<Field> find_fields();
/// An item as a row of a list.
json::object row_json(Finder const& finder, Finder::Number item);
shape::Schema row_shape();
json::object facets_json(Facets const& facets);
json::object named_json(Named const& named);  ///< `en` only where there is one

}  // namespace banyan::hall
