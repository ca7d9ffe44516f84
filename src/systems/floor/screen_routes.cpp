// The hall's screen, what it is told, the figures of a day.
#include "systems/floor/routes.h"
#include "systems/floor/views.h"

namespace banyan::floor {
namespace {

Result<json::object> figures(Office const& office, api::Call const& call) {
    Hall const* hall = office.plan.hall(call.param(0));
    if (hall == nullptr) return refuse("hall.unknown");
    Form const form(call.query);
    Day const day = form.has("day") ? *parse_day(form.text("day")) : office.today();
    json::object body =
        figures_json(office, day_now(office, *hall, day), load_appointments(office.session, hall->code, day));
    body["hall"] = hall->code;
    body["day"] = iso(day);
    return body;
}

void listen(Desk const& desk, api::Call&& call, http::Respond respond) {
    auto problem = [&](char const* key) {
        return api::problem({key, {}, {}, {}}, desk.house.texts, call.language, &call.request);
    };
    std::string const hall(call.param(0));
    if (desk.plans.now()->hall(hall) == nullptr) return respond(problem("hall.unknown"));
    auto stream = desk.streams.open(hall);
    if (stream == nullptr) return respond(problem("server.busy"));
    respond({200, "text/event-stream", "", {{"Cache-Control", "no-store"}}, std::move(stream)});
}

/// As of /api/v1/events: the stream is text, x-data is what one event's `data` holds.
shape::Schema stream_shape() {
    using namespace shape;
    Schema stream = text("events `ready` (once, empty) and `changed`, whose data is JSON as in x-data");
    stream["x-data"] = named("floor_changed", object({{"hall", code()}}));
    return stream;
}

}  // namespace

void add_screen_operations(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    Field const hall{.name = "hall", .type = Type::code};
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/floor/halls/{hall}/screen",
             .name = "floor.screen",
             .summary = "What the hall's screen shows: numbers at windows, numbers waiting; nothing of a person",
             .tag = "floor",
             .who = api::Who::anyone,
             .path = {hall},
             .replies = {{200, "now"}, {404, "no such hall"}},
             .reply = screen_shape(),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 look(desk, std::move(call), std::move(respond),
                      [&desk](Office const& office, api::Call const& asked) -> Result<json::object> {
                          Hall const* found = office.plan.hall(asked.param(0));
                          if (found == nullptr) return refuse("hall.unknown");
                          return screen_json(office, day_now(office, *found, office.today()), desk.house.texts);
                      });
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/floor/halls/{hall}/events",
             .name = "floor.stream",
             .summary = "Told when something in the hall is another (server-sent events)",
             .tag = "floor",
             .who = api::Who::anyone,
             .path = {hall},
             .replies = {{200, "events named `changed`"}, {404, "no such hall"}},
             .reply = stream_shape(),
             .reply_type = "text/event-stream",
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 listen(desk, std::move(call), std::move(respond));
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/floor/halls/{hall}/figures",
             .name = "floor.figures",
             .summary = "A day in numbers: waiting, waits, served, passed, who did not come",
             .tag = "floor",
             .roles = {"window", "hall_manager", "supervision_officer", "leader"},
             .path = {hall},
             .query = {{.name = "day", .type = Type::day, .about = "left out: today"}},
             .replies = {{200, "as it stands"}, {404, "no such hall"}},
             .reply = figures_shape(),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 look(desk, std::move(call), std::move(respond), figures);
             }});
}

}  // namespace banyan::floor
