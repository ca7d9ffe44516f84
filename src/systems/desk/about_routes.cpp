// What a screen needs to know of the city: rulebooks, units, catalogues, the calendar, the chain's heads, health.
#include "kernel/calendar/deadline.h"
#include "systems/desk/routes.h"

namespace banyan::desk {
namespace {

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
        steps.push_back(std::move(one));
    }
    return {{"name", procedure.name},      {"version", procedure.version},
            {"hash", procedure.hash},      {"kinds", json::array(procedure.kinds.begin(), procedure.kinds.end())},
            {"stages", std::move(stages)}, {"steps", std::move(steps)}};
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

}  // namespace

void add_about_operations(Api& api, House& house) {
    using Type = Field::Type;
    api.add({http::Method::get,
             "/healthz",
             "health",
             "Whether it can take and store something",
             "about",
             Who::anyone,
             {},
             {},
             {},
             {{200, "well"}, {503, "not"}},
             {},
             "application/json",
             [&house](Call&& call, http::Respond respond) {
                 query(house, std::move(call), std::move(respond), [&house](store::Session& session, Call&) {
                     std::int64_t lanes = 0;
                     session.query("SELECT COUNT(*) FROM head", {},
                                   [&](store::Row const& row) { lanes = row.integer(0); });
                     return json_reply(200, json::object{{"status", "ok"},
                                                         {"at", rfc3339(house.engine.now())},
                                                         {"lanes", lanes},
                                                         {"waiting", house.engine.waiting()}});
                 });
             },
             1024,
             true});
    api.add({http::Method::get,
             "/api/v1/heads",
             "heads.get",
             "The last signed checkpoint over the journal",
             "about",
             Who::anyone,
             {},
             {},
             {},
             {{200, "checkpoint and public key"}},
             {},
             "application/json",
             [&house](Call&&, http::Respond respond) {
                 json::object body{{"signer", house.keys.signing_key().id()},
                                   {"kind", crypto::text(house.keys.signing_key().kind())}};
                 std::string hex;
                 for (char c : house.keys.signing_key().public_key())
                     fmt::format_to(std::back_inserter(hex), "{:02x}", static_cast<unsigned char>(c));
                 body["public_key"] = hex;
                 if (auto checkpoint = house.engine.checkpoint()) body["checkpoint"] = to_json(*checkpoint);
                 respond(json_reply(200, body));
             }});
    api.add({http::Method::get,
             "/api/v1/procedures",
             "procedure.list",
             "The rulebooks in force",
             "rules",
             Who::anyone,
             {},
             {},
             {},
             {{200, "names, versions, hashes"}},
             {},
             "application/json",
             [&house](Call&&, http::Respond respond) {
                 json::array all;
                 for (auto const& [name, procedure] : house.engine.rules()->procedures)
                     all.push_back({{"name", name}, {"version", procedure->version}, {"hash", procedure->hash}});
                 respond(json_reply(200, json::object{{"procedures", std::move(all)}}));
             }});
    api.add({http::Method::get,
             "/api/v1/procedures/{name}",
             "procedure.get",
             "A rulebook: stages, steps, forms",
             "rules",
             Who::anyone,
             {},
             {},
             {},
             {{200, "the rulebook"}, {404, "none of that name"}},
             {},
             "application/json",
             [&house](Call&& call, http::Respond respond) {
                 auto rules = house.engine.rules();
                 auto found = rules->procedures.find(call.param(0));
                 if (found == rules->procedures.end())
                     return respond(problem(
                         {"procedure.unknown", {}, {{"procedure", std::string(call.param(0).substr(0, 40))}}, {}},
                         house.texts, call.language));
                 respond(json_reply(200, procedure_json(*found->second)));
             }});
    api.add({http::Method::get,
             "/api/v1/units",
             "unit.list",
             "Units; below one with `parent`",
             "rules",
             Who::signed_in,
             {},
             {{.name = "parent", .type = Type::unit}, {.name = "group", .type = Type::code}},
             {},
             {{200, "units"}},
             {},
             "application/json",
             [&house](Call&& call, http::Respond respond) {
                 auto rules = house.engine.rules();
                 Form form(call.query);
                 Unit const* parent = form.has("parent") ? rules->directory->unit(form.text("parent")) : nullptr;
                 if (form.has("parent") && parent == nullptr)
                     return respond(
                         problem({"unit.not_found", "query.parent", {}, {}}, house.texts, call.language));
                 json::array all;
                 for (Unit const& unit : rules->directory->units()) {
                     if (parent != nullptr && unit.parent != parent->id) continue;
                     if (form.has("group") && unit.group != form.text("group")) continue;
                     Unit const* above = rules->directory->unit(unit.parent);
                     all.push_back({{"code", unit.code},
                                    {"zh", unit.zh},
                                    {"en", unit.en},
                                    {"level", unit.level},
                                    {"region", unit.region},
                                    {"group", unit.group},
                                    {"parent", above != nullptr ? json::value(above->code) : json::value()}});
                 }
                 respond(json_reply(200, json::object{{"units", std::move(all)}}));
             }});
    api.add({http::Method::get,
             "/api/v1/catalogues/{name}",
             "catalogue.get",
             "A catalogue as CSV: classes, dispatch, channels",
             "rules",
             Who::anyone,
             {},
             {},
             {},
             {{200, "CSV"}, {404, "none of that name"}},
             {{"type", "string"}},
             "text/csv",
             [&house](Call&& call, http::Respond respond) {
                 auto found = house.catalogues.find(call.param(0));
                 if (found == house.catalogues.end())
                     return respond(problem({"catalogue.unknown", {}, {}, {}}, house.texts, call.language));
                 respond({200, "text/csv; charset=utf-8", found->second, {}, {}});
             }});
    api.add({http::Method::get,
             "/api/v1/due",
             "due.get",
             "Until when, by the State Council's calendar",
             "rules",
             Who::anyone,
             {},
             {{.name = "limit", .required = true, .most = 40, .about = "\"3 working days\""},
              {.name = "from", .type = Type::instant}},
             {},
             {{200, "last day and the instant after it"}},
             {},
             "application/json",
             [&house](Call&& call, http::Respond respond) { respond(due(house, call)); }});
    api.add({http::Method::get,
             "/api/v1/texts/{language}",
             "texts.get",
             "Every word people read",
             "about",
             Who::anyone,
             {},
             {},
             {},
             {{200, "key → text"}, {404, "no such language"}},
             {},
             "application/json",
             [&house](Call&& call, http::Respond respond) {
                 if (call.param(0) != "zh" && call.param(0) != "en")
                     return respond(problem({"route.unknown", {}, {}, {}}, house.texts, call.language));
                 json::object words;
                 for (auto const& [key, text] :
                      house.texts.all(call.param(0) == "en" ? Language::en : Language::zh))
                     words[key] = text;
                 http::Reply reply = json_reply(200, words);
                 reply.headers = {{"Cache-Control", "max-age=300"}};
                 respond(std::move(reply));
             }});
}

}  // namespace banyan::desk
