#include "systems/calls/routes.h"

namespace banyan::calls {
namespace {

constexpr std::size_t kMostWaiting = 10'000;  ///< as of commands: what comes then is told to come again

Office office_of(Desk& desk, store::Session& session, Rules const& rules, api::Call const& call) {
    return {session, desk.book, desk.house.keys, *rules.directory, call.actor(), desk.house.engine.now()};
}

}  // namespace

std::vector<std::string> calling_roles() { return {"seat", "shift_leader"}; }

std::vector<std::string> counting_roles() {
    return {"seat", "shift_leader", "dispatcher", "reviewer", "supervision_officer", "appraiser", "leader"};
}

std::optional<CallId> call_of(std::string_view text) {
    auto const id = api::read_id(text);
    return id ? std::optional(CallId(*id)) : std::nullopt;
}

void write(Desk& desk, api::Call&& call, http::Respond respond, Job job) {
    struct Held {
        api::Call call;
        http::Respond respond;
        Job job;
        Result<json::object> done = json::object();
    };
    if (desk.house.engine.waiting() >= kMostWaiting)
        return respond(api::problem({"server.busy", {}, {}, {}}, desk.house.texts, call.language, &call.request));
    auto held = std::make_shared<Held>(Held{std::move(call), std::move(respond), std::move(job)});
    desk.house.engine.write(
        [&desk, held](store::Session& session) {
            auto const rules = desk.house.engine.rules();
            held->done = held->job(office_of(desk, session, *rules, held->call), held->call);
        },
        [&desk, held](std::exception_ptr const& error) {
            if (error) held->done = refuse(refusal_of(error));
            if (held->done) return held->respond(api::json_reply(200, *held->done));
            held->respond(api::refused(desk.house, api::asker_of(held->call), held->done.error()));
        });
}

void look(Desk& desk, api::Call&& call, http::Respond respond, Job job) {
    api::query(desk.house, std::move(call), std::move(respond),
               [&desk, job = std::move(job)](store::Session& session, api::Call& asked) {
                   auto const rules = desk.house.engine.rules();
                   auto const done = job(office_of(desk, session, *rules, asked), asked);
                   if (done) return api::json_reply(200, *done);
                   return api::problem(done.error(), desk.house.texts, asked.language);
               });
}

void add_operations(api::Api& api, Desk& desk) {
    add_report_operations(api, desk);
    add_practice_operations(api, desk);
    add_call_operations(api, desk);
    add_call_acts(api, desk);
    add_seat_operations(api, desk);
    add_ring_back_operations(api, desk);
    add_figure_operations(api, desk);
    add_check_operations(api, desk);
    add_limit_operations(api, desk);
    add_rating_operations(api, desk);
}

}  // namespace banyan::calls
