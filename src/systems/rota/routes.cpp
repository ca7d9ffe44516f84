// The rota of a day, who is on duty now, which phone to ring for a unit; taking it in as CSV.
#include "systems/rota/routes.h"

#include "systems/rota/duty.h"

namespace banyan::rota {
namespace {

std::vector<std::string> reading_roles() {
    return {"seat",        "shift_leader",        "dispatcher", "reviewer",
            "caller_back", "supervision_officer", "appraiser",  "leader"};
}
std::vector<std::string> writing_roles() { return {"shift_leader", "reviewer", "supervision_officer"}; }

json::object duty_json(Directory const& directory, Duty const& duty) {
    json::object row{{"id", std::to_string(duty.id)},
                     {"kind", duty.kind},
                     {"who", duty.who},
                     {"from", rfc3339(duty.begins)},
                     {"until", rfc3339(duty.ends)}};
    if (Unit const* unit = duty.kind == "unit" ? directory.unit(duty.who) : nullptr) {
        row["zh"] = unit->zh;
        row["en"] = unit->en;
    } else if (Person const* person = directory.person(duty.who); person != nullptr && duty.kind != "unit") {
        row["zh"] = person->zh;
        row["en"] = person->en;
    }
    if (!duty.name.empty()) row["name"] = duty.name;
    if (!duty.phone.empty()) row["phone"] = duty.phone;
    if (!duty.note.empty()) row["note"] = duty.note;
    return row;
}

json::array duties_json(Directory const& directory, std::vector<Duty> const& duties) {
    json::array rows;
    for (Duty const& duty : duties) rows.push_back(duty_json(directory, duty));
    return rows;
}

http::Reply of_day(api::House& house, store::Session& session, api::Call& call) {
    Form const form(call.query);
    Day const day = form.has("day") ? *parse_day(form.text("day")) : kBeijing.day(house.engine.now());
    auto const rules = house.engine.rules();
    auto const duties =
        load_duties(session, form.text("kind"), kBeijing.start_of(day), kBeijing.start_of(day + 1));
    return api::json_reply(200,
                           json::object{{"day", iso(day)}, {"duties", duties_json(*rules->directory, duties)}});
}

http::Reply of_now(api::House& house, store::Session& session, api::Call& call) {
    Instant const now = house.engine.now();
    auto const rules = house.engine.rules();
    auto const duties = load_duties(session, Form(call.query).text("kind"), now, now + seconds(1));
    json::array on;
    for (Duty const& duty : duties)
        if (duty.begins <= now) on.push_back(duty_json(*rules->directory, duty));
    return api::json_reply(200, json::object{{"at", rfc3339(now)}, {"duties", std::move(on)}});
}

http::Reply phone_of(api::House& house, store::Session& session, api::Call& call) {
    auto const rules = house.engine.rules();
    std::string const code(Form(call.query).text("unit"));
    Unit const* unit = rules->directory->unit(code);
    if (unit == nullptr)
        return api::problem({"unit.unknown", "query.unit", {{"unit", code}}, {}}, house.texts, call.language,
                            &call.request);
    auto const phone = duty_phone(session, *rules->directory, *unit, house.engine.now());
    if (!phone) return api::problem({"rota.no_phone", {}, {}, {}}, house.texts, call.language, &call.request);
    json::object body{{"unit", phone->unit}, {"phone", phone->phone}, {"on_rota", phone->on_rota}};
    if (!phone->name.empty()) body["name"] = phone->name;
    return api::json_reply(200, body);
}

json::array bad_json(Texts const& texts, std::vector<BadRow> const& bad) {
    json::array rows;
    for (BadRow const& row : bad) rows.push_back(api::bad_line_json(texts, row.refusal, row.line));
    return rows;
}

struct Writing {
    http::Respond respond;
    api::Asker asker;
    PersonId person;
    Read read;
    TakenIn taken;
    bool found = true;
};

void import(api::House& house, api::Call&& call, http::Respond respond) {
    auto const rules = house.engine.rules();
    auto read = read_rota(Form(call.body).text("csv"), *rules->directory);
    if (!read) return respond(api::problem(read.error(), house.texts, call.language, &call.request));
    auto held = std::make_shared<Writing>(
        Writing{std::move(respond), api::asker_of(call), call.actor().person, std::move(*read), {}});
    house.engine.write(
        [&house, held](store::Session& writing) {
            held->taken = take_in(writing, held->read.duties, held->person, house.engine.now());
        },
        [&house, held](std::exception_ptr const& failed) {
            if (failed) return held->respond(api::refused(house, held->asker, refusal_of(failed)));
            held->respond(api::json_reply(200, json::object{{"taken", held->taken.taken},
                                                            {"replaced", held->taken.replaced},
                                                            {"already", held->taken.already},
                                                            {"bad", bad_json(house.texts, held->read.bad)}}));
        });
}

void strike_one(api::House& house, api::Call&& call, http::Respond respond) {
    auto const id = api::read_id(call.param(0));
    auto held =
        std::make_shared<Writing>(Writing{std::move(respond), api::asker_of(call), call.actor().person, {}, {}});
    house.engine.write(
        [&house, held, id](store::Session& writing) {
            held->found = id && strike(writing, *id, held->person, house.engine.now());
        },
        [&house, held](std::exception_ptr const& failed) {
            if (failed) return held->respond(api::refused(house, held->asker, refusal_of(failed)));
            if (!held->found) return held->respond(api::refused(house, held->asker, {"rota.unknown", {}, {}, {}}));
            held->respond(api::json_reply(200, json::object{{"ok", true}}));
        });
}

shape::Schema duty_shape() {
    using namespace shape;
    return named("duty", object({{"id", id()},
                                 {"kind", one_of({"seat", "unit", "leader"})},
                                 {"who", text("a login, or a unit's code")},
                                 {"zh?", text()},
                                 {"en?", text()},
                                 {"from", instant()},
                                 {"until", instant("the first instant after it")},
                                 {"name?", text("who picks up; of a unit")},
                                 {"phone?", text("of a unit")},
                                 {"note?", text()}}));
}

Field kind_field() {
    return {.name = "kind",
            .type = Field::Type::choice,
            .choices = {"seat", "unit", "leader"},
            .about = "left out: all"};
}

using Job = http::Reply (*)(api::House&, store::Session&, api::Call&);
void add_reading(api::Api& api, api::House& house) {
    using Type = Field::Type;
    auto reading = [&house](Job job) {
        return [&house, job](api::Call&& call, http::Respond respond) {
            api::query(
                house, std::move(call), std::move(respond),
                [&house, job](store::Session& session, api::Call& asked) { return job(house, session, asked); });
        };
    };
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/rota",
             .name = "rota.day",
             .summary = "Who is on duty on a day: seats, units' duty phones, leaders who answer",
             .tag = "rota",
             .roles = reading_roles(),
             .query = {{.name = "day", .type = Type::day, .about = "left out: today"}, kind_field()},
             .replies = {{200, "those that touch the day"}},
             .reply = shape::object({{"day", shape::day()}, {"duties", shape::list(duty_shape())}}),
             .handle = reading(of_day)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/rota/now",
             .name = "rota.now",
             .summary = "Who is on duty now",
             .tag = "rota",
             .roles = reading_roles(),
             .query = {kind_field()},
             .replies = {{200, "now"}},
             .reply = shape::object({{"at", shape::instant()}, {"duties", shape::list(duty_shape())}}),
             .handle = reading(of_now)});
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/rota/duty_phone",
         .name = "rota.duty_phone",
         .summary = "Which phone to ring for a unit now: its duty's, else its own, else that of the unit above",
         .tag = "rota",
         .roles = reading_roles(),
         .query = {{.name = "unit", .type = Type::unit, .required = true}},
         .replies = {{200, "a number"}, {404, "nobody there has one"}, {422, "there is no such unit"}},
         .reply = shape::object({{"unit", shape::code("whose it is")},
                                 {"phone", shape::text()},
                                 {"on_rota", shape::flag("else from the units' list")},
                                 {"name?", shape::text("who picks up")}}),
         .handle = reading(phone_of)});
}

}  // namespace

void add_operations(api::Api& api, api::House& house) {
    add_reading(api, house);
    using namespace shape;
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/rota/import",
         .name = "rota.import",
         .summary = "Takes in a rota as CSV: good rows hold from now on, bad ones are said with line and reason",
         .tag = "rota",
         .roles = writing_roles(),
         .body = {{.name = "csv",
                   .required = true,
                   .most = 900'000,
                   .about = "columns kind, who, from, until; name, phone, note"}},
         .replies = {{200, "what became of the rows"}, {422, "the file cannot be read"}},
         .reply = object({{"taken", count("rows that hold now")},
                          {"replaced", count("earlier ones in whose place they are")},
                          {"already", count("the same as before")},
                          {"bad", list(api::bad_line_shape())}}),
         .handle = [&house](api::Call&& call,
                            http::Respond respond) { import(house, std::move(call), std::move(respond)); },
         .most_body = 1u << 20});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/rota/{id}/strike",
             .name = "rota.strike",
             .summary = "A duty no longer holds",
             .tag = "rota",
             .roles = writing_roles(),
             .path = {{.name = "id", .type = Field::Type::code}},
             .replies = {{200, "struck"}, {404, "there is none that holds"}},
             .reply = object({{"ok", always(true)}}),
             .handle = [&house](api::Call&& call, http::Respond respond) {
                 strike_one(house, std::move(call), std::move(respond));
             }});
}

std::set<PersonId> seats_on_duty(store::Session& session, Directory const& directory, Instant now) {
    std::set<PersonId> all;
    for (Duty const& duty : load_duties(session, "seat", now, now + seconds(1)))
        if (Person const* person = duty.begins <= now ? directory.person(duty.who) : nullptr)
            all.insert(person->id);
    return all;
}

}  // namespace banyan::rota
