// What the machine proposes: each with its reason, nothing where it is not sure, and whether it was taken is
// counted.
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::string const kIntake = "/api/v1/hints/intake", kRedaction = "/api/v1/hints/redaction",
                  kReply = "/api/v1/hints/reply", kMatters = "/api/v1/matters/";
char const* const kGas = "家里厨房闻到很大的煤气味，不敢开灯";

json::array hints_of(Heard const& heard, std::initializer_list<char const*> fields) {
    json::array hints;
    for (char const* field : fields)
        hints.push_back(json::object{{"token", heard.at(std::string("/") + field + "/proposed/token")}});
    return hints;
}

std::int64_t counted(std::string const& field, std::string const& what) {
    return as("seat01").get("/api/v1/figures").number("/hints/" + field + "/" + what);
}

TEST(Intake, ProposesAClassWithItsReasonAndTheUnitOfTheCatalogue) {
    Heard const heard = as("seat01").post(kIntake, {{"body", kGas}});
    ASSERT_EQ(heard.status, 200) << heard.text;
    EXPECT_EQ(heard.at("/class/proposed/value"), "utility.gas_leak");
    EXPECT_FALSE(heard.at("/class/proposed/why/0/passage").empty());
    EXPECT_GE(heard.number("/class/proposed/percent"), 70);
    EXPECT_EQ(heard.at("/unit/proposed/lead/code"), "gas");
    EXPECT_EQ(heard.at("/unit/why"), "row");
    EXPECT_NE(std::string(kGas).find(heard.at("/class/proposed/why/0/passage")), std::string::npos)
        << "the reason is the citizen's own words";
}

TEST(Intake, FindsTheAreaAndWithItTheUnit) {
    Heard const heard = as("disp01").post(
        kIntake, {{"body", "鼓楼区安泰街道人行道上的地砖都翘起来了"}, {"class", "road.sidewalk"}});
    EXPECT_EQ(heard.at("/region/proposed/value"), "350102006");
    EXPECT_EQ(heard.at("/unit/proposed/lead/code"), "350102-cg");
    Heard const nowhere = as("disp01").post(kIntake, {{"body", "地砖都翘起来了"}, {"class", "road.sidewalk"}});
    EXPECT_FALSE(nowhere.has("/region/proposed"));
    EXPECT_EQ(nowhere.at("/unit/why"), "needs_area");
    EXPECT_FALSE(nowhere.has("/unit/proposed"));
    EXPECT_EQ(as("disp01").post(kIntake, {{"class", "house.add_lift"}}).at("/unit/why"), "unclear");
}

TEST(Intake, DoesNotGuessWhatItDoesNotKnow) {
    for (char const* body : {"你", "asdf qwer", "😀😀😀", "ภาษาไทย", "<b></b>", "123456", "Hello, who are you?"}) {
        Heard const heard = as("seat01").post(kIntake, {{"body", body}});
        ASSERT_EQ(heard.status, 200) << body;
        EXPECT_FALSE(heard.has("/class/proposed")) << body << heard.text;
        EXPECT_EQ(heard.at("/unit/why"), "no_class") << body;
    }
    EXPECT_EQ(as("seat01").post(kIntake, json::object{}).key(), "hints.nothing");
    EXPECT_EQ(as("seat01").post(kIntake, {{"body", std::string(20'000, 'a')}}).key(), "field.too_long");
    EXPECT_EQ(as("seat01").post(kIntake, {{"matter", "424242"}}).key(), "matter.unknown");
}

TEST(Intake, WarnsOfDangerThatIsNow) {
    Heard const now = as("citizen").post(kIntake, {{"title", "厨房着火了"}, {"body", "有人晕倒，火还在烧起来"}});
    EXPECT_EQ(now.at("/emergency/0/line"), "119");
    EXPECT_EQ(now.at("/emergency/0/words/0"), "着火");
    EXPECT_EQ(now.at("/emergency/0/words/1"), "烧起来");
    EXPECT_EQ(now.at("/emergency/1/line"), "120");
    Heard const past = as("citizen").post(kIntake, {{"body", "去年着火后物业一直没有修"}});
    ASSERT_EQ(past.status, 200);
    EXPECT_FALSE(past.has("/emergency/0"));
}

TEST(Intake, TellsACitizenTheUnitAndNotHowDispatchesWent) {
    Heard const nobody = as("nobody").post(kIntake, {{"body", kGas}});
    EXPECT_EQ(nobody.at("/unit/proposed/lead/code"), "gas");
    for (char const* hidden : {"/unit/past", "/unit/note", "/unit/proposed/token", "/class/proposed/token"})
        EXPECT_FALSE(nobody.has(hidden)) << hidden;
    EXPECT_TRUE(as("seat01").post(kIntake, {{"body", kGas}}).has("/unit/past"));
}

TEST(Intake, OfAMatterIsForWhoMayReadIt) {
    std::string const id = about_the_street().id;
    EXPECT_EQ(as("street-ry").post(kIntake, {{"matter", id}}).key(), "matter.unknown");
    EXPECT_EQ(as("nobody").post(kIntake, {{"matter", id}}).key(), "matter.unknown");
    EXPECT_EQ(as("seat01").post(kIntake, {{"matter", id}}).status, 200);
    // Below the lead only the summary travels: there is no text to read.
    EXPECT_EQ(as("street-ry").post(kRedaction, {{"matter", below_gulou().id}}).key(), "hints.nothing");
}

TEST(Hints, AreCountedAsShownAndAsTaken) {
    Heard const shown = as("seat01").post(kIntake, {{"body", kGas}});
    std::int64_t const before = counted("class", "shown"), taken = counted("class", "taken");
    for (char const* class_code : {"utility.gas_leak", "utility.gas"}) {
        json::value const filed = as("seat01").file({{"title", "煤气味"}, {"body", kGas}, {"channel", "phone"}});
        std::string const id(filed.at("id").as_string());
        Heard const accepted =
            as("seat01").post(kMatters + id + "/steps/accept",
                              {{"form", {{"kind", "help"}, {"class", class_code}, {"urgent", true}}},
                               {"hints", hints_of(shown, {"class", "urgent"})}});
        ASSERT_EQ(accepted.status, 200) << accepted.text;
        Heard const seen = as("seat01").get(kMatters + id);
        EXPECT_EQ(seen.at("/timeline/1/hints/0/field"), "class");
        EXPECT_EQ(seen.at("/timeline/1/hints/0/value"), "utility.gas_leak");
        EXPECT_EQ(seen.body.at("timeline").at(1).at("hints").at(0).at("taken").as_bool(),
                  std::string(class_code) == "utility.gas_leak");
        EXPECT_TRUE(seen.body.at("timeline").at(1).at("hints").at(1).at("taken").as_bool()) << "a flag is a flag";
    }
    for (int tries = 0; tries < 60 && counted("class", "shown") < before + 2; ++tries)  // the tally, once a second
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_EQ(counted("class", "shown"), before + 2);
    EXPECT_EQ(counted("class", "taken"), taken + 1);
    EXPECT_EQ(as("seat02")
                  .post(kMatters + about_the_street().id + "/steps/urge", {{"hints", hints_of(shown, {"class"})}})
                  .key(),
              "hint.unknown")
        << "another's";
}

TEST(Redaction, OffersWhatBetraysAPerson) {
    Heard const heard =
        as("disp01").post(kRedaction, {{"text", "我是茉莉巷12号郑茉莉，电话15400000001，我妈妈看见车牌闽A12345"}});
    ASSERT_EQ(heard.status, 200) << heard.text;
    std::string const proposed = heard.at("/proposed");
    for (char const* word : {"郑茉莉", "12号", "15400000001", "我妈妈", "闽A12345"})
        EXPECT_EQ(proposed.find(word), std::string::npos) << word;
    std::string whole;
    for (json::value const& part : heard.body.at("parts").as_array()) whole += part.at("text").as_string();
    EXPECT_EQ(whole, "我是茉莉巷12号郑茉莉，电话15400000001，我妈妈看见车牌闽A12345");
    EXPECT_EQ(as("nobody").post(kRedaction, {{"text", "我是郑茉莉"}}).status, 401);
}

TEST(Redaction, FindsTheMattersOwnPeopleForWhoSeesThatTheyAreThere) {
    // An e-mail's part or an odd name is no name to anybody who does not know the matter.
    json::value const filed = as("seat01").file(
        {{"title", "窗口态度"}, {"body", "那天窗口说花满楼的材料不齐"}, {"channel", "phone"}, {"name", "花满楼"}});
    std::string const id(filed.at("id").as_string());
    auto hides = [&](char const* login, json::object body) {
        body["text"] = "那天窗口说花满楼的材料不齐";
        return as(login).post(kRedaction, body).at("/proposed").find("花满楼") == std::string::npos;
    };
    EXPECT_TRUE(hides("disp01", {{"matter", id}}));
    EXPECT_FALSE(hides("disp01", json::object{})) << "else this shows nothing";
}

TEST(ReplyAdvice, SaysWhatIsLacking) {
    Heard const heard = as("unit-cg").post(
        kReply, {{"title", "路灯不亮"},
                 {"body", "齐安路路灯不亮，请问什么时候能修好？由谁负责？"},
                 {"public_reply", "您好，您反映的问题我单位高度重视，将积极推进，感谢您的关注与支持。"}});
    ASSERT_EQ(heard.status, 200) << heard.text;
    std::set<std::string> keys;
    for (json::value const& advice : heard.body.at("advice").as_array())
        keys.insert(std::string(advice.at("key").as_string()));
    for (char const* key : {"formula", "no_date", "no_contact", "open"}) EXPECT_TRUE(keys.contains(key)) << key;
    EXPECT_EQ(heard.body.at("demands").as_array().size(), 2U);
    Heard const good = as("unit-cg").post(kReply, {{"title", "路灯不亮"},
                                                   {"body", "齐安路路灯不亮，请问什么时候能修好？由谁负责？"},
                                                   {"public_reply",
                                                    "您好，齐安路路灯由市路灯管理处负责，依据《城市照明管理规定》"
                                                    "第二十六条，10月9日已派人更换电缆，10月12日前全部恢复。"
                                                    "咨询电话0591-0000 0110。"}});
    for (json::value const& demand : good.body.at("demands").as_array())
        EXPECT_TRUE(demand.at("answered").as_bool()) << json::serialize(demand);
    EXPECT_EQ(as("unit-cg").post(kReply, {{"body", "路灯不亮"}}).key(), "hints.nothing");
}

}  // namespace
}  // namespace banyan::api_test
