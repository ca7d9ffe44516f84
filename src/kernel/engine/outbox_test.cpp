// What became of messages, sending one again, and reminders of dues that are near. On both databases.
#include <gtest/gtest.h>

#include "kernel/engine/courier.h"
#include "kernel/engine/due_reminders.h"
#include "kernel/engine/testing/city.h"

namespace banyan {
namespace {

using namespace banyan::testing;

class Outbox : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
        courier = std::make_unique<Courier>(city->engine(), *city->db(),
                                            [this](Message const& message, store::Session&) -> Delivered {
                                                keys.push_back(message.text + " " + message.key());
                                                return {becomes, message.unit ? "0591 0000 0009" : ""};
                                            });
    }
    void TearDown() override { courier.reset(); }
    MatterId file() {
        Answer const filed =
            city->open("citizen", {{"title", "井盖松动"}, {"body", "车一过就响"}, {"channel", "app"}});
        EXPECT_TRUE(filed.ok()) << describe(filed.refusal);
        return filed.matter;
    }
    /// Dispatched to cg, due on the 14th.
    MatterId dispatched() {
        MatterId const id = file();
        EXPECT_TRUE(city->step("seat01", id, "accept", {{"kind", "help"}}).ok());
        EXPECT_TRUE(city->step("disp01", id, "dispatch", {{"lead", "cg"}, {"days", 2}}).ok());
        return id;
    }
    std::vector<LoggedMessage> of(MatterId id) {
        Matter const matter = *city->matter(id);
        return load_messages_of(city->reader(), matter, load_history(city->reader(), matter));
    }
    std::string again(std::int64_t id, std::string const& reason = "来电说没有收到") {
        Result<void> done;
        city->engine().write_now([&](store::Session& writing) {
            done =
                resend(writing, id,
                       {0, city->engine().now(), city->rules().directory->person("seat01")->id, "seat", reason});
        });
        return done ? "" : done.error().key;
    }
    std::size_t remind(DueReminders& reminders) { return reminders.run_once(city->reader()); }

    std::unique_ptr<City> city;
    std::vector<std::string> keys;
    Delivery becomes = Delivery::done;
    std::unique_ptr<Courier> courier;
};
BANYAN_ON_BOTH_ENGINES(Outbox);

TEST_P(Outbox, AMessageIsSentAgainUnderAKeyOfItsOwn) {
    MatterId const id = file();
    std::int64_t const message = of(id).at(0).message.id;
    EXPECT_EQ(again(message), "message.waiting");
    courier->run_once();
    EXPECT_EQ(again(message), "message.too_soon") << "delivered a moment ago";
    city->set_clock(at("2026-10-12 09:10"));
    EXPECT_EQ(again(message), "");
    EXPECT_EQ(again(message), "message.waiting");
    courier->run_once();
    std::string const plain = "filed " + std::to_string(message);
    EXPECT_EQ(keys, (std::vector<std::string>{plain, plain + "-1"}));
    LoggedMessage const logged = *load_message(city->reader(), message);
    EXPECT_EQ(logged.state, MessageState::delivered);
    EXPECT_EQ(logged.ended_at, at("2026-10-12 09:10"));
    EXPECT_EQ(logged.message.told_at, at("2026-10-12 09:00")) << "when it was said stays";
    ASSERT_EQ(logged.resends.size(), 1U);
    EXPECT_EQ(logged.resends[0].no, 1);
    EXPECT_EQ(logged.resends[0].at, at("2026-10-12 09:10"));
    EXPECT_EQ(logged.resends[0].role, "seat");
    EXPECT_EQ(logged.resends[0].reason, "来电说没有收到");
}

TEST_P(Outbox, AMessageIsSentAgainThreeTimesAtMost) {
    MatterId const id = file();
    becomes = Delivery::refused;
    courier->run_once();
    std::int64_t const message = of(id).at(0).message.id;
    for (int n = 0; n < kMostResends; ++n) {
        EXPECT_EQ(again(message), "") << "one that was given up needs no waiting";
        courier->run_once();
    }
    EXPECT_EQ(again(message), "message.too_often");
    EXPECT_EQ(load_message(city->reader(), message)->resends.size(), 3U);
    EXPECT_EQ(again(message + 1), "message.unknown");
}

TEST_P(Outbox, OneThatIsTooOldIsSentAgainByWhoWantsIt) {
    MatterId const id = file();
    city->set_clock(at("2026-10-14 09:00"));
    courier->run_once();
    LoggedMessage const given_up = of(id).at(0);
    EXPECT_EQ(given_up.why, "too_old");
    EXPECT_TRUE(keys.empty());
    EXPECT_EQ(again(given_up.message.id), "");
    courier->run_once();
    EXPECT_EQ(keys.size(), 1U);
    EXPECT_EQ(of(id).at(0).state, MessageState::delivered);
    EXPECT_EQ(of(id).at(0).why, "");
}

TEST_P(Outbox, WhatWasTakenBackIsNotSentAgain) {
    MatterId const id = dispatched();
    ASSERT_TRUE(city->step("disp01", id, "undo").ok());
    std::vector<LoggedMessage> const all = of(id);
    auto const dispatch = std::ranges::find(all, "dispatched", [](auto const& each) { return each.message.text; });
    ASSERT_NE(dispatch, all.end());
    EXPECT_EQ(dispatch->state, MessageState::taken_back);
    EXPECT_EQ(again(dispatch->message.id), "message.taken_back");
}

TEST_P(Outbox, TheLogOfADayIsPagedTheNewestFirst) {
    dispatched();
    courier->run_once();
    city->set_clock(at("2026-10-13 10:00"));
    file();
    MessagesAsked asked;
    asked.from = at("2026-10-12 00:00");
    asked.until = at("2026-10-13 00:00");
    asked.scope = "1 = 1";
    asked.limit = 2;
    std::vector<std::string> texts;
    for (int page = 0; page < 5; ++page) {
        auto some = load_messages(city->reader(), asked);
        bool const more = some.size() > asked.limit;
        if (more) some.pop_back();
        for (LoggedMessage const& each : some) texts.push_back(each.message.text);
        if (!more) break;
        asked.before = std::pair{some.back().message.told_at, some.back().message.id};
    }
    std::vector<std::string> const sorted = [&] {
        auto copy = texts;
        std::ranges::sort(copy);
        return copy;
    }();
    EXPECT_EQ(sorted, (std::vector<std::string>{"accepted", "dispatched", "dispatched_to", "filed"}));
    asked.before = std::nullopt;
    asked.limit = 50;
    asked.to_unit = true;
    auto const units = load_messages(city->reader(), asked);
    ASSERT_EQ(units.size(), 1U);
    EXPECT_EQ(units[0].message.text, "dispatched");
    EXPECT_EQ(units[0].sent_to, "0591 0000 0009");
    asked.to_unit = std::nullopt;
    asked.state = MessageState::waiting;
    EXPECT_TRUE(load_messages(city->reader(), asked).empty());
    asked.state = std::nullopt;
    asked.text = "filed";
    EXPECT_EQ(load_messages(city->reader(), asked).size(), 1U);
    asked.scope = "1 = 0";
    EXPECT_TRUE(load_messages(city->reader(), asked).empty()) << "what the viewer does not find";
}

TEST_P(Outbox, AUnitHearsOnceOnTheMorningOfItsLastDay) {
    MatterId const id = dispatched();
    DueReminders reminders(city->engine());
    EXPECT_EQ(remind(reminders), 0U) << "green, and told today";
    city->set_clock(at("2026-10-14 08:29"));
    EXPECT_EQ(remind(reminders), 0U) << "the office is shut";
    city->set_clock(at("2026-10-14 08:30"));
    EXPECT_EQ(remind(reminders), 1U);
    EXPECT_EQ(remind(reminders), 0U);
    DueReminders restarted(city->engine());
    EXPECT_EQ(remind(restarted), 0U) << "of one due once";
    LoggedMessage const last = of(id).back();
    EXPECT_EQ(last.message.text, "due_soon");
    EXPECT_EQ(last.message.unit, city->rules().directory->unit("cg")->id);
    EXPECT_EQ(last.state, MessageState::waiting);
    courier->run_once();
    EXPECT_EQ(of(id).back().state, MessageState::delivered);
}

TEST_P(Outbox, AnExtendedDueIsRemindedOfAgain) {
    MatterId const id = dispatched();
    city->set_clock(at("2026-10-14 08:30"));
    DueReminders reminders(city->engine());
    EXPECT_EQ(remind(reminders), 1U);
    ASSERT_TRUE(city->step("unit-cg", id, "sign").ok());
    ASSERT_TRUE(city->step("unit-cg-head", id, "ask_extension", {{"days", 1}, {"reason", "等配件"}}).ok());
    ASSERT_TRUE(city->step("review01", id, "grant_extension", {{"reason", "同意"}}).ok());
    city->set_clock(at("2026-10-15 08:30"));
    EXPECT_EQ(remind(reminders), 1U);
    std::vector<LoggedMessage> const all = of(id);
    EXPECT_EQ(std::ranges::count(all, "due_soon", [](auto const& each) { return each.message.text; }), 2);
}

TEST_P(Outbox, NobodyIsRemindedOnADayOffNorOfWhatIsReplied) {
    MatterId const id = dispatched();
    ASSERT_TRUE(city->step("unit-cg", id, "sign").ok());
    city->set_clock(at("2026-10-17 09:00"));  // a Saturday
    DueReminders reminders(city->engine());
    EXPECT_EQ(remind(reminders), 0U);
    city->set_clock(at("2026-10-14 09:00"));
    ASSERT_TRUE(city->step("unit-cg", id, "contact", {{"reached", true}}).ok());
    Answer const replied = city->step("unit-cg-head", id, "reply",
                                      {{"account", "已更换"}, {"public_reply", "已修复。"}, {"solved", true}});
    EXPECT_TRUE(replied.ok()) << describe(replied.refusal);
    EXPECT_EQ(remind(reminders), 0U);
}

}  // namespace
}  // namespace banyan
