// Signing in, staying signed in, and being thrown out.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::string const kSessions = "/api/v1/sessions", kMatters = "/api/v1/matters/";

Heard sign_in(std::string const& login, std::string const& password) {
    return as("nobody").post(kSessions, {{"login", login}, {"password", password}});
}
Heard with_code(std::string const& number, std::string const& code) {
    return as("nobody").post(kSessions, {{"number", number}, {"code", code}});
}
std::string other_code(std::string code) {
    code[0] = code[0] == '9' ? '0' : static_cast<char>(code[0] + 1);
    return code;
}

struct Filed {
    std::string id, number, code;
};
Filed filed() {
    json::value answer = as("nobody").file({{"title", "路灯不亮"}, {"body", "三天不亮"}, {"channel", "web"}});
    return {answer.at("id").as_string().c_str(), answer.at("number").as_string().c_str(),
            answer.at("code").as_string().c_str()};
}

TEST(SignIn, TellsNothingOfWhoExists) {
    Heard wrong = sign_in("lock02", "guess"), nobody = sign_in("no-such-login", "guess");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(wrong.key(), "session.wrong");
    EXPECT_EQ(wrong.text, nobody.text);
    EXPECT_EQ(wrong.header("www-authenticate"), "Bearer");
    EXPECT_EQ(sign_in("lock02", journey::kDemoPassword).status, 201);
}

TEST(SignIn, IsLockedAfterFiveWrong) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in("lock01", "guess").status, 401) << i;
    Heard locked = sign_in("lock01", journey::kDemoPassword);
    EXPECT_EQ(locked.status, 423);
    EXPECT_EQ(locked.key(), "session.locked");
    EXPECT_FALSE(locked.at("/params/until").empty());
    EXPECT_EQ(sign_in("lock02", journey::kDemoPassword).status, 201) << "others are not";
}

TEST(SignIn, OfEachRoleSaysWho) {
    Heard who = as("unit-cg").get(kSessions + "/current");
    EXPECT_EQ(who.at("/role"), "unit_clerk");
    EXPECT_EQ(who.at("/unit/code"), "cg");
    EXPECT_EQ(who.at("/person/login"), "unit-cg");
    EXPECT_FALSE(who.has("/token"));
}

TEST(Cookie, WritesOnlyWithItsCsrfToken) {
    Heard in = sign_in("citizen2", journey::kDemoPassword);
    ASSERT_EQ(in.status, 201);
    std::string cookie = in.header("set-cookie");
    EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
    EXPECT_NE(cookie.find("SameSite=Strict"), std::string::npos);
    cookie = cookie.substr(0, cookie.find(';'));
    std::string const body = R"({"procedure":"appeal","form":{"title":"路灯","body":"不亮","channel":"web"}})";
    auto post = [&](http::NamedValues headers) {
        headers.emplace_back("Content-Type", "application/json");
        return as("nobody").send(http::Method::post, "/api/v1/matters", headers, body);
    };
    EXPECT_EQ(as("nobody").send(http::Method::get, "/api/v1/matters", {{"Cookie", cookie}}).status, 200)
        << "reading needs none";
    EXPECT_EQ(as("nobody")
                  .send(http::Method::get, "/api/v1/matters", {{"Cookie", "theme=dark; " + cookie + "; x=y"}})
                  .status,
              200);
    EXPECT_EQ(as("nobody")
                  .send(http::Method::get, "/api/v1/matters", {{"Cookie", "xbanyan_session=1; " + cookie}})
                  .status,
              200)
        << "a cookie that ends like ours";
    EXPECT_EQ(post({{"Cookie", cookie}}).key(), "csrf.missing");
    EXPECT_EQ(post({{"Cookie", cookie}, {"X-CSRF-Token", "guess"}}).key(), "csrf.wrong");
    EXPECT_EQ(post({{"Cookie", cookie},
                    {"X-CSRF-Token", Caller::of(port(), "citizen2").get(kSessions + "/current").at("/csrf")}})
                  .key(),
              "csrf.wrong")
        << "of another session";
    EXPECT_EQ(post({{"Cookie", cookie}, {"X-CSRF-Token", in.at("/csrf")}}).status, 201);
    EXPECT_EQ(as("nobody").send(http::Method::del, kSessions + "/current", {{"Cookie", cookie}}).key(),
              "csrf.missing");
    EXPECT_EQ(as("nobody")
                  .send(http::Method::del, kSessions + "/current",
                        {{"Cookie", cookie}, {"X-CSRF-Token", in.at("/csrf")}})
                  .status,
              204);
    EXPECT_EQ(as("nobody").send(http::Method::get, "/api/v1/matters", {{"Cookie", cookie}}).status, 401);
}

TEST(Password, IsChangedByWhoKnowsItAndSignsOutTheOthers) {
    std::string const old = journey::kDemoPassword, chosen = "榕荫路口那棵老榕树下";
    Caller here(port(), sign_in("lock02", old).at("/token")),
        elsewhere(port(), sign_in("lock02", old).at("/token"));
    auto change = [&](std::string const& from, std::string const& to) {
        return here.post(kSessions + "/current/password", {{"old", from}, {"new", to}});
    };
    auto expect_refused = [&](std::string const& from, std::string const& to, char const* key,
                              std::string const& field) {
        Heard const refused = change(from, to);
        EXPECT_EQ(refused.status, 422) << to;
        EXPECT_EQ(refused.key(), key) << to;
        EXPECT_EQ(refused.at("/field"), field) << to;
    };
    expect_refused(old, "short-one", "password.too_short", "new");
    expect_refused(old, "九个字的口令不够长", "password.too_short", "new");
    expect_refused(old, old, "password.same", "new");
    expect_refused(old, "my-lock02-password", "password.guessable", "new");
    expect_refused(old, "aaaaaaaaaaaaaa", "password.guessable", "new");
    expect_refused("guess", chosen, "password.wrong", "old");
    EXPECT_EQ(sign_in("lock02", old).status, 201) << "nothing has changed";

    Heard const changed = change(old, chosen);
    ASSERT_EQ(changed.status, 200) << changed.text;
    EXPECT_EQ(Caller(port(), changed.at("/token")).get(kSessions + "/current").at("/person/login"), "lock02");
    EXPECT_EQ(elsewhere.get(kSessions + "/current").status, 401);
    EXPECT_EQ(here.get(kSessions + "/current").status, 401) << "signed in anew";
    EXPECT_EQ(sign_in("lock02", old).status, 401);
    Heard const again = sign_in("lock02", chosen);
    ASSERT_EQ(again.status, 201);
    EXPECT_EQ(Caller(port(), again.at("/token"))
                  .post(kSessions + "/current/password", {{"old", chosen}, {"new", old}})
                  .status,
              200);
}

TEST(Password, IsOfAccountsThatSignIn) {
    Filed mine = filed();
    Caller bound(port(), with_code(mine.number, mine.code).at("/token"));
    json::object const asked{{"old", "whatever"}, {"new", "something-else"}};
    EXPECT_EQ(bound.post(kSessions + "/current/password", asked).key(), "password.none");
    EXPECT_EQ(as("nobody").post(kSessions + "/current/password", asked).status, 401);
}

TEST(SignOut, EndsOneSessionOnly) {
    Caller one = Caller::of(port(), "citizen2"), two = Caller::of(port(), "citizen2");
    EXPECT_EQ(one.send(http::Method::del, kSessions + "/current").status, 204);
    EXPECT_EQ(one.get(kSessions + "/current").key(), "session.needed");
    EXPECT_EQ(one.send(http::Method::del, kSessions + "/current").status, 401);
    EXPECT_EQ(two.get(kSessions + "/current").status, 200);
}

TEST(SignOut, EndsTheStreamOfEvents) {
    Caller one = Caller::of(port(), "seat02");
    http::EventReader stream("127.0.0.1", port(), "/api/v1/events", one.signed_by(), seconds(3));
    ASSERT_EQ(stream.next()->event, "ready");
    one.send(http::Method::del, kSessions + "/current");
    filed();  // what a seat would hear of
    try {
        auto event = stream.next();
        EXPECT_FALSE(event) << "hears on after signing out: " << event->data;
    } catch (std::runtime_error const&) {
        ADD_FAILURE() << "the stream stays open after signing out";
    }
}

TEST(QueryCode, OpensItsMatterAndNoOther) {
    Filed mine = filed(), other = filed();
    Heard in = with_code(mine.number, mine.code);
    ASSERT_EQ(in.status, 201) << in.text;
    EXPECT_EQ(in.at("/matter"), mine.id);
    Caller citizen(port(), in.at("/token"));
    Heard seen = citizen.get(kMatters + mine.number);
    EXPECT_EQ(seen.status, 200);
    EXPECT_EQ(seen.at("/tie"), "asker");
    EXPECT_EQ(citizen.get(kMatters + other.number).status, 404);
    EXPECT_EQ(citizen.get(kMatters + other.id + "/receipt").status, 404);
    EXPECT_EQ(citizen.post(kMatters + other.id + "/steps/urge", json::object{}).status, 404);
    Heard list = citizen.get("/api/v1/matters?limit=100");
    ASSERT_EQ(list.body.at("matters").as_array().size(), 1U);
    EXPECT_EQ(list.at("/matters/0/id"), mine.id);
    citizen.take(mine.id, "supplement", {{"text", "还是不亮"}});
    EXPECT_EQ(citizen.post(kMatters + mine.id + "/steps/accept", {{"form", {{"kind", "help"}}}}).key(),
              "step.wrong_desk");
    EXPECT_EQ(citizen.post(kMatters + mine.id + "/personal", {{"reason", "看看"}}).status, 403);
    EXPECT_EQ(with_code(other.number, mine.code).status, 401);
}

TEST(QueryCode, IsLockedAfterFiveWrong) {
    Filed mine = filed();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(with_code(mine.number, other_code(mine.code)).key(), "code.wrong") << i;
    Heard locked = with_code(mine.number, mine.code);
    EXPECT_EQ(locked.status, 423);
    EXPECT_EQ(locked.key(), "code.locked");
}

TEST(QueryCode, FiveWrongAtOnceAreFiveToo) {
    Filed mine = filed();
    std::vector<std::thread> guessers;
    std::atomic<int> wrong{0}, locked{0};
    for (int i = 0; i < 12; ++i)
        guessers.emplace_back([&] {
            Caller once(port());
            (once.post(kSessions, {{"number", mine.number}, {"code", other_code(mine.code)}}).status == 401
                 ? wrong
                 : locked)++;
        });
    for (auto& guesser : guessers) guesser.join();
    EXPECT_EQ(wrong, 5);
    EXPECT_EQ(locked, 7);
}

TEST(QueryCode, OfANumberThatIsNotTellsNothing) {
    Filed mine = filed();
    Heard wrong = with_code(mine.number, other_code(mine.code));
    for (char const* number : {"000000000000", "999999999999", "1", "abc", "0000-0000-0000"}) {
        Heard unknown = with_code(number, "123456");
        EXPECT_EQ(unknown.text, wrong.text) << number;
    }
}

}  // namespace
}  // namespace banyan::api_test
