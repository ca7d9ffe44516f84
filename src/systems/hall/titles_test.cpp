#include "systems/hall/titles.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "systems/hall/testing/find.h"

namespace banyan::hall {
namespace {

using testing::title;

std::vector<Title> stock() {
    std::vector<Title> all{title("居民身份证办理", "new", "首次申领", {"办身份证"}),
                           title("居民身份证办理", "lost", "丢失补领", {"办身份证"}),
                           title("居民身份证办理", "renew", "到期换领", {"办身份证"}),
                           title("社会保险登记", "new", "新设", {"社保开户"}),
                           title("社会保险登记", "change", "变更", {"社保开户"}),
                           title("社会保险登记", "cancel", "注销", {"社保开户"}),
                           title("社会保障卡申领", "whole", "", {"社保卡", "办社保卡"}),
                           title("食品经营许可", "new", "新办", {"开饭馆", "开店"}),
                           title("食品经营许可", "cancel", "注销", {"开饭馆", "开店"}),
                           title("个体工商户登记", "new", "设立", {"开店", "营业执照"}),
                           title("网上开店备案", "whole", ""),
                           title("义务教育入学报名", "whole", "", {"孩子上学"}),
                           title("学籍变更", "whole", "", {"转学"}),
                           title("城乡居民养老保险待遇申领", "whole", "", {"领养老金"}),
                           title("ETC办理", "whole", "")};
    all[6].name_en = "Social security card";
    all[7].name_en = all[8].name_en = "Food business licence";
    return all;
}

/// Names with their situation, the best first.
std::vector<std::string> found(std::string_view text) {
    static Titles const kTitles(stock(), *testing::words());
    auto scored = kTitles.find(testing::words()->understand(text));
    std::ranges::stable_sort(scored, [](auto const& a, auto const& b) {
        return a.score != b.score ? a.score > b.score : a.title < b.title;
    });
    std::vector<std::string> names;
    for (auto const& one : scored) {
        Title const& of = kTitles.at(one.title);
        names.push_back(of.name + (of.situation == "whole" ? "" : " " + of.situation));
    }
    return names;
}

std::string first(std::string_view text) {
    auto const all = found(text);
    return all.empty() ? "" : all.front();
}

bool has(std::string_view text, std::string const& name) {
    auto const all = found(text);
    return std::ranges::find(all, name) != all.end();
}

TEST(Titles, AreFoundByTwoSignsFourAndTheWholeName) {
    EXPECT_TRUE(has("社保", "社会保障卡申领")) << "its keyword begins so";
    EXPECT_TRUE(has("社保", "社会保险登记 new"));
    EXPECT_EQ(first("食品经营"), "食品经营许可 new");
    EXPECT_EQ(first("社會保險登記"), "社会保险登记 new") << "traditional signs";
    EXPECT_EQ(first("学籍变更"), "学籍变更");
    EXPECT_FALSE(has("食品经营", "个体工商户登记 new"));
}

TEST(Titles, ANameComesBeforeAKeyword) {
    EXPECT_EQ(first("开店"), "网上开店备案");
    EXPECT_TRUE(has("开店", "食品经营许可 new"));
    EXPECT_TRUE(has("开店", "个体工商户登记 new"));
}

TEST(Titles, TheSituationThatIsSaidComesFirst) {
    EXPECT_EQ(first("身份证"), "居民身份证办理 new");
    EXPECT_EQ(first("身份证丢了"), "居民身份证办理 lost");
    EXPECT_EQ(first("身份证补办"), "居民身份证办理 lost");
    EXPECT_EQ(first("身份证快过期了怎么办"), "居民身份证办理 renew");
    EXPECT_EQ(first("社会保险变更"), "社会保险登记 change");
    EXPECT_EQ(first("注销食品经营许可"), "食品经营许可 cancel");
    EXPECT_EQ(found("注销"), (std::vector<std::string>{"社会保险登记 cancel", "食品经营许可 cancel"}));
}

TEST(Titles, AreFoundByAPersonsOwnWords) {
    EXPECT_EQ(first("孩子上学"), "义务教育入学报名");
    EXPECT_EQ(first("我家小孩要上学了去哪里办"), "义务教育入学报名");
    EXPECT_EQ(first("想开个饭馆"), "食品经营许可 new");
    EXPECT_EQ(first("老人怎么领养老金"), "城乡居民养老保险待遇申领");
}

TEST(Titles, AreFoundByPinyin) {
    EXPECT_EQ(first("shbx"), "社会保险登记 new");
    EXPECT_EQ(first("SHBX"), "社会保险登记 new");
    EXPECT_EQ(first("shehuibaoxian"), "社会保险登记 new");
    EXPECT_EQ(first("shehuibao"), "社会保险登记 new") << "the last syllable is begun";
    EXPECT_EQ(first("shehbx"), "社会保险登记 new") << "begun and initials";
    EXPECT_EQ(first("sfz"), "居民身份证办理 new") << "within a name";
    EXPECT_EQ(first("spjyxk"), "食品经营许可 new");
    EXPECT_EQ(first("zhuanxue"), "学籍变更") << "a keyword";
    EXPECT_TRUE(found("qqqq").empty());
}

TEST(Titles, AreFoundByEnglishAndByLettersInTheirName) {
    EXPECT_EQ(first("food licence"), "食品经营许可 new");
    EXPECT_EQ(first("social security"), "社会保障卡申领");
    EXPECT_EQ(first("etc"), "ETC办理");
    EXPECT_EQ(first("ETC办理"), "ETC办理");
}

TEST(Titles, NobodyUnderstandsGarbage) {
    for (char const* text : {"今天天气怎么样", "明天的股票", "阿斯顿发", "的", "hello", "12345678", "世界杯几点"})
        EXPECT_TRUE(found(text).empty()) << text << " " << first(text);
}

TEST(HallWords, TakesAQuestionApart) {
    Asked const asked = testing::words()->understand("请问 身份证丢了 怎么办？");
    EXPECT_EQ(asked.subject_text, "身份证");
    ASSERT_EQ(asked.wishes.size(), 1U);
    EXPECT_FALSE(asked.letters);
    EXPECT_TRUE(testing::words()->understand("Sh bx").letters);
    EXPECT_TRUE(testing::words()->understand("！？").empty());
    std::string longest;
    for (int i = 0; i < 200; ++i) longest += "登记";
    EXPECT_EQ(testing::words()->understand(longest).signs.size(), kMostSigns);
}

}  // namespace
}  // namespace banyan::hall
