// Messages leave once their event is durable, are tried again, and are not sent when it is too late for them. On
// both databases.
#include <gtest/gtest.h>

#include "kernel/engine/courier.h"
#include "kernel/engine/testing/city.h"

namespace banyan {
namespace {

using namespace banyan::testing;

class Messages : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
        hire();
    }
    void hire(CourierOptions options = {}) {
        courier = std::make_unique<Courier>(
            city->engine(), *city->db(),
            [this](Message const& message, store::Session&) {
                heard.push_back(message.text);
                ids.push_back(message.id);
                if (during) during();
                if (answer == Delivery::later && throws) throw std::runtime_error("nobody there");
                return answer;
            },
            options);
        courier->on_failure = [this](Message const&, std::string const& why) { whys.push_back(why); };
    }
    MatterId file() {
        Answer const filed =
            city->open("citizen", {{"title", "井盖松动"}, {"body", "车一过就响"}, {"channel", "app"}});
        EXPECT_TRUE(filed.ok()) << describe(filed.refusal);
        return filed.matter;
    }
    std::int64_t in_state(int state) {
        std::int64_t n = -1;
        city->db()->open_reader()->query("SELECT count(*) FROM outbox WHERE state = $1", {std::int64_t{state}},
                                         [&](store::Row const& row) { n = row.integer(0); });
        return n;
    }
    void TearDown() override { courier.reset(); }

    std::unique_ptr<City> city;
    std::vector<std::string> heard, whys;
    std::vector<std::int64_t> ids;
    Delivery answer = Delivery::done;
    bool throws = false;
    std::function<void()> during;
    std::unique_ptr<Courier> courier;
};
BANYAN_ON_BOTH_ENGINES(Messages);

TEST_P(Messages, LeaveOnceInTheirOrder) {
    MatterId const id = file();
    ASSERT_TRUE(city->step("seat01", id, "accept", {{"kind", "help"}}).ok());
    EXPECT_EQ(courier->run_once(), 2U);
    EXPECT_EQ(courier->run_once(), 0U);
    EXPECT_EQ(heard, (std::vector<std::string>{"filed", "accepted"}));
    EXPECT_EQ(in_state(1), 2);
    EXPECT_EQ(courier->figures().delivered, 2);
}

TEST_P(Messages, AreTriedAgainLaterEachTime) {
    file();
    answer = Delivery::later;
    throws = true;
    Instant now = at("2026-10-12 09:00");
    for (Span const wait : {seconds(2), seconds(4), seconds(8)}) {
        EXPECT_EQ(courier->run_once(), 1U);
        city->set_clock(now + Span{wait.us - 1});
        EXPECT_EQ(courier->run_once(), 0U) << "not before its time";
        city->set_clock(now = now + wait);
    }
    answer = Delivery::done;
    EXPECT_EQ(courier->run_once(), 1U);
    EXPECT_EQ(std::ranges::count(ids, ids.front()), 4) << "the same message each time";
    EXPECT_EQ(whys, (std::vector<std::string>(3, "nobody there")));
    EXPECT_EQ(in_state(1), 1);
}

TEST_P(Messages, OneThatFailsDoesNotHoldUpTheOthers) {
    file();
    file();
    answer = Delivery::later;
    during = [this] { answer = heard.size() == 1 ? Delivery::later : Delivery::done; };
    EXPECT_EQ(courier->run_once(), 2U);
    EXPECT_EQ(in_state(1), 1);
    EXPECT_EQ(in_state(0), 1);
}

TEST_P(Messages, AreNotSentADayLateNorToNobody) {
    file();
    city->set_clock(at("2026-10-13 09:00:01"));
    EXPECT_EQ(courier->run_once(), 1U);
    EXPECT_TRUE(heard.empty());
    EXPECT_EQ(in_state(2), 1);
    file();
    answer = Delivery::never;
    EXPECT_EQ(courier->run_once(), 1U);
    EXPECT_EQ(in_state(2), 2);
    EXPECT_EQ(courier->figures().given_up, 2);
}

TEST_P(Messages, ReachUnitsAndNeverTheCentre) {
    MatterId const id = file();
    ASSERT_TRUE(city->step("seat01", id, "accept", {{"kind", "help"}}).ok());
    ASSERT_TRUE(city->step("disp01", id, "dispatch", {{"lead", "cg"}, {"assist", {"water"}}}).ok());
    ASSERT_TRUE(
        city->step("unit-cg-head", id, "ask_return", {{"ground", "not_our_duty"}, {"reason", "不属本单位"}}).ok())
        << "which tells the centre";
    auto const cg = city->rules().directory->unit("cg")->id, water = city->rules().directory->unit("water")->id;
    courier->run_once();
    EXPECT_EQ(heard, (std::vector<std::string>{"filed", "accepted", "dispatched", "dispatched", "dispatched_to"}));
    std::vector<UnitId> to;
    for (std::int64_t const each : ids) to.push_back(load_message(city->reader(), each)->message.unit);
    EXPECT_EQ(to, (std::vector<UnitId>{{}, {}, cg, water, {}}));
}

TEST_P(Messages, SayWhatBecameOfThem) {
    file();
    answer = Delivery::refused;
    courier->run_once();
    auto const message = load_message(city->reader(), ids.front());
    ASSERT_TRUE(message.has_value());
    EXPECT_EQ(message->state, MessageState::given_up);
    EXPECT_EQ(message->why, "refused");
    EXPECT_EQ(message->ended_at, at("2026-10-12 09:00"));
    EXPECT_EQ(message->message.told_at, at("2026-10-12 09:00"));
}

TEST_P(Messages, OfAReplayAreNotSent) {
    Request request;
    request.what = Command{city->actor("citizen"),
                           "appeal",
                           {},
                           {},
                           "file",
                           {{"title", "旧事"}, {"body", "去年的事"}, {"channel", "web"}},
                           {},
                           at("2025-06-01 08:00"),
                           "old",
                           "1"};
    ASSERT_TRUE(city->engine().run(std::move(request)).ok());
    EXPECT_EQ(courier->run_once(), 0U);
    EXPECT_EQ(in_state(0), 0) << "nor do they wait";
}

TEST_P(Messages, OfAStepThatWasTakenBackAreNotSent) {
    MatterId const id = file();
    courier->run_once();
    ASSERT_TRUE(city->step("seat01", id, "accept", {{"kind", "help"}}).ok());
    ASSERT_TRUE(city->step("seat01", id, "undo").ok());
    EXPECT_EQ(courier->run_once(), 0U);
    EXPECT_EQ(heard, (std::vector<std::string>{"filed"}));
}

TEST_P(Messages, WhileOneIsUnderWayItsStepIsTakenBackAsSent) {
    MatterId const id = file();
    courier->run_once();
    ASSERT_TRUE(city->step("seat01", id, "accept", {{"kind", "help"}}).ok());
    during = [&] { EXPECT_TRUE(city->step("seat01", id, "undo").ok()); };
    EXPECT_EQ(courier->run_once(), 1U);
    during = {};
    EXPECT_EQ(courier->run_once(), 1U);
    EXPECT_EQ(heard, (std::vector<std::string>{"filed", "accepted", "undone"}));
}

TEST_P(Messages, AreHandedOverAgainWhenTheProgramEndedMeanwhile) {
    file();
    answer = Delivery::later;  // taken, but it never came to noting what became of it
    courier->run_once();
    courier.reset();
    city->restart();
    hire();
    answer = Delivery::done;
    EXPECT_EQ(courier->run_once(), 0U) << "put off, so that two do not send it at once";
    city->set_clock(at("2026-10-12 09:00:02"));
    EXPECT_EQ(courier->run_once(), 1U);
    EXPECT_EQ(ids.front(), ids.back());
}

TEST_P(Messages, LeaveByThemselves) {
    file();
    std::atomic<int> told = 0;
    Courier running(city->engine(), *city->db(), [&](Message const&, store::Session&) {
        ++told;
        return Delivery::done;
    });
    running.start();
    for (int tries = 0; tries < 500 && told == 0; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    running.stop();
    EXPECT_EQ(told, 1);
    EXPECT_EQ(in_state(1), 1);
}

}  // namespace
}  // namespace banyan
