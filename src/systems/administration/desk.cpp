#include "systems/administration/desk.h"

namespace banyan::administration {
namespace {

struct Changing {
    api::Call call;
    http::Respond respond;
    Change change;
    api::Asker asker;
    Result<Done> done = Done{};
};

void answer(Desk& desk, Changing& held) {
    if (!held.done) return held.respond(api::refused(desk.house, held.asker, held.done.error()));
    try {
        if (held.done->renew) desk.renew();
    } catch (std::exception const&) {  // it is kept, and in force at the next start
        return held.respond(api::refused(desk.house, held.asker, refusal_of(std::current_exception())));
    }
    if (held.done->forget) desk.house.sessions.forget(*held.done->forget, held.done->keys_too);
    if (held.done->renew) desk.house.sessions.follow(*desk.house.engine.rules()->directory);
    if (held.done->afterwards) held.done->afterwards();
    held.respond(api::json_reply(held.done->status, held.done->body));
}

}  // namespace

void make_change(Desk& desk, api::Call&& call, http::Respond respond, Change change) {
    api::Asker const asker = api::asker_of(call);
    auto held =
        std::make_shared<Changing>(Changing{std::move(call), std::move(respond), std::move(change), asker});
    desk.house.engine.write(
        [&desk, held](store::Session& writing) {
            held->done = held->change(writing, held->call);
            if (held->done && held->done->renew) desk.house.engine.nodes().tell(writing, "rules");
            if (!held->done || held->done->act.empty()) return;
            Actor const actor = held->call.actor();
            put_act(writing, {0,
                              desk.house.engine.now(),
                              actor.person,
                              actor.role,
                              held->done->act,
                              held->done->subject,
                              json::serialize(held->done->detail),
                              {}});
        },
        [&desk, held](std::exception_ptr const& failed) {
            if (failed) held->done = refuse(refusal_of(failed));
            answer(desk, *held);
        });
}

std::function<void(api::Call&&, http::Respond)> looking(Desk& desk, Look look) {
    return [&desk, look](api::Call&& call, http::Respond respond) {
        api::query(
            desk.house, std::move(call), std::move(respond),
            [&desk, look](store::Session& session, api::Call& asked) { return look(desk, session, asked); });
    };
}

http::Reply no(Desk& desk, api::Call const& call, Refusal const& refusal) {
    return api::problem(refusal, desk.house.texts, call.language, &call.request);
}

json::array faults_json(Texts const& texts, Refusal const& refusal) {
    json::array all;
    auto add = [&](Refusal const& fault) {
        std::int64_t line = 0;
        for (auto const& [name, value] : fault.params)
            if (name == "line") line = std::stoll(value);
        all.push_back(api::bad_line_json(texts, fault, line));
    };
    add(refusal);
    for (Refusal const& other : refusal.others) add(other);
    return all;
}

shape::Schema faults_shape() { return shape::list(api::bad_line_shape()); }

json::object unit_names(Unit const& unit) { return {{"code", unit.code}, {"zh", unit.zh}, {"en", unit.en}}; }

json::object errand_json(Errand::State const& state, Directory const& directory) {
    json::object one{{"stage", name(state.stage)}, {"done", state.done}, {"of", state.of}};
    if (state.began) one["began"] = rfc3339(state.began);
    if (state.ended) one["ended"] = rfc3339(state.ended);
    if (Person const* person = directory.person(state.by)) one["by"] = {{"zh", person->zh}, {"en", person->en}};
    return one;
}

shape::Schema errand_shape() {
    using namespace shape;
    return object({{"stage", one_of(Errand::Stage::none, Errand::Stage::failed)},
                   {"done", count()},
                   {"of", count("0: not known yet")},
                   {"began?", instant()},
                   {"ended?", instant()},
                   {"by?", object({{"zh", text()}, {"en", text()}})}});
}

std::vector<std::string> const& administrators() {
    static std::vector<std::string> const kThree{"system_admin", "security_admin", "audit_admin"};
    return kThree;
}

}  // namespace banyan::administration
