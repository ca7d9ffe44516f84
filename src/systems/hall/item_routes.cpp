// One item: its guide, its versions, its QR code.
#include "base/text.h"
#include "platform/qr/qr.h"
#include "systems/hall/find_routes.h"
#include "systems/hall/routes.h"

namespace banyan::hall {
namespace {

constexpr std::string_view kGuide = "/me/hall/items/";  ///< the page people read (web/src/hall)

std::unexpected<Refusal> no_item(std::string_view code) {
    return refuse("item.unknown", "path.code", {{"code", std::string(first_characters(code, 40))}});
}

json::object names_json(Desk const& desk, Item const& item) {
    json::array classes, scenes;
    for (std::string const& code : item.classes)
        if (Class const* one = desk.classes.at(code)) classes.push_back(named_json({code, one->zh, one->en}));
    for (std::string const& code : item.scenes)
        if (Scene const* one = desk.classes.scene(code)) scenes.push_back(named_json({code, one->zh, one->en}));
    auto const* region = desk.regions.at(item.region);
    json::object place = named_json({item.region, region == nullptr ? item.region : region->name, {}});
    place["whole"] = desk.regions.full_name(item.region);
    return {{"unit", named_json({item.unit, item.unit_name, item.unit_en})},
            {"region", std::move(place)},
            {"classes", std::move(classes)},
            {"scenes", std::move(scenes)}};
}

json::object why_json(Desk const& desk, Item const& item) {
    std::string_view const key = trips_why(item);
    json::object why = api::sentence_json(desk.house.texts, "hall.trips_why." + std::string(key),
                                          {{"times", std::to_string(item.in_person)}});
    why["key"] = key;
    return why;
}

json::array versions_json(store::Session& session, std::int64_t item) {
    json::array all;
    for (VersionRow const& version : versions_of(session, item)) {
        json::object row{{"version", version.version}, {"from", rfc3339(version.begins)}};
        if (version.ends) row["until"] = rfc3339(version.ends);
        all.push_back(std::move(row));
    }
    return all;
}

json::array others_json(store::Session& session, Item const& item) {
    json::array all;
    for (Item const& other : other_situations(session, item)) {
        json::object row{{"code", other.code}, {"situation", other.situation}};
        if (!other.situation_name.empty()) row["situation_name"] = other.situation_name;
        if (!other.situation_name_en.empty()) row["situation_name_en"] = other.situation_name_en;
        all.push_back(std::move(row));
    }
    return all;
}

Result<http::Reply> guide(Desk const& desk, store::Session& session, api::Call& call) {
    Form const form(call.query);
    std::optional<int> version;
    if (auto const asked = form.integer("version")) version = static_cast<int>(*asked);
    auto const found = find_item(session, call.param(0), version);
    if (!found) return no_item(call.param(0));
    Item const& item = found->item;
    json::object out = item_json(item);
    out["version"] = found->version;
    out["state"] = code_of(found->state);
    out["published_at"] = rfc3339(found->begins);
    if (found->ends) out["until"] = rfc3339(found->ends);
    if (found->revising) out["revising_since"] = rfc3339(found->revising);
    out["trips"] = code_of(trips_of(item));
    out["trips_why"] = why_json(desk, item);
    out["names"] = names_json(desk, item);
    out["other_situations"] = others_json(session, item);
    out["versions"] = versions_json(session, found->id);
    return api::json_reply(200, out);
}

Result<http::Reply> picture(Desk const&, store::Session& session, api::Call& call) {
    auto const found = find_item(session, call.param(0));
    if (!found) return no_item(call.param(0));
    BANYAN_TRY(std::string picture, qr::svg(base_of(call.request) + std::string(kGuide) + found->item.code));
    return http::Reply{200, std::string(qr::kSvgType), std::move(picture), {{"Cache-Control", "no-cache"}}, {}};
}

shape::Schema guide_shape() {
    using namespace shape;
    auto coded = [] { return object({{"code", code()}, {"zh", shape::text()}, {"en?", shape::text()}}); };
    auto names = object(
        {{"unit", coded()},
         {"region",
          object({{"code", code()}, {"zh", shape::text()}, {"whole", shape::text("with what it lies in")}})},
         {"classes", list(coded())},
         {"scenes", list(coded())}});
    return shape::named(
        "hall_item",
        extended(item_shape(),
                 {{"version", count()},
                  {"state", one_of({"published", "cancelled", "delegated", "merged", "revising"}, "of the item")},
                  {"revising_since?", instant("nobody applies for it until its next version is published")},
                  {"published_at", instant("this version")},
                  {"until?", instant("this version was in force")},
                  {"trips", one_of({"none", "one", "more"}, "visits it takes, derived")},
                  {"trips_why", object({{"key", code()}, {"zh", shape::text()}, {"en", shape::text()}})},
                  {"names", std::move(names)},
                  {"other_situations", list(object({{"code", code()},
                                                    {"situation", code()},
                                                    {"situation_name?", shape::text()},
                                                    {"situation_name_en?", shape::text()}}),
                                            "of the same main item of the same unit")},
                  {"versions", list(object({{"version", count()}, {"from", instant()}, {"until?", instant()}}),
                                    "the oldest first")}}));
}

}  // namespace

std::string base_of(http::Request const& request) {
    std::string_view const host = request.header("host");
    constexpr std::size_t kMost = 255;
    bool const sane =
        !host.empty() && host.size() <= kMost &&
        host.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:[]") ==
            std::string_view::npos;
    std::string_view const scheme = request.header("x-forwarded-proto") == "https" ? "https" : "http";
    return std::string(scheme) + "://" + (sane ? std::string(host) : "localhost");
}

Field code_field() { return {.name = "code", .type = Field::Type::code, .about = "of the item"}; }

void add_item_operations(api::Api& api, Desk const& desk) {
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/items/{code}",
             .name = "hall.item",
             .summary = "A guide: who may ask, what to bring, how long, how much, where; with all its versions",
             .tag = "hall",
             .who = api::Who::anyone,
             .path = {code_field()},
             .query = {{.name = "version",
                        .type = Field::Type::integer,
                        .least = 1,
                        .most = 100'000,
                        .about = "left out: the current one, or the last"}},
             .replies = {{200, "the item, also one that is no longer offered"},
                         {404, "there is none, or no such version"}},
             .reply = guide_shape(),
             .handle = reading(desk, guide)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/items/{code}/qr",
             .name = "hall.item.qr",
             .summary = "A QR code that leads to the guide's page",
             .tag = "hall",
             .who = api::Who::anyone,
             .path = {code_field()},
             .replies = {{200, "a picture"}, {404, "there is none"}},
             .reply = shape::text(),
             .reply_type = std::string(qr::kSvgType),
             .handle = reading(desk, picture)});
}

}  // namespace banyan::hall
