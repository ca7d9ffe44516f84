// The wall of the seats, one's own place at it, states and short breaks.
#include "systems/calls/seats.h"
#include "systems/calls/switchboard.h"
#include "systems/calls/views.h"

namespace banyan::calls {
namespace {

constexpr std::size_t kBreaks = 200, kUnclosed = 50;

/// The whole city's for those who see all; a shift leader the team.
bool on_wall(Office const& office, Person const& person) {
    if (!is_seat(person)) return false;
    return office.actor.role != "shift_leader" || in_scope(office.actor, office.directory, person.id);
}

json::object now_json(Office const& office, Person const& person, SeatSpan const* now) {
    json::object row{{"state", now ? now->state : "off"}};
    add_person(row, "seat", office.directory, person.id);
    if (Unit const* unit = office.directory.unit(person.unit)) row["unit"] = unit->code;
    if (now == nullptr) return row;
    row["since"] = rfc3339(now->began);
    row["seconds"] = std::max<std::int64_t>(whole_seconds(office.now - now->began), 0);
    if (now->call) row["call"] = now->call.text();
    if (now->rest != 0)
        if (auto const rest = load_rest(office.session, now->rest)) {
            row["until"] = rfc3339(now->began + minutes(rest->minutes));
            row["over"] = office.now > now->began + minutes(rest->minutes);
        }
    return row;
}

json::object rest_json(Office const& office, Rest const& rest) {
    json::object row{{"id", std::to_string(rest.id)},
                     {"minutes", rest.minutes},
                     {"reason", rest.reason},
                     {"asked", rfc3339(rest.asked)},
                     {"state", rest.state}};
    add_person(row, "seat", office.directory, rest.person);
    if (rest.decided) {
        row["decided"] = rfc3339(rest.decided);
        add_person(row, "by", office.directory, rest.decided_by);
    }
    return row;
}

Result<json::object> wall(Desk const& desk, Office const& office) {
    std::set<PersonId> const on_duty =
        desk.on_duty ? desk.on_duty(office.session, office.now) : std::set<PersonId>();
    std::map<PersonId, SeatSpan> now;
    for (SeatSpan& span : load_now(office.session)) now[span.person] = std::move(span);
    json::array seats;
    std::map<std::string, std::int64_t> counts;
    for (Person const& person : office.directory.people()) {
        if (!on_wall(office, person)) continue;
        auto const span = now.find(person.id);
        json::object row = now_json(office, person, span == now.end() ? nullptr : &span->second);
        row["on_duty"] = on_duty.contains(person.id);
        seats.push_back(std::move(row));
        ++counts[span == now.end() ? "off" : span->second.state];
    }
    json::object states;
    for (auto const& [state, n] : counts) states[state] = n;
    std::int64_t waiting = 0;
    office.session.query(
        "SELECT COUNT(*) FROM call WHERE day >= $1 AND answered = 0 AND abandoned = 0 AND ended = 0",
        {std::int64_t{(kBeijing.day(office.now) - 1).number}},
        [&](store::Row const& row) { waiting = row.integer(0); });
    return json::object{{"seats", std::move(seats)}, {"states", std::move(states)}, {"waiting", waiting}};
}

Result<json::object> mine(Desk const& desk, Office const& office, api::Call const&) {
    Person const* me = office.directory.person(office.actor.person);
    if (me == nullptr) return refuse("seat.unknown");
    auto const now = load_now(office.session, me->id);
    json::object body{{"now", now_json(office, *me, now ? &*now : nullptr)}};
    if (now && now->call)
        if (auto const call = load_call(office.session, now->call))
            body["call"] = std::move(calls_json(desk, office, {*call}).front());
    json::array unclosed;
    for (CallId const call : load_unclosed(office.session, me->id, kUnclosed)) unclosed.emplace_back(call.text());
    body["to_close"] = std::move(unclosed);
    if (auto const rest = load_last_rest(office.session, me->id)) body["break"] = rest_json(office, *rest);
    return body;
}

Result<PersonId> person_of(Office const& office, std::string_view login) {
    if (login == "me") return office.actor.person;
    Person const* person = office.directory.person(login);
    if (person == nullptr) return refuse("seat.unknown");
    return person->id;
}

Result<json::object> spans(Office const& office, api::Call const& call) {
    BANYAN_TRY(PersonId const id, person_of(office, call.param(0)));
    Person const* person = office.directory.person(id);
    if (person == nullptr || !is_seat(*person) || !in_scope(office.actor, office.directory, id))
        return refuse("seat.unknown");
    Form const form(call.query);
    Day const day = form.has("day") ? *parse_day(form.text("day")) : kBeijing.day(office.now);
    Instant const from = kBeijing.start_of(day), until = kBeijing.start_of(day + 1);
    json::array rows;
    std::map<std::string, Span> sums;
    for (SeatSpan const& span : load_spans(office.session, id, from, until)) {
        Instant const end = span.ended ? span.ended : std::max(office.now, span.began);
        json::object row{
            {"state", span.state}, {"began", rfc3339(span.began)}, {"seconds", whole_seconds(end - span.began)}};
        if (span.ended) row["ended"] = rfc3339(span.ended);
        if (span.call) row["call"] = span.call.text();
        add_person(row, "by", office.directory, span.set_by);
        if (!span.note.empty()) row["note"] = span.note;
        rows.push_back(std::move(row));
        sums[span.state].us += (std::min(end, until) - std::max(span.began, from)).us;
    }
    json::object seconds_in;
    for (auto const& [state, sum] : sums) seconds_in[state] = whole_seconds(sum);
    json::object body{{"day", iso(day)}, {"spans", std::move(rows)}, {"seconds", std::move(seconds_in)}};
    add_person(body, "seat", office.directory, id);
    return body;
}

Result<json::object> set(Office const& office, api::Call const& call) {
    BANYAN_TRY(PersonId const id, person_of(office, call.param(0)));
    Form const form(call.body);
    BANYAN_CHECK(set_state(office, id, form.text("state"), form.text("note")));
    auto const now = load_now(office.session, id);
    return json::object{{"now", now_json(office, *office.directory.person(id), now ? &*now : nullptr)}};
}

Result<json::object> breaks(Office const& office, api::Call const&) {
    json::array rows;
    for (Rest const& rest : load_asked(office.session, kBreaks))
        if (in_scope(office.actor, office.directory, rest.person)) rows.push_back(rest_json(office, rest));
    return json::object{{"breaks", std::move(rows)}};
}

Result<json::object> ask(Office const& office, api::Call const& call) {
    Form const form(call.body);
    BANYAN_TRY(std::int64_t const id,
               ask_break(office, static_cast<int>(form.integer("minutes").value_or(0)), form.text("reason")));
    return json::object{{"break", rest_json(office, *load_rest(office.session, id))}};
}

Job deciding(bool grant) {
    return [grant](Office const& office, api::Call const& call) -> Result<json::object> {
        auto const id = api::read_id(call.param(0));
        if (!id) return refuse("seat.break_unknown");
        BANYAN_CHECK(decide_break(office, *id, grant));
        return json::object{{"break", rest_json(office, *load_rest(office.session, *id))}};
    };
}

shape::Schema now_shape() {
    using namespace shape;
    return named("seat_now",
                 object({{"seat", person_shape()},
                         {"state", one_of({"off", "ready", "ringing", "talking", "after_call", "busy", "break"})},
                         {"unit?", code()},
                         {"since?", instant()},
                         {"seconds?", count("so far")},
                         {"call?", id()},
                         {"until?", instant("of a break")},
                         {"over?", flag("a break that lasts longer than it was granted")}}));
}

shape::Schema rest_shape() {
    using namespace shape;
    return named("seat_break", object({{"id", id()},
                                       {"seat", person_shape()},
                                       {"minutes", count()},
                                       {"reason", text()},
                                       {"asked", instant()},
                                       {"state", one_of({"asked", "granted", "refused", "taken"})},
                                       {"decided?", instant()},
                                       {"by?", person_shape()}}));
}

shape::Schema spans_shape() {
    using namespace shape;
    auto span = object({{"state", code()},
                        {"began", instant()},
                        {"ended?", instant()},
                        {"seconds", count()},
                        {"call?", id()},
                        {"by?", person_shape()},
                        {"note?", text()}});
    return object({{"seat", person_shape()},
                   {"day", day()},
                   {"spans", list(std::move(span), "that touch the day, the oldest first")},
                   {"seconds", map(count(), "in each state, of this day")}});
}

void add_state_operations(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/seats/{login}/state",
         .name = "seat.state",
         .summary = "Ready, busy, break or off: one's own (`me`), or by a shift leader of somebody in the team",
         .tag = "calls",
         .roles = calling_roles(),
         .path = {{.name = "login", .type = Type::code}},
         .body = {{.name = "state",
                   .type = Type::choice,
                   .required = true,
                   .choices = {"ready", "busy", "break", "off"}},
                  {.name = "note", .most = 200}},
         .replies = {{200, "it is so, or was already"},
                     {404, "no seat, or not of the team"},
                     {409, "on a call, a call to close, or no break granted"}},
         .reply = shape::object({{"now", now_shape()}}),
         .handle = [&desk](api::Call&& call, http::Respond respond) {
             write(desk, std::move(call), std::move(respond), set);
         }});
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/seats/{login}/spans",
         .name = "seat.spans",
         .summary = "The states of a seat on a day, with how long: one's own (`me`), or of somebody in the team",
         .tag = "calls",
         .roles = calling_roles(),
         .path = {{.name = "login", .type = Type::code}},
         .query = {{.name = "day", .type = Type::day, .about = "left out: today"}},
         .replies = {{200, "the oldest first"}, {404, "no seat, or not of the team"}},
         .reply = spans_shape(),
         .handle = [&desk](api::Call&& call, http::Respond respond) {
             look(desk, std::move(call), std::move(respond), spans);
         }});
}

void add_break_operations(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/seats/breaks",
             .name = "seat.ask_break",
             .summary = "Ask for a short break",
             .tag = "calls",
             .roles = calling_roles(),
             .body = {{.name = "minutes", .type = Type::integer, .required = true, .least = 1, .most = 480},
                      {.name = "reason", .required = true, .least = 1, .most = 100}},
             .replies = {{200, "it waits for a shift leader"}, {409, "one waits already"}},
             .reply = shape::object({{"break", rest_shape()}}),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 write(desk, std::move(call), std::move(respond), ask);
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/seats/breaks",
             .name = "seat.breaks",
             .summary = "Short breaks that wait for a decision",
             .tag = "calls",
             .roles = {"shift_leader"},
             .replies = {{200, "of the team, the oldest first"}},
             .reply = shape::object({{"breaks", shape::list(rest_shape())}}),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 look(desk, std::move(call), std::move(respond), breaks);
             }});
    struct Deciding {
        bool grant;
        std::string path, name, summary;
    };
    for (Deciding const& one :
         {Deciding{true, "/api/v1/seats/breaks/{id}/grant", "seat.grant_break", "Grant a short break"},
          Deciding{false, "/api/v1/seats/breaks/{id}/refuse", "seat.refuse_break", "Refuse a short break"}})
        api.add({.method = http::Method::post,
                 .pattern = one.path,
                 .name = one.name,
                 .summary = one.summary,
                 .tag = "calls",
                 .roles = {"shift_leader"},
                 .path = {{.name = "id", .type = Type::code}},
                 .replies = {{200, "decided"}, {404, "none of the team"}, {409, "decided before, or one's own"}},
                 .reply = shape::object({{"break", rest_shape()}}),
                 .handle = [&desk, job = deciding(one.grant)](api::Call&& call, http::Respond respond) {
                     write(desk, std::move(call), std::move(respond), job);
                 }});
}

}  // namespace

void add_seat_operations(api::Api& api, Desk& desk) {
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/seats",
             .name = "seat.list",
             .summary = "Who is on what now",
             .tag = "calls",
             .roles = {"shift_leader", "supervision_officer", "leader"},
             .replies = {{200, "a shift leader's team; the others all"}},
             .reply = shape::object({{"seats", shape::list(shape::extended(
                                                   now_shape(), {{"on_duty", shape::flag("as the rota says")}}))},
                                     {"states", shape::map(shape::count(), "how many seats are in it")},
                                     {"waiting", shape::count("calls that nobody has answered yet")}}),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 look(desk, std::move(call), std::move(respond),
                      [&desk](Office const& office, api::Call const&) { return wall(desk, office); });
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/seats/me",
             .name = "seat.mine",
             .summary = "One's own state, the call at hand, calls to close, the last break",
             .tag = "calls",
             .roles = calling_roles(),
             .replies = {{200, "now"}},
             .reply = shape::object({{"now", now_shape()},
                                     {"call?", call_shape()},
                                     {"to_close", shape::list(shape::id())},
                                     {"break?", rest_shape()}}),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 look(desk, std::move(call), std::move(respond),
                      [&desk](Office const& office, api::Call const& asked) { return mine(desk, office, asked); });
             }});
    add_state_operations(api, desk);
    add_break_operations(api, desk);
}

}  // namespace banyan::calls
