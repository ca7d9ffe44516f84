#include "systems/floor/routes.h"

#include "base/text.h"

namespace banyan::floor {
namespace {

constexpr std::size_t kMostWaiting = 10'000;  ///< as of commands: what comes then is told to come again
constexpr std::size_t kLeastKey = 16, kMostKey = 128;

}  // namespace

Office office_of(Desk const& desk, store::Session& session, Rules const& rules, Actor actor) {
    auto plan = desk.plans.now();
    return {
        session, desk.book, *plan, desk.house.keys, *rules.directory, std::move(actor), desk.house.engine.moment(),
        plan};
}

void write(Desk const& desk, api::Call&& call, http::Respond respond, Job job) {
    struct Held {
        api::Call call;
        http::Respond respond;
        Job job;
        Result<Done> done = Done{};
    };
    if (desk.house.engine.waiting() >= kMostWaiting)
        return respond(api::problem({"server.busy", {}, {}, {}}, desk.house.texts, call.language, &call.request));
    auto held = std::make_shared<Held>(Held{std::move(call), std::move(respond), std::move(job)});
    desk.house.engine.write(
        [&desk, held](store::Session& session) {
            auto const rules = desk.house.engine.rules();
            auto const calendar = desk.house.engine.calendar();
            held->done = held->job(office_of(desk, session, *rules, held->call.actor()), held->call);
            if (held->done && !held->done->hall.empty())
                desk.house.engine.nodes().tell(session, kMoved, held->done->hall);
        },
        [&desk, held](std::exception_ptr const& error) {
            if (error) held->done = refuse(refusal_of(error));
            if (!held->done)
                return held->respond(api::refused(desk.house, api::asker_of(held->call), held->done.error()));
            if (held->done->then) held->done->then();
            held->respond(api::json_reply(held->done->status, held->done->body));
            if (!held->done->hall.empty()) desk.streams.tell(held->done->hall);
        });
}

void look(Desk const& desk, api::Call&& call, http::Respond respond, Look job) {
    api::query(desk.house, std::move(call), std::move(respond),
               [&desk, job = std::move(job)](store::Session& session, api::Call& asked) {
                   auto const rules = desk.house.engine.rules();
                   auto const calendar = desk.house.engine.calendar();
                   auto const done = job(office_of(desk, session, *rules, asked.actor()), asked);
                   if (done) return api::json_reply(200, *done);
                   return api::problem(done.error(), desk.house.texts, asked.language);
               });
}

Result<std::string> once_of(api::Call const& call) {
    std::string const key(call.request.header("idempotency-key"));
    if (key.empty()) return std::string();
    bool const guessed = !call.session && key.size() < kLeastKey;
    if (key.size() > kMostKey || guessed || !is_utf8(key))
        return refuse("header.idempotency_key", "Idempotency-Key");
    return key + "\n" + call.request.path + "\n" + json::serialize(call.body);
}

std::string who_of(api::Call const& call) { return call.session ? call.session->who : std::string(); }

void add_operations(api::Api& api, Desk& desk) {
    add_place_operations(api, desk);
    add_appointment_operations(api, desk);
    add_ticket_operations(api, desk);
    add_screen_operations(api, desk);
    add_window_operations(api, desk);
    add_unmask_operation(api, desk);
    add_plan_operations(api, desk);
}

void care(Desk const& desk, store::Session& reading) {
    {
        auto const rules = desk.house.engine.rules();
        auto const calendar = desk.house.engine.calendar();
        store::Snapshot const snapshot(reading);
        if (!needs_care(office_of(desk, reading, *rules, Actor::time()))) return;
    }
    Cared cared;
    desk.house.engine.write_now([&](store::Session& session) {
        auto const rules = desk.house.engine.rules();
        auto const calendar = desk.house.engine.calendar();
        cared = take_care(office_of(desk, session, *rules, Actor::time()));
        for (std::string const& hall : cared.halls) desk.house.engine.nodes().tell(session, kMoved, hall);
    });
    for (std::string const& hall : cared.halls) desk.streams.tell(hall);
    desk.house.log.info("floor.care",
                        {{"ended", cared.ended}, {"no_shows", cared.no_shows}, {"erased", cared.erased}});
}

}  // namespace banyan::floor
