// A clerk's desk.
#include <algorithm>

#include "kernel/engine/view.h"
#include "systems/floor/views.h"

namespace banyan::floor {
namespace {

constexpr std::size_t kQueue = 100, kPassed = 50;

/// What a clerk knows of a number besides: for what, and who booked it, masked.
json::object row_json(Office const& office, DayNow const& day, Ticket const& one, Texts const& texts) {
    json::object row{{"ticket", ticket_json(office, day, one, texts)}};
    if (!one.appointment) return row;
    if (auto const appointment = load_appointment(office.session, one.appointment))
        row["booked"] = appointment_json(office, *appointment, false);
    return row;
}

shape::Schema row_shape() {
    using namespace shape;
    return named("floor_row", object({{"ticket", ticket_shape()}, {"booked?", appointment_shape()}}));
}

json::object window_json(Office const& office, Hall const& hall, WindowNow const& now) {
    Window const* window = hall.window(now.code);
    json::array serves;
    for (std::string const& service : window->serves) serves.emplace_back(service);
    json::object row{{"code", now.code},
                     {"state", now.state},
                     {"serves", std::move(serves)},
                     {"may_open", now.state == "closed" && may_work(office, hall, *window)}};
    if (now.since) row["since"] = rfc3339(now.since);
    if (now.state == "paused") row["reason"] = now.reason;
    if (Person const* person = office.directory.person(now.person))
        row["by"] = {{"login", person->login}, {"zh", person->zh}, {"en", person->en}};
    return row;
}

json::array queue_rows(Office const& office, DayNow const& day, OwnWindow const& own, Texts const& texts) {
    auto const mine = for_window(day.waiting, *own.window);
    json::array rows;
    for (Ticket const* each : in_order(mine, office.now()))
        if (rows.size() < kQueue) rows.push_back(row_json(office, day, *each, texts));
    return rows;
}

json::array passed_rows(Office const& office, DayNow const& day, OwnWindow const& own, Texts const& texts) {
    json::array rows;
    for (auto each = day.tickets.rbegin(); each != day.tickets.rend(); ++each)
        if (each->state == Ticket::State::passed && !each->over && each->passes == 1 &&
            own.window->has(each->service) && rows.size() < kPassed)
            rows.push_back(row_json(office, day, *each, texts));
    return rows;
}

}  // namespace

json::object desk_json(Office const& office, Texts const& texts) {
    Hall const* hall = hall_of(office);
    if (hall == nullptr) return {{"windows", json::array()}, {"queue", json::array()}, {"passed", json::array()}};
    DayNow const day = day_now(office, *hall, office.today());
    json::object body{{"hall", hall_json(office, *hall)}};
    json::array windows;
    for (WindowNow const& each : day.windows) windows.push_back(window_json(office, *hall, each));
    body["windows"] = std::move(windows);
    body["queue"] = json::array();
    body["passed"] = json::array();
    body["waiting"] = day.figures.all.waiting;
    auto const own = own_window(office);
    if (!own) return body;
    body["own"] = window_json(office, *hall, own->now);
    body["queue"] = queue_rows(office, day, *own, texts);
    body["passed"] = passed_rows(office, day, *own, texts);
    auto const tally = day.figures.by_window.find(own->window->code);
    body["served"] = tally == day.figures.by_window.end() ? std::int64_t{0} : tally->second.served;
    if (own->ticket) body["current"] = row_json(office, day, *own->ticket, texts);
    return body;
}

shape::Schema desk_shape() {
    using namespace shape;
    auto window =
        named("floor_desk_window", object({{"code", code()},
                                           {"state", one_of({"open", "paused", "closed"})},
                                           {"serves", list(code())},
                                           {"may_open", flag()},
                                           {"since?", instant()},
                                           {"reason?", one_of({kPauses.begin(), kPauses.end()})},
                                           {"by?", object({{"login", text()}, {"zh", text()}, {"en", text()}})}}));
    return named("floor_desk",
                 object({{"hall?", hall_shape()},
                         {"windows", list(window)},
                         {"own?", window},
                         {"current?", row_shape()},
                         {"queue", list(row_shape(), "of one's own window, as they would be called")},
                         {"passed", list(row_shape(), "may come back")},
                         {"waiting?", count("in the hall")},
                         {"served?", count("at this window today")}}));
}

}  // namespace banyan::floor
