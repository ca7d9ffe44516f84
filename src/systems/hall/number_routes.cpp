// Classes and scenes with their numbers, the public counter of trips, the change log, the rules.
#include "base/text.h"
#include "kernel/engine/view.h"
#include "systems/hall/routes.h"
#include "systems/hall/rules.h"

namespace banyan::hall {
namespace {

constexpr int kPage = 50;

Result<std::shared_ptr<Finder const>> finder_of(Desk const& desk) {
    auto finder = desk.shelf.finder();
    if (!finder) return refuse("hall.loading");
    return finder;
}

std::uint64_t number_of(std::vector<Tallied> const& all, std::string_view code) {
    auto const found = std::ranges::find_if(all, [&](Tallied const& each) { return each.what.code == code; });
    return found == all.end() ? 0 : found->count;
}

Result<http::Reply> classes(Desk const& desk, store::Session&, api::Call&) {
    BANYAN_TRY(auto const finder, finder_of(desk));
    Facets const facets = finder->facets({});
    json::array scenes, all;
    for (Scene const& scene : desk.classes.scenes)
        scenes.push_back({{"code", scene.code},
                          {"zh", scene.zh},
                          {"en", scene.en},
                          {"icon", scene.icon},
                          {"n", number_of(facets.scenes, scene.code)}});
    for (Class const& each : desk.classes.classes)
        all.push_back({{"code", each.code},
                       {"zh", each.zh},
                       {"en", each.en},
                       {"scene", each.scene},
                       {"n", number_of(facets.classes, each.code)}});
    return api::json_reply(200, json::object{{"scenes", std::move(scenes)}, {"classes", std::move(all)}});
}

Result<http::Reply> counter(Desk const& desk, store::Session& session, api::Call&) {
    BANYAN_TRY(auto const finder, finder_of(desk));
    Facets const facets = finder->facets({});
    auto const changed = count_changes(session);
    json::object changes;
    for (char const* kind : {"cancelled", "delegated", "merged", "struck"}) {
        auto const found = changed.find(kind);
        changes[kind] = found == changed.end() ? 0 : found->second;
    }
    constexpr std::uint64_t kWhole = 10'000;
    return api::json_reply(
        200, json::object{{"items", facets.count},
                          {"none", number_of(facets.trips, "none")},
                          {"one", number_of(facets.trips, "one")},
                          {"more", number_of(facets.trips, "more")},
                          {"online", facets.on_line},
                          {"share_online_bp", facets.count == 0 ? 0 : facets.on_line * kWhole / facets.count},
                          {"changes", std::move(changes)}});
}

/// "DAY:ID" of the last row of the page before.
Result<std::optional<std::pair<Day, std::int64_t>>> cursor_of(Form const& form) {
    if (!form.has("cursor")) return std::nullopt;
    std::vector<std::string> const parts = split(form.text("cursor"), ":");
    auto const day = parts.size() == 2 ? parse_day(parts[0]) : std::nullopt;
    auto const id = parts.size() == 2 ? api::read_id(parts[1]) : std::nullopt;
    if (!day || !id) return refuse("cursor.bad", "query.cursor");
    return std::pair{*day, *id};
}

Result<http::Reply> change_log(Desk const&, store::Session& session, api::Call& call) {
    BANYAN_TRY(auto const before, cursor_of(Form(call.query)));
    auto all = changes(session, before, kPage + 1);
    json::object body;
    if (all.size() > kPage) {
        all.pop_back();
        body["next"] = iso(all.back().day) + ":" + std::to_string(all.back().id);
    }
    json::array rows;
    for (Change const& change : all) {
        json::object row{{"kind", change.kind},    {"name", change.name}, {"basis", change.basis},
                         {"day", iso(change.day)}, {"zh", change.zh},     {"en", change.en}};
        if (!change.code.empty()) row["item"] = change.code;
        rows.push_back(std::move(row));
    }
    body["changes"] = std::move(rows);
    return api::json_reply(200, body);
}

http::Reply rules_reply(Desk const& desk) {
    Texts const& texts = desk.house.texts;
    json::array all;
    for (Rule const& rule : rules()) {
        json::object row = api::sentence_json(texts, "hall.rule." + std::string(rule.key));
        row["key"] = rule.key;
        row["source"] = api::sentence_json(texts, "hall.source." + std::string(rule.source));
        all.push_back(std::move(row));
    }
    return api::json_reply(200, json::object{{"rules", std::move(all)}});
}

shape::Schema classes_shape() {
    using namespace shape;
    auto names = object({{"code", code()}, {"zh", shape::text()}, {"en", shape::text()}, {"n", count("items")}});
    return object({{"scenes", list(extended(names, {{"icon", code()}}))},
                   {"classes", list(extended(names, {{"scene", code()}}))}});
}

shape::Schema counter_shape() {
    using namespace shape;
    return object({{"items", count("published")},
                   {"none", count("that need no trip")},
                   {"one", count("that need one at most")},
                   {"more", count("that need more")},
                   {"online", count("that are accepted or reviewed beforehand on line: three stars and more")},
                   {"share_online_bp", count("of them, in hundredths of a percent")},
                   {"changes", object({{"cancelled", count()},
                                       {"delegated", count("to a level below")},
                                       {"merged", count()},
                                       {"struck", count("proofs that are no longer asked")}})}});
}

}  // namespace

void add_number_operations(api::Api& api, Desk const& desk) {
    using namespace shape;
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/classes",
             .name = "hall.classes",
             .summary = "Scenes of life and classes, with how many items each has",
             .tag = "hall",
             .who = api::Who::anyone,
             .replies = {{200, "in the order they are shown in"}},
             .reply = classes_shape(),
             .handle = reading(desk, classes)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/counter",
             .name = "hall.counter",
             .summary = "How many items need no trip, one, or more; how much goes on line; what was changed",
             .tag = "hall",
             .who = api::Who::anyone,
             .replies = {{200, "all of it counted, none of it typed"}},
             .reply = counter_shape(),
             .handle = reading(desk, counter)});
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/hall/changes",
         .name = "hall.changes",
         .summary = "Items cancelled, delegated and merged, proofs no longer asked: each with its basis and day",
         .tag = "hall",
         .who = api::Who::anyone,
         .query = {{.name = "cursor", .most = 40, .about = "`next` of the page before"}},
         .replies = {{200, "the newest first, 50 a page"}},
         .reply =
             object({{"changes", list(object({{"kind", one_of({"cancelled", "delegated", "merged", "struck"})},
                                              {"item?", code("where it is one of ours")},
                                              {"name", shape::text()},
                                              {"basis", shape::text()},
                                              {"day", day()},
                                              {"zh", shape::text("what that means for people")},
                                              {"en", shape::text()}}))},
                     {"next?", shape::text("the next page's cursor; left out on the last")}}),
         .handle = reading(desk, change_log)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/rules",
             .name = "hall.rules",
             .summary = "What an item may not say, whoever writes it",
             .tag = "hall",
             .who = api::Who::anyone,
             .replies = {{200, "each rule with where it comes from"}},
             .reply = object({{"rules", list(object({{"key", code("of the refusal")},
                                                     {"zh", shape::text()},
                                                     {"en", shape::text()},
                                                     {"source", names_shape()}}))}}),
             .handle = [&desk](api::Call&&, http::Respond respond) { respond(rules_reply(desk)); }});
}

}  // namespace banyan::hall
