// Proposing a limit on a caller. Who decides takes the steps of the rulebook.
#include "systems/calls/caller_limits.h"
#include "systems/calls/views.h"

namespace banyan::calls {
namespace {

void propose(Desk& desk, api::Call&& call, http::Respond respond) {
    auto held = std::make_shared<http::Respond>(std::move(respond));
    auto kept = std::make_shared<api::Call>(std::move(call));
    auto refused = [&desk, held, asker = api::asker_of(*kept)](Refusal const& refusal) {
        (*held)(api::refused(desk.house, asker, refusal));
    };
    auto job = [&desk, held, kept, refused](store::Session& session) {
        auto const rules = desk.house.engine.rules();
        Office const office{session,           desk.book,     desk.house.keys,
                            *rules->directory, kept->actor(), desk.house.engine.now()};
        auto const id = call_of(kept->param(0));
        if (!id) return refused({"call.unknown", {}, {}, {}});
        Form const said(kept->body);
        Result<Command> command =
            proposing(office, desk.house.texts, desk.house.engine.procedures(),
                      {*id, std::string(said.text("harassment")), std::string(said.text("account"))});
        if (!command) return refused(command.error());
        Request request;
        request.what = std::move(*command);
        request.deadline = wall_clock() + seconds(10);
        api::command(desk.house, *kept, std::move(request), std::move(*held), 201);
    };
    bool const taken = desk.house.readers.submit(std::move(job), [refused](std::exception const& error) {
        refused({"server.failed", {}, {{"what", error.what()}}, {}});
    });
    if (!taken) refused({"server.busy", {}, {}, {}});
}

}  // namespace

void add_limit_operations(api::Api& api, Desk& desk) {
    using Type = Field::Type;
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/calls/{id}/limit",
             .name = "call.limit",
             .summary = "Proposes to limit the caller of a call that was closed as harassing; a second person "
                        "decides (`caller_limit`)",
             .tag = "calls",
             .roles = calling_roles(),
             .path = {{.name = "id", .type = Type::code}},
             .body = {{.name = "harassment",
                       .type = Type::choice,
                       .required = true,
                       .choices = {"abuse", "repeated_silence", "nuisance_calls", "obscenity", "threats"}},
                      {.name = "account", .required = true, .least = 2, .most = 1000, .about = "what happened"}},
             .replies = {{201, "proposed"},
                         {403, "another seat's call"},
                         {404, "there is none, or none for the viewer"},
                         {409, "limited already, or proposed"},
                         {422, "a call of another closing, or without a number"}},
             .reply = outcome_shape(),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 propose(desk, std::move(call), std::move(respond));
             }});
}

}  // namespace banyan::calls
