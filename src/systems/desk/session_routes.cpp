#include "kernel/engine/view.h"
#include "systems/desk/routes.h"

namespace banyan::desk {
namespace {

json::object who_json(Session const& session, House& house) {
    auto rules = house.engine.rules();
    json::object who{{"role", session.actor.role}, {"csrf", session.csrf}, {"until", rfc3339(session.until)}};
    if (Person const* person = rules->directory->person(session.actor.person))
        who["person"] = {{"login", person->login}, {"zh", person->zh}, {"en", person->en}};
    if (Unit const* unit = rules->directory->unit(session.actor.unit))
        who["unit"] = {{"code", unit->code}, {"zh", unit->zh}, {"en", unit->en}};
    if (session.actor.bound) who["matter"] = session.actor.bound.text();
    return who;
}

shape::Schema session_shape() {
    using namespace shape;
    return named("session", object({{"role", code()},
                                    {"csrf", text("for X-CSRF-Token, where the cookie signs")},
                                    {"until", instant()},
                                    {"person?", object({{"login", text()}, {"zh", text()}, {"en", text()}})},
                                    {"unit?", unit_shape()},
                                    {"matter?", id("the only one that a query code opens")}}));
}

shape::Schema begun_shape() {
    using namespace shape;
    return extended(session_shape(), {{"token", text("for Authorization: Bearer; told this once")}});
}

http::Reply begun(House& house, SignedIn const& made) {
    json::object body = who_json(made.session, house);
    body["token"] = made.token;
    http::Reply reply = json_reply(201, body);
    reply.headers.emplace_back("Set-Cookie",
                               house.sessions.cookie() + "=" + made.token + "; Path=/; HttpOnly; SameSite=Strict");
    return reply;
}

void sign_in(House& house, Call&& call, http::Respond respond) {
    Form form(std::move(call.body));
    auto held = std::make_shared<http::Respond>(std::move(respond));
    auto done = [held, &house, asker = asker_of(call)](Result<SignedIn> made) {
        (*held)(made ? begun(house, *made) : refused(house, asker, made.error()));
    };
    if (form.has("number") || form.has("code")) {
        auto matter = read_receipt_number(form.text("number"));
        // A number that cannot be one is answered as a wrong code: it tells nothing of what exists.
        if (!matter) return done(refuse("code.wrong", "code"));
        return house.sessions.sign_in_with_code(*matter, std::string(form.text("code")), done);
    }
    if (form.text("login").empty()) return done(refuse("field.required", "login"));
    if (form.text("password").empty()) return done(refuse("field.required", "password"));
    house.sessions.sign_in(std::string(form.text("login")), std::string(form.text("password")), done);
}

void sign_out(House& house, Call&& call, http::Respond respond) {
    auto held = std::make_shared<http::Respond>(std::move(respond));
    house.sessions.sign_out(call.request, [held, &house, asker = asker_of(call)](Result<void> const& ended) {
        if (!ended) return (*held)(refused(house, asker, ended.error()));
        (*held)({204,
                 "",
                 "",
                 {{"Set-Cookie", house.sessions.cookie() + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"}},
                 {}});
    });
}

}  // namespace

void add_session_operations(Api& api, House& house) {
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/sessions",
             .name = "session.begin",
             .summary = "Sign in: login and password, or receipt number and query code",
             .tag = "sessions",
             .who = Who::anyone,
             .body = {{.name = "login", .most = 64, .about = "with password"},
                      {.name = "password", .most = 200, .about = "with login"},
                      {.name = "number", .most = 20, .about = "receipt number, with code; or"},
                      {.name = "code", .most = 12, .about = "query code, with number"}},
             .replies = {{201, "signed in; sets the cookie banyan_session too"},
                         {401, "wrong"},
                         {423, "locked for a while"}},
             .reply = begun_shape(),
             .handle = [&house](Call&& call,
                                http::Respond respond) { sign_in(house, std::move(call), std::move(respond)); },
             .most_body = 4096});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/sessions/current",
             .name = "session.get",
             .summary = "Who is signed in",
             .tag = "sessions",
             .replies = {{200, "who"}},
             .reply = session_shape(),
             .handle = [&house](Call&& call, http::Respond respond) {
                 respond(json_reply(200, who_json(*call.session, house)));
             }});
    api.add({.method = http::Method::del,
             .pattern = "/api/v1/sessions/current",
             .name = "session.end",
             .summary = "Sign out",
             .tag = "sessions",
             .replies = {{204, "signed out"}},
             .handle = [&house](Call&& call, http::Respond respond) {
                 sign_out(house, std::move(call), std::move(respond));
             }});
}

}  // namespace banyan::desk
