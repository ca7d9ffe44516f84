// Reading whole who booked: by who sits at a window that serves the number, with a reason. Each reading is kept
// twice: with its reason among what was done at windows (floor_act), and in the read log as every other reading.
#include "systems/floor/counter.h"
#include "systems/floor/routes.h"

namespace banyan::floor {
namespace {

Result<Done> unmasked(Desk const& desk, Office const& office, api::Call const& call) {
    BANYAN_TRY(OwnWindow const own, own_window(office));
    auto const id = api::read_id(call.param(0));
    auto const ticket = id ? load_ticket(office.session, TicketId(*id)) : std::nullopt;
    if (!ticket || ticket->hall != own.hall->code || ticket->day != office.today())
        return refuse("ticket.unknown");
    if (!own.window->has(ticket->service)) return refuse("window.not_yours");
    auto const booked = ticket->appointment ? load_appointment(office.session, ticket->appointment) : std::nullopt;
    if (!booked || !booked->kept) return refuse("ticket.nobody_known");
    Personal const personal = open(office.keys, *booked);
    std::string const reason(Form(call.body).text("reason"));
    save(office, Act{own.hall->code, own.window->code, "unmask", reason, ticket->id});
    Done done{{{"name", personal.name}, {"phone", personal.phone}}, {}};
    done.then = [&desk, at = office.now(), actor = office.actor] {
        desk.house.engine.note_reading({at, actor.person, actor.role, "floor.personal", {}});
    };
    return done;
}

}  // namespace

void add_unmask_operation(api::Api& api, Desk& desk) {
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/floor/desk/tickets/{id}/personal",
             .name = "floor.unmask",
             .summary = "Read whole who booked; the reason is recorded",
             .tag = "floor",
             .roles = {"window", "hall_manager", "unit_clerk", "unit_head"},
             .path = {{.name = "id", .type = Field::Type::code}},
             .body = {{.name = "reason", .required = true, .least = 2, .most = 500}},
             .replies = {{200, "name and telephone number"},
                         {403, "not one's own window"},
                         {404, "no such number today"},
                         {409, "one sits at no window, or nobody is known of it"}},
             .reply = shape::object({{"name", shape::text()}, {"phone", shape::text()}}),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 write(desk, std::move(call), std::move(respond),
                       [&desk](Office const& office, api::Call const& asked) {
                           return unmasked(desk, office, asked);
                       });
             }});
}

}  // namespace banyan::floor
