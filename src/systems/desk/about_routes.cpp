// What a screen needs to know of the city: rulebooks, units, catalogues, the calendar, the chain's heads, health.
#include "base/text.h"
#include "kernel/calendar/deadline.h"
#include "kernel/engine/view.h"
#include "systems/desk/routes.h"

namespace banyan::desk {
namespace {

using shape::Schema;

json::object index_json(index::IndexStatus const& status) {
    return {{"complete", status.complete},
            {"documents", status.documents},
            {"lag_events", status.lag_events},
            {"lag_s", static_cast<std::int64_t>(status.lag_s)}};
}

http::Reply health(House& house, index::IndexStatus const& index, store::Session& session) {
    std::int64_t lanes = 0;
    session.query("SELECT COUNT(*) FROM head", {}, [&](store::Row const& row) { lanes = row.integer(0); });
    json::object body{{"status", "ok"},
                      {"at", rfc3339(house.engine.now())},
                      {"lanes", lanes},
                      {"waiting", house.engine.waiting()},
                      {"index", index_json(index)}};
    if (std::int64_t const behind_s = house.engine.clock_behind().us / seconds(1).us; behind_s > 0)
        body["clock_behind_s"] = behind_s;
    return json_reply(200, body);
}

Schema health_shape() {
    using namespace shape;
    return object({{"status", one_of({"ok"})},
                   {"at", instant("the city's time")},
                   {"lanes", count()},
                   {"waiting", count("commands that wait for the writer")},
                   {"index", object({{"complete", flag("searches find everything but what is seconds old")},
                                     {"documents", count("matters in the index")},
                                     {"lag_events", count("events that are not in it yet")},
                                     {"lag_s", count("since the oldest of them")}})},
                   {"clock_behind_s?", count("how far the clock is behind what it said before it was set back")}});
}

http::Reply heads(House& house) {
    crypto::SigningKey const& key = house.keys.signing_key();
    json::object body{
        {"signer", key.id()}, {"kind", crypto::text(key.kind())}, {"public_key", to_hex(key.public_key())}};
    if (auto checkpoint = house.engine.checkpoint()) body["checkpoint"] = to_json(*checkpoint);
    return json_reply(200, body);
}

Schema heads_shape() {
    using namespace shape;
    return object({{"signer", hex("id of the key")},
                   {"kind", one_of({crypto::text(crypto::SigningKey::Kind::sm2),
                                    crypto::text(crypto::SigningKey::Kind::ed25519)})},
                   {"public_key", hex("SM2: the point, uncompressed; Ed25519: its 32 bytes")},
                   {"checkpoint?", checkpoint_shape()}});
}

json::object rulebook_json(Procedure const& procedure) {
    return {{"name", procedure.name}, {"version", procedure.version}, {"hash", procedure.hash}};
}

Schema rulebook_shape() {
    using namespace shape;
    return object({{"name", code()}, {"version", count()}, {"hash", hex("of the file")}});
}

json::object procedure_json(Procedure const& procedure) {
    json::array stages, steps;
    for (Stage const& stage : procedure.stages)
        stages.push_back({{"name", stage.name}, {"final", stage.final}, {"owner", stage.owner}});
    for (Step const& step : procedure.steps) {
        json::array from, by;
        for (Index stage : step.from) from.emplace_back(procedure.at(stage).name);
        for (ActorRule const& actor : step.by)
            by.emplace_back(actor.role.empty() ? "clock" : actor.role + "@" + std::string(name(actor.relation)));
        json::object one{{"name", step.name},       {"opens", step.opens}, {"on_assignment", step.on_assignment},
                         {"from", std::move(from)}, {"by", std::move(by)}, {"form", json_schema(step.form)}};
        if (step.to >= 0) one["to"] = procedure.at(step.to).name;
        if (step.undo) one["undo"] = text_of(*step.undo);
        steps.push_back(std::move(one));
    }
    json::object rulebook = rulebook_json(procedure);
    rulebook["kinds"] = json::array(procedure.kinds.begin(), procedure.kinds.end());
    rulebook["stages"] = std::move(stages);
    rulebook["steps"] = std::move(steps);
    return rulebook;
}

Schema procedure_shape() {
    using namespace shape;
    auto stage = object({{"name", code()}, {"final", flag()}, {"owner", code("role whose desk shows it")}});
    auto step = object({{"name", code()},
                        {"opens", flag("it begins a matter")},
                        {"on_assignment", flag("it is taken on a share")},
                        {"from", list(code(), "stages; none: any")},
                        {"to?", code("stage")},
                        {"undo?", text("for how long who took it may take it back: a limit")},
                        {"by", list(text(), "role@relation, or clock")},
                        {"form", open("JSON Schema of its form")}});
    return extended(
        rulebook_shape(),
        {{"kinds", list(code())}, {"stages", list(std::move(stage))}, {"steps", list(std::move(step))}});
}

http::Reply units(House& house, Call const& call) {
    auto rules = house.engine.rules();
    Form form(call.query);
    Unit const* parent = form.has("parent") ? rules->directory->unit(form.text("parent")) : nullptr;
    if (form.has("parent") && parent == nullptr)
        return problem({"unit.not_found", "query.parent", {}, {}}, house.texts, call.language);
    json::array all;
    for (Unit const& unit : rules->directory->units()) {
        if (parent != nullptr && unit.parent != parent->id) continue;
        if (unit.heir && !form.flag("ended")) continue;
        if (form.has("group") && unit.group != form.text("group")) continue;
        Unit const* above = rules->directory->unit(unit.parent);
        all.push_back({{"code", unit.code},
                       {"zh", unit.zh},
                       {"en", unit.en},
                       {"level", unit.level},
                       {"region", unit.region},
                       {"group", unit.group},
                       {"parent", above != nullptr ? json::value(above->code) : json::value()}});
        if (unit.heir)
            all.back().as_object()["heir"] = rules->directory->unit(rules->directory->now(unit.id))->code;
    }
    return json_reply(200, json::object{{"units", std::move(all)}});
}

Schema units_shape() {
    using namespace shape;
    auto unit = extended(unit_shape(), {{"level", count("1 the city's centre … 4 village")},
                                        {"region", code("GB/T 2260, the area it serves")},
                                        {"group", code("class of comparison")},
                                        {"parent", or_null(code("of the unit above"))},
                                        {"heir?", code("of an ended one: who does its work now")}});
    return object({{"units", list(named("unit_in_tree", std::move(unit)))}});
}

http::Reply due(House& house, Call const& call) {
    Form form(call.query);
    auto limit = parse_limit(form.text("limit"));
    if (!limit) {
        limit.error().field = "query.limit";
        return problem(limit.error(), house.texts, call.language);
    }
    Instant from = form.has("from") ? parse_rfc3339(form.text("from")).value_or(Instant{}) : house.engine.now();
    auto calendar = house.engine.calendar();
    Due until = due_after(*calendar, from, *limit);
    return json_reply(200, json::object{{"due", rfc3339(until.instant)},
                                        {"last_day", iso(until.last_day)},
                                        {"provisional", until.provisional}});
}

Schema due_shape() {
    using namespace shape;
    return object({{"due", instant("the first instant that is late")},
                   {"last_day", day("what people are told")},
                   {"provisional", flag("past the published calendar")}});
}

http::Reply texts(House& house, Call const& call) {
    auto language = call.param(0) == "zh"   ? std::optional(Language::zh)
                    : call.param(0) == "en" ? std::optional(Language::en)
                                            : std::nullopt;
    if (!language) return problem({"route.unknown", {}, {}, {}}, house.texts, call.language);
    json::object words;
    for (auto const& [key, text] : house.texts.all(*language)) words[key] = text;
    http::Reply reply = json_reply(200, words);
    reply.headers = {{"Cache-Control", "max-age=300"}};
    return reply;
}

}  // namespace

void add_about_operations(Api& api, House& house, std::function<index::IndexStatus()> const& index) {
    using Type = Field::Type;
    std::vector<std::string> const catalogues = house.catalogues.names();
    api.add({.method = http::Method::get,
             .pattern = "/healthz",
             .name = "health",
             .summary = "Whether it can take and store something",
             .tag = "about",
             .who = Who::anyone,
             .replies = {{200, "well"}, {503, "not"}},
             .reply = health_shape(),
             .handle =
                 [&house, index](Call&& call, http::Respond respond) {
                     query(house, std::move(call), std::move(respond),
                           [&house, index](store::Session& session, Call&) {
                               return health(house, index(), session);
                           });
                 },
             .most_body = 1024,
             .even_when_busy = true});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/heads",
             .name = "heads.get",
             .summary = "The last signed checkpoint over the journal",
             .tag = "about",
             .who = Who::anyone,
             .replies = {{200, "checkpoint and public key"}},
             .reply = heads_shape(),
             .handle = [&house](Call&&, http::Respond respond) { respond(heads(house)); }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/procedures",
             .name = "procedure.list",
             .summary = "The rulebooks in force",
             .tag = "rules",
             .who = Who::anyone,
             .replies = {{200, "names, versions, hashes"}},
             .reply = shape::object({{"procedures", shape::list(rulebook_shape())}}),
             .handle = [&house](Call&&, http::Respond respond) {
                 json::array all;
                 for (auto const& [name, procedure] : house.engine.rules()->procedures)
                     all.push_back(rulebook_json(*procedure));
                 respond(json_reply(200, json::object{{"procedures", std::move(all)}}));
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/procedures/{name}",
             .name = "procedure.get",
             .summary = "A rulebook: stages, steps, forms",
             .tag = "rules",
             .who = Who::anyone,
             .path = {{.name = "name", .type = Type::code, .about = "of the procedure: appeal"}},
             .replies = {{200, "the rulebook"}},
             .reply = procedure_shape(),
             .handle = [&house](Call&& call, http::Respond respond) {
                 auto rules = house.engine.rules();
                 auto found = rules->procedures.find(call.param(0));
                 if (found == rules->procedures.end())
                     return respond(problem(
                         {"procedure.unknown", {}, {{"procedure", std::string(call.param(0).substr(0, 40))}}, {}},
                         house.texts, call.language));
                 respond(json_reply(200, procedure_json(*found->second)));
             }});
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/units",
         .name = "unit.list",
         .summary = "Units; below one with `parent`",
         .tag = "rules",
         .query = {{.name = "parent", .type = Type::unit, .about = "only the units right below this one"},
                   {.name = "ended", .type = Type::flag, .about = "with those that have ended"},
                   {.name = "group", .type = Type::code, .about = "class of comparison: city, district, town …"}},
         .replies = {{200, "units"}, {404, "`parent` is no unit"}},
         .reply = units_shape(),
         .handle = [&house](Call&& call, http::Respond respond) { respond(units(house, call)); }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/catalogues/{name}",
             .name = "catalogue.get",
             .summary = "A catalogue as CSV: classes, dispatch, channels",
             .tag = "rules",
             .who = Who::anyone,
             .path = {{.name = "name", .type = Type::choice, .choices = catalogues}},
             .replies = {{200, "CSV, the first line names the columns"}},
             .reply = shape::text(),
             .reply_type = "text/csv",
             .handle = [&house](Call&& call, http::Respond respond) {
                 auto found = house.catalogues.find(call.param(0));
                 if (found == nullptr)
                     return respond(problem({"catalogue.unknown", {}, {}, {}}, house.texts, call.language));
                 respond({200, "text/csv; charset=utf-8", *found, {}, {}});
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/due",
             .name = "due.get",
             .summary = "Until when, by the State Council's calendar",
             .tag = "rules",
             .who = Who::anyone,
             .query = {{.name = "limit", .required = true, .most = 40, .about = "\"3 working days\""},
                       {.name = "from", .type = Type::instant, .about = "the start; left out: now"}},
             .replies = {{200, "last day and the instant after it"}},
             .reply = due_shape(),
             .handle = [&house](Call&& call, http::Respond respond) { respond(due(house, call)); }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/texts/{language}",
             .name = "texts.get",
             .summary = "Every word people read",
             .tag = "about",
             .who = Who::anyone,
             .path = {{.name = "language", .type = Type::choice, .choices = {"zh", "en"}}},
             .replies = {{200, "key → text"}},
             .reply = shape::map(shape::text()),
             .handle = [&house](Call&& call, http::Respond respond) { respond(texts(house, call)); }});
}

}  // namespace banyan::desk
