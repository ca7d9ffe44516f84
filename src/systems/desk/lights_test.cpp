// The lights counted from memory are those of a count over all matters.
#include "systems/desk/lights.h"

#include <gtest/gtest.h>

#include <thread>

#include "kernel/engine/testing/story.h"

namespace banyan::desk {
namespace {

using namespace banyan::testing;

class LightsTest : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
        lights = Lights::of(city->engine());
    }
    Lights::Counts counted() {
        auto session = city->db()->open_reader();
        return lights->count(*session, city->engine().procedures(), city->engine().moment());
    }
    /// Followers hear of a step a moment after its answer: waits until they have, two seconds at most.
    void expect_counted(Lights::Counts const& wanted) {
        for (int tries = 0; tries < 400 && counted() != wanted; ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        EXPECT_EQ(counted(), wanted);
    }
    Lights::Counts one_by_one() {
        Lights::Counts counts{};
        std::vector<std::int64_t> ids;
        auto session = city->db()->open_reader();
        session->query("SELECT id FROM matter WHERE open = 1", {},
                       [&](store::Row const& row) { ids.push_back(row.integer(0)); });
        for (Matter const& matter : load_matters(*session, ids, city->engine().procedures()))
            if (Assignment const* lead = matter.lead(); lead != nullptr && lead->with_unit() && lead->due)
                ++counts[static_cast<std::size_t>(matter.light(*lead, city->engine().moment()))];
        return counts;
    }
    static std::int64_t sum(Lights::Counts const& counts) { return counts[0] + counts[1] + counts[2] + counts[3]; }
    MatterId dispatched() {
        MatterId const id =
            city->open("seat01", {{"title", "井盖松动"}, {"body", "车一过就响"}, {"channel", "phone"}}).matter;
        EXPECT_TRUE(city->step("seat01", id, "accept", {{"kind", "complaint"}}).ok());
        EXPECT_TRUE(city->step("disp01", id, "dispatch", {{"lead", "water"}}).ok());
        return id;
    }
    std::unique_ptr<City> city;
    std::shared_ptr<Lights> lights;
};
BANYAN_ON_BOTH_ENGINES(LightsTest);

TEST_P(LightsTest, ChangeWithTheClockAndWithSteps) {
    expect_counted({});
    MatterId const id = dispatched();
    expect_counted(Lights::Counts{1, 0, 0, 0});
    city->go_to(at("2026-10-26 09:00"));  // its last day
    expect_counted(Lights::Counts{0, 1, 0, 0});
    city->go_to(at("2026-10-27 00:00"));
    expect_counted(Lights::Counts{0, 0, 1, 0});
    EXPECT_TRUE(city->step("review01", id, "hold", {{"ground", "court"}, {"hold_until", "2026-10-30"}}).ok());
    expect_counted(Lights::Counts{0, 0, 0, 1});
    EXPECT_TRUE(city->step("review01", id, "terminate", {{"reason", "法院已受理"}}).ok());
    expect_counted({});
}

TEST_P(LightsTest, AreThoseOfAllMattersAfterAWalk) {
    tell_story(*city);
    expect_counted(one_by_one());
    Walk walk(*city, [state = 11U](std::uint32_t n) mutable {
        state = state * 1664525 + 1013904223;
        return (state >> 8) % n;
    });
    for (int round = 0; round < 6; ++round) {
        walk.go(40);
        expect_counted(one_by_one());
    }
    EXPECT_GT(sum(counted()), 0);
}

TEST_P(LightsTest, AChangeBehindTheSnapshotIsLearnedTheNextTime) {
    MatterId const id = dispatched();
    expect_counted({1, 0, 0, 0});
    auto session = city->db()->open_reader();
    session->begin_read();
    EXPECT_TRUE(city->step("review01", id, "terminate", {{"reason", "重复"}}).ok());
    EXPECT_EQ(sum(lights->count(*session, city->engine().procedures(), city->engine().moment())), 1);
    session->commit();
    expect_counted({});
}

}  // namespace
}  // namespace banyan::desk
