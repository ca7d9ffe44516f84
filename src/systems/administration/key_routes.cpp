// Keys of partner systems: the security administrator's. A key is told once; what is listed opens nothing.
#include "systems/administration/desk.h"

namespace banyan::administration {
namespace {

http::Reply list(Desk& desk, store::Session& session, api::Call&) {
    auto const rules = desk.house.engine.rules();
    json::array keys;
    for (api::Sessions::Key const& key : desk.house.sessions.keys(session)) {
        json::object one{
            {"id", key.id}, {"label", key.label}, {"since", rfc3339(key.since)}, {"until", rfc3339(key.until)}};
        if (Person const* person = rules->directory->person(key.person)) {
            one["login"] = person->login;
            one["zh"] = person->zh;
            one["en"] = person->en;
        }
        keys.push_back(std::move(one));
    }
    return api::json_reply(200, json::object{{"keys", std::move(keys)}});
}

shape::Schema list_shape() {
    using namespace shape;
    auto key = object({{"id", hex("names it, opens nothing")},
                       {"label", text()},
                       {"login", text("of the system it acts as")},
                       {"zh", text()},
                       {"en", text()},
                       {"since", instant()},
                       {"until", instant()}});
    return object({{"keys", shape::list(std::move(key), "the newest first")}});
}

/// First the record, then the key: none that the record does not know.
void make_key(Desk& desk, api::Call&& call, http::Respond respond) {
    Form const form(call.body);
    auto const rules = desk.house.engine.rules();
    Person const* person = rules->directory->person(form.text("login"));
    if (person == nullptr || person->role != "partner")
        return respond(no(desk, call, {"key.not_partner", "login", {}, {}}));
    struct Making {
        PersonId person;
        std::string label;
        api::Asker asker;
        http::Respond respond;
    };
    auto held = std::make_shared<Making>(
        Making{person->id, std::string(form.text("label")), api::asker_of(call), std::move(respond)});
    Act const act{0,
                  desk.house.engine.now(),
                  call.actor().person,
                  call.actor().role,
                  "key.make",
                  person->login,
                  json::serialize(json::object{{"label", held->label}}),
                  {}};
    desk.house.engine.write(
        [act](store::Session& writing) { put_act(writing, act); },
        [&desk, held](std::exception_ptr const& failed) {
            if (failed) return held->respond(api::refused(desk.house, held->asker, refusal_of(failed)));
            desk.house.sessions.make_key(
                held->person, held->label, [&desk, held](Result<api::SignedIn> const& made) {
                    if (!made) return held->respond(api::refused(desk.house, held->asker, made.error()));
                    held->respond(
                        api::json_reply(201, json::object{{"key", made->token}, {"label", made->session.label}}));
                });
        });
}

void revoke_key(Desk& desk, api::Call&& call, http::Respond respond) {
    auto held = std::make_shared<std::pair<api::Asker, http::Respond>>(api::asker_of(call), std::move(respond));
    Act const act{0,
                  desk.house.engine.now(),
                  call.actor().person,
                  call.actor().role,
                  "key.revoke",
                  std::string(call.param(0)),
                  "{}",
                  {}};
    desk.house.sessions.revoke_key(call.param(0), [&desk, held, act](Result<void> const& done) {
        if (!done) return held->second(api::refused(desk.house, held->first, done.error()));
        desk.house.engine.write(
            [act](store::Session& writing) { put_act(writing, act); },
            [&desk, held](std::exception_ptr const& failed) {
                if (failed) return held->second(api::refused(desk.house, held->first, refusal_of(failed)));
                held->second({204, "", "", {}, {}});
            });
    });
}

}  // namespace

void add_key_operations(api::Api& api, Desk& desk) {
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/keys",
             .name = "key.list",
             .summary = "Keys of partner systems that hold",
             .tag = "administration",
             .roles = {"security_admin"},
             .replies = {{200, "never the keys themselves"}},
             .reply = list_shape(),
             .handle = looking(desk, list)});
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/keys",
         .name = "key.make",
         .summary = "Make a key for a partner system; it acts as the account with that login",
         .tag = "administration",
         .roles = {"security_admin"},
         .body = {{.name = "login", .required = true, .most = 64, .about = "of an account of the role partner"},
                  {.name = "label", .required = true, .least = 1, .most = 60, .about = "to tell it from others"}},
         .replies = {{201, "made"}},
         .reply = shape::object(
             {{"key", shape::text("for Authorization: Bearer; told this once")}, {"label", shape::text()}}),
         .handle = [&desk](api::Call&& call,
                           http::Respond respond) { make_key(desk, std::move(call), std::move(respond)); },
         .most_body = 4096});
    api.add({.method = http::Method::del,
             .pattern = "/api/v1/keys/{id}",
             .name = "key.revoke",
             .summary = "A key no longer holds",
             .tag = "administration",
             .roles = {"security_admin"},
             .path = {{.name = "id", .type = Field::Type::code, .about = "of the list"}},
             .replies = {{204, "revoked"}, {404, "there is none"}},
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 revoke_key(desk, std::move(call), std::move(respond));
             }});
}

}  // namespace banyan::administration
