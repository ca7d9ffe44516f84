// Appointments: booked, seen, cancelled; a hall's of a day.
#include "systems/floor/booking.h"
#include "systems/floor/routes.h"
#include "systems/floor/views.h"

namespace banyan::floor {
namespace {

Result<Done> booked(Office const& office, api::Call const& call) {
    Form const form(call.body);
    Booking booking;
    booking.hall = call.param(0);
    booking.service = form.text("service");
    booking.at = *parse_rfc3339(form.text("at"));
    booking.name = form.text("name");
    booking.phone = form.text("phone");
    booking.item = form.text("item");
    booking.matter = form.text("case");
    booking.who = who_of(call);
    BANYAN_TRY(booking.once, once_of(call));
    BANYAN_TRY(Booked const done, book(office, booking));
    return Done{{{"appointment", appointment_json(office, done.appointment, true)}},
                booking.hall,
                done.repeated ? 200 : 201};
}

Result<json::object> seen(Office const& office, api::Call const& call) {
    BANYAN_TRY(Appointment const one, seen_appointment(office, call.param(0)));
    return json::object{{"appointment", appointment_json(office, one, true)}};
}

Result<json::object> mine(Office const& office, api::Call const&) {
    json::array rows;
    for (Appointment const& each : own_appointments(office)) rows.push_back(appointment_json(office, each, true));
    return json::object{{"appointments", std::move(rows)}, {"no_shows", no_shows(office, own_token(office))}};
}

Result<Done> cancelled(Office const& office, api::Call const& call) {
    BANYAN_TRY(Appointment const one, cancel(office, call.param(0)));
    return Done{{{"appointment", appointment_json(office, one, true)}}, one.hall};
}

/// For the hall's own people: masked, and without the numbers that open them.
Result<json::object> of_day(Office const& office, api::Call const& call) {
    Hall const* hall = office.plan.hall(call.param(0));
    if (hall == nullptr || hall_of(office) != hall) return refuse("hall.unknown");
    Form const form(call.query);
    Day const day = form.has("day") ? *parse_day(form.text("day")) : office.today();
    json::array rows;
    for (Appointment const& each : load_appointments(office.session, hall->code, day))
        rows.push_back(appointment_json(office, each, false));
    return json::object{{"hall", hall->code}, {"day", iso(day)}, {"appointments", std::move(rows)}};
}

}  // namespace

void add_appointment_operations(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    auto looking = [&desk](Look job) {
        return [&desk, job = std::move(job)](api::Call&& call, http::Respond respond) {
            look(desk, std::move(call), std::move(respond), job);
        };
    };
    auto writing = [&desk](Job job) {
        return [&desk, job = std::move(job)](api::Call&& call, http::Respond respond) {
            write(desk, std::move(call), std::move(respond), job);
        };
    };
    Field const hall{.name = "hall", .type = Type::code}, number{.name = "number", .type = Type::code};
    auto const one = shape::object({{"appointment", appointment_shape()}});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/floor/halls/{hall}/appointments",
             .name = "floor.book",
             .summary = "Book a slot: an account for itself, anybody else with a name and a telephone number",
             .tag = "floor",
             .who = api::Who::anyone,
             .path = {hall},
             .body = {{.name = "service", .type = Type::code, .required = true},
                      {.name = "at", .type = Type::instant, .required = true, .about = "a slot's begin"},
                      {.name = "name", .least = 1, .most = 40, .personal = true},
                      {.name = "phone", .type = Type::phone, .personal = true},
                      {.name = "item", .type = Type::code, .about = "what it is about"},
                      {.name = "case", .type = Type::code, .about = "the number of a case that there is already"}},
             .replies = {{200, "the same request again"},
                         {201, "booked; its number is told"},
                         {404, "no such hall"},
                         {409, "full, or one has it already"},
                         {422, "no such slot, or it cannot be booked"}},
             .reply = one,
             .handle = writing(booked),
             .takes_key = true});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/floor/appointments",
             .name = "floor.appointments",
             .summary = "One's own appointments, from today on",
             .tag = "floor",
             .roles = {"appellant"},
             .replies = {{200, "those of the account"}},
             .reply = shape::object({{"appointments", shape::list(appointment_shape())},
                                     {"no_shows", shape::count("in the days that count")}}),
             .handle = looking(mine)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/floor/appointments/{number}",
             .name = "floor.appointment",
             .summary = "An appointment, for who has its number",
             .tag = "floor",
             .who = api::Who::anyone,
             .path = {number},
             .replies = {{200, "it"}, {404, "there is none"}},
             .reply = one,
             .handle = looking(seen)});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/floor/appointments/{number}/cancel",
             .name = "floor.cancel",
             .summary = "Give the place back, before its time",
             .tag = "floor",
             .who = api::Who::anyone,
             .path = {number},
             .replies = {{200, "cancelled"}, {404, "there is none"}, {409, "over, or its time has come"}},
             .reply = one,
             .handle = writing(cancelled)});
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/floor/halls/{hall}/appointments",
         .name = "floor.day_appointments",
         .summary = "A day's appointments, masked, for those who work in the hall",
         .tag = "floor",
         .roles = {"window", "hall_manager"},
         .path = {hall},
         .query = {{.name = "day", .type = Type::day, .about = "left out: today"}},
         .replies = {{200, "by time"}, {404, "not one's own hall"}},
         .reply = shape::object(
             {{"hall", shape::code()}, {"day", shape::day()}, {"appointments", shape::list(appointment_shape())}}),
         .handle = looking(of_day)});
}

}  // namespace banyan::floor
