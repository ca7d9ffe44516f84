// A clerk's desk: the window, the next number, what becomes of it.
#include "systems/floor/routes.h"
#include "systems/floor/views.h"

namespace banyan::floor {
namespace {

std::vector<std::string> working_roles() { return {"window", "hall_manager", "unit_clerk", "unit_head"}; }

using Work = std::function<Result<void>(Office const&, api::Call const&, Form const&)>;

/// Answers with the desk as it is after it.
Job working(Desk const& desk, Work work) {
    return [&desk, work = std::move(work)](Office const& office, api::Call const& call) -> Result<Done> {
        BANYAN_CHECK(work(office, call, Form(call.body)));
        Hall const* hall = hall_of(office);
        return Done{desk_json(office, desk.house.texts), hall == nullptr ? std::string() : hall->code};
    };
}

struct Route {
    std::string what, path, summary;
    std::vector<Field> path_fields, body;
    Work work;
};

void add(api::Api& api, Desk& desk, Route route) {
    api.add(
        {.method = http::Method::post,
         .pattern = std::move(route.path),
         .name = "floor." + route.what,
         .summary = std::move(route.summary),
         .tag = "floor",
         .roles = working_roles(),
         .path = std::move(route.path_fields),
         .body = std::move(route.body),
         .replies = {{200, "the desk as it is now"},
                     {403, "not one's own window"},
                     {404, "there is none"},
                     {409, "not as things stand"},
                     {422, "no such window or service"}},
         .reply = desk_shape(),
         .handle = [&desk, job = working(desk, std::move(route.work))](api::Call&& call, http::Respond respond) {
             write(desk, std::move(call), std::move(respond), job);
         }});
}

void add_states(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    Field const hall{.name = "hall", .type = Type::code}, window{.name = "window", .type = Type::code};
    Field const wanted{.name = "window", .type = Type::code, .required = true};
    add(api, desk,
        {"open",
         "/api/v1/floor/halls/{hall}/open",
         "Sit down at a window and open it",
         {hall},
         {wanted},
         [](Office const& office, api::Call const& call, Form const& form) {
             return open_window(office, call.param(0), form.text("window"));
         }});
    add(api, desk,
        {"pause",
         "/api/v1/floor/desk/pause",
         "Nobody is called here for a while",
         {},
         {{.name = "reason", .type = Type::choice, .required = true, .choices = {kPauses.begin(), kPauses.end()}}},
         [](Office const& office, api::Call const&, Form const& form) {
             return pause(office, form.text("reason"));
         }});
    add(api, desk,
        {"resume",
         "/api/v1/floor/desk/resume",
         "Open again",
         {},
         {},
         [](Office const& office, api::Call const&, Form const&) { return resume(office); }});
    add(api, desk,
        {"close",
         "/api/v1/floor/desk/close",
         "Close one's window",
         {},
         {},
         [](Office const& office, api::Call const&, Form const&) { return close_window(office); }});
    add(api, desk,
        {"close_for",
         "/api/v1/floor/halls/{hall}/windows/{window}/close",
         "Close somebody's window, by the hall's people",
         {hall, window},
         {},
         [](Office const& office, api::Call const& call, Form const&) {
             return close_for(office, call.param(0), call.param(1));
         }});
}

void add_calls(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    add(api, desk,
        {"next",
         "/api/v1/floor/desk/next",
         "Finish whom one has and call the next",
         {},
         {{.name = "at",
           .most = 20,
           .about = "id of the number that stands at the window, empty for none: a request sent twice calls one"}},
         [](Office const& office, api::Call const&, Form const& form) {
             return call_next(office, form.has("at") ? std::optional(form.text("at")) : std::nullopt);
         }});
    add(api, desk,
        {"again",
         "/api/v1/floor/desk/again",
         "Call the same number again",
         {},
         {},
         [](Office const& office, api::Call const&, Form const&) { return call_again(office); }});
    add(api, desk,
        {"pass",
         "/api/v1/floor/desk/pass",
         "Nobody came: pass the number",
         {},
         {},
         [](Office const& office, api::Call const&, Form const&) { return pass(office); }});
    add(api, desk,
        {"finish",
         "/api/v1/floor/desk/finish",
         "It is done; call nobody yet",
         {},
         {},
         [](Office const& office, api::Call const&, Form const&) { return finish(office); }});
    add(api, desk,
        {"transfer",
         "/api/v1/floor/desk/transfer",
         "To another service or window; the number keeps its place",
         {},
         {{.name = "service", .type = Type::code}, {.name = "window", .type = Type::code}},
         [](Office const& office, api::Call const&, Form const& form) {
             return transfer(office, form.text("service"), form.text("window"));
         }});
}

Work on_ticket(std::function<Result<void>(Office const&, TicketId, Form const&)> work) {
    return
        [work = std::move(work)](Office const& office, api::Call const& call, Form const& form) -> Result<void> {
            auto const id = api::read_id(call.param(0));
            if (!id) return refuse("ticket.unknown");
            return work(office, TicketId(*id), form);
        };
}

void add_on_tickets(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    Field const id{.name = "id", .type = Type::code};
    add(api, desk,
        {"let_back",
         "/api/v1/floor/desk/tickets/{id}/let_back",
         "Who was passed is here: waits again, behind a few",
         {id},
         {},
         on_ticket([](Office const& office, TicketId ticket, Form const&) { return let_back(office, ticket); })});
    add(api, desk,
        {"priority",
         "/api/v1/floor/desk/tickets/{id}/priority",
         "Give a waiting number priority, or take it away",
         {id},
         {{.name = "ground",
           .type = Type::choice,
           .choices = {kGrounds.begin(), kGrounds.end()},
           .about = "left out: none"}},
         on_ticket([](Office const& office, TicketId ticket, Form const& form) {
             return give_priority(office, ticket, form.text("ground"));
         })});
}

}  // namespace

void add_window_operations(api::Api& api, Desk& desk) {
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/floor/desk",
             .name = "floor.desk",
             .summary = "The windows of one's hall; one's own, whom it has, who waits for it, who was passed",
             .tag = "floor",
             .roles = working_roles(),
             .replies = {{200, "now"}},
             .reply = desk_shape(),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 look(desk, std::move(call), std::move(respond),
                      [&desk](Office const& office, api::Call const&) -> Result<json::object> {
                          return desk_json(office, desk.house.texts);
                      });
             }});
    add_states(api, desk);
    add_calls(api, desk);
    add_on_tickets(api, desk);
}

}  // namespace banyan::floor
