// The numbers: data/topics.toml, Poisson, growth, weather, heat.
#include <gtest/gtest.h>

#include <cmath>
#include "base/testing.h"
#include "systems/topics/portrait.h"
#include "systems/topics/warnings.h"

namespace banyan::topics {
namespace {

using banyan::testing::source_text;

Instant const kNow{1'791'507'600'000'000};  // 2026-10-09 09:00

Member member(std::int64_t id, double days_ago, std::int64_t asker = 0, int votes = 0) {
    Member made;
    made.matter = MatterId(id);
    made.at = Instant{kNow.us - static_cast<std::int64_t>(days_ago * 86'400e6)};
    made.asker = PersonId(asker);
    made.votes = votes;
    return made;
}

double heat(std::vector<Member> const& members) {
    std::vector<Member const*> all;
    for (Member const& one : members) all.push_back(&one);
    return heat_of(all, kNow, 30, *read_numbers(source_text("data/topics.toml"))).value;
}

TEST(TopicNumbers, AreRead) {
    auto numbers = read_numbers(source_text("data/topics.toml"));
    ASSERT_TRUE(numbers);
    EXPECT_GE(numbers->weather.size(), 4U);
    EXPECT_EQ(read_numbers("").error().key, "topics.numbers");
    EXPECT_EQ(read_numbers("[topic").error().key, "toml.syntax");
    std::string without = source_text("data/topics.toml");
    without.replace(without.find("half_life_days = 7"), 18, "half_life_days = 0");
    EXPECT_EQ(read_numbers(without).error().key, "topics.numbers");
}

TEST(Poisson, IsTheChanceOfSoManyOrMore) {
    EXPECT_DOUBLE_EQ(chance_of(0, 1), 1);
    EXPECT_NEAR(chance_of(1, 1), 1 - std::exp(-1), 1e-12);
    EXPECT_NEAR(chance_of(3, 0.2), 0.0011485, 1e-6);
    EXPECT_NEAR(chance_of(30, 0.5) / 2.35e-42, 1, 0.1) << "far out it is not 0";
}

TEST(Growth, IsOnlyOfWhatGrows) {
    EXPECT_EQ(growth(0, 100, 5, 100), 0);
    EXPECT_EQ(growth(5, 100, 5, 100), 0);
    EXPECT_EQ(growth(2, 100, 5, 100), 0);
    EXPECT_GT(growth(10, 100, 1, 100), growth(10, 100, 5, 100));
    EXPECT_GT(growth(10, 100, 0, 100), growth(3, 100, 0, 100));
}

TEST(Heat, GrowsWithPeopleVotesAndSpeedAndFades) {
    double const two = heat({member(1, 1, 1), member(2, 1, 2)});
    EXPECT_GT(heat({member(1, 1, 1), member(2, 1, 2), member(3, 1, 3)}), two);
    EXPECT_GT(two, heat({member(1, 1, 1), member(2, 1, 1)})) << "one person twice is not two";
    EXPECT_GT(heat({member(1, 1, 1, 2), member(2, 1, 2)}), two) << "votes";
    EXPECT_GT(two, heat({member(1, 9, 1), member(2, 9, 2)})) << "fades";
    EXPECT_GT(two, heat({member(1, 1), member(2, 20), member(3, 21), member(4, 22), member(5, 23)}) / 2)
        << "what has always been so is not fast";
    EXPECT_EQ(heat({member(1, -1)}), 0) << "not yet";
}

TEST(Weather, IsTheFirstRuleThatFits) {
    auto const numbers = *read_numbers(source_text("data/topics.toml"));
    EXPECT_EQ(numbers.word({}), "clear");
    EXPECT_EQ(numbers.word({.change = 150, .intake = 10}), "rain");
    EXPECT_EQ(numbers.word({.change = 150, .intake = 1}), "clear") << "one instead of none is no storm";
    EXPECT_EQ(numbers.word({.satisfaction = 65.0}), "rain");
    EXPECT_EQ(numbers.word({.satisfaction = 75.0}), "overcast");
    EXPECT_EQ(numbers.word({.hot = 1}), "cloudy");
}

TEST(Warning, NeedsThreeAndMoreThanItsHistory) {
    auto const numbers = *read_numbers(source_text("data/topics.toml"));
    Growth growth;
    Day const day{20'000};
    growth.add("utility.water_off", "350102", day, 3);
    EXPECT_FALSE(growth.test("utility.water_off", "350102", day, numbers)) << "three of 0.2: one in a thousand";
    growth.add("utility.water_off", "350102004", day, 1);
    auto const warning = growth.test("utility.water_off", "350102004", day, numbers);
    ASSERT_TRUE(warning) << "a district has its streets' matters";
    EXPECT_EQ(warning->n, 4);
    EXPECT_EQ(warning->region, "350102");
    for (int back = 1; back <= 28; ++back) growth.add("utility.water_off", "350102", day - back, 4);
    EXPECT_FALSE(growth.test("utility.water_off", "350102", day, numbers)) << "as always";
    growth.add("", "350102", day, 9);
    EXPECT_FALSE(growth.test("", "350102", day, numbers)) << "no class yet";
}

class Portraits : public ::testing::Test {
  protected:
    Portrait of(std::vector<Member>& members) {
        std::vector<Member const*> all;
        for (Member& one : members) {
            if (one.places.empty()) one.places = sketcher.read(one.title, "").places;
            all.push_back(&one);
        }
        return portrait_of(all, all, sketcher, without_numbers);
    }
    static Member titled(std::int64_t id, std::string title, bool quotable = true) {
        Member made = member(id, 1);
        made.title = std::move(title);
        made.quotable = quotable;
        return made;
    }
    text::Reader reader;
    alike::Sketcher sketcher{reader, *alike::read_words(source_text("data/alike.toml"))};
};

TEST_F(Portraits, SpeakInTheCitizensWords) {
    std::vector<Member> members{titled(1, "白塔新村停水"), titled(2, "白塔新村停水两天没人管"),
                                titled(3, "孩子洗脸都没有水")};
    Portrait const portrait = of(members);
    EXPECT_EQ(portrait.place, "白塔新村");
    EXPECT_TRUE(portrait.headline == members[0].title || portrait.headline == members[1].title);
    EXPECT_TRUE(std::ranges::find(portrait.words, "停水") != portrait.words.end());
}

TEST_F(Portraits, KeepSilentOfWhatIsConfidential) {
    std::vector<Member> members{titled(1, "白塔新村停水请保密", false), titled(2, "白塔新村停水请保密", false)};
    Portrait const portrait = of(members);
    EXPECT_EQ(portrait.headline, "");
    EXPECT_EQ(portrait.place, "");
    EXPECT_TRUE(portrait.words.empty());
}

TEST_F(Portraits, HaveNoNumbersOfPeople) {
    std::vector<Member> members{titled(1, "白塔新村停水请打13799912345"),
                                titled(2, "白塔新村停水请打13799912345")};
    EXPECT_EQ(of(members).headline.find("1379"), std::string::npos);
    EXPECT_NE(of(members).headline.find("白塔新村"), std::string::npos);
}

}  // namespace
}  // namespace banyan::topics
