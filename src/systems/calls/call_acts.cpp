// What people do to the record of a call.
#include "systems/calls/switchboard.h"
#include "systems/calls/views.h"

namespace banyan::calls {
namespace {

using Work = std::function<Result<void>(Office const&, CallId, Form const&)>;

struct Route {
    std::string what, path, summary;
    std::vector<Field> body;
    Work act;
};

void add(api::Api& api, Desk& desk, Route route) {
    api.add({.method = http::Method::post,
             .pattern = route.path,
             .name = "call." + route.what,
             .summary = std::move(route.summary),
             .tag = "calls",
             .roles = calling_roles(),
             .path = {{.name = "id", .type = Field::Type::code}},
             .body = std::move(route.body),
             .replies = {{200, "it is kept, with who and when"},
                         {404, "there is none, or none for the viewer"},
                         {409, "it is closed"}},
             .reply = shape::object({{"call", call_shape()}}),
             .handle = [&desk, act = std::move(route.act)](api::Call&& call, http::Respond respond) {
                 write(desk, std::move(call), std::move(respond),
                       [&desk, act](Office const& office, api::Call const& asked) -> Result<json::object> {
                           auto const id = call_of(asked.param(0));
                           if (!id) return refuse("call.unknown");
                           BANYAN_CHECK(act(office, *id, Form(asked.body)));
                           auto const call_now = load_call(office.session, *id);
                           return json::object{{"call", std::move(calls_json(desk, office, {*call_now}).front())}};
                       });
             }});
}

/// Seen by the actor: what they may not find is not there.
Result<MatterId> seen_matter(Desk const& desk, Office const& office, Form const& form) {
    auto const matter = api::read_matter(form.text("matter"));
    if (!matter || matter_rows(desk, office, {*matter}).empty()) return refuse("matter.unknown", "matter");
    return *matter;
}

void add_unmask(api::Api& api, Desk& desk) {
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/calls/{id}/unmask",
             .name = "call.unmask",
             .summary = "The caller's number, whole; who reads it is kept",
             .tag = "calls",
             .roles = calling_roles(),
             .path = {{.name = "id", .type = Field::Type::code}},
             .body = {{.name = "reason", .least = 2, .most = 200, .about = "a seat needs none on its open call"}},
             .replies = {{200, "the number"},
                         {404, "there is none, or none for the viewer"},
                         {409, "a seat's call that is closed"},
                         {422, "no reason, or the number was withheld"}},
             .reply = shape::object({{"number", shape::text()}}),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 write(desk, std::move(call), std::move(respond),
                       [](Office const& office, api::Call const& asked) -> Result<json::object> {
                           auto const id = call_of(asked.param(0));
                           if (!id) return refuse("call.unknown");
                           BANYAN_TRY(std::string const number,
                                      unmask(office, *id, Form(asked.body).text("reason")));
                           return json::object{{"number", number}};
                       });
             }});
}

}  // namespace

void add_call_acts(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    Field const matter{.name = "matter", .type = Type::code, .required = true, .about = "id or receipt number"};
    add(api, desk,
        {"attach",
         "/api/v1/calls/{id}/attach",
         "Attach a matter to the call",
         {matter},
         [&desk](Office const& office, CallId id, Form const& form) -> Result<void> {
             BANYAN_CHECK(own_call(office, id));
             BANYAN_TRY(MatterId const which, seen_matter(desk, office, form));
             return attach(office, id, which);
         }});
    add(api, desk,
        {"detach",
         "/api/v1/calls/{id}/detach",
         "Detach it again",
         {matter},
         [&desk](Office const& office, CallId id, Form const& form) -> Result<void> {
             BANYAN_CHECK(own_call(office, id));
             BANYAN_TRY(MatterId const which, seen_matter(desk, office, form));
             return detach(office, id, which);
         }});
    add(api, desk,
        {"close",
         "/api/v1/calls/{id}/close",
         "What became of the call",
         {{.name = "closing", .type = Type::code, .required = true, .about = "of /api/v1/calls/lists"},
          {.name = "note", .most = 500}},
         [](Office const& office, CallId id, Form const& form) {
             return close(office, id, form.text("closing"), form.text("note"));
         }});
    add(api, desk,
        {"mark",
         "/api/v1/calls/{id}/mark",
         "What the caller speaks",
         {{.name = "language", .type = Type::code, .required = true, .about = "of /api/v1/calls/lists"}},
         [](Office const& office, CallId id, Form const& form) {
             return mark_language(office, id, form.text("language"));
         }});
    add_unmask(api, desk);
}

}  // namespace banyan::calls
