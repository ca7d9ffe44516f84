#include "systems/hall/find_routes.h"

#include "base/text.h"

namespace banyan::hall {
namespace {

using shape::Schema;

constexpr std::int64_t kLongestText = 200, kUsualLimit = 20, kMostLimit = 100;

template <class Enum>
std::vector<std::string> codes(Enum last) {
    std::vector<std::string> all;
    for (int i = 0; i <= static_cast<int>(last); ++i) all.emplace_back(code_of(static_cast<Enum>(i)));
    return all;
}

template <class Enum>
Schema code_shape(Enum last, std::string_view about = {}) {
    std::vector<std::string_view> all;
    for (int i = 0; i <= static_cast<int>(last); ++i) all.push_back(code_of(static_cast<Enum>(i)));
    return shape::one_of(all, about);
}

template <class Coded>
std::unexpected<Refusal> no_choice(std::string field, std::string const& given, std::vector<Coded> const& of) {
    std::string choices;
    for (Coded const& one : of) choices += (choices.empty() ? "" : ", ") + one.code;
    return refuse("field.choice", std::move(field), {{"value", given}, {"choices", choices}});
}

Schema named_shape() {
    using namespace shape;
    return named("hall_named", object({{"code", code()}, {"zh", shape::text()}, {"en?", shape::text()}}));
}

json::array tallied_json(std::vector<Tallied> const& all, std::string_view within = {}) {
    json::array out;
    for (Tallied const& one : all) {
        json::object row;
        if (within.empty())
            row = named_json(one.what);
        else
            row[within] = named_json(one.what);
        row["n"] = one.count;
        out.push_back(std::move(row));
    }
    return out;
}

/// Counted by codes that have names in texts/.
json::array coded_json(std::vector<Tallied> const& all) {
    json::array out;
    for (Tallied const& one : all) out.push_back({{"code", one.what.code}, {"n", one.count}});
    return out;
}

Schema facets_shape() {
    using namespace shape;
    auto of_names = [](std::string_view about) {
        return list(object({{"code", code()}, {"zh", shape::text()}, {"en?", shape::text()}, {"n", count()}}),
                    about);
    };
    auto of_codes = [](Schema code_of_it) {
        return list(object({{"code", std::move(code_of_it)}, {"n", count()}}));
    };
    return object(
        {{"count", count("all that is found")},
         {"units", list(object({{"unit", named_shape()}, {"n", count()}}), "the most first")},
         {"classes", of_names("an item may be of several")},
         {"scenes", of_names("an item may be of several")},
         {"trips", of_codes(code_shape(Trips::more))},
         {"levels", of_codes(code_shape(Level::village))},
         {"types", of_codes(code_shape(Type::other))},
         {"audiences", of_codes(one_of({"person", "company"}))},
         {"regions",
          list(object({{"code", code()}, {"zh", shape::text()}, {"n", count()}}),
               "the region asked for, of its own; then those right below it, with all that is in each")}});
}

Schema found_shape() {
    using namespace shape;
    return object({{"items", list(row_shape(), "what fits best first, then the higher level, then the code")},
                   {"count", count("on all pages")},
                   {"next?", shape::text("the next page's cursor; left out on the last")}});
}

/// A unit that has no items is known, and has none.
Result<Wanted> asked(api::House& house, api::Call const& call, Finder const& finder) {
    BANYAN_TRY(Wanted wanted, wanted_of(call.query, finder.names()));
    if (!wanted.unit.empty() && !finder.has_unit(wanted.unit) &&
        house.engine.rules()->directory->unit(wanted.unit) == nullptr)
        return refuse("unit.unknown", "query.unit", {{"unit", wanted.unit}});
    return wanted;
}

/// Until the items have been read nobody can say which there are.
http::Reply loading(api::House& house, api::Call const& call) {
    return api::problem({"hall.loading", {}, {}, {}}, house.texts, call.language);
}

http::Reply items(api::House& house, Shelf const& shelf, api::Call const& call) {
    auto const now = shelf.finder();
    if (!now) return loading(house, call);
    Finder const& finder = *now;
    auto const wanted = asked(house, call, finder);
    if (!wanted) return api::problem(wanted.error(), house.texts, call.language);
    Form const form(call.query);
    auto const page = finder.find(*wanted, form.text("cursor"),
                                  static_cast<std::size_t>(form.integer("limit").value_or(kUsualLimit)));
    if (!page) return api::problem(page.error(), house.texts, call.language);
    json::array rows;
    for (Finder::Number const item : page->items) rows.push_back(row_json(finder, item));
    json::object body{{"items", std::move(rows)}, {"count", page->count}};
    if (!page->next.empty()) body["next"] = page->next;
    return api::json_reply(200, body);
}

http::Reply facets(api::House& house, Shelf const& shelf, api::Call const& call) {
    auto const now = shelf.finder();
    if (!now) return loading(house, call);
    Finder const& finder = *now;
    auto const wanted = asked(house, call, finder);
    if (!wanted) return api::problem(wanted.error(), house.texts, call.language);
    return api::json_reply(200, facets_json(finder.facets(*wanted)));
}

}  // namespace

json::object named_json(Named const& named) {
    json::object out{{"code", named.code}, {"zh", named.zh}};
    if (!named.en.empty()) out["en"] = named.en;
    return out;
}

json::object row_json(Finder const& finder, Finder::Number item) {
    Listing const of = finder.listing(item);
    return {{"code", of.code},
            {"name", of.title.name},
            {"name_en", of.title.name_en},
            {"situation", of.title.situation},
            {"situation_name", of.title.situation_name},
            {"unit", named_json(finder.unit(item))},
            {"region", named_json(finder.region(item))},
            {"level", code_of(of.level)},
            {"type", code_of(of.title.type)},
            {"kind", code_of(of.kind)},
            {"promised_days", of.promised_days},
            {"legal_days", of.legal_days},
            {"trips", code_of(of.trips)},
            {"star", of.star},
            {"fee", of.charged},
            {"audience", json::value_from(of.title.audience)}};
}

Schema row_shape() {
    using namespace shape;
    return named("hall_row", object({{"code", code("of the item")},
                                     {"name", shape::text()},
                                     {"name_en", shape::text()},
                                     {"situation", code("new, change, renew, cancel, or one of its own")},
                                     {"situation_name", shape::text()},
                                     {"unit", named_shape()},
                                     {"region", named_shape()},
                                     {"level", code_shape(Level::village)},
                                     {"type", code_shape(Type::other, "of power")},
                                     {"kind", code_shape(Kind::promised)},
                                     {"promised_days", count("working days; 0: on the spot")},
                                     {"legal_days", integer("working days; -1: the law names none")},
                                     {"trips", code_shape(Trips::more, "visits it takes")},
                                     {"star", count("1 to 5: how far it goes on line")},
                                     {"fee", flag("something is charged")},
                                     {"audience", list(one_of({"person", "company"}))}}));
}

json::object facets_json(Facets const& facets) {
    return {{"count", facets.count},
            {"units", tallied_json(facets.units, "unit")},
            {"classes", tallied_json(facets.classes)},
            {"scenes", tallied_json(facets.scenes)},
            {"trips", coded_json(facets.trips)},
            {"levels", coded_json(facets.levels)},
            {"types", coded_json(facets.types)},
            {"audiences", coded_json(facets.audiences)},
            {"regions", tallied_json(facets.regions)}};
}

std::vector<Field> find_fields() {
    using FieldType = Field::Type;
    return {
        {.name = "q",
         .most = kLongestText,
         .about = "words, pinyin or its initials, English, or an item's code; of a longer one the first 64 signs "
                  "count"},
        {.name = "region", .type = FieldType::region, .about = "GB/T 2260: items of just this place"},
        {.name = "within", .type = FieldType::flag, .about = "and of all places below it"},
        {.name = "unit", .type = FieldType::unit, .about = "that does it"},
        {.name = "class", .type = FieldType::code, .about = "of /api/v1/hall/classes"},
        {.name = "scene", .type = FieldType::code, .about = "of life, of /api/v1/hall/classes"},
        {.name = "audience",
         .type = FieldType::choice,
         .choices = {"person", "company"},
         .about = "whom it is for"},
        {.name = "level", .type = FieldType::choice, .choices = codes(Level::village), .about = "of who does it"},
        {.name = "type", .type = FieldType::choice, .choices = codes(Type::other), .about = "of power"},
        {.name = "trips", .type = FieldType::choice, .choices = codes(Trips::more), .about = "visits it takes"},
        {.name = "star",
         .type = FieldType::integer,
         .least = 1,
         .most = 5,
         .about = "how far it goes on line: just so far"}};
}

Result<Wanted> wanted_of(json::object const& query, Finder::Names const& names) {
    Form const form(query);
    Wanted wanted{.text = std::string(trim(form.text("q"))),
                  .region = std::string(region_code(form.text("region"))),
                  .within = form.flag("within"),
                  .unit = std::string(form.text("unit")),
                  .item_class = std::string(form.text("class")),
                  .scene = std::string(form.text("scene")),
                  .audience = std::string(form.text("audience")),
                  .level = level_of(form.text("level")),
                  .type = type_of(form.text("type")),
                  .trips = trips_of(form.text("trips")),
                  .star = static_cast<int>(form.integer("star").value_or(0))};
    if (!wanted.region.empty() && names.regions->at(wanted.region) == nullptr)
        return refuse("region.unknown", "query.region", {{"region", wanted.region}});
    if (!wanted.item_class.empty() && names.classes.at(wanted.item_class) == nullptr)
        return no_choice("query.class", wanted.item_class, names.classes.classes);
    if (!wanted.scene.empty() && names.classes.scene(wanted.scene) == nullptr)
        return no_choice("query.scene", wanted.scene, names.classes.scenes);
    return wanted;
}

void add_find_operations(api::Api& api, api::House& house, Shelf const& shelf) {
    std::vector<Field> listed = find_fields();
    listed.push_back({.name = "limit",
                      .type = Field::Type::integer,
                      .least = 1,
                      .most = kMostLimit,
                      .about = "items of a page; left out: 20"});
    listed.push_back(
        {.name = "cursor", .most = 120, .about = "`next` of the page before, the other parameters as then"});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/items",
             .name = "hall.items",
             .summary = "Items of the service hall: found by words, filtered, a page at a time",
             .tag = "hall",
             .who = api::Who::anyone,
             .query = std::move(listed),
             .replies = {{200, "items, or none"}},
             .reply = found_shape(),
             .handle = [&house, &shelf](api::Call&& call, http::Respond respond) {
                 api::query(house, std::move(call), std::move(respond),
                            [&house, &shelf](store::Session&, api::Call& c) { return items(house, shelf, c); });
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/facets",
             .name = "hall.facets",
             .summary = "How many of the items that are found are of each unit, class, scene and so on",
             .tag = "hall",
             .who = api::Who::anyone,
             .query = find_fields(),
             .replies = {{200, "counts; what none is of is left out"}},
             .reply = facets_shape(),
             .handle = [&house, &shelf](api::Call&& call, http::Respond respond) {
                 api::query(house, std::move(call), std::move(respond),
                            [&house, &shelf](store::Session&, api::Call& c) { return facets(house, shelf, c); });
             }});
}

}  // namespace banyan::hall
