// The quality check of calls: who sees which checks, the card, figures.
#include "systems/calls/call_checks.h"
#include "systems/calls/views.h"

namespace banyan::calls {
namespace {

constexpr int kMostDays = 92;

std::vector<std::string> looking_roles() {
    return {"seat", "shift_leader", "examiner", "supervision_officer", "appraiser", "leader"};
}

Result<ChecksAsked> read_asked(Office const& office, Form const& form) {
    ChecksAsked asked;
    asked.scope = scope_of(office.actor, office.directory);
    Day const today = kBeijing.day(office.now);
    asked.last = form.has("to") ? *parse_day(form.text("to")) : today;
    asked.first = form.has("from") ? *parse_day(form.text("from")) : asked.last - 30;
    if (asked.first > asked.last || asked.last - asked.first >= kMostDays)
        return refuse("calls.range", "query.to", {{"most", std::to_string(kMostDays)}});
    if (form.has("seat")) {
        Person const* seat = office.directory.person(form.text("seat"));
        if (seat == nullptr)
            return refuse("call.seat_unknown", "query.seat", {{"seat", std::string(form.text("seat"))}});
        asked.seat = seat->id;
    }
    return asked;
}

std::map<MatterId, Matter> matters_of(Desk const& desk, Office const& office,
                                      std::vector<CallCheck> const& checks) {
    std::vector<std::int64_t> ids;
    for (CallCheck const& check : checks) ids.push_back(check.matter.value);
    std::map<MatterId, Matter> all;
    for (Matter& matter : load_matters(office.session, ids, desk.house.engine.procedures()))
        all.emplace(matter.id, std::move(matter));
    return all;
}

json::object check_json(Office const& office, CallCheck const& check, Matter const& matter) {
    json::object row{{"call", check.call.text()},
                     {"number", receipt_number(check.matter)},
                     {"day", iso(check.day)},
                     {"stage", stage_of(matter)},
                     {"objected", flag_of(matter, "was_objected")},
                     {"changed", flag_of(matter, "was_changed")}};
    add_person(row, "seat", office.directory, check.seat);
    if (auto const points = points_of(matter)) {
        row["points"] = *points;
        row["passed"] = flag_of(matter, "passed");
    }
    return row;
}

Result<json::object> list(Desk const& desk, Office const& office, api::Call const& call) {
    Form const form(call.query);
    BANYAN_TRY(ChecksAsked const asked, read_asked(office, form));
    std::vector<CallCheck> const checks = load_checks(office.session, asked);
    auto const matters = matters_of(desk, office, checks);
    json::array rows;
    for (CallCheck const& check : checks)
        if (auto const matter = matters.find(check.matter); matter != matters.end())
            if (!form.has("stage") || stage_of(matter->second) == form.text("stage"))
                rows.push_back(check_json(office, check, matter->second));
    return json::object{{"checks", std::move(rows)}};
}

Result<json::object> get(Desk const& desk, Office const& office, api::Call const& call) {
    auto const id = call_of(call.param(0));
    if (!id) return refuse("call_check.unknown");
    BANYAN_TRY(CallCheck const check, seen_check(office, *id));
    auto const matter = load_matter(office.session, check.matter, desk.house.engine.procedures());
    if (!matter) return refuse("call_check.unknown");
    auto const rules = desk.house.engine.rules();
    Viewer const viewer{office.actor, *rules, desk.house.engine.moment(), nullptr};
    auto view = view_of(&office.session, *matter, load_history(office.session, *matter), viewer);
    if (!view) return refuse("call_check.unknown");
    return json::object{{"check", check_json(office, check, *matter)}, {"matter", std::move(*view)}};
}

json::object marked_json(Marked const& marked) {
    json::object row{{"drawn", marked.drawn},       {"marked", marked.marked},   {"passed", marked.passed},
                     {"objected", marked.objected}, {"changed", marked.changed}, {"left_out", marked.left_out},
                     {"points", marked.points},     {"average", nullptr},        {"passed_rate", nullptr}};
    if (auto const average = marked.average()) row["average"] = rate_text(*average);
    if (auto const share = rate(marked.passed, marked.marked)) row["passed_rate"] = rate_text(*share);
    return row;
}

Result<json::object> figures(Desk const& desk, Office const& office, api::Call const& call) {
    BANYAN_TRY(ChecksAsked asked, read_asked(office, Form(call.query)));
    asked.limit = 100'000;
    std::vector<CallCheck> const checks = load_checks(office.session, asked);
    auto const matters = matters_of(desk, office, checks);
    std::map<PersonId, Marked> by_seat;
    Marked total;
    for (CallCheck const& check : checks)
        if (auto const matter = matters.find(check.matter); matter != matters.end()) {
            by_seat[check.seat].add(matter->second);
            total.add(matter->second);
        }
    json::array rows;
    for (auto const& [seat, marked] : by_seat) {
        json::object row = marked_json(marked);
        add_person(row, "seat", office.directory, seat);
        rows.push_back(std::move(row));
    }
    return json::object{{"from", iso(asked.first)},
                        {"to", iso(asked.last)},
                        {"total", marked_json(total)},
                        {"seats", std::move(rows)}};
}

json::object card_json(ScoreCard const& card) {
    json::array items;
    for (CardItem const& item : card.items)
        items.push_back({{"code", item.code},
                         {"zh", item.zh},
                         {"en", item.en},
                         {"points", item.points},
                         {"floor", item.floor}});
    return {{"pass", card.pass}, {"total", card.total()}, {"items", std::move(items)}};
}

// ── shapes ───────────────────────────────────────────────────────────────────────────────────────────────────
shape::Schema check_shape() {
    using namespace shape;
    return named("call_check", object({{"call", id()},
                                       {"number", id("receipt number of the check's matter")},
                                       {"day", day("of the call")},
                                       {"stage", code()},
                                       {"seat?", person_shape()},
                                       {"points?", count("as they stand")},
                                       {"passed?", flag()},
                                       {"objected", flag()},
                                       {"changed", flag("after an objection")}}));
}

shape::Schema marked_shape() {
    using namespace shape;
    return named("calls_marked",
                 object({{"drawn", count()},
                         {"marked", count()},
                         {"passed", count()},
                         {"objected", count()},
                         {"changed", count()},
                         {"left_out", count("not fit to be marked")},
                         {"points", count("together")},
                         {"average", or_null(text("points, two decimals, half up; null: of none"))},
                         {"passed_rate", or_null(text("percent of those marked; null: of none"))}}));
}

std::vector<Field> range_fields() {
    using Type = Field::Type;
    return {{.name = "from", .type = Type::day, .about = "of the calls; left out: 30 days before `to`"},
            {.name = "to", .type = Type::day, .about = "left out: today; at most 92 days"},
            {.name = "seat", .type = Type::code, .most = 64, .about = "login"}};
}

void add_looking(api::Api& api, Desk& desk) {
    auto reading = [&desk](auto job) {
        return [&desk, job](api::Call&& call, http::Respond respond) {
            look(desk, std::move(call), std::move(respond),
                 [&desk, job](Office const& office, api::Call const& asked) { return job(desk, office, asked); });
        };
    };
    std::vector<Field> listed = range_fields();
    listed.push_back({.name = "stage", .type = Field::Type::code});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/call_checks",
             .name = "call_check.list",
             .summary = "Checks of calls: a seat's own, a shift leader's team's, else all",
             .tag = "call_checks",
             .roles = looking_roles(),
             .query = std::move(listed),
             .replies = {{200, "at most 1,000, the newest calls first"}},
             .reply = shape::object({{"checks", shape::list(check_shape())}}),
             .handle = reading(list)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/call_checks/card",
             .name = "call_check.card",
             .summary = "The score card",
             .tag = "call_checks",
             .roles = looking_roles(),
             .replies = {{200, "items with points and floor"}},
             .reply = shape::object({{"pass", shape::count("points that pass")},
                                     {"total", shape::count()},
                                     {"items", shape::list(shape::object({{"code", shape::code()},
                                                                          {"zh", shape::text()},
                                                                          {"en", shape::text()},
                                                                          {"points", shape::count("at most")},
                                                                          {"floor", shape::count("below it the "
                                                                                                 "call does not "
                                                                                                 "pass")}}))}}),
             .handle = [&desk](api::Call&&, http::Respond respond) {
                 respond(api::json_reply(200, card_json(desk.card)));
             }});
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/call_checks/figures",
         .name = "call_check.figures",
         .summary = "Marks by seat: a seat's own, a shift leader's team's, else all",
         .tag = "call_checks",
         .roles = looking_roles(),
         .query = range_fields(),
         .replies = {{200, "seats with calls that were drawn, and their sum"}},
         .reply = shape::object(
             {{"from", shape::day()},
              {"to", shape::day()},
              {"total", marked_shape()},
              {"seats", shape::list(shape::named("calls_marked_of",
                                                 shape::extended(marked_shape(), {{"seat?", person_shape()}})))}}),
         .handle = reading(figures)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/call_checks/{call}",
             .name = "call_check.get",
             .summary = "A check with its marks and all that was done",
             .tag = "call_checks",
             .roles = {"seat", "shift_leader", "examiner"},
             .path = {{.name = "call", .type = Field::Type::code}},
             .replies = {{200, "the check"}, {404, "there is none to see"}},
             .reply = shape::object({{"check", check_shape()}, {"matter", matter_shape()}}),
             .handle = reading(get)});
}

}  // namespace

void add_check_operations(api::Api& api, Desk& desk) {
    add_looking(api, desk);
    add_check_acts(api, desk);
}

}  // namespace banyan::calls
