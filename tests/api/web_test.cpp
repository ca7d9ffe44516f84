// What the desks ask for besides the API's older routes: lists of what waits for a decision, names of regions, the
// type of each field, the demo's own telephone; and how the pages are served.
#include <gtest/gtest.h>

#include "api/telephone.h"

namespace banyan::api_test {
namespace {

std::string const kMatters = "/api/v1/matters", kPractice = "/api/v1/practice_calls";

std::string dispatched(std::string const& title) {
    json::value const filed = as("seat01").file({{"title", title},
                                                 {"body", "三天了，晚上看不见路。"},
                                                 {"channel", "phone"},
                                                 {"kind", "complaint"},
                                                 {"class", "road.lamp"},
                                                 {"region", "350102"}});
    std::string const id(filed.at("id").as_string());
    as("seat01").take(id, "accept", {{"kind", "complaint"}});
    as("disp01").take(id, "dispatch", {{"lead", "cg"}});
    return id;
}

/// Whether the list has the matter; every row fits.
bool lists(char const* login, std::string const& query, std::string const& id,
           std::function<bool(json::value const& share)> const& fits) {
    bool found = false;
    std::string next;
    do {
        Heard const page =
            as(login).get(kMatters + "?limit=100&" + query + (next.empty() ? "" : "&cursor=" + next));
        EXPECT_EQ(page.status, 200) << page.text;
        for (json::value const& row : page.body.at("matters").as_array()) {
            found = found || row.at("id").as_string() == id;
            json::array const& shares = row.at("assignments").as_array();
            EXPECT_TRUE(std::ranges::any_of(shares, fits)) << query << " " << json::serialize(row);
        }
        next = page.at("/next");
    } while (!next.empty());
    return found;
}

bool is(json::value const& share, char const* member, char const* value) {
    json::value const* said = share.as_object().if_contains(member);
    return said != nullptr && said->as_string() == value;
}

TEST(Lists, AreOfWhatAUnitAsksAndNobodyHasDecided) {
    std::string const id = dispatched("路灯不亮，请退单");
    auto asks = [](json::value const& share) { return is(share, "asked", "return"); };
    EXPECT_FALSE(lists("review01", "asked=return", id, asks));
    as("unit-cg-head").take(id, "ask_return", {{"ground", "not_our_duty"}, {"reason", "属于路灯管理处"}});
    EXPECT_TRUE(lists("review01", "asked=return&order=due", id, asks));
    EXPECT_FALSE(lists("review01", "asked=extension", id,
                       [](json::value const& share) { return is(share, "asked", "extension"); }));
    EXPECT_TRUE(lists("unit-cg-head", "asked=return&mine=true", id, asks));
    EXPECT_FALSE(lists("unit-water-head", "asked=return&mine=true", id, asks));
    as("review01").take(id, "refuse_return", {{"reason", "目录写明由城管承办"}});
    EXPECT_FALSE(lists("review01", "asked=return", id, asks));
}

TEST(Lists, AreOfSharesByHowFarTheyHaveCome) {
    std::string const id = dispatched("路灯不亮，待签收");
    auto at = [](char const* progress) {
        return [progress](json::value const& share) { return is(share, "progress", progress); };
    };
    EXPECT_TRUE(lists("unit-cg", "mine=true&progress=offered&order=due", id, at("offered")));
    as("unit-cg").take(id, "sign");
    EXPECT_FALSE(lists("unit-cg", "mine=true&progress=offered", id, at("offered")));
    EXPECT_TRUE(lists("unit-cg", "mine=true&progress=signed", id, at("signed")));
    EXPECT_TRUE(lists("seat01", "progress=signed&unit=cg", id, at("signed")));
}

TEST(Lists, RefuseWhatIsNoSuchThing) {
    for (char const* query : {"asked=everything", "progress=returned", "progress=somewhere"}) {
        Heard const heard = as("review01").get(kMatters + "?" + query);
        EXPECT_EQ(heard.status, 422) << query;
        EXPECT_EQ(heard.key(), "field.choice") << query;
    }
}

TEST(Forms, SayTheTypeOfEachField) {
    Heard const book = as("nobody").get("/api/v1/procedures/appeal");
    std::map<std::string, std::string> types;
    for (json::value const& step : book.body.at("steps").as_array())
        if (json::value const* fields = step.at("form").as_object().if_contains("properties"))
            for (auto const& [name, schema] : fields->as_object())
                types.emplace(name, schema.at("x-type").as_string());
    EXPECT_EQ(types["lead"], "unit");
    EXPECT_EQ(types["assist"], "units");
    EXPECT_EQ(types["region"], "region");
    EXPECT_EQ(types["class"], "code");
    EXPECT_EQ(types["attachments"], "files");
    EXPECT_EQ(types["promise_day"], "day");
    EXPECT_EQ(types["body"], "text");
}

TEST(Divisions, AreTheCitysDownToItsTowns) {
    Heard const heard = as("nobody").get("/api/v1/catalogues/divisions");
    EXPECT_EQ(heard.status, 200);
    EXPECT_NE(heard.text.find("\n350102,3501,"), std::string::npos);
    EXPECT_NE(heard.text.find("\n350102004,350102,"), std::string::npos);
    EXPECT_EQ(heard.text.find("\n3502,"), std::string::npos) << "another city";
    EXPECT_EQ(heard.text.find("\n350102004001,"), std::string::npos) << "a village";
}

TEST(PracticeCalls, RingAtOnesOwnSeatAndAreTakenAndEnded) {
    sign_on("seat02");
    std::string const call = as("seat02").post(kPractice, json::object{}).at("/call");
    EXPECT_EQ(as("seat02").get("/api/v1/seats/me").at("/now/state"), "ringing");
    std::string const at = kPractice + "/" + call;
    EXPECT_EQ(as("seat01").post(at + "/answer", json::object{}).key(), "call.unknown") << "another's";
    EXPECT_EQ(as("seat02").post(at + "/answer", json::object{}).status, 200);
    EXPECT_EQ(as("seat02").get("/api/v1/seats/me").at("/now/state"), "talking");
    EXPECT_TRUE(as("seat02").get("/api/v1/calls/" + call + "/caller").has("/number"));
    EXPECT_EQ(as("seat02").post(at + "/hang_up", json::object{}).status, 200);
    EXPECT_EQ(as("seat02").get("/api/v1/calls/" + call).at("/call/state"), "ended");
    EXPECT_EQ(as("seat02").post("/api/v1/calls/" + call + "/close", {{"closing", "test"}}).status, 200);
}

TEST(PracticeCalls, AreForSeatsOnly) {
    for (char const* login : {"lead01", "citizen", "mayor", "telephone"})
        EXPECT_EQ(as(login).post(kPractice, json::object{}).key(), "step.wrong_desk") << login;
    EXPECT_EQ(as("nobody").post(kPractice, json::object{}).status, 401);
    for (char const* id : {"0", "nothing", "99999999"})
        EXPECT_EQ(as("seat02").post(kPractice + "/" + id + "/answer", json::object{}).key(), "call.unknown") << id;
    EXPECT_EQ(as("seat02").post(kPractice, {{"number", "110"}}).key(), "field.unknown");
}

}  // namespace
}  // namespace banyan::api_test
