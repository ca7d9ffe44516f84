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

void answer_sign_in(House& house, Language language, std::shared_ptr<http::Respond> const& respond,
                    Result<SignedIn> made) {
    if (!made) return (*respond)(problem(made.error(), house.texts, language));
    json::object body = who_json(made->session, house);
    body["token"] = made->token;
    http::Reply reply = json_reply(201, body);
    reply.headers.emplace_back("Set-Cookie",
                               "banyan_session=" + made->token + "; Path=/; HttpOnly; SameSite=Strict");
    (*respond)(std::move(reply));
}

void sign_in(House& house, Call&& call, http::Respond respond) {
    auto held = std::make_shared<http::Respond>(std::move(respond));
    Language language = call.language;
    Form form(std::move(call.body));
    auto done = [held, &house, language](Result<SignedIn> made) {
        answer_sign_in(house, language, held, std::move(made));
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

}  // namespace

void add_session_operations(Api& api, House& house) {
    using Type = Field::Type;
    api.add({http::Method::post,
             "/api/v1/sessions",
             "session.begin",
             "Sign in: login and password, or receipt number and query code",
             "sessions",
             Who::anyone,
             {},
             {},
             {{.name = "login", .most = 64},
              {.name = "password", .most = 200},
              {.name = "number", .most = 20},
              {.name = "code", .most = 12}},
             {{201, "signed in; the token is told this once"}, {401, "wrong"}, {423, "locked for a while"}},
             {},
             "application/json",
             [&house](Call&& call, http::Respond respond) { sign_in(house, std::move(call), std::move(respond)); },
             4096});
    api.add({http::Method::get,
             "/api/v1/sessions/current",
             "session.get",
             "Who is signed in",
             "sessions",
             Who::signed_in,
             {},
             {},
             {},
             {{200, "who"}},
             {},
             "application/json",
             [&house](Call&& call, http::Respond respond) {
                 respond(json_reply(200, who_json(*call.session, house)));
             }});
    api.add({http::Method::del,
             "/api/v1/sessions/current",
             "session.end",
             "Sign out",
             "sessions",
             Who::signed_in,
             {},
             {},
             {},
             {{204, "signed out"}},
             {},
             "application/json",
             [&house](Call&& call, http::Respond respond) {
                 house.sessions.sign_out(call.request);
                 respond({204,
                          "",
                          "",
                          {{"Set-Cookie", "banyan_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"}},
                          {}});
             }});
    api.add({http::Method::post,
             "/api/v1/keys",
             "key.make",
             "Make a key for a partner system; it acts as the person with that login",
             "sessions",
             Who::signed_in,
             {"security_admin"},
             {},
             {{.name = "login", .required = true, .most = 64},
              {.name = "label", .type = Type::text, .required = true, .most = 60}},
             {{201, "the key, told this once"}},
             {},
             "application/json",
             [&house](Call&& call, http::Respond respond) {
                 Form form(std::move(call.body));
                 auto rules = house.engine.rules();
                 Person const* person = rules->directory->person(form.text("login"));
                 if (person == nullptr || person->role != "partner")
                     return respond(problem({"key.not_partner", "login", {}, {}}, house.texts, call.language));
                 // Written by the writer: waiting here would stop the I/O thread.
                 auto held = std::make_shared<http::Respond>(std::move(respond));
                 std::thread([&house, held, id = person->id, label = std::string(form.text("label"))] {
                     try {
                         (*held)(json_reply(
                             201, json::object{{"key", house.sessions.make_key(id, label)}, {"label", label}}));
                     } catch (std::exception const&) {  // a full disk, a server that stops
                         (*held)(problem({"server.failed", {}, {}, {}}, house.texts, Language::zh));
                     }
                 }).detach();
             },
             4096});
}

}  // namespace banyan::desk
