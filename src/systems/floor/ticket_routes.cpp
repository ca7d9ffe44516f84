// Queue numbers: taken, watched, given back, waiting again.
#include "systems/floor/tickets.h"

#include "systems/floor/booking.h"
#include "systems/floor/routes.h"
#include "systems/floor/views.h"

namespace banyan::floor {
namespace {

Result<json::object> told(Desk const& desk, Office const& office, Ticket const& ticket) {
    Hall const* hall = office.plan.hall(ticket.hall);
    if (hall == nullptr) return refuse("ticket.unknown");
    return json::object{
        {"ticket", ticket_json(office, day_now(office, *hall, ticket.day), ticket, desk.house.texts)}};
}

Job taking(Desk const& desk) {
    return [&desk](Office const& office, api::Call const& call) -> Result<Done> {
        Form const form(call.body);
        Taking taking;
        taking.hall = call.param(0);
        taking.service = form.text("service");
        taking.appointment = form.text("appointment");
        taking.ground = form.text("ground");
        taking.phone = form.text("phone");
        taking.who = who_of(call);
        BANYAN_TRY(taking.once, once_of(call));
        BANYAN_TRY(Taken const done, take(office, taking));
        BANYAN_TRY(json::object body, told(desk, office, done.ticket));
        body["key"] = done.key;
        return Done{std::move(body), taking.hall, done.repeated ? 200 : 201};
    };
}

using Change = Result<Ticket> (*)(Office const&, std::string_view key);
Job changing(Desk const& desk, Change change) {
    return [&desk, change](Office const& office, api::Call const& call) -> Result<Done> {
        BANYAN_TRY(Ticket const ticket, change(office, call.param(0)));
        BANYAN_TRY(json::object body, told(desk, office, ticket));
        return Done{std::move(body), ticket.hall};
    };
}

Result<Ticket> back_by_key(Office const& office, std::string_view key) {
    BANYAN_TRY(Ticket ticket, seen_ticket(office, key));
    return come_back(office, std::move(ticket));
}

}  // namespace

void add_ticket_operations(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    Field const key{.name = "key", .type = Type::code};
    auto const one = shape::object({{"ticket", ticket_shape()}});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/floor/halls/{hall}/tickets",
             .name = "floor.take",
             .summary = "Take a queue number: in the hall by who works there, by phone with an account, an "
                        "appointment's number or a telephone number",
             .tag = "floor",
             .who = api::Who::anyone,
             .path = {{.name = "hall", .type = Type::code}},
             .body = {{.name = "service", .type = Type::code, .about = "left out with an appointment"},
                      {.name = "appointment", .type = Type::code, .about = "its number"},
                      {.name = "ground",
                       .type = Type::choice,
                       .choices = {kGrounds.begin(), kGrounds.end()},
                       .about = "of priority; looked at by the window"},
                      {.name = "phone", .type = Type::phone, .personal = true}},
             .replies = {{200, "the same request again"},
                         {201, "taken; its key is told this once"},
                         {404, "no such hall, no such appointment"},
                         {409, "the hall is closed, one waits already, or it is not the appointment's time"},
                         {422, "no such service"}},
             .reply = shape::extended(one, {{"key", shape::text("watches it, gives it back")}}),
             .handle =
                 [&desk](api::Call&& call, http::Respond respond) {
                     write(desk, std::move(call), std::move(respond), taking(desk));
                 },
             .takes_key = true});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/floor/tickets/{key}",
             .name = "floor.ticket",
             .summary = "Where one stands: how many before, about how long, which window",
             .tag = "floor",
             .who = api::Who::anyone,
             .path = {key},
             .replies = {{200, "now"}, {404, "there is none, or its day is over"}},
             .reply = one,
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 look(desk, std::move(call), std::move(respond),
                      [&desk](Office const& office, api::Call const& asked) -> Result<json::object> {
                          BANYAN_TRY(Ticket const ticket, seen_ticket(office, asked.param(0)));
                          return told(desk, office, ticket);
                      });
             }});
    struct Changing {
        std::string path, name, summary;
        Change change;
    };
    for (Changing const& act :
         {Changing{"/api/v1/floor/tickets/{key}/leave", "floor.leave", "Give the number back", leave},
          Changing{"/api/v1/floor/tickets/{key}/come_back", "floor.come_back",
                   "Wait again after being passed, once, behind a few", back_by_key}})
        api.add({.method = http::Method::post,
                 .pattern = act.path,
                 .name = act.name,
                 .summary = act.summary,
                 .tag = "floor",
                 .who = api::Who::anyone,
                 .path = {key},
                 .replies = {{200, "so it is"}, {404, "there is none"}, {409, "not as it stands"}},
                 .reply = one,
                 .handle = [&desk, job = changing(desk, act.change)](api::Call&& call, http::Respond respond) {
                     write(desk, std::move(call), std::move(respond), job);
                 }});
}

}  // namespace banyan::floor
