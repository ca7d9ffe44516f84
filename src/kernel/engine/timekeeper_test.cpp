#include "kernel/engine/timekeeper.h"

#include <gtest/gtest.h>

#include "kernel/engine/testing/city.h"

namespace banyan {
namespace {

using namespace banyan::testing;

MatterId const kA(256), kB(512), kC(768);
Instant at_minute(int n) { return at("2026-10-09 09:00") + minutes(n); }

TEST(Timekeeper, GivesWhatHasRunOutTheEarliestFirstAndOnce) {
    Timekeeper timers;
    timers.learn(kA, at_minute(3));
    timers.learn(kB, at_minute(1));
    timers.learn(kC, at_minute(9));
    EXPECT_TRUE(timers.take_due(at_minute(0), 10).empty());
    EXPECT_EQ(timers.take_due(at_minute(3), 10), (std::vector<MatterId>{kB, kA}));
    EXPECT_TRUE(timers.take_due(at_minute(3), 10).empty());
}

TEST(Timekeeper, KnowsOnlyTheLatestOfEachMatter) {
    Timekeeper timers;
    timers.learn(kA, at_minute(1));
    timers.learn(kA, at_minute(5));
    timers.learn(kB, at_minute(1));
    timers.learn(kB, {});
    EXPECT_TRUE(timers.take_due(at_minute(4), 10).empty());
    EXPECT_EQ(timers.take_due(at_minute(5), 10), std::vector<MatterId>{kA});
}

TEST(Timekeeper, GivesNoMoreThanIsAskedFor) {
    Timekeeper timers;
    for (int n = 1; n <= 5; ++n) timers.learn(MatterId(n * 256), at_minute(n));
    EXPECT_EQ(timers.take_due(at_minute(9), 2).size(), 2U);
    EXPECT_EQ(timers.take_due(at_minute(9), 9).size(), 3U);
}

class TimekeeperOn : public store::testing::OnBothEngines {};
BANYAN_ON_BOTH_ENGINES(TimekeeperOn);

TEST_P(TimekeeperOn, LearnsFromTheRowsWhatTheMattersSay) {
    City city(GetParam());
    Answer const filed = city.open("citizen", {{"title", "路灯"}, {"body", "不亮"}, {"channel", "web"}});
    ASSERT_TRUE(filed.ok()) << describe(filed.refusal);
    Instant const wakes = city.matter(filed.matter)->wakes();
    ASSERT_TRUE(wakes);
    Timekeeper timers;
    timers.learn_all(*city.db()->open_reader());
    EXPECT_TRUE(timers.take_due(Instant{wakes.us - 1}, 10).empty());
    EXPECT_EQ(timers.take_due(wakes, 10), std::vector<MatterId>{filed.matter});
}

}  // namespace
}  // namespace banyan
