// What the telephone tells: one report a request, with the key of a partner that is a telephone.
#include "systems/calls/caller_limits.h"
#include "systems/calls/routes.h"
#include "systems/calls/seats.h"
#include "systems/calls/switchboard.h"

namespace banyan::calls {
namespace {

using What = Report::What;

/// Members that only some reports have.
struct Only {
    std::string_view member;
    std::vector<What> with;
    bool needed = false;
};
std::vector<Only> const& only() {
    static std::vector<Only> const kOnly{{"seat", {What::ringing, What::answered}, true},
                                         {"number", {What::offered}},
                                         {"line", {What::offered}},
                                         {"language", {What::offered}},
                                         {"recording", {What::answered, What::ended}},
                                         {"rating", {What::rated}, true}};
    return kOnly;
}

Result<Report> read_report(Office const& office, Form const& form) {
    Report report;
    report.what = *report_named(form.text("what"));
    report.at = *parse_rfc3339(form.text("at"));
    for (Only const& one : only()) {
        bool const fits = std::ranges::find(one.with, report.what) != one.with.end();
        if (!fits && form.has(one.member)) return refuse("call_report.needless", std::string(one.member));
        if (fits && one.needed && !form.has(one.member)) return refuse("field.required", std::string(one.member));
    }
    if (form.has("seat")) {
        Person const* seat = office.directory.person(form.text("seat"));
        if (seat == nullptr || !is_seat(*seat))
            return refuse("call.seat_unknown", "seat", {{"seat", std::string(form.text("seat"))}});
        report.seat = seat->id;
    }
    report.number = form.text("number");
    report.line = form.text("line");
    report.language = form.text("language");
    report.recording = form.text("recording");
    report.rating = form.text("rating");
    if (!report.line.empty() && !office.book.knows_line(report.line))
        return refuse("call.line_unknown", "line", {{"line", report.line}});
    if (!report.language.empty() && !office.book.knows_language(report.language))
        return refuse("call.language_unknown", "language");
    return report;
}

/// Null: it is answered as any.
json::value limited_json(Desk const& desk, Office const& office, CallId id) {
    auto const call = load_call(office.session, id);
    if (!call) return nullptr;
    auto const limit =
        limit_of(office.session, desk.house.engine.procedures(), call->token, kBeijing.day(call->offered));
    if (!limit || !limit->applies()) return nullptr;
    json::array words;
    for (std::string const& word : office.book.pass_words) words.emplace_back(word);
    return json::object{{"handling", limit->handling},
                        {"until", limit->until},
                        {"calls_today", limit->calls_today},
                        {"calls_a_day", limit->calls_a_day},
                        {"pass", {{"key", office.book.pass_key}, {"words", std::move(words)}}}};
}

Result<json::object> take_in(Desk const& desk, Office const& office, api::Call const& call) {
    Person const* telephone = office.directory.person(office.actor.person);
    if (telephone == nullptr ||
        std::ranges::find(office.book.telephones, telephone->login) == office.book.telephones.end())
        return refuse("call.not_a_telephone");
    Form const form(call.body);
    BANYAN_TRY(Report const report, read_report(office, form));
    BANYAN_TRY(Reported const done, take_report(office, form.text("call"), report));
    json::object body{{"call", done.call.text()}, {"repeated", done.repeated}};
    if (report.what == What::offered)
        if (json::value limited = limited_json(desk, office, done.call); !limited.is_null())
            body["limited"] = std::move(limited);
    return body;
}

shape::Schema limited_shape() {
    using namespace shape;
    return object(
        {{"handling", one_of({"recorded", "shortened"}, "a recorded answer; a seat that keeps it short")},
         {"until", day("its last day")},
         {"calls_today", count("with this one")},
         {"calls_a_day", count("that are answered as any")},
         {"pass", object({{"key", text("that the caller presses")},
                          {"words", list(text(), "of danger, where the telephone understands them")}},
                         "what puts the call through at once, always")}},
        "of `offered`: how to handle a call of a number that is limited");
}

}  // namespace

void add_report_operations(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/call_reports",
         .name = "call.report",
         .summary = "What happened to a call; told twice it changes nothing, after `offered` in any order",
         .tag = "calls",
         .roles = {"partner"},
         .body =
             {{.name = "call", .type = Type::code, .required = true, .most = 64, .about = "its own name of it"},
              {.name = "what",
               .type = Type::choice,
               .required = true,
               .choices = {"offered", "ringing", "answered", "ended", "abandoned", "rated", "asked"},
               .about = "asked: to rate it, after the call"},
              {.name = "at", .type = Type::instant, .required = true},
              {.name = "seat", .type = Type::code, .most = 64, .about = "login; ringing, answered"},
              {.name = "number", .type = Type::phone, .about = "the caller's; offered; left out: withheld"},
              {.name = "line", .type = Type::code, .about = "that was dialled; offered; left out: 12345"},
              {.name = "language", .type = Type::code, .about = "chosen in the menu; offered"},
              {.name = "recording", .most = 200, .about = "a reference; answered, ended; never served"},
              {.name = "rating",
               .type = Type::choice,
               .choices = {"satisfied", "fair", "unsatisfied"},
               .about = "of the service; rated"}},
         .replies = {{200, "it is kept"},
                     {403, "a partner that is no telephone"},
                     {404, "a call that was never offered: tell it again after `offered`"},
                     {409, "told before with other content"},
                     {422, "a time or a name that cannot be"}},
         .reply = shape::object({{"call", shape::id("ours")},
                                 {"repeated", shape::flag("it was told before")},
                                 {"limited?", limited_shape()}}),
         .handle =
             [&desk](api::Call&& call, http::Respond respond) {
                 write(
                     desk, std::move(call), std::move(respond),
                     [&desk](Office const& office, api::Call const& told) { return take_in(desk, office, told); });
             },
         .most_body = 4096});
}

}  // namespace banyan::calls
