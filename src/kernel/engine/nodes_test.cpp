// Two engines on one PostgreSQL: what one writes the other learns; what only one may do, one does.
#include "kernel/engine/nodes.h"

#include <gtest/gtest.h>

#include <future>
#include <mutex>
#include <set>

#include "kernel/engine/follower.h"
#include "kernel/engine/testing/city.h"
#include "kernel/engine/verify.h"

namespace banyan {
namespace {

using namespace banyan::testing;

class TwoNodes : public ::testing::Test {
  protected:
    void SetUp() override {
        give_to_nodes(city);
        one = node("one");
        two = node("two");
        ASSERT_TRUE(soon([&] { return one->nodes().count() == 2 && two->nodes().count() == 2 && shared_out(); }));
    }
    std::unique_ptr<Engine> node(std::string id) {
        return start_node(city, *city.db(), std::move(id), [this] { return Instant{now_us.load()}; });
    }
    /// All lanes and the city are somebody's, and nothing two nodes'.
    bool shared_out() const {
        for (std::int64_t lane = 0; lane < kLanes; ++lane)
            if (one->nodes().has(lane) == two->nodes().has(lane)) return false;
        return one->nodes().leads() != two->nodes().leads() && !one->nodes().lanes().empty() &&
               !two->nodes().lanes().empty();
    }
    template <class Holds>
    static bool soon(Holds holds) {
        for (int tries = 0; tries < 2'000; ++tries) {
            if (holds()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }
    Request filing(std::string once = {}) {
        Request request;
        request.what = Command{city.actor("citizen"),
                               "appeal",
                               {},
                               {},
                               "file",
                               {{"title", "路灯"}, {"body", "不亮"}, {"channel", "web"}, {"phone", "13800001111"}},
                               {},
                               {},
                               {},
                               {}};
        if (!once.empty()) request.who = "p7", request.once = request.asked = std::move(once);
        return request;
    }
    Answer step(Engine& engine, std::string_view login, MatterId matter, std::string step,
                json::object form = {}) {
        Request request;
        request.what =
            Command{city.actor(login), {}, matter, {}, std::move(step), std::move(form), {}, {}, {}, {}};
        return engine.run(std::move(request));
    }
    std::int64_t count(std::string const& sql) {
        std::int64_t n = 0;
        city.db()->open_reader()->query(sql, {}, [&](store::Row const& row) { n = row.integer(0); });
        return n;
    }
    void expect_sound() {
        one->stop();
        two->stop();
        VerifyReport const report = verify(*city.db(), procedures_of(city.rules()), &city.keys(), {});
        EXPECT_TRUE(report.ok) << (report.findings.empty() ? "" : report.findings[0].key);
        EXPECT_GT(report.checkpoints, 0);
    }

    Instant const clock = at("2026-10-09 09:00");
    std::atomic<std::int64_t> now_us{clock.us};
    City city{store::Engine::postgresql};
    std::unique_ptr<Engine> one, two;
};

TEST_F(TwoNodes, OneTakesOverWhatTheOtherGivesBack) {
    one->stop();
    EXPECT_TRUE(soon([&] { return two->nodes().leads() && two->nodes().lanes().size() == 1; }));
    EXPECT_EQ(two->nodes().lanes(), (std::vector<std::pair<std::int64_t, std::int64_t>>{{0, kLanes - 1}}));
    EXPECT_EQ(two->nodes().count(), 1);
    one = node("one");
    EXPECT_TRUE(soon([&] { return shared_out(); }));
}

TEST_F(TwoNodes, WhatOneWritesTheOtherLearnsAndTells) {
    std::mutex mutex;
    std::vector<Changed> heard;
    two->follow([&](std::vector<Changed> const& changed) {
        std::lock_guard lock(mutex);
        heard.insert(heard.end(), changed.begin(), changed.end());
    });
    Answer const filed = one->run(filing());
    ASSERT_TRUE(filed.ok()) << describe(filed.refusal);
    EXPECT_TRUE(soon([&] {
        std::lock_guard lock(mutex);
        return heard.size() == 1;
    }));
    EXPECT_EQ(heard.at(0).matter, filed.matter);
    EXPECT_EQ(heard.at(0).stage, "filed");
    EXPECT_EQ(two->open_matters().find({.stage = "filed"}, std::nullopt, 10).size(), 1U);
    EXPECT_EQ(two->durable(), one->durable());

    Answer const accepted = step(*two, "seat01", filed.matter, "accept", {{"kind", "complaint"}});
    EXPECT_TRUE(accepted.ok()) << describe(accepted.refusal);
    EXPECT_TRUE(soon([&] { return one->open_matters().find({.stage = "filed"}, std::nullopt, 10).empty(); }));
    EXPECT_EQ(step(*one, "seat01", filed.matter, "accept", {{"kind", "complaint"}}).refusal.key,
              "step.out_of_turn");
    expect_sound();
}

TEST_F(TwoNodes, WhatWasAnsweredAtOneIsRepeatedByTheOther) {
    Answer const filed = one->run(filing("a key")), again = two->run(filing("a key"));
    EXPECT_EQ(filed.kind, Answer::Kind::done);
    EXPECT_EQ(again.kind, Answer::Kind::repeated);
    EXPECT_EQ(again.matter, filed.matter);
    EXPECT_EQ(again.body, filed.body);
}

TEST_F(TwoNodes, BothWriteAtOnceAndNothingIsDoneTwiceOrLost) {
    constexpr int kClients = 8, kEach = 60;
    std::atomic<int> repeated{0}, failed{0};
    std::vector<std::thread> clients;
    for (int client = 0; client < kClients; ++client)
        clients.emplace_back([&, client] {
            for (int n = 0; n < kEach; ++n) {
                // Each thing is asked for twice, by two clients, at two nodes.
                Engine& engine = client % 2 == 0 ? *one : *two;
                std::string const once = std::to_string(client / 2) + "." + std::to_string(n);
                Answer const filed = engine.run(filing(once));
                if (filed.kind == Answer::Kind::repeated) ++repeated;
                if (!filed.ok()) ++failed;
            }
        });
    for (auto& client : clients) client.join();
    EXPECT_EQ(failed, 0);
    EXPECT_EQ(repeated, kClients / 2 * kEach);
    EXPECT_EQ(count("SELECT count(*) FROM matter"), kClients / 2 * kEach);
    EXPECT_TRUE(soon([&] {
        auto const shown = [&](Engine& engine) {
            return engine.open_matters().find({.stage = "filed"}, std::nullopt, 1'000).size();
        };
        return shown(*one) == kClients / 2 * kEach && shown(*two) == kClients / 2 * kEach;
    }));
    expect_sound();
}

TEST_F(TwoNodes, ATimedStepIsTakenOnceWhoeverHasItsLane) {
    constexpr int kMatters = 340;  // more lanes than one of them has
    for (int n = 0; n < kMatters; ++n) ASSERT_TRUE((n % 2 == 0 ? one : two)->run(filing()).ok());
    std::int64_t const before = count("SELECT count(*) FROM event");
    std::int64_t wakes = 0;
    city.db()->open_reader()->query("SELECT MAX(wakes) FROM matter", {},
                                    [&](store::Row const& row) { wakes = row.integer(0); });
    ASSERT_GT(wakes, clock.us);
    now_us = wakes;
    EXPECT_TRUE(soon([&] { return count("SELECT count(*) FROM event") == before + kMatters; }))
        << count("SELECT count(*) FROM event") - before;
    EXPECT_EQ(one->figures().timers + two->figures().timers, kMatters);
    EXPECT_GT(one->figures().timers, 0);
    EXPECT_GT(two->figures().timers, 0);
    expect_sound();
}

TEST_F(TwoNodes, HearWhatOthersTellAndNotThemselves) {
    std::atomic<int> first{0}, second{0};
    std::atomic<bool> named{false};
    one->nodes().hear("rules", [&](std::string const&) { ++first; });
    two->nodes().hear("rules", [&](std::string const& what) {
        ++second;
        if (what == "water") named = true;
    });
    int const before = first;
    one->write_now([&](store::Session& writing) { one->nodes().tell(writing, "rules", "water"); });
    EXPECT_TRUE(soon([&] { return named.load(); }));
    EXPECT_EQ(first, before);
    EXPECT_THROW(one->write_now([&](store::Session& writing) {
        one->nodes().tell(writing, "rules", "void");
        throw std::runtime_error("taken back");
    }),
                 std::runtime_error);
    int const heard = second;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    EXPECT_EQ(second, heard);
}

TEST_F(TwoNodes, FollowersRestWhileManyWaitThere) {
    bool pressed = false;
    for (int tries = 0; tries < 50 && !pressed; ++tries) {  // a slow machine may make small batches of them
        ASSERT_TRUE(one->run(filing()).ok());  // the other is met: turns are taken before anything is decided
        std::vector<std::promise<void>> answered(200);
        for (std::promise<void>& each : answered) {
            Request request = filing();
            request.done = [&](Answer&&) { each.set_value(); };
            while (!two->submit(request)) std::this_thread::yield();
        }
        for (std::promise<void>& each : answered) each.get_future().wait();
        pressed = two->pressed();
    }
    EXPECT_TRUE(pressed);
    EXPECT_FALSE(one->pressed());
}

TEST_F(TwoNodes, OnlyOneFollowsAndTheNextGoesOnWhereItKept) {
    for (int n = 0; n < 5; ++n) ASSERT_TRUE(one->run(filing()).ok());
    ASSERT_TRUE(soon([&] { return two->durable() == one->durable(); }));
    Engine &leads = one->nodes().leads() ? *one : *two, &waits = one->nodes().leads() ? *two : *one;
    Follower at_work(*city.db(), leads, "mirror"), standing_by(*city.db(), waits, "mirror");
    EXPECT_TRUE(standing_by.read(10).empty());
    auto const events = at_work.read(3);
    ASSERT_EQ(events.size(), 3U);
    leads.write_now([&](store::Session& writing) { at_work.keep(writing, events.back().id); });
    leads.stop();
    std::vector<EventRow> rest;
    EXPECT_TRUE(soon([&] { return !(rest = standing_by.read(10)).empty(); }));
    EXPECT_EQ(rest.size(), 2U);
    EXPECT_TRUE(standing_by.went_on_elsewhere());
    // One that was cut off and does not know it yet keeps nothing.
    waits.write_now([&](store::Session& writing) { standing_by.keep(writing, rest.back().id); });
    EXPECT_THROW(waits.write_now([&](store::Session& writing) { at_work.keep(writing, events.back().id); }),
                 std::runtime_error);
}

}  // namespace
}  // namespace banyan
