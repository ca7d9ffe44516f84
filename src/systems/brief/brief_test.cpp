// What stands open, rates, and the page. On both databases where there is one.
#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"
#include "systems/brief/handover.h"
#include "systems/brief/page.h"
#include "systems/brief/standing.h"

namespace banyan::brief {
namespace {

using namespace banyan::testing;

TEST(Percent, IsHalfUpAndNothingOfNothing) {
    EXPECT_EQ(percent(1, 3), "33.33");
    EXPECT_EQ(percent(2, 3), "66.67");
    EXPECT_EQ(percent(1, 8), "12.50");
    EXPECT_EQ(percent(1, 20'000), "0.01") << "0.005 is rounded up";
    EXPECT_EQ(percent(7, 7), "100.00");
    EXPECT_EQ(percent(0, 7), "0.00");
    EXPECT_EQ(percent(0, 0), std::nullopt);
}

class StandingTest : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
    }
    MatterId accepted(json::object sorting = {}) {
        Answer const filed =
            city->open("citizen", {{"title", "井盖松动"}, {"body", "车一过就响"}, {"channel", "app"}});
        EXPECT_TRUE(filed.ok()) << describe(filed.refusal);
        sorting["kind"] = "help";
        step("seat01", filed.matter, "accept", std::move(sorting));
        return filed.matter;
    }
    void step(std::string_view who, MatterId id, std::string const& what, json::object form = {}) {
        Answer const answer = city->step(who, id, what, std::move(form));
        ASSERT_TRUE(answer.ok()) << what << ": " << describe(answer.refusal);
    }
    Standing seen_by(std::string_view login) {
        return standing(city->reader(), city->engine(), city->actor(login));
    }
    using Ids = std::vector<MatterId>;
    std::unique_ptr<City> city;
};
BANYAN_ON_BOTH_ENGINES(StandingTest);

TEST_P(StandingTest, WhatIsAcceptedWaitsUntilSomebodyLeads) {
    MatterId const id = accepted();
    EXPECT_EQ(seen_by("lead01").undispatched, Ids{id});
    step("disp01", id, "dispatch", {{"lead", "cg"}, {"days", 2}});
    Standing const now = seen_by("lead01");
    EXPECT_TRUE(now.undispatched.empty());
    EXPECT_EQ(now.open, 1);
    EXPECT_EQ(now.lights, (std::array<std::int64_t, 4>{1, 0, 0, 0}));
    EXPECT_TRUE(now.near.empty());
}

TEST_P(StandingTest, LightsTurnAndAreCountedForWhoLeads) {
    MatterId const id = accepted();
    step("disp01", id, "dispatch", {{"lead", "cg"}, {"days", 2}});
    city->set_clock(at("2026-10-14 09:00"));
    EXPECT_EQ(seen_by("lead01").near, Ids{id});
    EXPECT_TRUE(seen_by("lead01").overdue.empty());
    city->set_clock(at("2026-10-15 00:00"));
    EXPECT_EQ(seen_by("lead01").overdue,
              (std::map<UnitId, std::int64_t>{{city->rules().directory->unit("cg")->id, 1}}));
    EXPECT_EQ(seen_by("unit-zj").open, 0) << "what the viewer does not find is not counted";
}

TEST_P(StandingTest, ImportantInformationWaitsUntilItIsReportedUp) {
    MatterId const id = accepted({{"public_safety", true}});
    EXPECT_EQ(seen_by("lead01").to_report_up, Ids{id});
    step("seat01", id, "report_up", {{"to_whom", "市应急管理局"}});
    EXPECT_TRUE(seen_by("lead01").to_report_up.empty());
}

TEST_P(StandingTest, AnIncidentIsOneUntilItIsOver) {
    MatterId const id = accepted();
    EXPECT_TRUE(seen_by("lead01").incidents.empty());
    step("lead01", id, "declare_incident", {{"reason", "一小时二十通来电"}});
    EXPECT_EQ(seen_by("mayor").incidents, Ids{id});
}

TEST_P(StandingTest, AHandOverSaysWhatIsLeftAndIsSignedByAnother) {
    MatterId const id = accepted();
    Sources sources;
    sources.ring_backs = [](store::Session&) { return 4; };
    sources.unread_notices = [](store::Session&, Actor const&) { return 0; };
    Actor const leader = city->actor("lead01");
    Texts texts;
    ASSERT_TRUE(texts.add(Language::zh, source_text("texts/zh_brief.json")));
    auto write = [&] {
        Request request;
        request.what = writing(left_now(sources, city->reader(), city->engine(), leader), texts, leader,
                               "一件待批转。", city->engine().now());
        return city->engine().run(std::move(request));
    };
    Answer const written = write();
    ASSERT_TRUE(written.ok()) << describe(written.refusal);
    EXPECT_EQ(write().refusal.key, "matter.already") << "twice in one second";
    EXPECT_EQ(latest_handovers(city->reader(), 5), Ids{written.matter});
    Matter const handover = *city->matter(written.matter);
    EXPECT_EQ(handover.title, "2026-10-12 09:00 交班");
    auto const body = load_history(city->reader(), handover).front().body;
    EXPECT_NE(body.find(receipt_number(id)), std::string::npos) << body;
    EXPECT_EQ(city->step("lead01", written.matter, "sign_handover").refusal.key, "handover.own");
    city->go_to(at("2026-10-12 10:01"));
    EXPECT_EQ(city->matter(written.matter)->procedure->at(city->matter(written.matter)->stage).name, "to_sign")
        << "an hour later the centre is reminded, no more";
}

TEST(Page, EscapesWhatPeopleWrote) {
    Texts texts;
    ASSERT_TRUE(texts.add(Language::zh, source_text("texts/zh_brief.json")));
    Section section{"topics", {{.zh = "<b>停水</b>", .en = "", .now = 3, .before = 1}}};
    Printed printed;
    printed.title = "日报 & 周报";
    printed.compared = true;
    printed.remarks = {{"留言", "<script>"}};
    std::string const html = page_html({section}, texts, Language::zh, printed);
    EXPECT_NE(html.find("&lt;b&gt;停水&lt;/b&gt;"), std::string::npos);
    EXPECT_NE(html.find("日报 &amp; 周报"), std::string::npos);
    EXPECT_EQ(html.find("<script>"), std::string::npos);
    EXPECT_NE(html.find("<td>3</td><td>1</td>"), std::string::npos);
}

}  // namespace
}  // namespace banyan::brief
