#include "systems/knowledge/library.h"

#include <gtest/gtest.h>

#include "systems/knowledge/testing.h"

namespace banyan::knowledge {
namespace {

class LibraryTest : public ::testing::Test {
  protected:
    static Library const& library() {
        static Library const kMade(testing::small(), testing::lexicon());
        return kMade;
    }
    static Question asked(std::string text, std::string area = "3501", char const* day = "2026-10-09") {
        return {std::move(text), std::move(area), *parse_day(day), false, false, 10};
    }
    static std::vector<std::string> names(Question const& question) {
        std::vector<std::string> all;
        for (Match const& match : library().find(question)) all.push_back(library().name(match));
        return all;
    }
    static std::string first(Question const& question) {
        auto const all = names(question);
        return all.empty() ? "" : all.front();
    }
    static bool has(Question const& question, std::string const& name) {
        auto const all = names(question);
        return std::ranges::find(all, name) != all.end();
    }
};

TEST_F(LibraryTest, FindsTheEntryByItsTitleAndByOtherWordings) {
    EXPECT_EQ(first(asked("路灯不亮")), "lamp@1");
    EXPECT_EQ(first(asked("我们这里晚上一片黑")), "lamp@1");
    EXPECT_EQ(first(asked("水塘填了会罚多少")), "ponds-2020:2") << "by a wording of the article";
}

TEST_F(LibraryTest, FindsByTwoSignsAndByTraditionalOnes) {
    EXPECT_EQ(first(asked("路灯")), "lamp@1");
    EXPECT_EQ(first(asked("路燈")), "lamp@1");
}

TEST_F(LibraryTest, AnswersWithWhatWasInForceThatDay) {
    EXPECT_EQ(first(asked("池塘归谁管")), "pond@2");
    EXPECT_FALSE(has(asked("池塘归谁管"), "pond@1"));
    EXPECT_EQ(first(asked("池塘归谁管", "3501", "2019-12-31")), "pond@1") << "the last day of the old one";
    EXPECT_EQ(first(asked("池塘归谁管", "3501", "2020-01-01")), "pond@2") << "the first day of the new one";
    EXPECT_TRUE(has(asked("填埋池塘", "3501", "2019-06-01"), "ponds-2001:1"));
    EXPECT_FALSE(has(asked("填埋池塘", "3501", "2019-06-01"), "ponds-2020:1"));
    EXPECT_TRUE(names(asked("池塘归谁管", "3501", "1999-01-01")).empty()) << "before there was any rule";
}

TEST_F(LibraryTest, AnswersWithWhatHoldsThere) {
    EXPECT_EQ(first(asked("路灯坏了", "350102")), "lamp@1");
    EXPECT_FALSE(has(asked("路灯坏了", "3502"), "lamp@1"));
    EXPECT_FALSE(has(asked("路灯坏了", "35"), "lamp@1"));
    Question seat = asked("损坏路灯的应当赔偿");
    seat.unsure = true;
    EXPECT_FALSE(has(seat, "lamps-2018:1")) << "of another province";
    seat.area = "3701";
    EXPECT_TRUE(has(seat, "lamps-2018:1"));
}

TEST_F(LibraryTest, ShowsWhatIsNotSureOnlyToWhoAsksForIt) {
    Question question = asked("夜间敲钟");
    EXPECT_FALSE(has(question, "bells-1990:1"));
    question.unsure = true;
    EXPECT_EQ(first(question), "bells-1990:1");
}

TEST_F(LibraryTest, ShowsWhatIsOverLastAndNeverAsGood) {
    Question question = asked("池塘归谁管");
    question.expired = true;
    auto const matches = library().find(question);
    ASSERT_GE(matches.size(), 2U);
    EXPECT_EQ(library().name(matches.front()), "pond@2");
    bool over = false;
    for (Match const& match : matches) {
        EXPECT_TRUE(!over || match.expired) << "after one that is over none comes that is in force";
        over = match.expired;
        EXPECT_FALSE(match.expired && match.found.good) << library().name(match);
    }
    EXPECT_TRUE(over);
}

TEST_F(LibraryTest, MarksTheWordsOfTheQuestion) {
    std::string joined, hits;
    for (Part const& part : library().parts("路灯由照明中心修，三天内修好。", "路灯谁修")) {
        joined += part.text;
        if (part.hit) hits += part.text + "|";
    }
    EXPECT_EQ(joined, "路灯由照明中心修，三天内修好。");
    EXPECT_EQ(hits, "路灯|照明|") << "and what officials call it";
    auto const official = library().parts("男女双方办理结婚登记。", "扯证");
    EXPECT_TRUE(std::ranges::any_of(official, &Part::hit)) << "what officials call it is marked too";
}

TEST_F(LibraryTest, TakesAnyText) {
    std::string const longest = [] {
        std::string text;
        for (int i = 0; i < 50'000; ++i) text += "池塘";
        return text;
    }();
    EXPECT_TRUE(names(asked("")).empty());
    EXPECT_TRUE(names(asked("  \n")).empty());
    EXPECT_TRUE(names(asked("😀😀")).empty());
    EXPECT_TRUE(names(asked("Wie geht es?")).empty());
    EXPECT_TRUE(names(asked("怎么办")).empty()) << "says nothing of a subject";
    EXPECT_EQ(first(asked("<b>路灯</b>不亮")), "lamp@1");
    EXPECT_EQ(first(asked("路灯\xFF\xFE不亮")), "lamp@1");
    EXPECT_FALSE(names(asked(longest)).empty());
    EXPECT_FALSE(names(asked("塘")).empty() && names(asked("塘")).size() > 10);
    EXPECT_TRUE(library().parts("", "路灯").empty());
}

TEST_F(LibraryTest, SaysWhenItHasNoAnswer) {
    for (char const* text : {"明天的股票会涨吗", "哪家火锅好吃", "世界杯几点开始"}) {
        auto const matches = library().find(asked(text));
        EXPECT_TRUE(matches.empty() || !matches.front().found.good) << text;
    }
}

TEST(RankingNumbers, AreReadByName) {
    EXPECT_DOUBLE_EQ(read_ranking("good=0.9,b=0.2")->good, 0.9);
    EXPECT_EQ(read_ranking("better=1").error().key, "field.unknown");
    EXPECT_EQ(read_ranking("good").error().key, "field.type");
    EXPECT_EQ(read_ranking("good=much").error().key, "field.type");
}

}  // namespace
}  // namespace banyan::knowledge
