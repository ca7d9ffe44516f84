// Counters are what the journal says, a month is frozen as it was, and what changes afterwards is a correction. A
// story of three months: an extension, a redo, a return, a late reply, a rating that is left out. On both
// databases.
#include "systems/figures/months.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/story.h"
#include "kernel/people/reorganisation.h"
#include "systems/figures/keeper.h"
#include "systems/figures/shown.h"

namespace banyan::figures {
namespace {

using namespace banyan::testing;

Month const kAugust{202608}, kSeptember{202609};
json::object const kReply{{"account", "已更换"}, {"public_reply", "已修复，恢复正常。"}, {"solved", true}};

class Year : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        static std::string const schema = source_text("src/systems/figures/schema/0040_figures.sql");
        std::vector<store::Migration> all = kernel_migrations();
        all.push_back({40, "0040_figures.sql", schema});
        city->db()->migrate(all);
        now("2026-08-03 09:00");
        keeper = std::make_unique<Keeper>(city->engine(), *city->db());
    }
    void now(std::string_view text) { city->go_to(at(text)); }
    MatterId file(json::object const& more = {}) {
        json::object form{{"title", "路灯不亮"},
                          {"body", "三天了"},
                          {"channel", "phone"},
                          {"class", "road.lamp"},
                          {"region", "350102004"}};
        for (auto const& one : more) form[one.key()] = one.value();
        Answer const answer = city->open("seat01", form);
        EXPECT_TRUE(answer.ok()) << describe(answer.refusal);
        return answer.matter;
    }
    void take(MatterId matter, std::string_view who, std::string const& step, json::object form = {}) {
        Answer const answer = city->step(who, matter, step, std::move(form));
        EXPECT_TRUE(answer.ok()) << step << ": " << describe(answer.refusal);
    }
    MatterId dispatched(std::string const& lead, json::object const& more = {}) {
        MatterId const matter = file(more);
        take(matter, "seat01", "accept", {{"kind", "help"}, {"class", "road.manhole"}});
        take(matter, "disp01", "dispatch", {{"lead", lead}});
        return matter;
    }
    void reply(MatterId matter, std::string const& who, json::object more = kReply) {
        take(matter, who, "reply", std::move(more));
        take(matter, "review01", "approve");
    }
    void call_back(MatterId matter, std::string const& final, std::string const& outcome = "solved") {
        take(matter, "callback01", "call_back", {{"outcome", outcome}, {"rating", final}, {"final", final}});
    }
    /// August: one well done, one late whose rating is unsatisfied, one extended into September and redone.
    void tell() {
        now("2026-08-03 10:00");
        MatterId const well = dispatched("cg");
        take(well, "unit-cg", "sign");
        take(well, "unit-cg", "contact", {{"reached", true}});
        take(well, "unit-cg", "contact", {{"reached", true}});
        reply(well, "unit-cg-head");
        call_back(well, "satisfied");
        now("2026-08-10 09:00");
        late = dispatched("zj");
        now("2026-08-17 09:00");
        take(late, "unit-zj", "sign");
        json::object why = kReply;
        why["why_late"] = "备件未到";
        reply(late, "unit-zj-head", why);
        call_back(late, "unsatisfied", "not_solved_explained");
        take(late, "lead01", "confirm_end", {{"cause_of_end", "duty_done"}, {"reason", "已尽责"}});
        take(late, "unit-zj-head", "contest", {{"contested", "rating"}, {"reason", "诉求不合理"}});
        now("2026-08-27 09:00");
        extended = dispatched("cg", {{"channel", "web"}});
        take(extended, "unit-cg", "sign");
        take(extended, "unit-cg-head", "ask_extension", {{"days", 2}, {"reason", "等待材料"}});
        take(extended, "review01", "grant_extension", {{"reason", "同意"}});
        now("2026-08-28 09:00");
        MatterId const returned = dispatched("cg");
        take(returned, "unit-cg-head", "ask_return", {{"ground", "not_our_duty"}, {"reason", "不归我局"}});
        take(returned, "review01", "grant_return", {{"reason", "同意"}});
        take(returned, "review01", "designate", {{"lead", "water"}, {"as", "lead"}, {"basis", "三定方案"}});
        MatterId const slip = dispatched("water");
        take(slip, "disp01", "undo");
        take(file(), "seat01", "answer", {{"kind", "consult"}, {"answer", "请到窗口办理"}, {"uncited", true}});
    }
    void tell_september() {
        now("2026-09-01 09:00");
        reply(extended, "unit-cg-head");
        now("2026-09-04 09:00");
        take(extended, "callback01", "redo", {{"cause", "not_solved"}});
        now("2026-09-07 09:00");
        reply(extended, "unit-cg-head");
    }
    Writing writing(store::Session& session) {
        return {
            session, *city->rules().directory, beside, {city->actor("appraise01").person, city->engine().now()}};
    }
    std::string freeze(Month month) {
        std::string key;
        city->engine().write_now([&](store::Session& session) {
            auto done = figures::freeze(writing(session), month, formulas);
            if (!done) key = done.error().key;
        });
        return key;
    }
    std::string correct(Month month) {
        std::string key;
        city->engine().write_now([&](store::Session& session) {
            auto done = figures::correct(writing(session), month, "核定后更正");
            if (!done) key = done.error().key;
        });
        return key;
    }
    std::string value(Wanted const& wanted, std::string_view key, std::string_view unit = {}) {
        std::vector<UnitId> units;
        if (!unit.empty()) units.push_back(city->rules().directory->unit(unit)->id);
        for (Figure const& one : formulas.figures(load_whole(city->reader(), wanted, units), unit.empty()))
            if (one.indicator->key == key) return one.value() ? decimal(*one.value()) : "—";
        return "none";
    }
    /// Of all months.
    Counters stored() {
        Counters all;
        auto const span = load_span(city->reader());
        if (span)
            for (Month month = span->first; month <= span->second; month = month.next())
                all.merge(load_counters(city->reader(), {month, false, 0}));
        return all;
    }
    Counters from_journal(EventId through = {}) { return counters_from_journal(city->reader(), through); }

    std::unique_ptr<City> city;
    Formulas formulas =
        read_formulas(source_text("data/figures/indicators.toml") + "\n" + source_text("data/figures/points.toml"))
            .value();
    Beside beside = [](store::Session&, Month) { return Counts{{"calls_offered", 20}, {"calls_answered", 19}}; };
    std::unique_ptr<Keeper> keeper;
    MatterId late, extended;
};
BANYAN_ON_BOTH_ENGINES(Year);

TEST_P(Year, CountsWhatTheJournalSaysAndTheTallyDoes) {
    tell();
    tell_september();
    now("2026-10-09 09:00");
    tell_story(*city);
    keeper->run_once();
    Counters const counters = stored();
    EXPECT_EQ(counters, from_journal());
    Counters by_kind, sums;
    for (auto const& [key, n] : tally_from_journal(city->reader(), city->engine().procedures())) {
        auto const& [day, unit, kind, measure] = key;
        if (day == 0 || measure.find('.') != std::string::npos) continue;
        int const month = month_of(Day{day}).number;
        by_kind[{month, "kind", 0, kind, measure}] += n;
        if (unit != 0) by_kind[{month, "kind", unit, kind, measure}] += n;
    }
    std::erase_if(by_kind, [](auto const& one) { return one.second == 0; });
    Counters ours;
    std::map<std::string_view, Counters> wholes;
    for (auto const& [key, n] : counters) {
        if (key.dimension == kKind) ours[key] = n;
        wholes[key.dimension][{key.month, "", key.unit, "", key.measure}] += n;
    }
    EXPECT_GT(ours.size(), 100U);
    EXPECT_EQ(ours, by_kind) << "the kernel's own counters";
    for (std::string_view dimension : {kKind, kClass, kRegion, kChannel}) {
        std::erase_if(wholes[dimension], [](auto const& one) { return one.second == 0; });
        EXPECT_EQ(wholes[dimension], wholes[kWhole]) << dimension;
    }
}

TEST_P(Year, HasEachFigureInTheMonthOfItsLastDay) {
    tell();
    keeper->run_once();
    Wanted const august{kAugust, false, 0}, september{kSeptember, false, 0};
    EXPECT_EQ(value(august, "on_time"), "50.00");
    EXPECT_EQ(value(august, "on_time", "zj"), "0.00");
    EXPECT_EQ(value(august, "sign_on_time"), "66.67") << "zj's was late, water's two are not signed yet";
    EXPECT_EQ(value(august, "response", "cg"), "33.33") << "once, however often it was called";
    EXPECT_EQ(value(august, "dispatch_on_time"), "100.00");
    EXPECT_EQ(value(august, "return"), "20.00") << "of four dispatches and a designation; what was undone is none";
    EXPECT_EQ(value(august, "dispatch_right"), "75.00");
    EXPECT_EQ(value(august, "extension", "cg"), "33.33");
    EXPECT_EQ(value(august, "solved"), "50.00");
    EXPECT_EQ(value(august, "satisfied_first"), "50.00") << "asked in the call-back";
    EXPECT_EQ(value(august, "satisfied_final"), "50.00");
    EXPECT_EQ(value(august, "on_the_spot"), "16.67") << "one, and five accepted";
    EXPECT_EQ(value(september, "on_time"), "—");
    tell_september();
    keeper->run_once();
    EXPECT_EQ(value(september, "on_time", "cg"), "100.00") << "the extended due is in September";
    EXPECT_EQ(value(september, "redo", "cg"), "100.00");
    EXPECT_EQ(value(august, "on_time"), "50.00");
    auto const classes = load_by(city->reader(), august, kClass, {});
    EXPECT_EQ(classes.at("road.manhole").at("dispatched"), 4) << "as the seat sorted it";
    EXPECT_EQ(classes.at("road.lamp").at("filed"), 6) << "as it was filed";
    EXPECT_EQ(load_by(city->reader(), august, kRegion, {}).at("350102").at("on_time"), 1) << "the district";
    EXPECT_EQ(load_by(city->reader(), august, kChannel, {}).at("web").at("extended"), 1);
}

TEST_P(Year, GoesOnAfterARestartAndAnew) {
    tell();
    keeper->run_once();
    keeper.reset();
    city->restart();
    keeper = std::make_unique<Keeper>(city->engine(), *city->db());
    tell_september();
    keeper->run_once();
    EXPECT_EQ(stored(), from_journal());
    Counters const before = stored();
    city->engine().write_now([](store::Session& session) {
        session.execute("DELETE FROM follower WHERE name = 'figures.1'");
        session.execute("UPDATE figure_count SET n = n + 1");
    });
    keeper->run_once();
    EXPECT_EQ(stored(), before) << "made again from the first event";
}

TEST_P(Year, IsFrozenAsItWas) {
    tell();
    EXPECT_EQ(freeze(kAugust), "month.not_over");
    now("2026-08-31 23:59");
    EXPECT_EQ(freeze(kAugust), "month.not_over") << "its last day counts";
    now("2026-09-01 00:00");
    EXPECT_EQ(correct(kAugust), "month.not_frozen");
    EXPECT_EQ(freeze(kAugust), "") << "what the keeper has not counted yet is counted now";
    EXPECT_EQ(freeze(kAugust), "month.frozen");
    Frozen const frozen = load_frozen(city->reader(), kAugust).value();
    EXPECT_EQ(frozen.number, 1);
    EXPECT_EQ(frozen.person, city->actor("appraise01").person);
    EXPECT_EQ(frozen.stand.root, crypto::hex(root_of(load_heads(city->reader()))));
    EXPECT_EQ(static_cast<std::size_t>(frozen.stand.events), all_events(*city->db()).size());
    EXPECT_EQ(frozen.formulas, formulas.text);
    EXPECT_EQ(stored(), from_journal()) << "catching up counts nothing twice";
    keeper->run_once();
    EXPECT_EQ(stored(), from_journal());
    Wanted const wanted{kAugust, true, 0};
    EXPECT_EQ(value(wanted, "on_time"), "50.00");
    EXPECT_EQ(value(wanted, "connect"), "95.00") << "the telephone's are frozen with it";
    EXPECT_EQ(correct(kAugust), "correction.no_difference");
    EXPECT_EQ(load_members(city->reader(), kAugust).at(city->rules().directory->unit("water")->id), "company");

    take(late, "sup01", "grant_contest", {{"left_out", "rating"}, {"reason", "属实"}});
    tell_september();
    keeper->run_once();
    EXPECT_EQ(value(wanted, "satisfied_final"), "50.00") << "as frozen";
    EXPECT_EQ(value({kAugust, false, 0}, "satisfied_final"), "100.00");
    Counters of_august = from_journal(frozen.stand.event);
    std::erase_if(of_august, [](auto const& one) { return one.first.month != kAugust.number; });
    of_august[{kAugust.number, "all", 0, "", "calls_offered"}] = 20;
    of_august[{kAugust.number, "all", 0, "", "calls_answered"}] = 19;
    EXPECT_EQ(load_counters(city->reader(), wanted), of_august) << "from the journal up to where it stood";
}

TEST_P(Year, IsCorrectedBesideWhatWasFrozen) {
    tell();
    now("2026-09-01 00:00");
    EXPECT_EQ(freeze(kAugust), "");
    take(late, "sup01", "grant_contest", {{"left_out", "rating"}, {"reason", "属实"}});
    EXPECT_EQ(correct(kAugust), "");
    EXPECT_EQ(correct(kAugust), "correction.no_difference");
    EXPECT_EQ(value({kAugust, true, 0}, "satisfied_final"), "50.00");
    EXPECT_EQ(value({kAugust, true, 1}, "satisfied_final"), "100.00");
    std::vector<Correction> const corrections = load_corrections(city->reader(), kAugust);
    ASSERT_EQ(corrections.size(), 1U);
    EXPECT_EQ(corrections[0].no, 1);
    EXPECT_EQ(corrections[0].reason, "核定后更正");
    std::vector<Change> const changes = changes_of(city->reader(), formulas, corrections[0], false);
    ASSERT_EQ(changes.size(), 2U) << "the city's and zj's";
    EXPECT_FALSE(changes[0].unit);
    EXPECT_EQ(changes[0].before.indicator->key, "satisfied_final");
    EXPECT_EQ(changes[0].before.denominator, 2);
    EXPECT_EQ(changes[0].after.denominator, 1);
    EXPECT_EQ(changes[0].after.excluded, 1);
    EXPECT_EQ(changes[1].unit, city->rules().directory->unit("zj")->id);
    EXPECT_EQ(changes_of(city->reader(), formulas, corrections[0], true).size(), 1U);

    beside = [](store::Session&, Month) { return Counts{{"calls_offered", 21}, {"calls_answered", 19}}; };
    EXPECT_EQ(correct(kAugust), "");
    EXPECT_EQ(load_corrections(city->reader(), kAugust).back().no, 2);
    EXPECT_EQ(value({kAugust, true, 2}, "connect"), "90.48");
    now("2026-10-01 00:00");
    EXPECT_EQ(freeze(kSeptember), "");
    EXPECT_EQ(load_frozen(city->reader(), kSeptember)->number, 2);
    EXPECT_EQ(load_all_frozen(city->reader()).size(), 2U);
}

/// A city whose units changed since, and the figures of one of its months.
TEST_P(Year, IsToldByTheUnitsOfThenOrOfToday) {
    tell();
    now("2026-10-05 09:00");
    keeper->run_once();
    auto rules = std::make_shared<Rules>(city->rules());
    Reorganised const done = reorganise(*rules->directory,
                                        "what,unit,into,parent,code,zh,en\nmerge,zj,cg,,,,\n"
                                        "rename,water,,,shuiwu,水务集团,Water\n",
                                        city->engine().now())
                                 .value();
    rules->directory = std::make_shared<Directory>(banyan::after(*rules->directory, done));
    auto id = [&](char const* code) { return rules->directory->unit(code)->id; };
    Shown then;
    then.month = kAugust;
    then.formulas = formulas;
    then.scope = {Scope::Of::city, {}, {}};
    then.directory = rules->directory;
    Shown const today = as_today(then);
    auto counted = [&](Shown const& shown) {
        std::map<UnitId, std::int64_t> dispatched;
        for (auto const& [group, members] : classes_of(city->reader(), shown))
            for (UnitRow const& row : members.units)
                for (Figure const& figure : row.figures)
                    if (figure.indicator->key == "return") dispatched[row.unit->id] = figure.denominator;
        return dispatched;
    };
    auto const before = counted(then), after = counted(today);
    ASSERT_TRUE(before.contains(id("cg")) && before.contains(id("zj")) && before.contains(id("water")));
    EXPECT_EQ(after.at(id("cg")), before.at(id("cg")) + before.at(id("zj")));
    EXPECT_FALSE(after.contains(id("zj")));
    EXPECT_FALSE(after.contains(id("water")));
    EXPECT_EQ(after.at(id("shuiwu")), before.at(id("water")));
    EXPECT_EQ(after.size() + 1, before.size());

    Shown of_one = then;
    of_one.scope = {Scope::Of::unit, id("cg"), {id("cg")}};
    auto dispatched_to_one = [&](Shown const& shown) {
        return load_whole(city->reader(), shown.wanted(), shown.scope.units)["dispatched"];
    };
    Counts const zj = load_units(city->reader(), then.wanted()).at(id("zj"));
    EXPECT_EQ(dispatched_to_one(as_today(of_one)), dispatched_to_one(of_one) + zj.at("dispatched"));
}

TEST_P(Year, KnowsNoMonthNothingWasCountedIn) {
    beside = [](store::Session&, Month) { return Counts(); };
    EXPECT_EQ(freeze(Month{202501}), "month.unknown");
    EXPECT_EQ(month_asked("2026-09", at("2026-08-31 23:59")).error().key, "month.future");
    EXPECT_EQ(month_asked("september", at("2026-08-31 23:59")).error().key, "month.unreadable");
    EXPECT_TRUE(month_asked("2026-08", at("2026-08-01 00:00")));
}

}  // namespace
}  // namespace banyan::figures
