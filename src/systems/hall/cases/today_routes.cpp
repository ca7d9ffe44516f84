// The hall's day in figures, the cases behind them, and that something changed. For who manages the hall, leads
// and supervises; the last two find no case otherwise, and read of these what is public.
#include <algorithm>
#include <array>
#include <mutex>
#include <tuple>

#include "kernel/engine/view.h"
#include "systems/hall/cases/case_desk.h"
#include "systems/hall/cases/today.h"
#include "systems/hall/routes.h"

namespace banyan::hall {
namespace {

constexpr std::size_t kMostListed = 200;
constexpr char const* kOverseer = "hall_overseer";  ///< data/roles.toml: no account's

std::vector<std::string> reading_roles() { return {"leader", "supervision_officer", "hall_manager"}; }

std::int64_t at(std::map<std::string, std::int64_t, std::less<>> const& counts, std::string_view name) {
    auto const found = counts.find(name);
    return found == counts.end() ? 0 : found->second;
}

json::object by_way(Today const& today, std::string const& measure) {
    std::int64_t const all = at(today.counted, measure), web = at(today.counted, measure + "_web");
    return {{"all", all}, {"web", web}, {"counter", all - web}};
}

json::array units_json(Today const& today, Directory const& directory) {
    std::vector<std::pair<Unit const*, UnitLoad>> units;
    for (auto const& [id, load] : today.units)
        if (Unit const* unit = directory.unit(id)) units.emplace_back(unit, load);
    std::ranges::sort(units, [](auto const& a, auto const& b) {
        return std::tuple(-a.second.overdue, -a.second.near, -a.second.open, a.first->code) <
               std::tuple(-b.second.overdue, -b.second.near, -b.second.open, b.first->code);
    });
    json::array all;
    for (auto const& [unit, load] : units)
        all.push_back({{"unit", {{"code", unit->code}, {"zh", unit->zh}, {"en", unit->en}}},
                       {"open", load.open},
                       {"near", load.near},
                       {"overdue", load.overdue}});
    return all;
}

/// Counted at most once in two seconds, however many walls look.
struct LastToday {
    std::mutex mutex;
    std::chrono::steady_clock::time_point at{};
    std::string body;
};

Result<http::Reply> figures(CaseDesk const& desk, store::Session& session, LastToday& last) {
    std::lock_guard lock(last.mutex);
    if (!last.body.empty() && std::chrono::steady_clock::now() - last.at < std::chrono::seconds(2))
        return api::json_text_reply(200, last.body);
    Today const today = today_of(session, desk.house.engine);
    Moment const moment = desk.house.engine.moment();
    json::object body{{"day", iso(moment.today())}, {"at", rfc3339(moment.now)}};
    for (char const* what : {"received", "accepted", "decided", "delivered"})
        body[what] = by_way(today, std::string("case_") + what);
    std::int64_t const instant = at(today.counted, "case_instant"), early = at(today.counted, "case_early");
    body["in_time"] = {{"instant", instant},
                       {"early", early},
                       {"on_time", at(today.counted, "case_on_time") - instant - early},
                       {"late", at(today.counted, "case_late")}};
    body["saved"] = at(today.counted, "trips_saved");
    json::object stages;
    for (char const* stage : {"case_received", "case_incomplete", "case_pre_passed", "case_examining",
                              "case_deciding", "case_granted"})
        stages[stage] = at(today.standing, stage);
    body["stages"] = std::move(stages);
    body["units"] = units_json(today, *desk.house.engine.rules()->directory);
    json::array ratings;
    for (int stars = 5; stars >= 1; --stars)
        ratings.push_back({{"stars", stars}, {"n", at(today.counted, "rated_" + std::to_string(stars))}});
    body["ratings"] = std::move(ratings);
    json::object bad;
    for (char const* stage : {"rated", "rater_contacted", "rating_doubted"})
        bad[stage] = at(today.standing, stage);
    body["bad_open"] = std::move(bad);
    last.at = std::chrono::steady_clock::now();
    last.body = json::serialize(body);
    return api::json_text_reply(200, last.body);
}

/// As a list shows it, by the share of the unit that decides; the name of an item is nobody's secret.
std::optional<json::object> row_of(Matter const& matter, Viewer const& viewer, bool opens) {
    static constexpr std::array<std::string_view, 4> kLights{"green", "yellow", "red", "grey"};
    auto row = view_of(nullptr, matter, {}, viewer);
    if (!row) return row;
    if (Assignment const* lead = matter.lead(); lead != nullptr && matter.open()) {
        (*row)["light"] = kLights.at(static_cast<std::size_t>(promised_light(matter, viewer.moment)));
        std::optional<json::value> due;
        for (json::value const& share : row->at("assignments").as_array())
            if (share.at("id").as_string() == lead->id.text() && share.as_object().contains("due"))
                due = share.at("due");
        if (due) (*row)["due"] = std::move(*due);
    }
    return json::object{{"case", std::move(*row)}, {"name", matter.title}, {"opens", opens}};
}

Result<http::Reply> cases(CaseDesk const& desk, store::Session& session, api::Call& call) {
    Form const form(call.query);
    auto const rules = desk.house.engine.rules();
    CaseList list{
        std::string(form.text("what")), std::string(form.text("way")), std::string(form.text("stage")), {}};
    if (form.has("unit")) {
        Unit const* unit = rules->directory->unit(form.text("unit"));
        if (unit == nullptr)
            return refuse("unit.unknown", "query.unit", {{"unit", std::string(form.text("unit"))}});
        list.unit = unit->id;
    }
    Actor actor = call.actor();
    bool const opens = actor.role == "hall_manager";
    if (!opens) actor.role = kOverseer;
    Viewer const viewer{actor, *rules, desk.house.engine.moment(), nullptr};
    json::array rows;
    std::int64_t total = 0;
    for (Matter const& matter : listed_cases(session, desk.house.engine, list)) {
        if (!rules->access->may_see(actor, matter, *rules->directory)) continue;
        ++total;
        if (rows.size() < kMostListed)
            if (auto row = row_of(matter, viewer, opens)) rows.push_back(std::move(*row));
    }
    return api::json_reply(200, json::object{{"total", total}, {"cases", std::move(rows)}});
}

shape::Schema today_shape() {
    using namespace shape;
    auto const ways =
        object({{"all", count()}, {"web", count("applied for on line")}, {"counter", count("at a window")}});
    return object({{"day", day()},
                   {"at", instant()},
                   {"received", ways},
                   {"accepted", ways},
                   {"decided", ways},
                   {"delivered", ways},
                   {"in_time", object({{"instant", count("done on the spot")},
                                       {"early", count("decided on a day before the last promised one")},
                                       {"on_time", count("by it, and neither of those")},
                                       {"late", count()}})},
                   {"saved", count("trips")},
                   {"stages", map(count(), "stage → cases there now")},
                   {"units", list(object({{"unit", unit_shape()},
                                          {"open", count("with it, their clock running")},
                                          {"near", count("the last days of what was promised")},
                                          {"overdue", count("past it")}}),
                                  "that decide; the latest first")},
                   {"ratings", list(object({{"stars", count()}, {"n", count("of today")}}), "5 to 1")},
                   {"bad_open", map(count(), "stage → bad ratings there now")}});
}

}  // namespace

void add_today_operations(api::Api& api, CaseDesk const& desk) {
    using namespace shape;
    using Of = Field::Type;
    auto add = [&](char const* path, char const* name, char const* summary) {
        api::Operation one{.method = http::Method::get};
        one.pattern = std::string("/api/v1/hall/today") + path;
        one.name = std::string("hall.today") + name;
        one.summary = summary;
        one.tag = "hall";
        one.roles = reading_roles();
        return one;
    };
    api::Operation one =
        add("", "", "The hall's day: cases by way, in time or late, where they are late, ratings, trips saved");
    one.replies = {{200, "of the whole city"}};
    one.reply = today_shape();
    one.handle = [&desk, last = std::make_shared<LastToday>()](api::Call&& call, http::Respond respond) {
        api::query(desk.house, std::move(call), std::move(respond),
                   [&desk, last](store::Session& session, api::Call&) {
                       return std::move(*figures(desk, session, *last));
                   });
    };
    api.add(std::move(one));
    one = add("/cases", ".cases", "The cases behind a figure of the hall's day, as the viewer may see them");
    one.query = {{.name = "what",
                  .type = Of::choice,
                  .required = true,
                  .choices = {"received", "accepted", "decided", "delivered", "instant", "early", "on_time",
                              "late", "saved", "open", "near", "overdue", "rated_2", "rated_1"},
                  .about = "rated_N: bad ratings, for the hall's management only"},
                 {.name = "way", .type = Of::choice, .choices = {"web", "counter"}},
                 {.name = "stage", .type = Of::code, .about = "of what=open"},
                 {.name = "unit", .type = Of::unit, .about = "that decides"}};
    one.replies = {{200, "200 at most, and how many there are; near and overdue: the most urgent first"}};
    one.reply = object({{"total", count()},
                        {"cases", list(object({{"case", matter_row_shape()},
                                               {"name", shape::text("of the item, with its situation")},
                                               {"opens", flag("the viewer may open it")}}))}});
    one.handle = reading(desk, cases);
    api.add(std::move(one));
    one = add("/events", ".stream", "Told when a case or a rating has changed (server-sent events)");
    one.replies = {{200, "events named `changed`, which say nothing else"}};
    one.reply = shape::text("events `ready` (once) and `changed`, both empty");
    one.reply["x-data"] = named("hall_changed", object({}));
    one.reply_type = "text/event-stream";
    one.handle = [&desk](api::Call&& call, http::Respond respond) {
        auto stream = desk.news.open();
        if (stream == nullptr)
            return respond(
                api::problem({"server.busy", {}, {}, {}}, desk.house.texts, call.language, &call.request));
        respond({200, "text/event-stream", "", {{"Cache-Control", "no-store"}}, std::move(stream)});
    };
    api.add(std::move(one));
}

}  // namespace banyan::hall
