// Whoever follows gets the same from memory as from the database, wherever he stands.
#include "kernel/engine/recent_events.h"

#include <gtest/gtest.h>

#include "kernel/engine/event_cursor.h"
#include "kernel/engine/testing/city.h"
#include "kernel/engine/testing/story.h"

namespace banyan {
namespace {

using namespace banyan::testing;

class Recent : public ::testing::TestWithParam<store::Engine> {};
BANYAN_ON_BOTH_ENGINES(Recent);

std::vector<std::int64_t> ids(std::vector<EventRow> const& events) {
    std::vector<std::int64_t> all;
    for (EventRow const& event : events) all.push_back(event.id.value);
    return all;
}

TEST_P(Recent, EveryFollowerGetsAllOfIt) {
    City city(GetParam());
    RecentEvents recent;
    auto const session = city.db()->open_reader();
    std::vector<EventId> positions(3);
    std::vector<std::vector<std::int64_t>> got(3);
    for (int round = 0; round < 40; ++round) {
        city.set_clock(at("2026-10-09 09:00"));
        for (int i = 0; i < 5; ++i)
            ASSERT_EQ(city.open("citizen", {{"title", "路灯不亮"},
                                            {"body", "三天了。"},
                                            {"channel", "web"},
                                            {"phone", "13800001111"}})
                          .kind,
                      Answer::Kind::done);
        EventId const durable = city.engine().durable();
        for (std::size_t who = 0; who < positions.size(); ++who) {
            if (static_cast<std::size_t>(round) % (who * 3 + 1) != 0)
                continue;  // one is always near, others fall behind
            std::size_t const most = who == 1 ? 3 : 50;
            for (;;) {
                auto const events = recent.after(*session, positions[who], durable, most);
                ASSERT_LE(events.size(), most);
                ASSERT_EQ(ids(events), ids(next_events(*session, positions[who], durable, most)));
                for (std::int64_t id : ids(events)) got[who].push_back(id);
                if (events.empty()) break;
                positions[who] = events.back().id;
            }
        }
    }
    auto const all = ids(all_events(*city.db()));
    ASSERT_GE(all.size(), 200u);
    EXPECT_EQ(got[0], all);
    for (auto const& some : got) EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin()));
}

TEST_P(Recent, WhatIsNotDurableIsNotTold) {
    City city(GetParam());
    RecentEvents recent;
    auto const session = city.db()->open_reader();
    for (int i = 0; i < 4; ++i)
        city.open("citizen",
                  {{"title", "路灯不亮"}, {"body", "三天了。"}, {"channel", "web"}, {"phone", "13800001111"}});
    auto const all = all_events(*city.db());
    ASSERT_GE(all.size(), 4U);
    EXPECT_EQ(ids(recent.after(*session, {}, all.back().id, 100)), ids(all));
    EXPECT_EQ(recent.after(*session, {}, all[1].id, 100).size(), 2u);
    recent.forget();
    EXPECT_EQ(recent.after(*session, all[0].id, all[1].id, 100).size(), 1u);
    EXPECT_EQ(ids(recent.after(*session, {}, all.back().id, 100)), ids(all));
}

}  // namespace
}  // namespace banyan
