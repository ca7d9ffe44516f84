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
    Heard heard = search("seat01", "结婚 户口簿", "&expired=true&limit=20");
    json::value const* old = named(heard, "marriage-registration@1");
    ASSERT_NE(old, nullptr);
    EXPECT_TRUE(old->at("expired").as_bool());
    EXPECT_FALSE(old->at("good").as_bool());
    EXPECT_EQ(old->at("until").as_string(), "2025-05-10");
    EXPECT_EQ(heard.body.at("answers").at(0).at("name").as_string(), "marriage-registration@2");
    Heard then = search("seat01", "结婚 户口簿", "&date=2025-01-15");
    EXPECT_EQ(then.body.at("answers").at(0).at("name").as_string(), "marriage-registration@1");
}

TEST(Knowledge, ShowsCitizensOnlyWhatHoldsTodayHere) {
    for (char const* login : {"citizen", "nobody", "partner01"}) {
        for (char const* more : {"&expired=true", "&date=2025-01-15"}) {
            Heard heard = search(login, "结婚 户口簿", more);
            EXPECT_EQ(heard.status, 403) << login << more;
            EXPECT_EQ(heard.key(), "knowledge.staff_only");
        }
        EXPECT_EQ(search(login, "结婚 户口簿", "&date=2026-10-09&area=350102&expired=false").status, 200);
        EXPECT_EQ(search(login, "停车收费", "&area=3701").key(), "knowledge.elsewhere");
        for (char const* question : {"停车收费", "物业费", "噪声扰民", "12345 热线 办理时限"}) {
            Heard heard = search(login, question, "&limit=50");
            for (json::value const& answer : heard.body.at("answers").as_array()) {
                EXPECT_FALSE(answer.at("expired").as_bool());
                EXPECT_TRUE(answer.at("kind") == "entry" || answer.at("area") == "00") << json::serialize(answer);
            }
        }
        EXPECT_EQ(as(login).get(kKnowledge + "entries/marriage-registration?version=1").status, 404);
        EXPECT_EQ(as(login).get(kKnowledge + "laws/marriage-2003").status, 404);
        EXPECT_EQ(as(login).get(kKnowledge + "laws/marriage-2003/articles/4").status, 404);
        Heard entry = as(login).get(kKnowledge + "entries/marriage-registration");
        EXPECT_EQ(entry.number("/version"), 2);
        EXPECT_TRUE(entry.body.at("others").as_array().empty());
        EXPECT_FALSE(entry.has("/opinion"));
    }
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
    Heard entry = as("seat01").get(kKnowledge + "entries/marriage-registration");
    EXPECT_EQ(entry.number("/version"), 2);
    EXPECT_EQ(entry.number("/others/0/version"), 1);
    Heard first = as("seat01").get(kKnowledge + "entries/marriage-registration?version=1");
    EXPECT_EQ(first.number("/version"), 1);
    EXPECT_TRUE(first.body.at("expired").as_bool());
    EXPECT_EQ(first.at("/articles/0/law"), "marriage-2003");
    Heard law = as("seat01").get(kKnowledge + "laws/marriage-2003");
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
                          {"search?q=ab&expired=true", 403, "knowledge.staff_only", "query.expired"},
                          {"search?q=ab&date=2025-01-01", 403, "knowledge.staff_only", "query.date"},
                          {"search?q=ab&area=37", 422, "knowledge.elsewhere", "query.area"},
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

json::object draft() {
    return {{"title", "内河桨板去哪里划"},
            {"variants", "白马河能划桨板吗"},
            {"answer", "白马河桨板下水点每天八点到十八点开放。"},
            {"basis", "市内河管理规定"},
            {"region", "3501"},
            {"from", "2026-10-09"},
            {"until", "2027-10-09"},
            {"lead", "cg"}};
}

Heard opened(std::string const& login, json::object form) {
    return as(login).post("/api/v1/matters",
                          {{"procedure", "knowledge"}, {"step", "draft"}, {"form", std::move(form)}});
}

std::string answered(json::object citing) {
    std::string const matter(
        as("seat01").file({{"title", "划桨板"}, {"body", "去哪里"}, {"channel", "phone"}}).at("id").as_string());
    citing["kind"] = "consult";
    citing["answer"] = "在白马河。";
    return as("seat01").post("/api/v1/matters/" + matter + "/steps/answer", {{"form", std::move(citing)}}).key();
}

/// Threads behind the journal make it so.
template <class Holds>
bool soon(Holds holds) {
    for (int tries = 0; tries < 900; ++tries) {
        if (holds()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
}

TEST(Knowledge, IsWrittenReviewedFoundMarkedCorrectedAndTakenDown) {
    json::object words = draft();
    words["articles"] = "urban-minimum-living-1999:2\nhousehold-1958:7";
    Heard const made = opened("seat01", words);
    ASSERT_EQ(made.status, 201) << made.text;
    std::string const id = made.at("/id"), number = made.at("/number"), page = kKnowledge + "entries/" + number;
    as("unit-cg").take(id, "sign", json::object{});
    EXPECT_EQ(as("nobody").get(page).status, 404) << "not before it is published";
    as("unit-cg-head").take(id, "endorse", json::object{});
    as("review01")
        .take(id, "publish", {{"from", "2026-10-09"}, {"until", "2027-10-09"}, {"remind_on", "2027-09-09"}});
    ASSERT_TRUE(soon([&] { return as("nobody").get(page).status == 200; }));
    EXPECT_EQ(search("citizen", "白马河能划桨板吗").body.at("answers").at(0).at("name").as_string(),
              number + "@1");
    EXPECT_EQ(answered({{"entry", number}, {"entry_version", 1}}), "");
    EXPECT_EQ(answered({{"entry", number}, {"entry_version", 2}}), "guide.unknown");

    auto mark = [&](char const* login, json::object body) {
        return as(login).post(page + "/marks", std::move(body));
    };
    EXPECT_EQ(mark("nobody", {{"version", 1}, {"helpful", true}}).status, 401);
    EXPECT_EQ(mark("citizen", {{"version", 1}, {"helpful", true}}).status, 200);
    Heard const twice = mark("citizen", {{"version", 1}, {"helpful", false}});
    EXPECT_EQ(twice.status, 409);
    EXPECT_EQ(twice.key(), "mark.twice");
    EXPECT_EQ(mark("unit-cg", {{"version", 1}, {"helpful", false}}).status, 200);
    EXPECT_EQ(mark("seat01", {{"version", 2}, {"helpful", true}}).key(), "entry.unknown");
    for (json::object const& rubbish :
         {json::object{{"version", 1}}, json::object{{"helpful", true}},
          json::object{{"version", "x"}, {"helpful", true}}, json::object{{"version", 1}, {"helpful", "yes"}},
          json::object{{"version", 0}, {"helpful", true}},
          json::object{{"version", 1}, {"helpful", true}, {"colour", "red"}}})
        EXPECT_EQ(mark("seat02", rubbish).status, 422) << json::serialize(rubbish);

    auto correct = [&](char const* login, json::object body) {
        return as(login).post(page + "/corrections", std::move(body));
    };
    EXPECT_EQ(correct("nobody", {{"version", 1}, {"text", "时间不对"}}).status, 401);
    EXPECT_EQ(correct("citizen", {{"version", 1}, {"text", ""}}).key(), "field.required");
    EXPECT_EQ(correct("citizen", {{"version", 1}, {"text", std::string(3000, 'x')}}).key(), "field.too_long");
    Heard const corrected = correct("citizen", {{"version", 1}, {"text", "夏天开到二十点"}});
    ASSERT_EQ(corrected.status, 201) << corrected.text;
    EXPECT_EQ(corrected.at("/stage"), "to_correct");
    EXPECT_EQ(as("unit-cg").get("/api/v1/matters/" + corrected.at("/id")).status, 200) << "its unit sees it";
    EXPECT_EQ(as("street-ry").get("/api/v1/matters/" + corrected.at("/id")).status, 404);
    EXPECT_TRUE(soon([&] { return as("seat01").get(page).number("/opinion/open_corrections") == 1; }));
    Heard const seen = as("seat01").get(page);
    EXPECT_EQ(seen.body.at("articles").as_array().size(), 2U);
    Heard const shown = as("nobody").get(page);
    ASSERT_EQ(shown.body.at("articles").as_array().size(), 1U) << "not the law that is not sure";
    EXPECT_EQ(shown.at("/articles/0/law"), "household-1958");
    EXPECT_EQ(seen.number("/opinion/helpful"), 1);
    EXPECT_EQ(seen.number("/opinion/not_helpful"), 1);
    EXPECT_EQ(seen.at("/matter"), id);

    as("unit-cg-head").take(id, "take_down", {{"reason", "下水点搬了"}});
    ASSERT_TRUE(soon([&] { return as("nobody").get(page).status == 404; }));
    EXPECT_EQ(answered({{"entry", number}, {"entry_version", 1}}), "guide.taken_down");
    EXPECT_TRUE(as("seat01").get(page).body.at("taken_down").as_bool()) << "kept";
    EXPECT_EQ(correct("seat01", {{"version", 1}, {"text", "时间不对"}}).key(), "entry.gone");
    EXPECT_EQ(mark("lead01", {{"version", 1}, {"helpful", true}}).key(), "entry.gone");
}

TEST(Knowledge, CitesAnEntryInForceAndNothingElse) {
    EXPECT_EQ(answered({}), "guide.none");
    EXPECT_EQ(answered({{"uncited", false}}), "guide.none");
    EXPECT_EQ(answered({{"entry", "marriage-registration"}, {"entry_version", 1}}), "guide.expired");
    EXPECT_EQ(answered({{"entry", "marriage-2003:4"}, {"entry_version", 1}}), "guide.article");
    EXPECT_EQ(answered({{"entry", "none"}, {"entry_version", 1}}), "guide.unknown");
    EXPECT_EQ(answered({{"entry", "marriage-registration"}}), "guide.no_version");
    EXPECT_EQ(answered({{"entry_version", 1}, {"uncited", true}}), "guide.no_entry");
    EXPECT_EQ(answered({{"uncited", true}}), "");
}

TEST(Knowledge, DraftsAreRefusedByName) {
    json::object early = draft();
    early["until"] = "2026-10-01";
    EXPECT_EQ(opened("seat01", early).key(), "entry.days");
    json::object empty = draft();
    empty.erase("answer");
    EXPECT_EQ(opened("seat01", empty).at("/field"), "form.answer");
    EXPECT_EQ(opened("citizen", draft()).status, 403);
    EXPECT_EQ(opened("nobody", draft()).status, 403);
    json::object gone = draft();
    gone["entry"] = "nobody-knows";
    gone["entry_version"] = 1;
    EXPECT_EQ(opened("seat01", gone).key(), "guide.unknown");
    for (char const* field :
         {"title", "answer", "region", "from", "until", "lead", "audience", "articles", "class"})
        for (json::value const& rubbish :
             {json::value(7), json::value(json::array{1}), json::value(json::object{}),
              json::value(std::string(30'000, 'x')), json::value(std::string(1, char{1}))}) {
            json::object form = draft();
            form[field] = rubbish;
            Heard const heard = opened("seat01", form);
            EXPECT_GE(heard.status, 400) << field << json::serialize(rubbish).substr(0, 40);
            EXPECT_LT(heard.status, 500) << field;
        }
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
