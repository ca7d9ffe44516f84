// The administrators over the API: what they change holds at once, in the running city; none of them reads a
// matter.
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::string const kPeople = "/api/v1/people", kChanges = "/api/v1/unit_changes";

/// Somebody who signs in with a password that was told once.
std::unique_ptr<Caller> signed_in(std::string const& login, std::string const& password) {
    Heard const heard = as("nobody").post("/api/v1/sessions", {{"login", login}, {"password", password}});
    if (heard.status != 201) return nullptr;
    return std::make_unique<Caller>(port(), heard.at("/token"));
}

struct Account {
    std::string login, password;
};
Account account(std::string const& login, std::string const& role, std::string const& unit = "") {
    json::object body{
        {"login", login}, {"role", role}, {"zh", "新人"}, {"en", "New"}, {"phone", "0591-0000 0177"}};
    if (!unit.empty()) body["unit"] = unit;
    Heard const made = as("sec").post(kPeople, body);
    EXPECT_EQ(made.status, 201) << made.text;
    return {login, made.at("/password")};
}

/// A unit below the city's centre, of this test alone.
void add_unit(std::string const& code) {
    Heard const done = as("sys").post(
        kChanges, {{"csv", "what,unit,into,parent,code,zh,en\nadd,,,centre," + code + ",新局,New bureau\n"}});
    EXPECT_EQ(done.status, 200) << done.text;
    EXPECT_EQ(done.number("/added"), 1);
}

TEST(Administration, IsInThreeHands) {
    for (char const* login : {"seat01", "unit-cg", "citizen", "mayor", "partner01", "gulou"}) {
        EXPECT_EQ(as(login).get(kPeople).key(), "step.wrong_desk") << login;
        EXPECT_EQ(as(login).get("/api/v1/administrative_acts").status, 403) << login;
    }
    json::object const unit{{"csv", "what,unit,into,parent,code,zh,en\nadd,,,centre,x1,新,New\n"}};
    for (char const* login : {"sec", "audit", "lead01"}) EXPECT_EQ(as(login).post(kChanges, unit).status, 403);
    for (char const* login : {"sys", "audit", "lead01"}) {
        EXPECT_EQ(as(login).post(kPeople + "/seat01/end", json::object{}).status, 403) << login;
        EXPECT_EQ(as(login).get("/api/v1/keys").status, 403) << login;
    }
    for (char const* login : {"sys", "sec", "lead01"}) EXPECT_EQ(as(login).get("/api/v1/journal").status, 403);
    EXPECT_EQ(as("sec").post("/api/v1/lists/classes", {{"csv", "code\n"}}).status, 403);
    EXPECT_EQ(as("nobody").get(kPeople).status, 401);
}

TEST(Administration, AnAccountIsMadeChangedAndEnded) {
    Account const made = account("new-01", "seat");
    ASSERT_FALSE(made.password.empty());
    auto person = signed_in(made.login, made.password);
    ASSERT_TRUE(person);
    EXPECT_EQ(person->get("/api/v1/sessions/current").at("/unit/code"), "centre")
        << "a seat's, unless said otherwise";

    Heard const changed = as("sec").post(kPeople + "/new-01", {{"role", "unit_clerk"}, {"unit", "cg"}});
    ASSERT_EQ(changed.status, 200) << changed.text;
    EXPECT_EQ(person->get("/api/v1/sessions/current").status, 401) << "signed out with the role";
    person = signed_in(made.login, made.password);
    ASSERT_TRUE(person);
    EXPECT_EQ(person->get("/api/v1/sessions/current").at("/role"), "unit_clerk");

    Heard const renewed = as("sec").post(kPeople + "/new-01/password", json::object{});
    ASSERT_EQ(renewed.status, 200) << renewed.text;
    EXPECT_EQ(person->get("/api/v1/sessions/current").status, 401);
    EXPECT_FALSE(signed_in(made.login, made.password));
    person = signed_in(made.login, renewed.at("/password"));
    ASSERT_TRUE(person);

    ASSERT_EQ(as("sec").post(kPeople + "/new-01/end", json::object{}).status, 200);
    EXPECT_EQ(person->get("/api/v1/sessions/current").status, 401);
    EXPECT_FALSE(signed_in(made.login, renewed.at("/password")));
    EXPECT_EQ(as("sec").get(kPeople + "?text=new-01").number("/of"), 0);
    EXPECT_EQ(as("sec").get(kPeople + "?text=NEW-01&ended=true").at("/people/0/role"), "ended");
    EXPECT_EQ(as("sec").post(kPeople + "/new-01", {{"zh", "某人"}}).key(), "person.ended");
    EXPECT_EQ(as("sec").post(kPeople + "/new-01/end", json::object{}).key(), "person.ended");
    EXPECT_EQ(as("sec").post(kPeople + "/new-01", {{"role", "seat"}}).at("/unit/code"), "centre") << "back again";
    as("sec").post(kPeople + "/new-01/end", json::object{});
}

TEST(Administration, BadAccountsAreRefusedByName) {
    auto refused = [](json::object change) {
        json::object body{{"login", "new-02"}, {"role", "seat"}, {"zh", "新"}, {"en", "New"}};
        for (auto const& each : change) body[each.key()] = each.value();
        return as("sec").post(kPeople, body).key();
    };
    EXPECT_EQ(refused({{"login", "seat01"}}), "person.login_twice");
    EXPECT_EQ(refused({{"login", "坐席一"}}), "person.login");
    for (char const* role : {"appellant", "call_taker", "shift_writer", "king"})
        EXPECT_EQ(refused({{"role", role}}), "person.role") << role;
    EXPECT_EQ(refused({{"role", "unit_head"}}), "person.unit_needed");
    EXPECT_EQ(refused({{"role", "district_centre"}, {"unit", "cg"}}), "person.unit_other");
    EXPECT_EQ(refused({{"role", "leader"}, {"unit", "cg"}}), "person.unit_other");
    EXPECT_EQ(refused({{"role", "audit_admin"}, {"unit", "350102-centre"}}), "person.unit_other");
    EXPECT_EQ(refused({{"role", "partner"}, {"unit", "cg"}}), "person.unit_needless");
    EXPECT_EQ(refused({{"role", "unit_head"}, {"unit", "nowhere"}}), "person.unit_unknown");
    EXPECT_EQ(as("sec").post(kPeople + "/sec", {{"role", "leader"}}).key(), "person.yourself");
    EXPECT_EQ(as("sec").post(kPeople + "/citizen", {{"role", "leader"}}).key(), "person.unknown");
    EXPECT_EQ(as("sec").post(kPeople + "/partner01/password", json::object{}).key(), "person.has_keys");
    EXPECT_EQ(as("sec").get(kPeople + "?text=citizen").number("/of"), 0) << "appellants are nobody's list";
    EXPECT_EQ(as("audit").get(kPeople + "?unit=cg&limit=1").body.at("people").as_array().size(), 1U);
}

TEST(Administration, OpenWorkGoesOnWithTheHeirInTheRunningCity) {
    add_unit("xj");
    Account const clerk = account("xj-clerk", "unit_clerk", "xj");
    auto person = signed_in(clerk.login, clerk.password);
    ASSERT_TRUE(person);
    json::value const filed = as("seat01").file({{"title", "路灯"}, {"body", "不亮"}, {"channel", "phone"}});
    std::string const id(filed.at("id").as_string());
    as("seat01").take(id, "accept", {{"kind", "complaint"}});
    as("disp01").take(id, "dispatch", {{"lead", "xj"}});

    std::string const csv = "what,unit,into,parent,code,zh,en\nrename,xj,,,xj2026,新名局,Renamed bureau\n";
    Heard const tried = as("sys").post(kChanges + "/try", {{"csv", csv}});
    ASSERT_EQ(tried.status, 200) << tried.text;
    EXPECT_EQ(tried.number("/ended/0/open_shares"), 1);
    EXPECT_EQ(tried.number("/ended/0/people"), 1);
    EXPECT_EQ(as("sys").get("/api/v1/units/xj2026").status, 404) << "nothing is changed by trying";

    Heard const done = as("sys").post(kChanges, {{"csv", csv}});
    ASSERT_EQ(done.status, 200) << done.text;
    EXPECT_EQ(done.number("/renamed"), 1);
    EXPECT_EQ(person->get("/api/v1/sessions/current").at("/unit/code"), "xj2026") << "the session goes along";
    EXPECT_EQ(person->post("/api/v1/matters/" + id + "/steps/sign", {{"form", json::object{}}}).status, 200);
    Heard const unit = as("sys").get("/api/v1/units/xj2026");
    EXPECT_EQ(unit.at("/stands_for/0/code"), "xj");
    EXPECT_EQ(unit.at("/people/0/login"), "xj-clerk");
    EXPECT_EQ(as("sys").get("/api/v1/units/xj").at("/heir/code"), "xj2026");
    Heard const again = as("sys").post(kChanges, {{"csv", csv}});
    EXPECT_EQ(again.key(), "reorganisation.ended");
    EXPECT_EQ(again.at("/params/line"), "2");
}

TEST(Administration, AKeyIsListedAndRevoked) {
    Heard const made = as("sec").post("/api/v1/keys", {{"login", "partner01"}, {"label", "夜间对接"}});
    ASSERT_EQ(made.status, 201) << made.text;
    Caller partner(port(), made.at("/key"));
    EXPECT_EQ(partner.get("/api/v1/sessions/current").status, 200);
    Heard const list = as("sec").get("/api/v1/keys");
    EXPECT_EQ(list.at("/keys/0/label"), "夜间对接");
    EXPECT_EQ(list.text.find(made.at("/key")), std::string::npos) << "a key is told once";
    std::string const at = "/api/v1/keys/" + list.at("/keys/0/id");
    EXPECT_EQ(as("sec").send(http::Method::del, at).status, 204);
    EXPECT_EQ(partner.get("/api/v1/sessions/current").status, 401);
    EXPECT_EQ(as("sec").send(http::Method::del, at).key(), "key.not_there");
    EXPECT_EQ(as("sec").post("/api/v1/keys", {{"login", "seat01"}, {"label", "x"}}).key(), "key.not_partner");
}

TEST(Administration, AListIsTakenWholeOrNotAtAll) {
    std::string const before = as("sys").get("/api/v1/catalogues/catalogue").text;
    std::string const at = "/api/v1/lists/catalogue";
    std::string bad = before + "no.such,,cg,,,0\nroad,350102,nobody,,,0\n";
    Heard const tried = as("sys").post(at + "/try", {{"csv", bad}});
    ASSERT_EQ(tried.body.at("bad").as_array().size(), 2U) << tried.text;
    EXPECT_EQ(tried.at("/bad/0/key"), "dispatch_catalogue.class");
    EXPECT_GT(tried.number("/bad/1/line"), tried.number("/bad/0/line"));
    EXPECT_EQ(as("sys").post(at, {{"csv", bad}}).status, 422);
    EXPECT_EQ(as("sys").get("/api/v1/catalogues/catalogue").text, before);

    json::object const asked{{"class", "road"}, {"region", "350102"}};
    std::string const was = as("disp01").post("/api/v1/hints/intake", asked).at("/unit/proposed/lead/code");
    ASSERT_NE(was, "jt");
    EXPECT_EQ(as("sys").post(at, {{"csv", before + "road,350102,jt,,,0\n"}}).number("/added"), 1);
    EXPECT_EQ(as("disp01").post("/api/v1/hints/intake", asked).at("/unit/proposed/lead/code"), "jt")
        << "proposed at once";
    EXPECT_EQ(as("sys").post(at, {{"csv", before}}).number("/removed"), 1);
    EXPECT_EQ(as("sys").post("/api/v1/lists/classes", {{"csv", "code,parent,zh,en,convenience\n"}}).key(),
              "classes.gone");
    EXPECT_EQ(as("sys").post("/api/v1/lists/calendar", {{"csv", "date\n"}}).status, 404);
}

TEST(Administration, DaysAreTakenIn) {
    std::string const days = "date,name,kind\n2035-01-01,元旦,off\n2035-01-06,元旦,work\n";
    Heard const tried = as("sys").post("/api/v1/calendar/try", {{"csv", days + "2035-01-07,元旦,holiday\n"}});
    EXPECT_EQ(tried.at("/bad/0/key"), "calendar.unknown_kind");
    EXPECT_EQ(tried.number("/bad/0/line"), 4);
    Heard const done = as("sys").post("/api/v1/calendar", {{"csv", days}});
    ASSERT_EQ(done.status, 200) << done.text;
    EXPECT_EQ(done.number("/added"), 2);
    char const* const due = "/api/v1/due?limit=1%20working%20day&from=2035-01-05T10:00:00%2B08:00";
    EXPECT_EQ(as("nobody").get(due).at("/last_day"), "2035-01-06") << "a Saturday that is worked";
    for (int tries = 0; tries < 600 && as("sys").get("/api/v1/calendar/dating").at("/stage") != "done"; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(as("sys").get("/api/v1/calendar/dating").at("/stage"), "done");
    EXPECT_EQ(as("sys").post("/api/v1/calendar", {{"csv", "date,name,kind\n"}}).key(), "calendar.nothing");
}

TEST(Administration, TheWholeJournalIsVerifiedBesideTheCity) {
    Heard const begun = as("audit").post("/api/v1/journal/verification", json::object{});
    ASSERT_EQ(begun.status, 200) << begun.text;
    Heard told;
    for (int tries = 0; tries < 600; ++tries) {
        told = as("audit").get("/api/v1/journal/verification");
        if (told.at("/stage") != "running") break;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    ASSERT_EQ(told.at("/stage"), "done") << told.text;
    EXPECT_TRUE(told.body.at("report").at("ok").as_bool()) << told.text;
    EXPECT_GT(told.number("/report/events"), 600);
    Heard const journal = as("audit").get("/api/v1/journal");
    EXPECT_EQ(journal.body.at("lanes").as_array().size(), 256U);
    EXPECT_GE(journal.number("/events"), told.number("/report/events"));
}

TEST(Administration, SeesAMattersChainAndReadersButNothingThatWasSaid) {
    Planted const& planted = about_the_street();
    as("sup01").get("/api/v1/matters/" + planted.id);
    Heard chain;
    for (int tries = 0; tries < 400; ++tries) {  // readings are written within half a second
        chain = as("audit").get("/api/v1/journal/matters/" + planted.number);
        if (chain.text.find("王鼓") != std::string::npos) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ASSERT_EQ(chain.status, 200) << chain.text;
    EXPECT_NE(chain.text.find("王鼓"), std::string::npos) << "who has read it";
    for (json::value const& event : chain.body.at("events").as_array()) EXPECT_TRUE(event.at("fits").as_bool());
    for (std::string const& secret : {planted.title, std::string(kName), std::string(kPhone), std::string(kEmail),
                                      std::string(kSummary), std::string(kNote), std::string(kSuperior)})
        EXPECT_EQ(chain.text.find(secret), std::string::npos) << secret;
    for (char const* login : {"sys", "sec", "audit"}) {
        EXPECT_EQ(as(login).get("/api/v1/matters/" + planted.id).key(), "matter.unknown") << login;
        EXPECT_EQ(as(login).get("/api/v1/matters/" + planted.id + "/receipt").key(), "matter.unknown") << login;
        EXPECT_EQ(as(login).get("/api/v1/matters").body.at("matters").as_array().size(), 0U) << login;
    }
    EXPECT_EQ(as("audit").get("/api/v1/journal/matters/000000000000").key(), "matter.unknown");
}

TEST(Administration, LeavesARecordOfItself) {
    Account const made = account("new-03", "reviewer");
    Heard const acts = as("audit").get("/api/v1/administrative_acts?limit=1");
    EXPECT_EQ(acts.at("/acts/0/act"), "person.add");
    EXPECT_EQ(acts.at("/acts/0/subject"), "new-03");
    EXPECT_EQ(acts.at("/acts/0/detail/role"), "reviewer");
    EXPECT_EQ(acts.number("/first_altered"), 0);
    EXPECT_EQ(acts.text.find(made.password), std::string::npos);
    EXPECT_EQ(log_text().find(made.password), std::string::npos);
    EXPECT_EQ(as("sec").post(kPeople, {{"login", "no"}, {"role", "seat"}, {"zh", "新"}, {"en", "New"}}).status,
              422);
    EXPECT_EQ(as("audit").get("/api/v1/administrative_acts?limit=1").number("/acts/0/id"),
              acts.number("/acts/0/id"))
        << "what was refused is no act";
}

TEST(Administration, ListsEntriesWithTheirDays) {
    Heard const all = as("sys").get("/api/v1/knowledge/entries");
    EXPECT_GT(all.body.at("entries").as_array().size(), 30U);
    Heard const over = as("sys").get("/api/v1/knowledge/entries?state=over");
    ASSERT_GT(over.body.at("entries").as_array().size(), 0U);
    for (json::value const& entry : over.body.at("entries").as_array())
        EXPECT_EQ(entry.at("state").as_string(), "over");
    EXPECT_EQ(as("citizen").get("/api/v1/knowledge/entries").status, 403);
}

}  // namespace
}  // namespace banyan::api_test
