#include <set>

#include "base/text.h"
#include "kernel/engine/installation.h"
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

http::Reply with_cookie(http::Reply reply, House& house, std::string const& token) {
    reply.headers.emplace_back("Set-Cookie",
                               house.sessions.cookie() + "=" + token + "; Path=/; HttpOnly; SameSite=Strict");
    return reply;
}

http::Reply begun(House& house, SignedIn const& made) {
    json::object body = who_json(made.session, house);
    body["token"] = made.token;
    return with_cookie(json_reply(201, body), house, made.token);
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

constexpr std::size_t kLeastPassword = 10;

/// Long rather than strange: nobody has to write it down.
Result<void> check_password(std::string_view chosen, std::string_view old, std::string_view login) {
    if (count_characters(chosen) < kLeastPassword)
        return refuse("password.too_short", "new", {{"least", std::to_string(kLeastPassword)}});
    if (chosen == old) return refuse("password.same", "new");
    if (chosen.find(login) != std::string_view::npos ||
        std::set<char>(chosen.begin(), chosen.end()).size() < kLeastPassword / 2)
        return refuse("password.guessable", "new");
    return {};
}

/// The old one is asked as when signing in, and locks as there; then everybody who came with it is signed out.
void change_password(House& house, Call&& call, http::Respond respond) {
    auto held = std::make_shared<http::Respond>(std::move(respond));
    auto refused_with = [held, &house, asker = asker_of(call)](Refusal const& refusal) {
        (*held)(refused(house, asker, refusal));
    };
    auto const rules = house.engine.rules();
    Person const* person = rules->directory->person(call.actor().person);
    if (person == nullptr || call.actor().bound || person->role == "partner")
        return refused_with({"password.none", {}, {}, {}});
    Form const form(std::move(call.body));
    std::string const login = person->login, old(form.text("old")), chosen(form.text("new"));
    if (auto fits = check_password(chosen, old, login); !fits) return refused_with(fits.error());
    house.sessions.sign_in(login, old, [=, &house](Result<SignedIn> known) {
        if (!known) {
            if (known.error().key == "session.wrong") return refused_with({"password.wrong", "old", {}, {}});
            return refused_with(known.error());
        }
        PersonId const who = known->session.actor.person;
        try {
            std::string const hashed = Sessions::hash_password(chosen);
            house.engine.write_now([&](store::Session& writing) {
                put_password(writing, who, hashed);
                house.sessions.remove_rows(writing, who, false);
            });
        } catch (std::exception const&) {
            return refused_with(refusal_of(std::current_exception()));
        }
        house.sessions.forget(who, false);
        house.sessions.sign_in(login, chosen, [=, &house](Result<SignedIn> again) {
            if (!again) return refused_with(again.error());
            json::object const body{{"token", again->token}, {"csrf", again->csrf}};
            (*held)(with_cookie(json_reply(200, body), house, again->token));
        });
    });
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
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/sessions/current/password",
             .name = "session.password",
             .summary = "One's own password; everybody else who is signed in with it is signed out",
             .tag = "sessions",
             .body = {{.name = "old", .required = true, .least = 1, .most = 200},
                      {.name = "new", .required = true, .least = 1, .most = 200, .about = "ten signs or more"}},
             .replies = {{200, "changed, and signed in anew; sets the cookie banyan_session too"},
                         {422, "the old one is wrong, or the new one is easily guessed"},
                         {423, "locked for a while"}},
             .reply = shape::object({{"token", shape::text("for Authorization: Bearer; told this once")},
                                     {"csrf", shape::text("for X-CSRF-Token, where the cookie signs")}}),
             .handle = [&house](
                           Call&& call,
                           http::Respond respond) { change_password(house, std::move(call), std::move(respond)); },
             .most_body = 4096});
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
