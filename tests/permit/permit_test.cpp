// A permit, on the kernel that carries appeals: permit.toml is all there is of it. Run on both databases, with the
// rulebook of appeals beside it.
#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"

namespace banyan::testing {
namespace {

std::shared_ptr<Rules const> rules_with_permit() {
    auto rules = std::make_shared<Rules>(*small_rules());
    rules->procedures["permit"] = rulebook(source_text("tests/permit/permit.toml"));
    return rules;
}

class Permit : public store::testing::OnBothEngines {
  protected:
    void SetUp() override { city = std::make_unique<City>(GetParam(), rules_with_permit()); }

    void go(std::string_view time) { city->go_to(at(time)); }
    void applied() {
        Answer answer = city->open("citizen",
                                   {{"kind", "promised"},
                                    {"title", "小吃店食品经营许可"},
                                    {"body", "新开一家锅边店"},
                                    {"channel", "web"},
                                    {"name", "陈小榕"},
                                    {"phone", "0591 0000 0001"}},
                                   "permit", "apply");
        ASSERT_TRUE(answer.ok()) << describe(answer.refusal);
        permit = answer.matter;
    }
    void step(std::string_view who, std::string const& what, json::object form = {}) {
        Answer answer = city->step(who, permit, what, std::move(form));
        ASSERT_TRUE(answer.ok()) << what << ": " << describe(answer.refusal);
    }
    std::string refusal(std::string_view who, std::string const& what, json::object form = {}) {
        Answer answer = city->step(who, permit, what, std::move(form));
        return answer.ok() ? "" : answer.refusal.key;
    }
    /// Accepted on Monday 2026-10-12 at 09:00, with zj in the lead and cg beside it; both have signed.
    void examining() {
        go("2026-10-12 09:00");
        applied();
        step("seat01", "accept");
        step("disp01", "assign", {{"lead", "zj"}, {"assist", json::array{"cg"}}});
        step("unit-zj", "sign");
        step("unit-cg", "sign");
    }

    Matter state() { return *city->matter(permit); }
    std::string stage() { return state().procedure->at(state().stage).name; }
    static std::string minute(std::optional<Due> const& due) {
        return due ? rfc3339(due->instant).substr(0, 16) : "";
    }
    std::string due() { return minute(state().due); }
    Assignment share(std::string_view unit) {
        for (Assignment const& share : state().assignments)
            if (city->rules().directory->unit(share.unit)->code == unit) return share;
        ADD_FAILURE() << unit << " has no share";
        return {};
    }
    static std::string text_of(Limit limit) { return banyan::text_of(limit); }
    Light light() {
        Matter now = state();
        return now.light(city->engine().moment());
    }
    std::vector<EventRow> history() {
        auto reader = city->db()->open_reader();
        return load_history(*reader, state());
    }
    std::string steps() {
        std::string all;
        for (EventRow const& row : history()) all += (all.empty() ? "" : " ") + row.step;
        return all;
    }

    std::unique_ptr<City> city;
    MatterId permit;
};
BANYAN_ON_BOTH_ENGINES(Permit);

json::object const kInspection{{"ground", "inspection"}, {"hold_until", "2026-10-23"}};
json::object const kAgree{{"opinion", "agree"}, {"reason", "符合条件"}};

TEST_P(Permit, TheClockStartsAtAcceptance) {
    go("2026-10-12 08:30");
    applied();
    EXPECT_EQ(due(), "");
    go("2026-10-12 09:00");
    step("seat01", "accept");
    EXPECT_EQ(due(), "2026-10-20T00:00");
}

TEST_P(Permit, OneThatIsNotPromisedHasTheTimeOfTheLaw) {
    go("2026-10-12 09:00");
    Answer answer = city->open(
        "seat01", {{"kind", "ordinary"}, {"title", "扩建"}, {"body", "扩建厂房"}, {"channel", "counter"}},
        "permit", "apply");
    ASSERT_TRUE(answer.ok()) << describe(answer.refusal);
    permit = answer.matter;
    step("seat01", "accept");
    EXPECT_EQ(due(), "2026-11-10T00:00");
}

TEST_P(Permit, InspectionStopsTheClock) {
    examining();
    EXPECT_EQ(minute(share("zj").due), "2026-10-20T00:00");
    go("2026-10-14 10:00");
    step("unit-zj-head", "inspect", kInspection);
    EXPECT_EQ(light(), Light::grey);
    go("2026-10-20 15:00");  // past the due as it was: nobody is late while the clock stands
    EXPECT_EQ(steps(), "apply accept assign sign sign inspect");
    step("unit-zj-head", "resume");
    EXPECT_EQ(due(), "2026-10-24T00:00");  // 15, 16, 19 and 20 October do not count
    EXPECT_EQ(minute(share("zj").due), "2026-10-24T00:00");
    EXPECT_EQ(minute(share("cg").due), "2026-10-24T00:00");
    EXPECT_EQ(minute(state().first_due), "2026-10-20T00:00");
    go("2026-10-24 00:00");  // now both are late, each once
    go("2026-10-26 00:00");
    EXPECT_EQ(steps(), "apply accept assign sign sign inspect resume mark_overdue mark_overdue");
}

TEST_P(Permit, AHoldEndsByItself) {
    examining();
    for (auto [from, until, ends] : {std::tuple{"2026-10-14 10:00", "2026-10-15", "2026-10-16 00:00"},
                                     std::tuple{"2026-10-19 10:00", "2026-10-20", "2026-10-21 00:00"}}) {
        go(from);
        step("unit-zj-head", "inspect", {{"ground", "testing"}, {"hold_until", until}});
        go(ends);
        EXPECT_EQ(state().clock, Clock::running) << "the hold from " << from;
    }
    EXPECT_EQ(refusal("unit-zj-head", "inspect", kInspection), "hold.too_often");
}

TEST_P(Permit, UnitsDecideInParallelAndTheLeadConcludes) {
    examining();
    go("2026-10-14 10:00");
    int zj_version = share("zj").version;
    step("unit-cg-head", "opine", kAgree);
    EXPECT_EQ(share("cg").progress, Progress::replied);
    EXPECT_EQ(share("zj").progress, Progress::signed_for);
    EXPECT_EQ(share("zj").version, zj_version);  // one unit does not disturb the other
    EXPECT_EQ(stage(), "examining");
    step("unit-zj-head", "opine", kAgree);
    EXPECT_EQ(stage(), "concluding");
    step("unit-zj-head", "grant", {{"licence", "JY-0001"}});
    EXPECT_EQ(stage(), "granted");
    EXPECT_EQ(light(), Light::grey);
    step("seat01", "deliver", {{"way", "electronic"}});
    EXPECT_EQ(stage(), "delivered");
    EXPECT_EQ(steps(), "apply accept assign sign sign opine opine grant deliver");
}

TEST_P(Permit, IsRefusedByTheLeadWithReasons) {
    examining();
    step("unit-zj-head", "opine", {{"opinion", "disagree"}, {"reason", "场所不符合"}});
    step("unit-cg-head", "opine", kAgree);
    EXPECT_EQ(refusal("unit-zj-head", "refuse", {{"reason", "场所不符合规定"}}), "field.required");
    step("unit-zj-head", "refuse", {{"reason", "场所不符合规定"}, {"remedy", "六十日内可申请行政复议"}});
    EXPECT_EQ(stage(), "refused");
}

TEST_P(Permit, RefusesWhatIsOutOfTurnOrNotTheirs) {
    go("2026-10-12 09:00");
    applied();
    EXPECT_EQ(refusal("unit-zj-head", "grant", {{"licence", "JY-0001"}}),
              "matter.unknown");  // nothing to do with it
    EXPECT_EQ(refusal("citizen2", "withdraw", {{"reason", "不办了"}}), "matter.unknown");
    EXPECT_EQ(refusal("citizen", "accept"), "step.wrong_desk");
    EXPECT_EQ(refusal("seat01", "deliver", {{"way", "counter"}}), "step.out_of_turn");
    step("seat01", "ask_for_more", {{"missing", "平面图"}});
    EXPECT_EQ(refusal("seat01", "accept"), "step.out_of_turn");
    step("citizen", "complete", {{"text", "已补平面图"}});
    EXPECT_EQ(refusal("seat01", "ask_for_more", {{"missing", "还有"}}), "need.at_most");  // once, and whole
    step("seat01", "accept");
    EXPECT_EQ(refusal("seat01", "accept"), "step.out_of_turn");
    step("disp01", "assign", {{"lead", "zj"}, {"assist", json::array{"cg"}}});
    EXPECT_EQ(refusal("unit-zj-head", "opine", kAgree), "assignment.out_of_turn");  // not signed for
    step("unit-zj", "sign");
    step("unit-cg", "sign");
    EXPECT_EQ(refusal("unit-zj", "inspect", kInspection), "step.wrong_desk");
    EXPECT_EQ(refusal("unit-cg-head", "inspect", kInspection), "step.not_yours");  // the lead's to decide
    step("unit-zj-head", "inspect", kInspection);
    EXPECT_EQ(refusal("unit-zj-head", "inspect", kInspection), "hold.already");
    EXPECT_EQ(refusal("unit-cg-head", "opine", kAgree), "reply.held");
    step("unit-zj-head", "resume");
    EXPECT_EQ(refusal("unit-zj-head", "resume"), "hold.not_held");
    EXPECT_EQ(refusal("unit-zj-head", "grant", {{"licence", "JY-0001"}}), "step.out_of_turn");
    step("citizen", "withdraw", {{"reason", "不办了"}});
    EXPECT_EQ(refusal("unit-cg-head", "opine", kAgree), "matter.unknown");  // its share has ended
}

TEST_P(Permit, WhatIsNotCompletedLapses) {
    go("2026-10-12 09:00");
    applied();
    step("seat01", "ask_for_more", {{"missing", "平面图"}});
    go("2026-10-19 17:29:59");
    EXPECT_EQ(stage(), "incomplete");
    go("2026-10-19 17:30");  // the window closes on the last day
    EXPECT_EQ(stage(), "withdrawn");
    EXPECT_EQ(steps(), "apply ask_for_more lapse");
}

/// The same rulebook in a city whose promise ends with the office's closing.
TEST_P(Permit, APromiseToClosingEndsThereForEveryShare) {
    std::string text = source_text("tests/permit/permit.toml"), promise = "limit = \"5 working days\"";
    text.replace(text.find(promise), promise.size(), "limit = \"5 working days to closing\"");
    auto rules = std::make_shared<Rules>(*small_rules());
    rules->procedures["permit"] = rulebook(text);
    city = std::make_unique<City>(GetParam(), rules);
    go("2026-10-12 09:00");
    applied();
    step("seat01", "accept");
    EXPECT_EQ(due(), "2026-10-19T17:30");
    EXPECT_EQ(iso(state().due->last_day), "2026-10-19");
    step("disp01", "assign", {{"lead", "zj"}, {"assist", json::array{"cg"}}, {"assist_days", 5}});
    EXPECT_EQ(minute(share("zj").due), "2026-10-19T17:30");
    EXPECT_EQ(minute(share("cg").due), "2026-10-19T17:30");  // as long as the matter's, not seven hours longer
    step("unit-zj", "sign");
    step("unit-cg", "sign");
    go("2026-10-14 10:00");
    step("unit-zj-head", "inspect", kInspection);
    go("2026-10-20 15:00");
    step("unit-zj-head", "resume");
    EXPECT_EQ(due(), "2026-10-23T17:30");
    EXPECT_EQ(minute(share("zj").due), "2026-10-23T17:30");
    city->restart();
    EXPECT_EQ(text_of(state().limit), "5 working days to closing");
    go("2026-10-23 17:29");
    EXPECT_EQ(light(), Light::yellow);
    go("2026-10-23 17:30");
    EXPECT_EQ(light(), Light::red);
    EXPECT_EQ(steps(), "apply accept assign sign sign inspect resume mark_overdue mark_overdue");
}

TEST_P(Permit, IsRebuiltFromTheJournal) {
    examining();
    go("2026-10-14 10:00");
    step("unit-zj-head", "inspect", kInspection);
    go("2026-10-20 15:00");
    step("unit-zj-head", "resume");
    step("unit-cg-head", "opine", kAgree);
    go("2026-10-26 09:00");
    step("unit-zj-head", "opine", kAgree);
    step("unit-zj-head", "ask_again", {{"reason", "补充现场照片"}});
    step("unit-zj-head", "opine", kAgree);
    step("unit-zj-head", "grant", {{"licence", "JY-0001"}});
    city->restart();  // from the rows alone

    Matter stored = state(), rebuilt;
    rebuilt.procedure = stored.procedure;
    for (EventRow const& row : history()) {
        Result<Event> event = event_from(row, *stored.procedure);
        ASSERT_TRUE(event) << row.step;
        apply(rebuilt, *event);
    }
    rebuilt.last_hash = stored.last_hash;  // of the journal, not of the event
    EXPECT_TRUE(rebuilt == stored);
    EXPECT_EQ(rebuilt.version, 13);
    step("seat01", "deliver", {{"way", "counter"}});
}

TEST_P(Permit, AppealsGoOnBesideIt) {
    examining();
    Answer answer = city->open("seat01", {{"title", "路灯不亮"}, {"body", "整排不亮"}, {"channel", "phone"}});
    ASSERT_TRUE(answer.ok()) << describe(answer.refusal);
    EXPECT_EQ(city->matter(answer.matter)->procedure->name, "appeal");
    EXPECT_EQ(city->step("seat01", answer.matter, "deliver", {{"way", "counter"}}).refusal.key, "step.unknown");
}

}  // namespace
}  // namespace banyan::testing
