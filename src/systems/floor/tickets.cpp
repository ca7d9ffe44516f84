#include "systems/floor/tickets.h"

#include <algorithm>

#include "systems/floor/booking.h"

namespace banyan::floor {
namespace {

bool open(Ticket const& ticket) {
    return ticket.state == Ticket::State::waiting || ticket.state == Ticket::State::called;
}

std::string clock_text(Instant at) { return rfc3339(at).substr(11, 5); }

Result<Appointment> due_appointment(Office const& office, Taking const& taking) {
    BANYAN_TRY(Appointment const found, seen_appointment(office, taking.appointment));
    if (found.hall != taking.hall) return refuse("ticket.other_hall", "appointment");
    if (found.state != Appointment::State::booked) return refuse("appointment.over", "appointment");
    if (found.day != office.today()) return refuse("ticket.other_day", "appointment", {{"day", iso(found.day)}});
    Instant const from = found.slot.begins - office.book.early;
    if (office.now() < from) return refuse("ticket.too_early", "appointment", {{"from", clock_text(from)}});
    if (office.now() >= found.slot.ends + office.book.late) return refuse("ticket.too_late", "appointment");
    return found;
}

/// Who takes it: of whom one may wait at a time; in the hall nobody is asked.
Result<std::string> taker(Office const& office, Taking const& taking, Ticket::Way way) {
    if (way == Ticket::Way::hall) return std::string();
    if (std::string own = own_token(office); !own.empty()) return own;
    if (taking.phone.empty()) return refuse("field.required", "phone");
    return person_token(office.keys, taking.phone, {});
}

Result<void> none_waiting(Office const& office, std::string_view hall, std::string_view person) {
    for (Ticket const& each : load_tickets_of(office.session, person, office.today()))
        if (each.hall == hall && open(each)) return refuse("ticket.twice", {}, {{"number", each.number()}});
    return {};
}

}  // namespace

bool in_the_hall(Office const& office, Hall const& hall) {
    Unit const* unit = office.directory.unit(office.actor.unit);
    bool const role = office.actor.role == "window" || office.actor.role == "hall_manager";
    return role && unit != nullptr && unit->code == hall.unit;
}

Result<Taken> take(Office const& office, Taking const& taking) {
    Hall const* hall = office.plan.hall(taking.hall);
    if (hall == nullptr) return refuse("hall.unknown");
    std::string const key = new_number(office.keys, taking.who, taking.once);
    Ticket made;
    made.token = token_of(office.keys, key);
    if (auto before = load_ticket(office.session, made.token)) return Taken{std::move(*before), key, true};
    made.way = in_the_hall(office, *hall) ? Ticket::Way::hall : Ticket::Way::phone;
    std::string service_code = taking.service;
    std::optional<Appointment> appointment;
    if (!taking.appointment.empty()) {
        BANYAN_TRY(appointment, due_appointment(office, taking));
        service_code = appointment->service;
        made.person_token = appointment->person_token;
        made.appointment = appointment->id;
        made.due = appointment->slot.begins - office.book.due;
    } else {
        if (service_code.empty()) return refuse("field.required", "service");
        BANYAN_TRY(made.person_token, taker(office, taking, made.way));
    }
    Service const* service = hall->service(service_code);
    if (service == nullptr) return refuse("service.unknown", "service");
    OfficeHours const hours = office.hours(*hall);
    if (!office.gives_numbers(*hall)) return refuse("ticket.hours", {}, {{"hours", hours.text()}});
    BANYAN_CHECK(none_waiting(office, hall->code, made.person_token));
    made.n = last_number(office.session, hall->code, office.today(), service->letter) + 1;
    if (made.n > office.book.most_a_day) return refuse("ticket.too_many");
    made.id = TicketId(next_id(office.session, "floor_ticket"));
    made.hall = hall->code;
    made.day = office.today();
    made.letter = service->letter;
    made.service = service->code;
    made.ground = taking.ground;
    made.taken = office.now();
    save(office.session, made);
    if (appointment) {
        appointment->state = Appointment::State::came;
        appointment->changed = office.now();
        save(office.session, *appointment);
    }
    return Taken{std::move(made), key};
}

Result<Ticket> seen_ticket(Office const& office, std::string_view key) {
    auto found = load_ticket(office.session, token_of(office.keys, key));
    if (!found) return refuse("ticket.unknown");
    return std::move(*found);
}

Result<Ticket> leave(Office const& office, std::string_view key) {
    BANYAN_TRY(Ticket one, seen_ticket(office, key));
    if (one.state != Ticket::State::waiting || one.day != office.today()) return refuse("ticket.not_waiting");
    one.state = Ticket::State::left;
    one.finished = office.now();
    save(office.session, one);
    return one;
}

Result<Ticket> come_back(Office const& office, Ticket ticket) {
    if (ticket.state != Ticket::State::passed || ticket.over || ticket.day != office.today())
        return refuse("ticket.not_passed");
    if (ticket.passes > 1) return refuse("ticket.back_once");
    ticket.state = Ticket::State::waiting;
    ticket.behind = office.book.behind;
    ticket.finished = {};
    save(office.session, ticket);
    return ticket;
}

}  // namespace banyan::floor
