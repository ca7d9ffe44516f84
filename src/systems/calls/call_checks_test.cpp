// The quality check of calls: the lot, the card, who is who to a call; limits on callers; ratings of the service.
// On both databases where there is one.
#include "systems/calls/call_checks.h"

#include "systems/calls/caller_limits.h"
#include "systems/calls/ratings.h"
#include "systems/calls/testing.h"

namespace banyan::calls {
namespace {

using namespace testing;

ScoreCard const& card() {
    static ScoreCard const kCard = *read_score_card(source_text("data/call_checks.toml"));
    return kCard;
}

json::array marks(int secrecy = 10, int manner = 20) {
    json::array all;
    for (CardItem const& item : card().items)
        all.push_back({{"item", item.code},
                       {"points", item.code == "secrecy"  ? secrecy
                                  : item.code == "manner" ? manner
                                                          : item.points}});
    return all;
}

TEST(ScoreCard, AddsUpAndKnowsItsFloors) {
    EXPECT_EQ(card().total(), 100);
    EXPECT_EQ(score(card(), marks())->points, 100);
    EXPECT_TRUE(score(card(), marks(10, 12))->passed);
    EXPECT_FALSE(score(card(), marks(9))->passed) << "below the floor of one item";
    EXPECT_EQ(score(card(), marks(9))->points, 99);
    json::array low = marks();
    low[0].as_object()["points"] = 0;   // greeting, has no floor
    low[3].as_object()["points"] = 15;  // answer, at its floor
    EXPECT_EQ(score(card(), low)->points, 80);
    EXPECT_TRUE(score(card(), low)->passed) << "80 is enough";
    low[1].as_object()["points"] = 19;
    EXPECT_FALSE(score(card(), low)->passed);
}

TEST(ScoreCard, RefusesMarksByName) {
    auto refused = [](json::array const& all) { return score(card(), all).error().key; };
    json::array all = marks();
    all.push_back({{"item", "charm"}, {"points", 1}});
    EXPECT_EQ(refused(all), "call_check.item_unknown");
    all = marks();
    all.push_back({{"item", "manner"}, {"points", 1}});
    EXPECT_EQ(refused(all), "call_check.item_twice");
    all = marks();
    all.pop_back();
    EXPECT_EQ(refused(all), "call_check.item_missing");
    EXPECT_EQ(refused(marks(11)), "call_check.points");
    EXPECT_EQ(refused({}), "call_check.item_missing");
}

TEST(ScoreCard, IsReadWholeOrNotAtAll) {
    std::string const good = source_text("data/call_checks.toml");
    struct Row {
        char const *was, *is, *member;
    };
    for (Row const& row : {Row{"pass = 80", "pass = 101", "card.pass"}, Row{"pass = 80", "", "card.pass"},
                           Row{"most = 300", "most = 0", "sample.most"}, Row{"floor = 12", "floor = 21", "item.1"},
                           Row{"code = \"manner\"", "code = \"greeting\"", "item.1"},
                           Row{"points = 25", "points = \"25\"", "item.3"}}) {
        std::string bad = good;
        bad.replace(bad.find(row.was), std::string_view(row.was).size(), row.is);
        auto const read = read_score_card(bad);
        ASSERT_FALSE(read.has_value()) << row.is;
        EXPECT_EQ(read.error().key, "call_checks.card");
        EXPECT_EQ(read.error().field, row.member);
    }
}

TEST(Lot, IsTheSameForEverybodyAndKnowsNothingOfTheCalls) {
    Day const day = *parse_day("2026-10-08");
    std::vector<CallId> ids;
    for (int id = 1; id <= 1000; ++id) ids.emplace_back(id);
    auto const ten = drawn(day, ids, 10);
    std::vector<CallId> other_way(ids.rbegin(), ids.rend());
    EXPECT_EQ(drawn(day, other_way, 10), ten);
    auto const hundred = drawn(day, ids, 100);
    EXPECT_TRUE(std::equal(ten.begin(), ten.end(), hundred.begin())) << "a smaller one is the beginning";
    EXPECT_NE(drawn(day + 1, ids, 10), ten);
    EXPECT_EQ(drawn(day, ids, 5000).size(), 1000U);
    std::int64_t sum = 0;
    for (CallId const id : hundred) sum += id.value;
    EXPECT_NEAR(static_cast<double>(sum) / 100, 500, 100) << "from all of the day";
}

class Checked : public Exchange {
  protected:
    Answer take(Command command) {
        Request request;
        request.what = std::move(command);
        return city->engine().run(std::move(request));
    }
    CallCheck drawn_call(std::string_view external) {
        Call const about = call(external);
        Answer const answer = take(drawing(Texts{}, {about.id, kBeijing.day(about.offered), {}, {}}, "lead01"));
        EXPECT_TRUE(answer.ok()) << describe(answer.refusal);
        return {about.id, kBeijing.day(about.offered), about.seat, answer.matter};
    }
    /// The key it is refused with, or nothing.
    std::string step(Actor const& actor, CallCheck const& check, char const* step, json::object form) {
        Command command;
        command.actor = actor;
        command.matter = check.matter;
        command.step = step;
        command.form = std::move(form);
        return take(std::move(command)).refusal.key;
    }
    json::object card_form(int manner = 20, char const* reason = nullptr) {
        Score const found = *score(card(), marks(10, manner));
        json::object form{{"marks", marks(10, manner)}, {"points", found.points}, {"passed", found.passed}};
        if (reason != nullptr) form["reason"] = reason;
        return form;
    }
    Actor examiner(std::string_view login) {
        Actor as = actor(login);
        as.role = "examiner";
        return as;
    }
    Actor taker() {
        Actor as = actor("seat01");
        as.role = "call_taker";
        as.person = {};
        return as;
    }
};
BANYAN_ON_BOTH_ENGINES(Checked);

TEST_P(Checked, CallsAreFoundByWhoMaySeeThem) {
    talk("c1", 0);
    talk("c2", 100);
    CallCheck const check = drawn_call("c1");
    EXPECT_EQ(take(drawing(Texts{}, check, "lead01")).refusal.key, "matter.already") << "none is drawn twice";
    auto seen = [&](char const* login, CallId call) {
        return look([&](Office const& office) { return seen_check(office, call); }, login);
    };
    EXPECT_EQ(seen("seat01", check.call)->matter, check.matter) << "one's own";
    EXPECT_EQ(seen("seat02", check.call).error().key, "call_check.unknown");
    EXPECT_EQ(seen("lead01", check.call)->seat, id("seat01"));
    EXPECT_EQ(seen("lead01", call("c2").id).error().key, "call_check.unknown") << "not drawn";
    auto const all = look([&](Office const& office) {
        return load_checks(office.session,
                           {scope_of(office.actor, office.directory), check.day, check.day, {}, 10});
    });
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].call, check.call);
    for (EventRow const& row : load_history(city->reader(), *city->matter(check.matter)))
        EXPECT_EQ(row.body.find("seat01"), std::string::npos) << "the matter does not say whose call it was";
}

TEST_P(Checked, CallsAreMarkedByOthersAndDecidedByAThird) {
    talk("c1", 0);
    CallCheck const check = drawn_call("c1");
    EXPECT_EQ(examiner_of(actor("seat01"), check).error().key, "call_check.own_call");
    EXPECT_EQ(examiner_of(actor("lead01"), check)->role, "examiner");
    EXPECT_EQ(call_taker_of(actor("seat02"), check.seat, "call_check.not_yours").error().key,
              "call_check.not_yours");
    EXPECT_EQ(step(actor("lead01"), check, "mark_call", card_form()), "step.wrong_desk")
        << "only the calls say who is no part of it";
    EXPECT_EQ(step(actor("seat01"), check, "mark_call", card_form()), "step.wrong_desk");
    ASSERT_EQ(step(examiner("lead01"), check, "mark_call", card_form(11)), "");
    Matter const marked = *city->matter(check.matter);
    EXPECT_EQ(points_of(marked), 91);
    EXPECT_FALSE(flag_of(marked, "passed")) << "manner is below its floor";
    EXPECT_EQ(step(actor("seat01"), check, "object_to_mark", {{"reason", "当时线路不好"}}), "step.wrong_desk");
    ASSERT_EQ(step(taker(), check, "object_to_mark", {{"reason", "当时线路不好"}}), "");
    EXPECT_EQ(step(examiner("lead01"), check, "uphold_mark", {{"reason", "维持"}}), "call_check.own_mark");
    ASSERT_EQ(step(examiner("sup01"), check, "change_mark", card_form(13, "录音确有杂音")), "");
    Matter const changed = *city->matter(check.matter);
    EXPECT_EQ(points_of(changed), 93);
    EXPECT_TRUE(flag_of(changed, "passed"));
    Marked figures;
    figures.add(changed);
    EXPECT_EQ(figures.marked, 1);
    EXPECT_EQ(figures.passed, 1);
    EXPECT_EQ(figures.objected, 1);
    EXPECT_EQ(figures.changed, 1);
    EXPECT_EQ(figures.average(), 9300);
}

TEST_P(Checked, MarksStandWhenNobodyObjectsInTime) {
    talk("c1", 0);
    CallCheck const check = drawn_call("c1");
    ASSERT_EQ(step(examiner("lead01"), check, "mark_call", card_form()), "");
    city->go_to(at("2026-10-14 23:59:59"));  // three working days: Saturday the 10th is one
    EXPECT_EQ(stage_of(*city->matter(check.matter)), "concluded");
    EXPECT_EQ(step(taker(), check, "object_to_mark", {{"reason", "太晚了"}}), "step.out_of_turn");
    Marked figures;
    figures.add(*city->matter(check.matter));
    EXPECT_EQ(figures.objected, 0);
    EXPECT_EQ(Marked{}.average(), std::nullopt);
}

class Limits : public Checked {
  protected:
    Result<Command> proposed(std::string_view external, char const* login = "seat01") {
        CallId const about = call(external).id;
        return look(
            [&](Office const& office) {
                return proposing(office, Texts{}, city->engine().procedures(), {about, "abuse", "连续辱骂坐席"});
            },
            login);
    }
    std::optional<CallerLimit> limit(std::string_view external) {
        return limit_of(city->reader(), city->engine().procedures(), call(external).token,
                        kBeijing.day(city->engine().now()));
    }
    void harass(std::string_view external, int second) {
        talk(external, second);
        EXPECT_EQ(close_it(external, "harassing"), "");
    }
};
BANYAN_ON_BOTH_ENGINES(Limits);

TEST_P(Limits, AreProposedFromACallThatHarassed) {
    talk("c1", 0);
    EXPECT_EQ(proposed("c1").error().key, "caller_limit.not_harassing");
    EXPECT_EQ(close_it("c1", "harassing"), "");
    EXPECT_EQ(proposed("c1", "seat02").error().key, "call.unknown") << "another seat's call";
    EXPECT_EQ(city->open("seat01", {{"title", "x"}, {"call", "1"}, {"harassment", "abuse"}, {"account", "骂人"}},
                         "caller_limit", "propose_limit")
                  .refusal.key,
              "step.wrong_desk")
        << "only through the call";
    Answer const answer = take(*proposed("c1"));
    ASSERT_TRUE(answer.ok()) << describe(answer.refusal);
    EXPECT_EQ(proposed("c1").error().key, "caller_limit.already");
    EXPECT_FALSE(limit("c1")->running);
    EXPECT_FALSE(limit("c1")->applies());
    Report withheld;
    withheld.number = "";
    EXPECT_EQ(report("c3", What::offered, 200, withheld), "");
    EXPECT_EQ(at_seat("c3", What::answered, 202), "");
    EXPECT_EQ(close_it("c3", "harassing"), "");
    EXPECT_EQ(proposed("c3").error().key, "call.number_withheld");
}

TEST_P(Limits, AreSetByASecondPersonForATimeAndEndByThemselves) {
    harass("c1", 0);
    MatterId const matter = take(*proposed("c1", "lead01")).matter;
    json::object const form{{"limited_until", "2026-10-12"}, {"handling", "recorded"}, {"calls_a_day", 2}};
    EXPECT_EQ(city->step("lead01", matter, "set_limit", form).refusal.key, "limit.own");
    EXPECT_EQ(city->step("seat02", matter, "set_limit", form).refusal.key, "step.wrong_desk");
    json::object long_one = form;
    long_one["limited_until"] = "2026-12-31";
    EXPECT_EQ(city->step("sup01", matter, "set_limit", long_one).refusal.key, "limit.until");
    ASSERT_TRUE(city->step("sup01", matter, "set_limit", form).ok());
    EXPECT_FALSE(limit("c1")->applies()) << "one of two that are answered as any";
    EXPECT_EQ(offer("c2", 300), "");
    EXPECT_FALSE(limit("c2")->applies());
    EXPECT_EQ(offer("c3", 400), "");
    EXPECT_TRUE(limit("c3")->applies()) << "the third of the day";
    EXPECT_EQ(limit("c3")->handling, "recorded");
    EXPECT_EQ(offer("c4", 500, "15400000009"), "");
    EXPECT_EQ(limit("c4"), std::nullopt) << "another number";
    for (EventRow const& row : load_history(city->reader(), *city->matter(matter)))
        EXPECT_EQ(row.body.find("15400000001"), std::string::npos) << row.body;
    city->go_to(at("2026-10-12 23:59:59"));
    EXPECT_TRUE(limit("c1")->running);
    EXPECT_FALSE(limit("c1")->applies()) << "another day, no call yet";
    city->go_to(at("2026-10-13 00:00"));
    EXPECT_EQ(limit("c1"), std::nullopt);
    EXPECT_EQ(stage_of(*city->matter(matter)), "limit_over");
}

TEST_P(Limits, AreLiftedByOnePersonAtOnce) {
    harass("c1", 0);
    MatterId const matter = take(*proposed("c1")).matter;
    ASSERT_TRUE(city->step("lead01", matter, "set_limit",
                           {{"limited_until", "2026-10-20"}, {"handling", "shortened"}, {"calls_a_day", 1}})
                    .ok());
    ASSERT_TRUE(city->step("lead01", matter, "lift_limit", {{"reason", "本人致歉"}}).ok());
    EXPECT_EQ(limit("c1"), std::nullopt);
    harass("c2", 300);
    EXPECT_TRUE(take(*proposed("c2")).ok()) << "from another call it may be proposed again";
}

class Rated : public Exchange {};
BANYAN_ON_BOTH_ENGINES(Rated);

/// Once more, from what the telephone told.
Ratings recounted(store::Session& session) {
    struct Seen {
        bool answered = false, asked = false, rated = false;
    };
    std::map<std::int64_t, Seen> calls;
    session.query("SELECT call, what FROM call_event ORDER BY id", {}, [&](store::Row const& row) {
        Seen& seen = calls[row.integer(0)];
        if (row.text(1) == "answered") seen.answered = true;
        if (row.text(1) == "asked") seen.asked = true;
        if (row.text(1) == "rated") seen.rated = true;
    });
    Ratings all;
    for (auto const& [id, seen] : calls) {
        if (!seen.answered) continue;
        ++all.answered;
        if (seen.asked || seen.rated) ++all.asked;
        if (seen.rated) ++all.satisfied;  // or another: which is in the call's row only
    }
    return all;
}

TEST_P(Rated, NotAskedAndNotAnsweredAreTwoThings) {
    talk("c1", 0);
    talk("c2", 100);
    talk("c3", 200);
    talk("c4", 300);
    EXPECT_EQ(report("c1", What::asked, 70), "");
    EXPECT_EQ(report("c1", What::asked, 71), "call_report.other") << "once a call";
    Report rated;
    rated.rating = "satisfied";
    EXPECT_EQ(report("c1", What::rated, 72, rated), "");
    EXPECT_EQ(report("c2", What::asked, 170), "");
    rated.rating = "unsatisfied";
    EXPECT_EQ(report("c4", What::rated, 370, rated), "") << "who rated was asked";
    EXPECT_EQ(offer("c5", 500), "");
    EXPECT_EQ(report("c5", What::abandoned, 530), "");
    EXPECT_EQ(report("c5", What::asked, 531), "call.not_answered");
    Day const day = kBeijing.day(t(0));
    auto count = [&](char const* login) {
        return look(
            [&](Office const& office) {
                return count_ratings(office, {scope_of(office.actor, office.directory), day, day});
            },
            login);
    };
    auto const all = count("lead01");
    ASSERT_EQ(all.size(), 1U);
    Ratings const& one = all.at({id("seat01"), day});
    EXPECT_EQ(one.answered, 4);
    EXPECT_EQ(one.asked, 3);
    EXPECT_EQ(one.not_asked(), 1);
    EXPECT_EQ(one.not_answered(), 1);
    EXPECT_EQ(one.rated(), 2);
    EXPECT_EQ(one.satisfied_rate(), 5000);
    EXPECT_EQ(count("seat01").size(), 1U);
    EXPECT_TRUE(count("seat02").empty()) << "a seat its own";
    Ratings const again = recounted(city->reader());
    EXPECT_EQ(again.answered, one.answered);
    EXPECT_EQ(again.asked, one.asked);
    EXPECT_EQ(again.rated(), one.rated());
}

}  // namespace
}  // namespace banyan::calls
