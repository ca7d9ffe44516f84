// A month is frozen; what changes afterwards is corrected beside it.
#include "systems/figures/routes.h"

namespace banyan::figures {
namespace {

using namespace api;

constexpr std::size_t kMostWaiting = 10'000;  ///< as of commands: what comes then is told to come again

using Act = std::function<Result<json::object>(Writing const& writing, Month month, Call const& call)>;

/// In a transaction of the writer; answers when it is durable.
void write(Desk& desk, Call&& call, http::Respond respond, Act act) {
    struct Held {
        Call call;
        http::Respond respond;
        Act act;
        Result<json::object> done = json::object();
    };
    if (desk.house.engine.waiting() >= kMostWaiting)
        return respond(problem({"server.busy", {}, {}, {}}, desk.house.texts, call.language, &call.request));
    auto held = std::make_shared<Held>(Held{std::move(call), std::move(respond), std::move(act)});
    desk.house.engine.write(
        [&desk, held](store::Session& session) {
            auto const rules = desk.house.engine.rules();
            Instant const now = desk.house.engine.now();
            auto const month = month_asked(held->call.param(0), now);
            if (!month)
                held->done = refuse(month.error());
            else
                held->done = held->act({session, *rules->directory, desk.beside, {held->call.actor().person, now}},
                                       *month, held->call);
        },
        [&desk, held](std::exception_ptr const& error) {
            if (error) held->done = refuse(refusal_of(error));
            if (held->done) return held->respond(json_reply(201, *held->done));
            held->respond(refused(desk.house, asker_of(held->call), held->done.error()));
        });
}

}  // namespace

void add_month_operations(Api& api, Desk& desk) {
    using namespace shape;
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/figures/months/{month}/freeze",
         .name = "figure.freeze",
         .summary = "Freeze a month that is over: from then on it is told as it was",
         .tag = "figures",
         .roles = desk.readers.freezes,
         .path = {month_field()},
         .replies = {{201, "its number, and the journal as it stood"}, {409, "it is not over, or frozen already"}},
         .reply = object({{"month", text("2026-10")}, {"frozen", frozen_shape()}}),
         .handle = [&desk](Call&& call, http::Respond respond) {
             write(desk, std::move(call), std::move(respond),
                   [&desk](Writing const& writing, Month month, Call const&) -> Result<json::object> {
                       BANYAN_TRY(Frozen const frozen, freeze(writing, month, desk.formulas));
                       return json::object{{"month", month.text()},
                                           {"frozen", frozen_json(frozen, writing.directory)}};
                   });
         }});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/figures/months/{month}/corrections",
             .name = "figure.correct",
             .summary = "Say what has changed since a month was frozen, or since its last correction",
             .tag = "figures",
             .roles = desk.readers.freezes,
             .path = {month_field()},
             .body = {{.name = "reason", .required = true, .least = 2, .most = 500}},
             .replies = {{201, "its number; the figures it changed are told with the month"},
                         {409, "the month is not frozen, or nothing has changed"}},
             .reply = object({{"month", text("2026-10")}, {"correction", correction_shape()}}),
             .handle = [&desk](Call&& call, http::Respond respond) {
                 write(desk, std::move(call), std::move(respond),
                       [](Writing const& writing, Month month, Call const& asked) -> Result<json::object> {
                           BANYAN_TRY(Correction const correction,
                                      correct(writing, month, std::string(Form(asked.body).text("reason"))));
                           return json::object{{"month", month.text()},
                                               {"correction", correction_json(correction, writing.directory)}};
                       });
             }});
}

}  // namespace banyan::figures
