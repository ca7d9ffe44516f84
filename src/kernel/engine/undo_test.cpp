// A step is taken back: by whom, until when, and what is left of it. On both databases.
#include <gtest/gtest.h>

#include <future>

#include "kernel/engine/rebuild.h"
#include "kernel/engine/testing/story.h"
#include "kernel/engine/verify.h"
#include "kernel/engine/view.h"

namespace banyan {
namespace {

using namespace banyan::testing;

json::object const kReply{{"account", "已更换"}, {"public_reply", "已修复。"}, {"solved", true}};

class Undo : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
        id = city->open("citizen", {{"title", "井盖松动"}, {"body", "车一过就响"}, {"channel", "app"}}).matter;
    }
    void step(std::string_view who, std::string const& what, json::object form = {}) {
        Answer const answer = city->step(who, id, what, std::move(form));
        ASSERT_TRUE(answer.ok()) << what << ": " << describe(answer.refusal);
    }
    std::string refusal(std::string_view who, std::string const& what = "undo", json::object form = {}) {
        return city->step(who, id, what, std::move(form)).refusal.key;
    }
    void go(std::string_view time) { city->go_to(at(time)); }
    Matter state() { return *city->matter(id); }
    std::vector<EventRow> history() { return load_history(city->reader(), state()); }
    Event last() { return *readable_event(history().back(), *state().procedure); }
    std::int64_t number(std::string const& sql, std::vector<store::Cell> const& args = {}) {
        std::int64_t n = -1;
        city->db()->open_reader()->query(sql, args, [&](store::Row const& row) { n = row.integer(0); });
        return n;
    }
    /// All that is stored is what the journal says, the figures too.
    void expect_proven() {
        city->restart();
        city->engine().stop();
        auto const reader = city->db()->open_reader();
        EXPECT_EQ(tally_from_journal(*reader, city->engine().procedures()), tally_as_stored(*reader));
        VerifyReport const report =
            verify(*city->db(), city->engine().procedures(), &city->keys(), city->heads_log());
        EXPECT_TRUE(report.ok);
        city->restart();
    }
    /// What the figures of the stored tally say of a measure, all days and units and kinds.
    std::int64_t counted(std::string_view measure) {
        city->restart();
        city->engine().stop();
        std::int64_t const n =
            number("SELECT coalesce(sum(n), 0) FROM tally WHERE measure = $1", {store::Cell(measure)});
        city->restart();
        return n;
    }
    json::object view(std::string_view who) {
        Matter const matter = state();
        auto const rules = city->engine().rules();
        return *view_of(nullptr, matter, history(), {city->actor(who), *rules, city->engine().moment(), nullptr});
    }
    std::unique_ptr<City> city;
    MatterId id;
};
BANYAN_ON_BOTH_ENGINES(Undo);

TEST_P(Undo, LeavesNothingOfADispatchButItsRecord) {
    step("seat01", "accept", {{"kind", "complaint"}});
    Matter before = state();
    step("disp01", "dispatch", {{"lead", "cg"}, {"assist", {"zj"}}});
    EventId const dispatched = state().last_event;
    std::vector<Changed> heard;
    city->engine().follow(
        [&](std::vector<Changed> const& all) { heard.insert(heard.end(), all.begin(), all.end()); });
    step("disp01", "undo");
    Matter after = state();
    EXPECT_TRUE(after.assignments.empty());
    EXPECT_EQ(after.version, before.version + 2);
    after.version = before.version, after.last_event = before.last_event;
    after.last_at = before.last_at, after.last_hash = before.last_hash;
    EXPECT_EQ(state_text(after), state_text(before));
    EXPECT_EQ(number("SELECT count(*) FROM assignment"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM event"), 4);  // nothing of the journal is gone
    EXPECT_EQ(last().undoes, dispatched);
    EXPECT_EQ(counted("dispatched"), 0);  // and what followers hear after the answer was heard
    ASSERT_FALSE(heard.empty());
    EXPECT_EQ(heard.back().concerned.units.size(), 2U);  // their worklists are told
    EXPECT_EQ(refusal("unit-cg", "sign"), "matter.unknown");
    expect_proven();
    step("disp01", "dispatch", {{"lead", "water"}});
}

TEST_P(Undo, TakesFiguresFromTheKindTheyWereCountedFor) {
    step("seat01", "accept", {{"kind", "complaint"}});
    step("seat01", "undo");
    EXPECT_EQ(state().kind, -1);
    step("seat01", "accept", {{"kind", "help"}});
    expect_proven();
    EXPECT_EQ(number("SELECT coalesce(sum(n), 0) FROM tally WHERE measure = 'accepted' AND kind = 'complaint'"),
              0);
    EXPECT_EQ(number("SELECT n FROM tally WHERE measure = 'accepted' AND kind = 'help'"), 1);
    EXPECT_EQ(number("SELECT sum(n) FROM tally WHERE measure = 'in.accepted'"), 1);
    EXPECT_EQ(number("SELECT sum(n) FROM tally WHERE measure = 'in.filed'"), 0);
}

TEST_P(Undo, IsForWhoTookItWhileItIsTheLastAndInTime) {
    step("seat01", "accept", {{"kind", "complaint"}});
    EXPECT_EQ(refusal("seat02"), "undo.not_yours");
    EXPECT_EQ(refusal("citizen"), "undo.not_yours");
    EXPECT_EQ(refusal("unit-cg"), "matter.unknown");
    EXPECT_EQ(refusal("seat01", "undo", {{"reason", "手误"}}), "field.unknown");
    go("2026-10-12 09:09:59");
    step("seat01", "undo");
    EXPECT_EQ(refusal("seat01"), "undo.nothing");
    step("seat01", "accept", {{"kind", "complaint"}});
    go("2026-10-12 09:19:59");
    EXPECT_EQ(refusal("seat01"), "undo.too_late");
    step("disp01", "dispatch", {{"lead", "cg"}});
    step("citizen", "supplement", {{"text", "就在校门口"}});
    EXPECT_EQ(refusal("disp01"), "undo.nothing");  // something else has happened
    Request clock;
    clock.what = Command{Actor::time(), {}, id, {}, "undo", {}, {}, {}, {}, {}};
    EXPECT_EQ(city->engine().run(std::move(clock)).refusal.key, "undo.nothing");
}

TEST_P(Undo, IsAnsweredOnceForAKeyAndAsksForTheVersion) {
    step("seat01", "accept", {{"kind", "complaint"}});
    auto undo = [&](std::optional<int> version, std::string once) {
        Request request;
        request.what = Command{city->actor("seat01"), {}, id, {}, "undo", {}, version, {}, {}, {}};
        request.who = "seat01", request.once = std::move(once), request.asked = "the same";
        return city->engine().run(std::move(request));
    };
    EXPECT_EQ(undo(1, "a").refusal.key, "version.stale");
    Answer const first = undo(2, "b"), again = undo(2, "b");
    EXPECT_EQ(first.kind, Answer::Kind::done);
    EXPECT_EQ(again.kind, Answer::Kind::repeated);
    EXPECT_EQ(first.body, again.body);
    EXPECT_EQ(state().version, 3);
}

TEST_P(Undo, GivesSharesAVersionNobodyHasSeen) {
    step("seat01", "accept", {{"kind", "complaint"}});
    step("disp01", "dispatch", {{"lead", "cg"}});
    step("unit-cg", "sign");
    EXPECT_EQ(state().assignments[0].version, 2);
    step("unit-cg", "undo");
    EXPECT_EQ(state().assignments[0].progress, Progress::offered);
    EXPECT_EQ(state().assignments[0].version, 3);
    EXPECT_FALSE(state().assignments[0].timers.empty());  // signing is reminded of again
    expect_proven();
}

TEST_P(Undo, OfAStepInTheSameBatch) {
    std::promise<void> hold;
    std::promise<Answer> answers[4];
    city->engine().write([&](store::Session&) { hold.get_future().wait(); }, {});
    auto submit = [&](std::size_t place, std::string_view who, std::string name, json::object form) {
        Request request;
        request.what = Command{city->actor(who), {}, id, {}, std::move(name), std::move(form), {}, {}, {}, {}};
        request.done = [&, place](Answer&& answer) { answers[place].set_value(std::move(answer)); };
        ASSERT_TRUE(city->engine().submit(std::move(request)));
    };
    submit(0, "seat01", "accept", {{"kind", "complaint"}});
    submit(1, "disp01", "dispatch", {{"lead", "cg"}});
    submit(2, "disp01", "undo", {});
    submit(3, "disp01", "dispatch", {{"lead", "water"}});
    hold.set_value();
    for (auto& answer : answers) EXPECT_TRUE(answer.get_future().get().ok());
    EXPECT_EQ(number("SELECT count(*) FROM assignment"), 1);
    EXPECT_EQ(state().assignments.size(), 1U);
    expect_proven();
}

/// A batch is built while the one before it is on its way: what is taken back is in either.
TEST_P(Undo, OfAStepThatIsOnItsWay) {
    EngineOptions options;
    options.most_in_batch = 10;  // of many batches, each handed over
    city = std::make_unique<City>(GetParam(), nullptr, options);
    city->set_clock(at("2026-10-12 09:00"));
    std::vector<MatterId> matters;
    for (int i = 0; i < 9; ++i)
        matters.push_back(
            city->open("citizen", {{"title", "井盖松动"}, {"body", "车一过就响"}, {"channel", "app"}}).matter);
    std::promise<void> hold;
    city->engine().write([&](store::Session&) { hold.get_future().wait(); }, {});
    std::vector<std::future<Answer>> answers;
    auto submit = [&](MatterId matter, std::string const& who, std::string name, json::object form) {
        auto promise = std::make_shared<std::promise<Answer>>();
        answers.push_back(promise->get_future());
        Request request;
        request.what = Command{city->actor(who), {}, matter, {}, std::move(name), std::move(form), {}, {}, {}, {}};
        request.done = [promise](Answer&& answer) { promise->set_value(std::move(answer)); };
        ASSERT_TRUE(city->engine().submit(std::move(request)));
    };
    for (MatterId matter : matters) submit(matter, "seat01", "accept", {{"kind", "complaint"}});
    for (int round = 0; round < 3; ++round) {
        for (MatterId matter : matters) submit(matter, "disp01", "dispatch", {{"lead", "cg"}, {"assist", {"zj"}}});
        for (MatterId matter : matters) submit(matter, "disp01", "undo", {});
    }
    for (MatterId matter : matters) submit(matter, "disp01", "dispatch", {{"lead", "water"}});
    hold.set_value();
    for (auto& answer : answers) {
        Answer const answered = answer.get();
        EXPECT_TRUE(answered.ok()) << describe(answered.refusal);
    }
    EXPECT_EQ(number("SELECT count(*) FROM assignment"), 9);
    id = matters.front();
    EXPECT_EQ(state().version, 9);
    EXPECT_EQ(state().assignments.size(), 1U);
    expect_proven();
}

TEST_P(Undo, AMessageThatWaitsIsNotSent) {
    step("seat01", "accept", {{"kind", "complaint"}});
    EXPECT_EQ(number("SELECT count(*) FROM outbox WHERE text = 'accepted' AND state = 0"), 1);
    step("seat01", "undo");
    EXPECT_EQ(number("SELECT count(*) FROM outbox WHERE text = 'accepted' AND state = 3"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM outbox WHERE state = 0 AND text <> 'filed'"), 0);
    EXPECT_TRUE(last().told.empty());
}

TEST_P(Undo, WhoHasHeardOfItHearsOfTheUndoing) {
    step("seat01", "accept", {{"kind", "complaint"}});
    tamper(city->db(), "UPDATE outbox SET state = 1 WHERE text = 'accepted'");
    step("seat01", "undo");
    EXPECT_EQ(number("SELECT count(*) FROM outbox WHERE text = 'undone' AND state = 0"), 1);
    ASSERT_EQ(last().told.size(), 1U);
    EXPECT_EQ(last().told[0].whom, "asker");
    step("seat01", "accept", {{"kind", "complaint"}});
    step("disp01", "dispatch", {{"lead", "cg"}});
    step("disp01", "undo");
    ASSERT_EQ(last().told.size(), 1U);  // the unit; to who asked nothing had gone out
    EXPECT_EQ(last().told[0].whom, "cg");
    EXPECT_EQ(last().told[0].text, "taken_back");
}

TEST_P(Undo, IsOfferedWithUntilWhenToWhoTookItOnly) {
    auto offered = [&](std::string_view who) -> json::object {
        json::object const seen = view(who);
        for (auto const& one : seen.at("steps").as_array())
            if (one.at("step") == "undo") return one.as_object();
        return {};
    };
    EXPECT_TRUE(offered("citizen").empty());
    step("seat01", "accept", {{"kind", "complaint"}});
    EXPECT_EQ(offered("seat01"),
              (json::object{{"step", "undo"}, {"until", "2026-10-12T09:10:00+08:00"}, {"undoes", "accept"}}));
    EXPECT_TRUE(offered("seat02").empty());
    go("2026-10-12 09:10");
    EXPECT_TRUE(offered("seat01").empty());
}

TEST_P(Undo, ShowsBothAndForgetsWhatWasSaid) {
    step("seat01", "accept", {{"kind", "complaint"}, {"class", "road.lamp"}});
    step("seat01", "undo");
    json::object const seen = view("seat01");
    json::array const& timeline = seen.at("timeline").as_array();
    ASSERT_EQ(timeline.size(), 3U);
    EXPECT_EQ(timeline[1].at("undone_by"), 3);
    EXPECT_EQ(timeline[1].at("form").at("class"), "road.lamp");
    EXPECT_EQ(timeline[2].at("undoes"), 2);
    EXPECT_FALSE(seen.at("fields").as_object().contains("class"));
    EXPECT_EQ(seen.at("class"), "");
}

TEST_P(Undo, AnApprovalTakenBackHidesTheReplyAgain) {
    step("seat01", "accept", {{"kind", "complaint"}});
    step("disp01", "dispatch", {{"lead", "cg"}});
    step("unit-cg", "sign");
    step("unit-cg-head", "reply", kReply);
    auto reads_reply = [&] { return view("citizen").at("fields").as_object().contains("public_reply"); };
    EXPECT_FALSE(reads_reply());
    step("review01", "approve");
    EXPECT_TRUE(reads_reply());
    EXPECT_EQ(counted("on_time"), 1);
    step("review01", "undo");
    EXPECT_FALSE(reads_reply());
    EXPECT_EQ(counted("on_time"), 0);
    EXPECT_EQ(state().clock, Clock::running);
    expect_proven();
}

TEST_P(Undo, OfWhatEndedTheMatterOpensItAgain) {
    step("seat01", "answer", {{"answer", "请拨打抢修电话。"}});
    EXPECT_EQ(number("SELECT count(*) FROM matter WHERE open = 1"), 0);
    city->restart();
    step("seat01", "undo");
    EXPECT_EQ(number("SELECT count(*) FROM matter WHERE open = 1"), 1);
    EXPECT_FALSE(state().closed_at);
    expect_proven();
}

TEST_P(Undo, ABodyThatCannotBeRestoredIsNoEvent) {
    step("seat01", "accept", {{"kind", "complaint"}});
    step("seat01", "undo");
    std::vector<EventRow> const events = history();
    std::shared_ptr<Procedure const> const procedure = state().procedure;
    ASSERT_TRUE(rebuild(events, procedure));
    EXPECT_TRUE(events[2].body.starts_with("{\"v\":2,")) << events[2].body;
    for (auto const& [is, becomes] :
         {std::pair{"\"restores\":{\"stage\":\"filed\"", "\"restores\":{\"stage\":\"moon\""},
          std::pair{"\"restores\":{\"stage\":\"filed\"", "\"restores\":{\"stage\":\"accepted\""},
          std::pair{"\"restores\":{", "\"restored\":{"}, std::pair{"\"undoes\":", "\"undoes\":0,\"x\":"}}) {
        std::vector<EventRow> changed = events;
        std::string& body = changed[2].body;
        ASSERT_NE(body.find(is), std::string::npos) << is << body;
        body.replace(body.find(is), std::string_view(is).size(), becomes);
        EXPECT_FALSE(rebuild(changed, procedure)) << becomes;
    }
}

}  // namespace
}  // namespace banyan
