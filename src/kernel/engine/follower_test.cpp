// Followers read every durable event once, in order. On both databases.
#include <gtest/gtest.h>

#include "kernel/engine/follower.h"
#include "kernel/engine/testing/story.h"

namespace banyan {
namespace {

using namespace banyan::testing;

class Following : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
    }
    void file(int n) {
        for (int i = 0; i < n; ++i)
            ASSERT_TRUE(
                city->open("seat01", {{"title", "路灯不亮"}, {"body", "晚上很黑"}, {"channel", "phone"}}).ok());
    }
    Follower follower(std::string name = "index") { return {*city->db(), city->engine(), std::move(name)}; }
    void keep(Follower& of, EventId through) {
        city->engine().write_now([&](store::Session& session) { of.keep(session, through); });
    }
    std::int64_t events() {
        std::int64_t n = 0;
        city->reader().query("SELECT count(*) FROM event", {}, [&](store::Row const& row) { n = row.integer(0); });
        return n;
    }
    std::unique_ptr<City> city;
};
BANYAN_ON_BOTH_ENGINES(Following);

TEST_P(Following, ReadsAllInOrderInPortions) {
    tell_story(*city);
    Follower index = follower();
    std::vector<std::int64_t> seen;
    for (;;) {
        std::vector<EventRow> const events = index.read(7);
        EXPECT_LE(events.size(), 7U);
        if (events.empty()) break;
        for (EventRow const& event : events) seen.push_back(event.id.value);
        keep(index, events.back().id);
    }
    EXPECT_EQ(static_cast<std::int64_t>(seen.size()), events());
    EXPECT_TRUE(std::ranges::is_sorted(seen));
    EXPECT_EQ(std::ranges::adjacent_find(seen), seen.end());
    file(1);
    EXPECT_EQ(index.read(100).size(), 1U) << "goes on where it was";
}

TEST_P(Following, GetsAgainWhatItHasNotKept) {
    file(5);
    Follower index = follower();
    EventId const second = index.read(2).back().id;
    EXPECT_EQ(index.read(2).back().id, second);
    keep(index, second);
    city->restart();
    Follower again = follower();
    EXPECT_EQ(again.position(), second);
    EXPECT_EQ(again.read(100).size(), 3U);
    EXPECT_EQ(follower("mirror").read(100).size(), 5U) << "another has a position of its own";
}

TEST_P(Following, APositionGoesWithTheTransactionItIsKeptIn) {
    file(3);
    Follower index = follower();
    EventId const last = index.read(100).back().id;
    EXPECT_THROW(city->engine().write_now([&](store::Session& session) {
        index.keep(session, last);
        throw std::runtime_error("the work failed");
    }),
                 std::runtime_error);
    EXPECT_EQ(follower().read(100).size(), 3U);
}

}  // namespace
}  // namespace banyan
