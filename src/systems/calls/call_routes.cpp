// Calls: those one sees, one with what was done to it, and the calls and matters of its caller.
#include "kernel/engine/blind.h"
#include "systems/calls/caller_limits.h"
#include "systems/calls/ring_backs.h"
#include "systems/calls/switchboard.h"
#include "systems/calls/views.h"

namespace banyan::calls {
namespace {

constexpr std::size_t kActs = 100, kOfACaller = 20;

Result<CallsAsked> read_asked(Desk const& desk, Office const& office, Form const& form) {
    CallsAsked asked;
    asked.scope = scope_of(office.actor, office.directory);
    asked.limit = static_cast<std::size_t>(form.integer("limit").value_or(50));
    asked.before = CallId(form.integer("after").value_or(0));
    asked.closing = form.text("closing");
    if (form.has("day")) asked.day = parse_day(form.text("day"));
    if (form.has("missed")) asked.missed = form.flag("missed");
    if (form.has("seat")) {
        Person const* seat = office.directory.person(form.text("seat"));
        if (seat == nullptr)
            return refuse("call.seat_unknown", "query.seat", {{"seat", std::string(form.text("seat"))}});
        asked.seat = seat->id;
    }
    if (form.has("matter")) {
        auto const matter = api::read_matter(form.text("matter"));
        if (!matter || matter_rows(desk, office, {*matter}).empty())
            return refuse("matter.unknown", "query.matter");
        asked.matter = *matter;
    }
    return asked;
}

Result<json::object> list_calls(Desk const& desk, Office const& office, api::Call const& call) {
    BANYAN_TRY(CallsAsked asked, read_asked(desk, office, Form(call.query)));
    std::size_t const limit = asked.limit++;
    std::vector<Call> calls = load_calls(office.session, asked);
    bool const more = calls.size() > limit;
    if (more) calls.resize(limit);
    json::object body{{"calls", calls_json(desk, office, calls)}};
    if (more) body["next"] = calls.back().id.text();
    return body;
}

json::array acts_json(Office const& office, CallId call) {
    json::array all;
    for (Act const& act : load_acts(office.session, call, kActs)) {
        json::object one{{"what", act.what}, {"at", rfc3339(act.at)}};
        add_person(one, "by", office.directory, act.person);
        if (act.matter) one["matter"] = act.matter.text();
        if (!act.before.empty()) one["before"] = act.before;
        if (!act.note.empty()) one["note"] = act.note;
        all.push_back(std::move(one));
    }
    return all;
}

json::array rows_of(std::map<MatterId, json::object>&& found) {
    json::array rows;  // the newest first
    for (auto one = found.rbegin(); one != found.rend(); ++one) rows.push_back(std::move(one->second));
    return rows;
}

Result<json::object> get(Desk const& desk, Office const& office, api::Call const& call) {
    auto const id = call_of(call.param(0));
    if (!id) return refuse("call.unknown");
    BANYAN_TRY(Call const seen, seen_call(office, *id));
    auto found = matter_rows(desk, office, load_matters_of(office.session, *id));
    json::array acts = acts_json(office, *id);
    for (json::value& act : acts)  // what one may not find is not named here either
        if (json::value const* matter = act.as_object().if_contains("matter"))
            if (!found.contains(MatterId(*api::read_id(matter->as_string()))) &&
                matter_rows(desk, office, {MatterId(*api::read_id(matter->as_string()))}).empty())
                act.as_object().erase("matter");
    return json::object{{"call", std::move(calls_json(desk, office, {seen}).front())},
                        {"acts", std::move(acts)},
                        {"matters", rows_of(std::move(found))}};
}

json::object limit_json(CallerLimit const& limit) {
    json::object row{{"number", receipt_number(limit.matter)},
                     {"running", limit.running},
                     {"harassment", limit.harassment},
                     {"calls_today", limit.calls_today},
                     {"applies", limit.applies()}};
    if (!limit.running) return row;
    row["until"] = limit.until;
    row["handling"] = limit.handling;
    row["calls_a_day"] = limit.calls_a_day;
    return row;
}

shape::Schema limit_shape() {
    using namespace shape;
    return object({{"number", id("receipt number of its matter")},
                   {"running", flag("else it waits for a second person")},
                   {"harassment", code()},
                   {"calls_today", count("of the number")},
                   {"applies", flag("to this call: it is behind those that are answered as any")},
                   {"until?", day("its last day")},
                   {"handling?", one_of({"recorded", "shortened"})},
                   {"calls_a_day?", count("that are answered as any")}});
}

/// For the screen that opens when it rings: earlier calls and the matters of this number.
Result<json::object> caller(Desk const& desk, Office const& office, api::Call const& call) {
    auto const id = call_of(call.param(0));
    if (!id) return refuse("call.unknown");
    BANYAN_TRY(Call const now, own_call(office, *id));
    json::object body{{"number", masked_number(office, now)}};
    json::array calls;
    std::map<MatterId, json::object> matters;
    if (!now.token.empty()) {
        std::vector<Call> earlier = load_calls_of(office.session, now.token, kOfACaller + 1);
        std::erase_if(earlier, [&](Call const& one) { return one.id == now.id; });
        if (earlier.size() > kOfACaller) earlier.resize(kOfACaller);
        calls = calls_json(desk, office, earlier);
        matters = matter_rows(desk, office, find_blind(office.session, now.token, kOfACaller));
    }
    if (auto const limit =
            limit_of(office.session, desk.house.engine.procedures(), now.token, kBeijing.day(office.now)))
        body["limit"] = limit_json(*limit);
    body["calls"] = std::move(calls);
    body["matters"] = rows_of(std::move(matters));
    return body;
}

template <class One>
json::array entries_json(std::vector<One> const& entries,
                         std::function<void(One const&, json::object&)> const& more) {
    json::array all;
    for (One const& one : entries) {
        json::object entry{{"code", one.code}, {"zh", one.zh}, {"en", one.en}};
        more(one, entry);
        all.push_back(std::move(entry));
    }
    return all;
}

json::object lists_json(Handbook const& book) {
    return {{"closings", entries_json<Closing>(book.closings,
                                               [](Closing const& closing, json::object& into) {
                                                   into["matter"] = name(closing.matter);
                                                   into["valid"] = closing.valid;
                                                   into["on_the_spot"] = closing.on_the_spot;
                                               })},
            {"languages", entries_json<Entry>(book.languages, [](Entry const&, json::object&) {})},
            {"lines", entries_json<Line>(book.lines, [](Line const& line, json::object& into) {
                 into["way"] = line.way;
                 into["invented"] = line.invented;
             })}};
}

shape::Schema entry_shape() {
    using namespace shape;
    return object({{"code", code()}, {"zh", text()}, {"en", text()}});
}

shape::Schema lists_shape() {
    using namespace shape;
    return object(
        {{"closings", list(extended(entry_shape(), {{"matter", one_of({"none", "may", "needed"})},
                                                    {"valid", flag("counts as a contact")},
                                                    {"on_the_spot", flag()}}))},
         {"languages", list(entry_shape())},
         {"lines", list(extended(entry_shape(), {{"way", one_of({"own", "whole", "parallel", "branch"},
                                                                "12345, merged whole, beside it, or as a branch")},
                                                 {"invented", flag("of the demo city")}}))}});
}

shape::Schema one_shape() {
    using namespace shape;
    auto act = object({{"what", one_of({"attach", "detach", "close", "mark", "unmask"})},
                       {"at", instant()},
                       {"by?", person_shape()},
                       {"matter?", id()},
                       {"before?", text("the closing or the language before it")},
                       {"note?", text()}});
    return object({{"call", call_shape()},
                   {"acts", list(std::move(act), "what people did to its record, the latest first")},
                   {"matters", list(matter_row_shape())}});
}

}  // namespace

void add_call_operations(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    auto reading = [&desk](auto job) {
        return [&desk, job](api::Call&& call, http::Respond respond) {
            look(desk, std::move(call), std::move(respond),
                 [&desk, job](Office const& office, api::Call const& asked) { return job(desk, office, asked); });
        };
    };
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/calls",
             .name = "call.list",
             .summary = "Calls, the newest first: a seat's own, a shift leader's team's",
             .tag = "calls",
             .roles = calling_roles(),
             .query = {{.name = "day", .type = Type::day, .about = "when it was offered"},
                       {.name = "seat", .type = Type::code, .most = 64, .about = "login"},
                       {.name = "closing", .type = Type::code},
                       {.name = "missed", .type = Type::flag},
                       {.name = "matter", .type = Type::code, .about = "calls it is attached to"},
                       {.name = "limit", .type = Type::integer, .least = 1, .most = 100, .about = "left out: 50"},
                       {.name = "after",
                        .type = Type::integer,
                        .least = 1,
                        .most = std::int64_t{1} << 53,
                        .about = "`next` of the page before"}},
             .replies = {{200, "a page"}, {404, "a matter that is not there for the viewer"}},
             .reply = shape::object({{"calls", shape::list(call_shape())},
                                     {"next?", shape::id("`after` of the next page; left out on the last")}}),
             .handle = reading(list_calls)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/calls/lists",
             .name = "call.lists",
             .summary = "How calls are closed, languages, lines",
             .tag = "calls",
             .roles = counting_roles(),
             .replies = {{200, "in both languages"}},
             .reply = lists_shape(),
             .handle = [&desk](api::Call&&, http::Respond respond) {
                 respond(api::json_reply(200, lists_json(desk.book)));
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/calls/{id}",
             .name = "call.get",
             .summary = "A call, its matters, and what was done to its record",
             .tag = "calls",
             .roles = calling_roles(),
             .path = {{.name = "id", .type = Type::code}},
             .replies = {{200, "the call"}, {404, "there is none, or none for the viewer"}},
             .reply = one_shape(),
             .handle = reading(get)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/calls/{id}/caller",
             .name = "call.caller",
             .summary = "Earlier calls and the matters of the number it came from",
             .tag = "calls",
             .roles = calling_roles(),
             .path = {{.name = "id", .type = Type::code}},
             .replies = {{200, "at most twenty of each, the newest first; none where the number was withheld"},
                         {404, "there is none, or none for the viewer"},
                         {409, "a seat's call that is closed"}},
             .reply = shape::object({{"number", shape::or_null(shape::text("masked"))},
                                     {"limit?", limit_shape()},
                                     {"calls", shape::list(call_shape())},
                                     {"matters", shape::list(matter_row_shape())}}),
             .handle = reading(caller)});
}

}  // namespace banyan::calls
