// Knowledge over the API: who is shown what, in which words bad input is refused, and that an answer taken on the
// spot is counted.
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::string const kKnowledge = "/api/v1/knowledge/";

std::string encoded(std::string_view text) {
    static constexpr char const* kHex = "0123456789ABCDEF";
    std::string out;
    for (char c : text) {
        auto const byte = static_cast<unsigned char>(c);
        out += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
    return out;
}

Heard search(std::string const& login, std::string_view question, std::string const& more = {}) {
    return as(login).get(kKnowledge + "search?q=" + encoded(question) + more);
}

json::value const* named(Heard const& heard, std::string_view name) {
    for (json::value const& answer : heard.body.at("answers").as_array())
        if (answer.at("name").as_string() == name) return &answer;
    return nullptr;
}

TEST(Knowledge, AnswersASeatAndAnyoneWithTheEntryInForce) {
    for (char const* login : {"seat01", "citizen", "nobody"}) {
        Heard heard = search(login, "结婚 户口簿");
        ASSERT_EQ(heard.status, 200) << heard.text;
        EXPECT_TRUE(heard.body.at("good").as_bool());
        json::value const& first = heard.body.at("answers").at(0);
        EXPECT_EQ(first.at("name").as_string(), "marriage-registration@2");
        EXPECT_EQ(first.at("unit_name").as_string(), "民政局");
        EXPECT_FALSE(first.at("expired").as_bool());
        EXPECT_EQ(named(heard, "marriage-registration@1"), nullptr);
        EXPECT_EQ(heard.text.find("marriage-2003:"), std::string::npos) << "no article of the old law";
        EXPECT_EQ(heard.text.find("\"hints\"") != std::string::npos, std::string(login) == "seat01");
    }
}

TEST(Knowledge, ShowsWhatIsOverOnlyMarked) {
    Heard heard = search("citizen", "结婚 户口簿", "&expired=true&limit=20");
    json::value const* old = named(heard, "marriage-registration@1");
    ASSERT_NE(old, nullptr);
    EXPECT_TRUE(old->at("expired").as_bool());
    EXPECT_FALSE(old->at("good").as_bool());
    EXPECT_EQ(old->at("until").as_string(), "2025-05-10");
    EXPECT_EQ(heard.body.at("answers").at(0).at("name").as_string(), "marriage-registration@2");
    Heard then = search("citizen", "结婚 户口簿", "&date=2025-01-15");
    EXPECT_EQ(then.body.at("answers").at(0).at("name").as_string(), "marriage-registration@1");
}

TEST(Knowledge, ShowsLawsThatAreNotSureOnlyToWhoWorksForTheCity) {
    std::string const asked = "城市居民申请最低生活保障待遇";
    EXPECT_EQ(search("citizen", asked, "&limit=50").text.find("\"sure\":false"), std::string::npos);
    EXPECT_EQ(search("nobody", asked, "&limit=50").text.find("\"sure\":false"), std::string::npos);
    EXPECT_NE(search("seat01", asked, "&limit=50").text.find("\"sure\":false"), std::string::npos);
    for (char const* login : {"citizen", "nobody"}) {
        EXPECT_EQ(as(login).get(kKnowledge + "laws/urban-minimum-living-1999").key(), "law.unknown");
        EXPECT_EQ(as(login).get(kKnowledge + "laws/urban-minimum-living-1999/articles/2").key(), "law.unknown");
    }
    EXPECT_EQ(as("seat01").get(kKnowledge + "laws/urban-minimum-living-1999").status, 200);
    EXPECT_EQ(as("seat01").get(kKnowledge + "laws/urban-minimum-living-1999/articles/2").status, 200);
    Heard elsewhere = search("citizen", "接诉即办 12345 热线", "&area=3701&limit=50");
    EXPECT_EQ(elsewhere.text.find("jinan-"), std::string::npos) << "unsure there too";
}

TEST(Knowledge, MarksTheQuestionsWordsInAPassageThatIsPartOfTheText) {
    Heard heard = search("nobody", "消防队救火收费吗");
    json::value const* article = named(heard, "fire-2021:49");
    ASSERT_NE(article, nullptr) << heard.text;
    std::string passage;
    bool hit = false;
    for (json::value const& part : article->at("passage").as_array()) {
        passage += part.at("text").as_string();
        hit = hit || part.at("hit").as_bool();
    }
    EXPECT_TRUE(hit);
    Heard whole = as("nobody").get(kKnowledge + "laws/fire-2021/articles/49");
    EXPECT_NE(whole.at("/text").find(passage), std::string::npos);
}

TEST(Knowledge, GivesEntriesAndLawsWhole) {
    Heard entry = as("nobody").get(kKnowledge + "entries/marriage-registration");
    EXPECT_EQ(entry.number("/version"), 2);
    EXPECT_EQ(entry.number("/others/0/version"), 1);
    Heard first = as("nobody").get(kKnowledge + "entries/marriage-registration?version=1");
    EXPECT_EQ(first.number("/version"), 1);
    EXPECT_TRUE(first.body.at("expired").as_bool());
    EXPECT_EQ(first.at("/articles/0/law"), "marriage-2003");
    Heard law = as("nobody").get(kKnowledge + "laws/marriage-2003");
    EXPECT_FALSE(law.body.at("in_force").as_bool());
    EXPECT_EQ(law.at("/superseded_by"), "婚姻登记条例（2025年修订）");
    Heard article = as("nobody").get(kKnowledge + "laws/household-1958/articles/7");
    EXPECT_EQ(article.at("/entries/0/entry"), "newborn-household");
    as("seat01").get(kKnowledge + "laws/social-assistance-2019/articles/9");
}

TEST(Knowledge, RefusesByName) {
    struct Row {
        std::string target;
        int status;
        std::string key, field;
    };
    for (Row const& row :
         std::vector<Row>{{"search", 422, "field.required", "query.q"},
                          {"search?q=", 422, "field.required", "query.q"},
                          {"search?q=" + encoded("税"), 422, "field.too_short", "query.q"},
                          {"search?q=" + std::string(501, 'x'), 422, "field.too_long", "query.q"},
                          {"search?q=ab&area=here", 422, "field.format", "query.area"},
                          {"search?q=ab&area=99", 422, "knowledge.area", "query.area"},
                          {"search?q=ab&date=2026-02-30", 422, "field.format", "query.date"},
                          {"search?q=ab&date=today", 422, "field.format", "query.date"},
                          {"search?q=ab&expired=yes", 422, "field.type", "query.expired"},
                          {"search?q=ab&limit=0", 422, "field.range", "query.limit"},
                          {"search?q=ab&limit=51", 422, "field.range", "query.limit"},
                          {"search?q=ab&colour=red", 422, "field.unknown", "query.colour"},
                          {"entries/none", 404, "entry.unknown", ""},
                          {"entries/marriage-registration?version=3", 404, "entry.unknown", ""},
                          {"entries/marriage-registration?version=0", 422, "field.range", "query.version"},
                          {"laws/none", 404, "law.unknown", ""},
                          {"laws/fire-2021/articles/999", 404, "law.unknown", ""}}) {
        Heard heard = as("nobody").get(kKnowledge + row.target);
        EXPECT_EQ(heard.status, row.status) << row.target;
        EXPECT_EQ(heard.key(), row.key) << row.target;
        EXPECT_EQ(heard.at("/field"), row.field) << row.target;
    }
}

TEST(Knowledge, TakesAnyWordsAndClaimsNothing) {
    for (char const* text : {"😀😀😀", "<script>alert(1)</script>", "SELECT * FROM matter; --", "Привет, как дела",
                             "13800138000", "。。。。", "怎么办", "  "}) {
        Heard heard = search("nobody", text);
        if (heard.status == 422) continue;  // nothing is left of spaces
        ASSERT_EQ(heard.status, 200) << text;
        EXPECT_FALSE(heard.body.at("good").as_bool()) << text;
    }
    Heard far = search("nobody", std::string(100'000, 'x'));
    EXPECT_GE(far.status, 400);
    EXPECT_LT(far.status, 500);
}

TEST(Knowledge, TakenOnTheSpotIsCounted) {
    auto count = [](char const* what) {
        return Caller(port()).get("/api/v1/figures").number(std::string("/hints/entry/") + what);
    };
    std::int64_t const before = count("taken");
    Heard heard = search("seat01", "结婚 户口簿");
    json::array hints;
    for (json::value const& hint : heard.body.at("answers").at(0).at("hints").as_array())
        hints.push_back(json::object{{"token", hint.at("token")}});
    std::string const matter(as("citizen")
                                 .file({{"title", "结婚要带户口簿吗"}, {"body", "下月结婚"}, {"channel", "web"}})
                                 .at("id")
                                 .as_string());
    Heard answered = as("seat01").post(
        "/api/v1/matters/" + matter + "/steps/answer",
        {{"form",
          {{"kind", "consult"}, {"answer", "不用带。"}, {"entry", "marriage-registration"}, {"entry_version", 2}}},
         {"hints", hints}});
    ASSERT_EQ(answered.status, 200) << answered.text;
    std::int64_t after = before;
    for (int i = 0; i < 50 && after == before; ++i) {  // figures are counted at most once in two seconds
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        after = count("taken");
    }
    EXPECT_EQ(after, before + 1);
}

TEST(Knowledge, HintsOfAnotherAreNone) {
    Heard heard = search("seat01", "结婚 户口簿");
    json::array hints;
    hints.push_back(json::object{{"token", heard.at("/answers/0/hints/0/token")}});
    std::string const matter(
        as("citizen").file({{"title", "领证问题"}, {"body", "想问问"}, {"channel", "web"}}).at("id").as_string());
    Heard answered =
        as("lead01").post("/api/v1/matters/" + matter + "/steps/answer",
                          {{"form", {{"kind", "consult"}, {"answer", "不用带。"}}}, {"hints", hints}});
    EXPECT_EQ(answered.status, 422);
    EXPECT_EQ(answered.key(), "hint.unknown");
}

}  // namespace
}  // namespace banyan::api_test
