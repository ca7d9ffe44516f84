// The machine's clock is set back, by NTP or by hand. On both databases.
#include <gtest/gtest.h>

#include "kernel/engine/testing/story.h"
#include "kernel/engine/verify.h"

namespace banyan {
namespace {

using namespace banyan::testing;

class ClockBack : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        listen();
        city->set_clock(at("2026-10-12 10:00"));
        id = open();
    }
    void listen() {
        city->engine().figures().on_clock_back = [this](Instant was, Instant is) { heard.emplace_back(was, is); };
    }
    MatterId open() {
        return city->open("seat01", {{"title", "路灯不亮"}, {"body", "整排不亮"}, {"channel", "phone"}}).matter;
    }
    void step(std::string_view who, std::string const& what, json::object form = {}) {
        Answer const answer = city->step(who, id, what, std::move(form));
        ASSERT_TRUE(answer.ok()) << what << ": " << describe(answer.refusal);
    }
    EventRow last(MatterId of) { return load_history(city->reader(), *city->matter(of)).back(); }
    std::string steps() {
        std::string all;
        for (EventRow const& row : load_history(city->reader(), *city->matter(id)))
            all += (all.empty() ? "" : " ") + row.step;
        return all;
    }
    void wake(Instant until) {
        Request request;
        request.what = Wake{id, until, false};
        ASSERT_TRUE(city->engine().run(std::move(request)).ok());
    }
    using Heard = std::vector<std::pair<Instant, Instant>>;
    std::unique_ptr<City> city;
    MatterId id;
    Heard heard;
};
BANYAN_ON_BOTH_ENGINES(ClockBack);

TEST_P(ClockBack, IsSaidOnceAndRecordedAsItWas) {
    step("seat01", "accept", {{"kind", "complaint"}});
    EventRow const before = last(id);
    city->set_clock(at("2026-10-12 09:00"));
    step("disp01", "dispatch", {{"lead", "cg"}});
    step("unit-cg", "sign");
    EXPECT_EQ(heard, (Heard{{at("2026-10-12 10:00"), at("2026-10-12 09:00")}}));
    EventRow const after = last(id);
    EXPECT_GT(after.id, before.id);
    EXPECT_EQ(after.recorded, at("2026-10-12 09:00"));
    EXPECT_EQ(after.at, at("2026-10-12 10:00"));  // not before it was dispatched
    EXPECT_EQ(city->engine().figures().clock_backs.load(), 1);
    MatterId const fresh = open();
    EXPECT_GT(last(fresh).id, after.id);
    EXPECT_EQ(last(fresh).at, at("2026-10-12 09:00"));
    city->set_clock(at("2026-10-12 09:30"));
    step("unit-cg", "contact", {{"reached", true}});
    EXPECT_EQ(heard.size(), 1U);  // it goes forward again
}

TEST_P(ClockBack, RefusesNoStepAndKeepsWhatWasDoneDone) {
    step("seat01", "accept", {{"kind", "complaint"}});
    step("disp01", "dispatch", {{"lead", "cg"}});
    city->set_clock(at("2026-10-11 08:00"));  // a day before it was filed
    step("unit-cg", "sign");
    step("unit-cg-head", "reply", {{"account", "已更换"}, {"public_reply", "已修复。"}, {"solved", true}});
    step("review01", "approve");
    step("callback01", "try_call");
    step("callback01", "call_back", {{"outcome", "solved"}});
    Matter const matter = *city->matter(id);
    EXPECT_EQ(matter.procedure->at(matter.stage).name, "archived");
    EXPECT_EQ(matter.closed_at, at("2026-10-12 10:00"));
    city->engine().stop();
    VerifyReport const report = verify(*city->db(), city->engine().procedures(), &city->keys(), city->heads_log());
    EXPECT_TRUE(report.ok);
}

TEST_P(ClockBack, DuesStayAsToldAndTimersWaitUntilTheTimeComesAgain) {
    step("seat01", "accept", {{"kind", "complaint"}});  // to be dispatched until 10:30
    Due const told = *city->matter(id)->due;
    city->set_clock(at("2026-10-12 09:00"));
    wake(at("2026-10-12 09:00"));
    EXPECT_EQ(steps(), "file accept");
    EXPECT_EQ(*city->matter(id)->due, told);
    city->go_to(at("2026-10-12 10:30"));
    EXPECT_EQ(steps(), "file accept remind_dispatch");
    city->set_clock(at("2026-10-12 09:00"));
    city->go_to(at("2026-10-12 10:45"));
    EXPECT_EQ(steps(), "file accept remind_dispatch");  // once
}

TEST_P(ClockBack, ATimerThatIsDueTakesItsStepAtTheMattersOwnTime) {
    step("seat01", "accept", {{"kind", "consult"}});
    step("disp01", "dispatch", {{"lead", "cg"}});
    city->set_clock(at("2026-10-15 09:00"));
    wake(at("2026-10-15 09:00"));  // everything of two working days is over
    EXPECT_EQ(steps(), "file accept dispatch remind_sign supervise_not_taken mark_overdue");
    city->set_clock(at("2026-10-12 11:00"));
    step("unit-cg", "sign");
    EXPECT_EQ(last(id).at, at("2026-10-15 09:00"));
    EXPECT_EQ(last(id).recorded, at("2026-10-12 11:00"));
    wake(at("2026-10-12 11:00"));
    EXPECT_EQ(steps(),
              "file accept dispatch remind_sign supervise_not_taken mark_overdue sign");  // nothing happens twice
}

TEST_P(ClockBack, NoMattersTimesGoBackWhateverTheStepLeavesBehind) {
    city->set_clock(at("2026-10-12 10:20"));
    step("seat01", "supplement", {{"text", "就在校门口"}});  // of which the state keeps nothing else
    city->set_clock(at("2026-10-12 10:05"));
    step("seat01", "accept", {{"kind", "complaint"}});
    city->restart();
    listen();
    city->set_clock(at("2026-10-12 10:10"));
    step("seat01", "undo");
    step("seat01", "accept", {{"kind", "help"}});
    EXPECT_EQ(city->matter(id)->accepted_at, at("2026-10-12 10:20"));
    Instant before;
    for (EventRow const& row : load_history(city->reader(), *city->matter(id))) {
        EXPECT_GE(row.at, before) << row.step;
        before = row.at;
    }
    city->engine().stop();
    EXPECT_TRUE(verify(*city->db(), city->engine().procedures(), &city->keys(), city->heads_log()).ok);
}

TEST_P(ClockBack, IsKnownUntilTheTimeHasComeAgain) {
    open();
    EXPECT_EQ(city->engine().clock_behind(), Span{});
    city->set_clock(at("2026-10-12 09:00"));
    EXPECT_EQ(city->engine().clock_behind(), hours(1));
    city->restart();
    EXPECT_EQ(city->engine().clock_behind(), hours(1));
    open();
    city->set_clock(at("2026-10-12 10:00"));
    EXPECT_EQ(city->engine().clock_behind(), Span{});
}

TEST_P(ClockBack, IsNoticedAtTheStartToo) {
    city->set_clock(at("2026-10-12 08:00"));
    city->restart();
    listen();
    open();
    EXPECT_EQ(heard, (Heard{{at("2026-10-12 10:00"), at("2026-10-12 08:00")}}));
}

TEST_P(ClockBack, AnAnswerIsStillKnownByItsKey) {
    auto accept = [&] {
        Request request;
        request.what = Command{city->actor("seat01"), {}, id, {}, "accept", {{"kind", "help"}}, {}, {}, {}, {}};
        request.who = "seat01", request.once = "k", request.asked = "the same";
        return city->engine().run(std::move(request)).kind;
    };
    EXPECT_EQ(accept(), Answer::Kind::done);
    city->set_clock(at("2026-10-10 08:00"));
    EXPECT_EQ(accept(), Answer::Kind::repeated);
}

}  // namespace
}  // namespace banyan
