#include "kernel/check/model.h"
#include "kernel/check/asks.h"
#include "kernel/procedure/variant.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/testing.h"

namespace banyan {
namespace {

// A rulebook as small as one can be, and right: asked, then done.
constexpr std::string_view kTiny = R"(name = "tiny"
kinds = ["favour"]
matter_limit = "whole"
[[limit.whole]]
limit = "2 working days"
[stage.asked]
owner = "clerk"
[stage.done]
final = true
[step.ask]
opens = true
to = "asked"
by = ["citizen@anyone"]
form = [{ name = "big", type = "flag", keep = true }]
clock = "start"
[step.finish]
from = ["asked"]
to = "done"
by = ["clerk@centre"]
)";

std::string tiny_with(std::string_view more) { return std::string(kTiny) + std::string(more); }
std::string tiny_but(std::string_view old, std::string_view put, std::string_view more = "") {
    std::string text(kTiny);
    std::size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), put) + std::string(more);
}

std::shared_ptr<Procedure> made(std::string_view toml) {
    auto procedure = read_procedure(toml);
    if (!procedure) throw std::runtime_error(procedure.error().key);
    return *procedure;
}

Report check_all_texts(Procedure const& procedure, int unusual = 3) {
    auto texts = texts_of(procedure);
    return check(procedure, texts, texts, unusual);
}

/// The faults of a rulebook, one a line.
std::string faults_of(std::string const& toml) {
    std::string all;
    for (Fault const& fault : check_all_texts(*made(toml)).faults)
        all += (all.empty() ? "" : "\n") + describe(fault);
    return all;
}

// ── what is right ────────────────────────────────────────────────────────────────────────────────────────────

TEST(Check, PassesWhatWorks) {
    Report report = check_all_texts(*made(kTiny));
    EXPECT_TRUE(report.faults.empty()) << describe(report.faults.front());
    EXPECT_TRUE(report.complete);
    EXPECT_EQ(report.states, 2U);  // the big favour and the small one are one: nothing asks
}

/// Four notes, each of which only the next asks about, beside three things that finish asks about.
std::string with_notes(std::string_view finish_asks_too) {
    std::string text = tiny_but("[step.finish]",
                                "[step.look]\nfrom = [\"asked\"]\nby = [\"clerk@centre\"]\n"
                                "[step.weigh]\nfrom = [\"asked\"]\nby = [\"clerk@centre\"]\n[step.finish]");
    text += "needs = [{ at_most = 2, step = \"look\" }, { at_most = 2, step = \"weigh\" }" +
            std::string(finish_asks_too) + "]\n";
    for (int i = 1; i <= 4; ++i) {
        text += "[step.note" + std::to_string(i) +
                "]\nfrom = [\"asked\"]\nby = [\"clerk@centre\"]\nneeds = [{ at_most = 1, step = \"note" +
                std::to_string(i) + "\" }";
        if (i > 1) text += ", { at_least = 1, step = \"note" + std::to_string(i - 1) + "\" }";
        text += "]\n";
    }
    return text;
}

/// How unusual a matter is to which these steps have happened.
int unusual(std::shared_ptr<Procedure const> const& procedure, std::vector<std::string> const& steps) {
    Matter matter;
    matter.procedure = procedure;
    matter.stage = procedure->stage("asked");
    for (std::string const& step : steps) matter.marks.push_back({procedure->step(step), 1, {}, {}});
    return check_model::Asks(*procedure).state(matter, {}, Directory({}, {}), {}).unusual;
}

TEST(Check, WhatNothingHangsOnCountsOneMoreBesideTheRest) {
    auto const aside = made(with_notes(""));
    EXPECT_EQ(unusual(aside, {"look", "weigh"}), 2);
    EXPECT_EQ(unusual(aside, {"note1", "note2"}), 2);
    EXPECT_EQ(unusual(aside, {"look", "note1"}), 3);
    EXPECT_EQ(unusual(aside, {"look", "note1", "note2"}), 4);
    auto const hung_on = made(with_notes(", { at_most = 9, step = \"note2\" }"));
    EXPECT_EQ(unusual(hung_on, {"look", "note3"}), 3);
    EXPECT_EQ(unusual(hung_on, {"look", "note2"}), 2);
    EXPECT_EQ(unusual(hung_on, {"look", "note1"}), 2) << "what note2 hangs on too";
}

void expect_no_fault(std::string const& path) {
    // The sanitizers make the walk ten times longer; two unusual things at once reach every line of it.
#ifdef __SANITIZE_ADDRESS__
    int unusual = 2;
#else
    int unusual = 3;
#endif
    Report report = check_all_texts(*made(testing::source_text(path)), unusual);
    for (Fault const& fault : report.faults) ADD_FAILURE() << path << ": " << describe(fault);
    EXPECT_GE(report.unusual, unusual);
    ::testing::Test::RecordProperty("states", std::to_string(report.states));
    ::testing::Test::RecordProperty("moves", std::to_string(report.moves));
}
// The sanitizers would walk these two for many minutes: the others reach every line.
#ifdef __SANITIZE_ADDRESS__
#define BANYAN_ONLY_WITHOUT_SANITIZERS GTEST_SKIP() << "walked by the release build"
#else
#define BANYAN_ONLY_WITHOUT_SANITIZERS static_cast<void>(0)
#endif
TEST(Check, PassesTheAppealsRulebook) {
    BANYAN_ONLY_WITHOUT_SANITIZERS;
    expect_no_fault("procedures/appeal.toml");
}
/// What it changes is walked in the narrowest walk in which every step is taken.
TEST(Check, PassesBeijingsLimits) {
    BANYAN_ONLY_WITHOUT_SANITIZERS;
    std::string const whole = with_variant(testing::source_text("procedures/appeal.toml"),
                                           testing::source_text("procedures/variants/beijing.toml"))
                                  .value();
    Report report = check_all_texts(*made(whole), 1);
    for (Fault const& fault : report.faults) ADD_FAILURE() << describe(fault);
    EXPECT_GE(report.unusual, 1);
}
TEST(Check, PassesTheSupervisionRulebook) { expect_no_fault("procedures/supervision.toml"); }
TEST(Check, PassesTheKnowledgeRulebook) { expect_no_fault("procedures/knowledge.toml"); }
TEST(Check, PassesTheCorrectionsRulebook) { expect_no_fault("procedures/correction.toml"); }
TEST(Check, PassesThePermitsRulebook) { expect_no_fault("tests/permit/permit.toml"); }

TEST(Check, IsStoppedByWhoWatches) {
    std::vector<std::size_t> seen;
    auto const appeal = made(testing::source_text("procedures/appeal.toml"));
    Report const report = check(*appeal, {}, {}, 3, [&](std::size_t states, int unusual) {
        EXPECT_GE(unusual, 2);
        seen.push_back(states);
        return seen.size() < 3;
    });
    EXPECT_TRUE(report.stopped);
    ASSERT_EQ(seen.size(), 3U);
    EXPECT_LT(seen[0], seen[2]);
}

// ── ends ─────────────────────────────────────────────────────────────────────────────────────────────────────

TEST(Check, FindsADeadEnd) {
    EXPECT_EQ(faults_of(tiny_with(R"(
[stage.parked]
owner = "clerk"
[step.park]
from = ["asked"]
to = "parked"
by = ["clerk@centre"]
)")),
              "check.dead_end stage=parked after ask > park");
}

TEST(Check, FindsADeadEndOfOneFieldOnly) {
    EXPECT_EQ(faults_of(tiny_with(R"(needs = [{ field = "big", is_not = true }]
)")),
              "check.dead_end stage=asked after ask");
}

TEST(Check, FindsADeadEndOnlyOnceACountIsUsedUp) {
    EXPECT_EQ(faults_of(tiny_with(R"(
[stage.parked]
owner = "clerk"
[step.park]
from = ["asked"]
to = "parked"
by = ["clerk@centre"]
[step.unpark]
from = ["parked"]
to = "asked"
by = ["clerk@centre"]
needs = [{ at_most = 2, step = "unpark" }]
)")),
              "check.dead_end stage=parked after ask > park > unpark > park > unpark > park");
}

TEST(Check, SaysForHowManyASmallCountStands) {
    EXPECT_EQ(faults_of(tiny_with(R"(
[stage.parked]
owner = "clerk"
[step.park]
from = ["asked"]
to = "parked"
by = ["clerk@centre"]
[step.unpark]
from = ["parked"]
to = "asked"
by = ["clerk@centre"]
needs = [{ at_most = 9, step = "unpark" }]
)")),
              "check.dead_end stage=parked count=unpark: 2 stands for 9 after ask > park > unpark > park > unpark "
              "> park");
}

TEST(Check, FindsAWayThatGoesOnForEver) {
    EXPECT_EQ(faults_of(tiny_with(R"(
[stage.left]
owner = "asker"
[stage.right]
owner = "asker"
[step.leave]
from = ["asked", "right"]
to = "left"
by = ["citizen@asker"]
[step.turn]
from = ["left"]
to = "right"
by = ["citizen@asker"]
)")),
              "check.no_end stage=left after ask > leave\ncheck.no_end stage=right after ask > leave > turn");
}

// ── bounds ───────────────────────────────────────────────────────────────────────────────────────────────────

constexpr std::string_view kLook = R"(
[stage.looking]
owner = "clerk"
[step.look]
from = ["asked"]
to = "looking"
by = ["clerk@centre"]
[step.look_again]
from = ["looking"]
to = "asked"
by = ["WHO"]
)";
std::string looking(std::string_view who, std::string_view more = "") {
    std::string text = tiny_with(kLook);
    text.replace(text.find("WHO"), 3, who);
    return text + std::string(more);
}

TEST(Check, FindsALoopWithoutABound) {
    EXPECT_EQ(faults_of(looking("clerk@centre")),
              "check.unbounded cycle=look, look_again after ask > look > look_again");
}
TEST(Check, TakesACountForABound) {
    EXPECT_EQ(faults_of(looking("clerk@centre", "needs = [{ at_most = 3, step = \"look\" }]\n")),
              "check.dead_end stage=looking count=look: 2 stands for 3 after ask > look > look_again > look");
    EXPECT_EQ(
        faults_of(looking("clerk@centre",
                          "needs = [{ at_most = 3, step = \"look_again\" }]\n[step.stop]\nfrom = [\"looking\"]\n"
                          "to = \"done\"\nby = [\"clerk@centre\"]\n")),
        "");
}
TEST(Check, TheAskerMayGoRound) { EXPECT_EQ(faults_of(looking("citizen@asker")), ""); }
TEST(Check, NotesAreFree) {
    EXPECT_EQ(faults_of(tiny_with("[step.note]\nfrom = [\"asked\"]\nby = [\"clerk@centre\"]\n")), "");
}
TEST(Check, FindsAnExtensionWithoutEnd) {
    EXPECT_EQ(faults_of(tiny_with(
                  "[step.longer]\nfrom = [\"asked\"]\nby = [\"clerk@centre\"]\nclock = \"extend\"\n"
                  "form = [{ name = \"days\", type = \"integer\", required = true, least = 1, most = 5 }]\n")),
              "check.unbounded cycle=longer after ask > longer");
}
TEST(Check, FindsSharesThatComeAndGo) {
    EXPECT_EQ(faults_of(tiny_with(R"(
[stage.handling]
owner = "holder"
[step.dispatch]
from = ["asked"]
to = "handling"
by = ["clerk@centre"]
form = [{ name = "lead", type = "unit", required = true }]
tree = "offer"
[step.help]
from = ["handling"]
by = ["clerk@centre"]
form = [{ name = "assist", type = "units", required = true, most = 3 }]
tree = "assist"
[step.let_off]
from = ["handling"]
on = "assignment"
by = ["clerk@centre"]
tree = "waive"
[step.close]
from = ["handling"]
to = "done"
by = ["clerk@centre"]
)")),
              "check.unbounded cycle=help, let_off@assist after ask > dispatch > help > let_off@assist");
}

// ── owners, reminders, timers ────────────────────────────────────────────────────────────────────────────────

TEST(Check, EveryStageHasAnOwner) {
    EXPECT_EQ(faults_of(tiny_but("owner = \"clerk\"\n", "")), "check.no_owner stage=asked after ask");
    EXPECT_EQ(faults_of(tiny_but("owner = \"clerk\"", "owner = \"clark\"")),
              "check.unknown_owner stage=asked owner=clark after ask");
    EXPECT_EQ(faults_of(tiny_but("owner = \"clerk\"", "owner = \"holder\"")),
              "check.no_holder stage=asked after ask");
}
TEST(Check, SomebodyIsReminded) {
    EXPECT_EQ(faults_of(tiny_but("clock = \"start\"\n", "")), "check.no_reminder stage=asked after ask");
    EXPECT_EQ(faults_of(tiny_but("clock = \"start\"\n", "",
                                 "[step.remind]\nfrom = [\"asked\"]\nby = [\"clock\"]\n[timer.remind]\nstage = "
                                 "\"asked\"\nlimit = \"whole\"\nstep = \"remind\"\n")),
              "");
}
TEST(Check, ATimersStepMustBePossible) {
    EXPECT_EQ(faults_of(tiny_with("[step.remind]\nfrom = [\"done\"]\nby = [\"clock\"]\n[timer.late]\nstage = "
                                  "\"asked\"\nlimit = \"due\"\nstep = \"remind\"\n")),
              "check.timer_refused timer=late step=remind refusal=step.out_of_turn stage=asked after "
              "ask\ncheck.step_impossible step=remind refusal=step.out_of_turn");
}
TEST(Check, FindsPassagesThatGoRound) {
    std::string faults = faults_of(tiny_but("owner = \"clerk\"\n", R"(owner = "clerk"
passes = [{ to = "looking", when = [{ not_held = true }] }]
[stage.looking]
owner = "clerk"
passes = [{ to = "asked", when = [{ not_held = true }] }]
)"));
    EXPECT_EQ(faults.substr(0, faults.find('\n')), "check.passage_loop stage=asked after ask");
}

// ── names ────────────────────────────────────────────────────────────────────────────────────────────────────

TEST(Check, WhatIsAskedAboutMustBeThere) {
    EXPECT_EQ(faults_of(tiny_with("needs = [{ field = \"bigg\", is_not = true }]\n")),
              "check.unknown_field in=step.finish name=bigg");
    EXPECT_EQ(
        faults_of(tiny_but("owner = \"clerk\"\n",
                           "owner = \"clerk\"\npasses = [{ to = \"done\", when = [{ done = \"finnish\" }] }]\n")),
        "check.unknown_step in=stage.asked name=finnish");
    EXPECT_EQ(faults_of(tiny_with("limit = \"hole\"\n")), "check.unknown_limit in=step.finish name=hole");
    EXPECT_EQ(faults_of(tiny_with("states = [\"singed\"]\n")), "check.unknown_state in=step.finish name=singed");
    EXPECT_EQ(
        faults_of(tiny_with("[step.remind]\nfrom = [\"asked\"]\nby = [\"clock\"]\n[timer.end]\nstage = "
                            "\"asked\"\nlimit = \"field.big\"\nstep = \"remind\"\n")),
        "check.not_a_kept_day in=timer.end name=big\ncheck.step_impossible step=remind refusal=step.out_of_turn");
    EXPECT_EQ(faults_of(tiny_but("limit = \"2 working days\"\n",
                                 "limit = \"2 working days\"\nwhen = [{ field = \"big\", is = [true] }]\n")),
              "check.limit_not_for_all in=limit.whole name=whole\ncheck.no_reminder stage=asked after ask");
}

// ── use and texts ────────────────────────────────────────────────────────────────────────────────────────────

TEST(Check, FindsWhatIsNeverUsed) {
    EXPECT_EQ(faults_of(tiny_with("[stage.nowhere]\nowner = \"clerk\"\n[step.leave]\nfrom = [\"nowhere\"]\nto = "
                                  "\"done\"\nby = [\"clerk@centre\"]\n")),
              "check.stage_unreached stage=nowhere\ncheck.step_impossible step=leave refusal=step.out_of_turn");
    EXPECT_EQ(faults_of(tiny_with("[step.never]\nfrom = [\"asked\"]\nto = \"done\"\nby = "
                                  "[\"clerk@centre\"]\nneeds = [{ held = true }]\n")),
              "check.step_impossible step=never refusal=need.held");
}
TEST(Check, EveryTextExistsInBothLanguages) {
    auto procedure = made(kTiny);
    std::set<std::string> all = texts_of(*procedure), fewer = all;
    fewer.erase("step.finish");
    Report report = check(*procedure, all, fewer);
    ASSERT_EQ(report.faults.size(), 1U);
    EXPECT_EQ(describe(report.faults[0]), "check.no_text text=step.finish language=en");
}

// ── words ────────────────────────────────────────────────────────────────────────────────────────────────────

struct Misspelt {
    std::string_view old, put, key, line, what;
};
void PrintTo(Misspelt const& misspelt, std::ostream* out) { *out << misspelt.put; }
class Words : public ::testing::TestWithParam<Misspelt> {};

TEST_P(Words, AreRefusedWithTheirLine) {
    auto read = read_procedure(tiny_but(GetParam().old, GetParam().put));
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().key, GetParam().key);
    std::pair<std::string, std::string> line{"line", GetParam().line}, what{"what", GetParam().what};
    EXPECT_EQ(read.error().params[0], line);
    EXPECT_EQ(read.error().params[1], what);
}
INSTANTIATE_TEST_SUITE_P(
    Misspelt, Words,
    ::testing::Values(
        Misspelt{"owner = \"clerk\"", "ownr = \"clerk\"", "procedure.unknown_word", "7", "ownr"},
        Misspelt{"from = [\"asked\"]", "from = [\"aksed\"]", "procedure.unknown_stage", "17", "aksed"},
        Misspelt{"to = \"done\"", "to = \"dnoe\"", "procedure.unknown_stage", "18", "dnoe"},
        Misspelt{"clerk@centre", "clerk@center", "procedure.bad_actor", "19", "clerk@center"},
        Misspelt{"clock = \"start\"", "clock = \"begin\"", "procedure.unknown_clock", "15", "begin"},
        Misspelt{"clock = \"start\"", "tree = \"give\"", "procedure.unknown_tree", "15", "give"},
        Misspelt{"limit = \"2 working days\"", "limit = \"2 wrking days\"", "procedure.bad_limit", "5",
                 "2 wrking days"},
        Misspelt{"matter_limit = \"whole\"", "matter_limit = \"hole\"", "procedure.unknown_limit", "3", "hole"},
        Misspelt{"type = \"flag\"", "type = \"flagg\"", "procedure.unknown_type", "14", "flagg"},
        Misspelt{"clock = \"start\"", "needs = [{ helt = true }]", "procedure.unknown_word", "15", "helt"},
        Misspelt{"clock = \"start\"", "needs = [{ done = \"finnish\" }]", "procedure.unknown_step", "15",
                 "finnish"}));

}  // namespace
}  // namespace banyan
