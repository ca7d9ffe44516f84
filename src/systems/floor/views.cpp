#include "systems/floor/views.h"

#include <algorithm>

#include "api/api.h"
#include "kernel/engine/view.h"
#include "systems/floor/tickets.h"

namespace banyan::floor {
namespace {

constexpr std::int64_t kMinute = 60'000'000;  // µs

shape::Schema service_shape() {
    using namespace shape;
    return named("floor_service", object({{"code", code()},
                                          {"zh", text()},
                                          {"en", text()},
                                          {"letter", text("its numbers begin with it")},
                                          {"units", list(code(), "whose items it takes in")},
                                          {"windows", count("that serve it, open or not")}}));
}

json::object voice_json(Texts const& texts, Ticket const& ticket) {
    return api::sentence_json(texts, "floor.voice", {{"number", ticket.number()}, {"window", ticket.called_at}});
}

}  // namespace

json::object hall_json(Office const& office, Hall const& hall) {
    OfficeHours const hours = office.hours(hall);
    json::array services;
    for (Service const& service : hall.services) {
        json::array units;
        for (std::string const& unit : service.units) units.emplace_back(unit);
        services.push_back({{"code", service.code},
                            {"zh", service.zh},
                            {"en", service.en},
                            {"letter", service.letter},
                            {"units", std::move(units)},
                            {"windows", hall.windows_for(service.code)}});
    }
    json::object row{{"code", hall.code},
                     {"zh", hall.zh},
                     {"en", hall.en},
                     {"unit", hall.unit},
                     {"address", {{"zh", hall.address}, {"en", hall.address_en}}},
                     {"hours", hours.text()},
                     {"gives_numbers", office.gives_numbers(hall)},
                     {"services", std::move(services)}};
    if (hall.point) row["point"] = {{"lat", hall.point->lat}, {"lon", hall.point->lon}};
    json::array closed;
    for (ClosedDay const& each : hall.closed)
        if (each.day >= office.today())
            closed.push_back(
                {{"day", iso(each.day)}, {"zh", each.zh}, {"en", each.en.empty() ? each.zh : each.en}});
    row["closed"] = std::move(closed);
    return row;
}

shape::Schema hall_shape() {
    using namespace shape;
    return named(
        "floor_hall",
        object({{"code", code()},
                {"zh", text()},
                {"en", text()},
                {"unit", code("whose hall it is")},
                {"address", names_shape()},
                {"hours", text("08:30-12:00,14:30-17:30, on working days")},
                {"gives_numbers", flag("now")},
                {"point?",
                 object({{"lat", Schema{{"type", "number"}}}, {"lon", Schema{{"type", "number"}}}}, "WGS-84")},
                {"closed", list(object({{"day", day()}, {"zh", text("why")}, {"en", text()}}),
                                "working days to come on which it is closed")},
                {"services", list(service_shape())}}));
}

json::object appointment_json(Office const& office, Appointment const& one, bool whose) {
    Personal const personal = open(office.keys, one);
    json::object row{{"id", one.id.text()},
                     {"hall", one.hall},
                     {"service", one.service},
                     {"day", iso(one.day)},
                     {"at", rfc3339(one.slot.begins)},
                     {"until", rfc3339(one.slot.ends)},
                     {"state", name(one.state)},
                     {"name", masked("name", personal.name)},
                     {"phone", masked("phone", personal.phone)}};
    if (whose) {
        row["number"] = personal.number;
        row["may_cancel"] = one.state == Appointment::State::booked && one.slot.begins > office.now();
        row["number_from"] = rfc3339(one.slot.begins - office.book.early);
    }
    if (!one.item.empty()) row["item"] = one.item;
    if (!personal.matter.empty()) row["case"] = personal.matter;
    return row;
}

shape::Schema appointment_shape() {
    using namespace shape;
    return named("floor_appointment",
                 object({{"id", id()},
                         {"hall", code()},
                         {"service", code()},
                         {"day", day()},
                         {"at", instant("its slot begins")},
                         {"until", instant()},
                         {"state", one_of(Appointment::State::booked, Appointment::State::cancelled)},
                         {"name", text("masked")},
                         {"phone", text("masked")},
                         {"number?", text("opens it: only to who has it, or whose account booked it")},
                         {"may_cancel?", flag()},
                         {"number_from?", instant("from when a queue number is given for it")},
                         {"item?", code("an item of the hall")},
                         {"case?", code("as it was typed")}}));
}

DayNow day_now(Office const& office, Hall const& hall, Day day) {
    DayNow now{hall, load_day(office.session, hall.code, day), {}, load_windows(office.session, hall), {}};
    for (Ticket const& each : now.tickets)
        if (each.state == Ticket::State::waiting) now.waiting.push_back(each);
    now.figures = figures_of(now.tickets);
    return now;
}

int DayNow::open_windows(std::string_view service) const {
    return static_cast<int>(std::ranges::count_if(windows, [&](WindowNow const& each) {
        return each.state == "open" && hall.window(each.code)->has(service);
    }));
}

std::int64_t DayNow::waiting_for(std::string_view service) const {
    return std::ranges::count(waiting, service, &Ticket::service);
}

std::optional<std::int64_t> DayNow::minutes_for(Office const& office, Ticket const& ticket) const {
    auto const time = about(before(ticket, waiting, office.now()), open_windows(ticket.service),
                            served_span(office.book, figures, ticket.service));
    if (!time) return std::nullopt;
    Span const until_due{ticket.appointment ? (ticket.due - office.now()).us : 0};
    return (std::max(*time, until_due).us + kMinute - 1) / kMinute;
}

json::object ticket_json(Office const& office, DayNow const& day, Ticket const& one, Texts const& texts) {
    json::object row{{"id", one.id.text()},
                     {"number", one.number()},
                     {"hall", one.hall},
                     {"service", one.service},
                     {"state", name(one.state)},
                     {"way", name(one.way)},
                     {"taken", rfc3339(one.taken)},
                     {"calls", one.calls},
                     {"may_come_back", one.state == Ticket::State::passed && !one.over && one.passes == 1 &&
                                           one.day == office.today()}};
    if (!one.ground.empty()) row["ground"] = one.ground;
    if (one.over) row["over"] = true;
    if (one.appointment)
        if (auto const appointment = load_appointment(office.session, one.appointment))
            row["appointment"] = rfc3339(appointment->slot.begins);
    if (one.state == Ticket::State::waiting) {
        row["before"] = before(one, day.waiting, office.now());
        if (auto const minutes = day.minutes_for(office, one)) row["minutes"] = *minutes;
        if (!one.only_window.empty()) row["only_window"] = one.only_window;
        if (one.behind > 0) row["behind"] = one.behind;
    }
    if (one.first_called) {
        row["window"] = one.called_at;
        row["called"] = rfc3339(one.last_called);
    }
    if (one.state == Ticket::State::called) row["voice"] = voice_json(texts, one);
    return row;
}

shape::Schema ticket_shape() {
    using namespace shape;
    return named("floor_ticket", object({{"id", id()},
                                         {"number", text("as it is called: Z001")},
                                         {"hall", code()},
                                         {"service", code()},
                                         {"state", one_of(Ticket::State::waiting, Ticket::State::left)},
                                         {"way", one_of(Ticket::Way::hall, Ticket::Way::phone)},
                                         {"taken", instant()},
                                         {"calls", count("how often it was called")},
                                         {"may_come_back", flag("it was passed, and may wait again")},
                                         {"ground?", one_of({kGrounds.begin(), kGrounds.end()}, "of priority")},
                                         {"over?", always(true)},
                                         {"appointment?", instant("its slot begins")},
                                         {"before?", count("of the same service who are called before it")},
                                         {"minutes?", count("roughly; left out: no window serves it now")},
                                         {"only_window?", text("put through to this one")},
                                         {"behind?", count("so many are called before it may be")},
                                         {"window?", text("where it was called last")},
                                         {"called?", instant("last")},
                                         {"voice?", names_shape()}}));
}

}  // namespace banyan::floor
