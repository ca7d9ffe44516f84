// Halls and windows, with their hours by the city's calendar; what is near is reckoned where somebody stands.
#include <algorithm>

#include "base/text.h"
#include "systems/hall/home/home_desk.h"
#include "systems/hall/item_store.h"
#include "systems/hall/routes.h"

namespace banyan::hall {
namespace {

json::object place_json(HomeDesk const& desk, Place const& place, Directory const& directory) {
    Unit const* unit = directory.current(place.unit);
    OfficeHours hours = kOfficeHours;
    if (unit != nullptr)
        if (auto own = OfficeHours::parse(unit->office_hours)) hours = std::move(*own);
    Instant const now = desk.house.engine.now();
    OpenNow const open = open_now(*desk.house.engine.calendar(), hours, now);
    json::object row{{"code", place.code},     {"zh", place.zh},
                     {"en", place.en},         {"unit", place.unit},
                     {"region", place.region}, {"address", {{"zh", place.address}, {"en", place.address_en}}},
                     {"lat", place.lat},       {"lon", place.lon},
                     {"hours", hours.text()},  {"open", open.open}};
    row[open.open ? "until" : "opens"] = rfc3339(open.until_or_from);
    if (!place.way.empty()) row["way"] = place.way;
    if (unit != nullptr && !unit->phone.empty()) row["phone"] = unit->phone;
    return row;
}

/// Where an item is taken in: at the windows of its place, or its unit's own; one for the whole province anywhere.
bool takes_in(HomeDesk const& desk, Place const& place, Item const& item) {
    auto const windows = desk.windows.find(item.region);
    return item.has("any_place") || place.unit == item.unit ||
           (windows != desk.windows.end() && windows->second == place.unit);
}

Result<http::Reply> places(HomeDesk const& desk, store::Session& session, api::Call& call) {
    Form const form(call.query);
    std::vector<Place> all;
    if (auto const csv = desk.house.catalogues.find("places")) {
        BANYAN_TRY(all, read_places(*csv));
    }
    if (form.has("item")) {
        std::string const code(form.text("item"));
        auto const found = find_item(session, code);
        if (!found)
            return refuse("item.unknown", "query.item", {{"code", std::string(first_characters(code, 40))}});
        std::erase_if(all, [&](Place const& place) { return !takes_in(desk, place, found->item); });
    }
    if (std::string const chosen(region_code(form.text("region"))); !chosen.empty()) {
        std::erase_if(all, [&](Place const& place) { return !nearness(place.region, chosen); });
        std::ranges::stable_sort(all, {}, [&](Place const& place) { return *nearness(place.region, chosen); });
    }
    auto const rules = desk.house.engine.rules();
    json::array rows;
    for (Place const& place : all) rows.push_back(place_json(desk, place, *rules->directory));
    return api::json_reply(200,
                           json::object{{"at", rfc3339(desk.house.engine.now())}, {"places", std::move(rows)}});
}

shape::Schema place_shape() {
    using namespace shape;
    return named("hall_place", object({{"code", code()},
                                       {"zh", shape::text()},
                                       {"en", shape::text()},
                                       {"unit", code("whose windows they are")},
                                       {"region", code("whose items it takes in")},
                                       {"address", object({{"zh", shape::text()}, {"en", shape::text()}})},
                                       {"lat", json::object{{"type", "number"}, {"description", "WGS 84"}}},
                                       {"lon", json::object{{"type", "number"}}},
                                       {"hours", shape::text("of a working day: 08:30-12:00,14:30-17:30")},
                                       {"open", flag("now, by the city's calendar")},
                                       {"until?", instant("it closes")},
                                       {"opens?", instant("next")},
                                       {"way?", shape::text("how to get there, in Chinese")},
                                       {"phone?", shape::text()}}));
}

}  // namespace

void add_place_operations(api::Api& api, HomeDesk const& desk) {
    using Of = Field::Type;
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/places",
             .name = "hall.places",
             .summary = "Halls and windows people can go to; nobody's position is asked",
             .tag = "hall",
             .who = api::Who::anyone,
             .query = {{.name = "region",
                        .type = Of::code,
                        .about = "that place first, then what lies in it, then what it lies in"},
                       {.name = "item", .type = Of::code, .about = "only where this item is taken in"}},
             .replies = {{200, "all, or those"}, {404, "no such item"}},
             .reply = shape::object({{"at", shape::instant()}, {"places", shape::list(place_shape())}}),
             .handle = reading(desk, places)});
}

}  // namespace banyan::hall
