#include "kernel/engine/allowances.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "kernel/engine/testing/city.h"

namespace banyan {
namespace {

using namespace banyan::testing;

Instant const kNine = at("2026-10-09 09:00");

int let_by(Allowances& allowances, std::string const& name, int times, std::int64_t most, Instant now = kNine) {
    int taken = 0;
    for (int i = 0; i < times; ++i) taken += allowances.take(name, most, now);
    return taken;
}

TEST(Allowances, AreOfAMinuteAndOfAName) {
    Allowances allowances;
    EXPECT_EQ(let_by(allowances, "a", 5, 3), 3);
    EXPECT_EQ(let_by(allowances, "b", 5, 3), 3);
    EXPECT_EQ(let_by(allowances, "a", 5, 3, kNine + seconds(59)), 0);
    EXPECT_EQ(let_by(allowances, "a", 5, 3, kNine + seconds(60)), 3);
}

TEST(Allowances, HoldForAllNodesTogether) {
    City city{store::Engine::postgresql};
    auto const session = city.db()->open_writer();
    auto exchange = [&](Allowances& allowances, std::string_view node) {
        session->begin_write();
        allowances.exchange(*session, node);
        session->commit();
    };
    auto rows = [&] {
        std::int64_t n = 0;
        session->query("SELECT COUNT(*) FROM allowance", {}, [&](store::Row const& row) { n = row.integer(0); });
        return n;
    };
    Allowances one, two;
    EXPECT_EQ(let_by(one, "partner", 60, 100), 60);
    EXPECT_EQ(let_by(one, "passer-by", 5, 100), 5) << "not worth telling";
    EXPECT_EQ(let_by(two, "partner", 10, 100), 10);
    exchange(one, "one");
    exchange(two, "two");
    EXPECT_EQ(rows(), 1);
    EXPECT_EQ(let_by(two, "partner", 60, 100), 30) << "60 were taken at the other";
    exchange(two, "two");
    exchange(one, "one");
    EXPECT_EQ(let_by(one, "partner", 60, 100), 0);
    EXPECT_EQ(let_by(one, "partner", 60, 100, kNine + seconds(60)), 60) << "another minute";
    exchange(one, "one");
    exchange(two, "two");
    EXPECT_EQ(rows(), 2);
    EXPECT_EQ(let_by(two, "partner", 60, 100, kNine + seconds(60)), 60) << "heard of once it counts that minute";
    exchange(two, "two");
    EXPECT_EQ(let_by(two, "partner", 60, 100, kNine + seconds(60)), 0);
    let_by(one, "partner", 60, 100, kNine + seconds(180));
    exchange(one, "one");
    EXPECT_EQ(rows(), 1) << "what is over is not kept";
}

}  // namespace
}  // namespace banyan
