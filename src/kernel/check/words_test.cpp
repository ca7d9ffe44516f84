// Words of the language one by one: read, refused with their line, and walked by the check.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include "kernel/check/model.h"

namespace banyan {
namespace {

// Asked, dispatched, done. What is tried is put in place of the comments.
constexpr std::string_view kSmall = R"(name = "small"
kinds = ["favour"]
matter_limit = "whole"
[[limit.whole]]
limit = "5 working days"
[stage.asked]
owner = "clerk"
[stage.handling]
owner = "holder"
[stage.done]
final = true
[step.ask]
opens = true
to = "asked"
by = ["citizen@anyone"]
clock = "start"
[step.dispatch]
from = ["asked"]
to = "handling"
by = ["clerk@centre"]
form = [{ name = "lead", type = "unit", required = true }, { name = "assist", type = "units", most = 3 }]
tree = "offer"
[step.finish]
from = ["handling"]
to = "done"
by = ["clerk@centre"]
)";

std::string small_with(std::string_view more, std::string_view still_more = "") {
    std::string text(kSmall);
    text.append(more);
    text.append(still_more);
    return text;
}

std::string faults_of(std::string const& toml) {
    auto procedure = read_procedure(toml);
    if (!procedure) return procedure.error().key;
    auto texts = texts_of(**procedure);
    std::string all;
    for (Fault const& fault : check(**procedure, texts, texts).faults)
        all += (all.empty() ? "" : "\n") + describe(fault);
    return all;
}

/// The refusal of a line added to the end: key, line, word.
std::string refusal_of(std::string const& toml) {
    auto procedure = read_procedure(toml);
    if (procedure) return "";
    std::string text = procedure.error().key;
    for (auto const& [name, value] : procedure.error().params) text += " " + value;
    return text;
}

// ── offered_within ───────────────────────────────────────────────────────────────────────────────────────────

constexpr std::string_view kGiveBack = R"([step.give_back]
from = ["handling"]
on = "assignment"
by = ["head@holder"]
)";

TEST(OfferedWithin, IsAskedOfEachShareAndRunsOut) {
    EXPECT_EQ(faults_of(small_with(kGiveBack,
                                   "tree = \"ask_return\"\nneeds = [{ offered_within = \"1 working day\" }]\n")),
              "");
    EXPECT_EQ(faults_of(small_with(kGiveBack,
                                   "needs = [{ after_due = true }, { offered_within = \"1 working day\" }]\n")),
              "check.step_impossible step=give_back refusal=need.offered_within");  // the due is later
}
TEST(OfferedWithin, WithoutAShareNeverHolds) {
    EXPECT_EQ(faults_of(small_with("[step.look]\nfrom = [\"handling\"]\nby = [\"clerk@centre\"]\nneeds = [{ "
                                   "offered_within = \"1 working day\" }]\n")),
              "check.step_impossible step=look refusal=need.offered_within");
}
TEST(OfferedWithin, IsRefusedWithItsLine) {
    EXPECT_EQ(refusal_of(small_with("needs = [{ offered_within = \"1 wrking day\" }]\n")),
              "procedure.bad_limit 27 1 wrking day");
    EXPECT_EQ(refusal_of(small_with("needs = [{ offered_within = true }]\n")),
              "procedure.not_text 27 offered_within");
    EXPECT_EQ(refusal_of(small_with("needs = [{ offered_within = \"1 day\", within = \"ask\" }]\n")),
              "procedure.two_conditions 27 ");
}

// ── any, between, day_within, half_left, at_least_days, sets, timers that wait ──────────────────────────────

/// A step of the clerk with these words.
std::string looking(std::string_view words) {
    return small_with("[step.look]\nfrom = [\"handling\"]\nby = [\"clerk@centre\"]\n", words);
}

TEST(Any, HoldsWhenOneDoes) {
    EXPECT_EQ(faults_of(looking("needs = [{ any = [{ held = true }, { not_held = true }] }]\n")), "");
    EXPECT_EQ(
        faults_of(looking("needs = [{ any = [{ held = true }, { no_open = true }], key = \"look.never\" }]\n")),
        "check.step_impossible step=look refusal=look.never");
    EXPECT_EQ(faults_of(looking("needs = [{ any = [{ any = [{ after_due = true }] }] }]\n")), "");
}
TEST(Any, IsRefusedWithItsLine) {
    EXPECT_EQ(refusal_of(looking("needs = [{ any = [] }]\n")), "procedure.no_condition 30 ");
    EXPECT_EQ(refusal_of(looking("needs = [{ any = [{ hled = true }] }]\n")), "procedure.unknown_word 30 hled");
    EXPECT_EQ(refusal_of(looking("needs = [{ any = [{ done = \"walk\" }] }]\n")),
              "procedure.unknown_step 30 walk");
    EXPECT_EQ(refusal_of(looking("needs = [{ any = [{ held = true }], held = true }]\n")),
              "procedure.two_conditions 30 ");
}
TEST(Between, IsReadAndTakenToHold) {
    EXPECT_EQ(faults_of(looking("needs = [{ between = \"08:30-20:30\" }]\n")), "");
    EXPECT_EQ(faults_of(looking("needs = [{ between = \"00:00-24:00\" }]\n")), "");
    for (std::string_view wrong : {"8:30-20:30", "08:30", "20:30-08:30", "08:30-08:30", "08:60-20:30",
                                   "08:30-24:01", "-8:30-20:30", "08:3O-20:30", ""})
        EXPECT_TRUE(refusal_of(looking(fmt::format("needs = [{{ between = \"{}\" }}]\n", wrong)))
                        .starts_with("procedure.bad_hours 30"))
            << wrong;
}
TEST(DayWithin, NeedsADayOfTheForm) {
    constexpr std::string_view kForm = "form = [{ name = \"until\", type = \"day\" }]\n";
    auto with = [&](std::string_view needs) { return looking(fmt::format("{}{}", kForm, needs)); };
    EXPECT_EQ(faults_of(with("needs = [{ field = \"until\", day_within = \"30 days\" }]\n")), "");
    EXPECT_EQ(faults_of(with("needs = [{ field = \"till\", day_within = \"30 days\" }]\n")),
              "check.not_a_day in=step.look name=till");
    EXPECT_EQ(refusal_of(with("needs = [{ field = \"until\", day_within = \"30 minutes\" }]\n")),
              "procedure.bad_limit 31 30 minutes");
}
TEST(HalfLeft, RunsOut) {
    EXPECT_EQ(faults_of(looking("needs = [{ half_left = true }]\n")), "");
    EXPECT_EQ(faults_of(looking("needs = [{ half_left = true }, { after_due = true }]\n")),
              "check.step_impossible step=look refusal=need.half_left");  // the half is over before
}
TEST(Sets, IsAskedAboutLikeAField) {
    EXPECT_EQ(faults_of(small_with(R"([step.open]
from = ["handling"]
by = ["clerk@centre"]
sets = { public = true }
needs = [{ field = "public", is_not = true }]
[step.shut]
from = ["handling"]
by = ["clerk@centre"]
sets = { public = false }
needs = [{ field = "public", is = true }, { at_most = 2, step = "shut" }]
)")),
              "");
    EXPECT_EQ(refusal_of(looking("sets = { public = \"yes\" }\n")), "procedure.not_flag 30 public");
    EXPECT_EQ(refusal_of(looking("sets = true\n")), "procedure.not_table 30 sets");
}
TEST(NoLater, NeedsADay) {
    std::string text(kSmall);
    text.replace(text.find("clock = \"start\""), 15, "clock = \"start\"\nno_later = \"their_day\"");
    EXPECT_EQ(faults_of(text), "check.not_a_day in=step.ask name=their_day");
    text.insert(text.find("clock = \"start\""), "form = [{ name = \"their_day\", type = \"day\" }]\n");
    EXPECT_EQ(faults_of(text), "");
}

// ── at_most_held ─────────────────────────────────────────────────────────────────────────────────────────────

constexpr std::string_view kPause = R"([step.pause]
from = ["handling"]
by = ["clerk@centre"]
clock = "hold"
form = [{ name = "until", type = "day", required = true, keep = true }]
[step.resume]
from = ["handling"]
by = ["clock"]
clock = "resume"
needs = [{ held = true }]
[timer.pause]
stage = "handling"
limit = "field.until"
step = "resume"
when = [{ held = true }]
)";
std::string pausing(std::string_view needs, std::string_view more = "") {
    std::string text = small_with(kPause, more);
    std::string_view form = "form = [{ name = \"until\"";
    return text.insert(text.find(form), std::string(needs) + "\n");
}

TEST(AtMostHeld, IsUsedUpByTheDaysAsked) {
    EXPECT_EQ(faults_of(pausing(
                  "needs = [{ not_held = true }, { at_most_held = \"2 working days\", until = \"until\" }]")),
              "");
    EXPECT_EQ(
        faults_of(pausing("needs = [{ not_held = true }, { at_most_held = \"20 days\", until = \"until\" }]",
                          "[step.last]\nfrom = [\"handling\"]\nby = [\"clerk@centre\"]\nneeds = [{ not_held = "
                          "true }, { at_most_held = \"19 days\" }]\n")),
        "");
    EXPECT_EQ(faults_of(pausing("needs = [{ not_held = true }, { held = true, key = \"hold.never\" }]",
                                "[step.last]\nfrom = [\"handling\"]\nby = [\"clerk@centre\"]\nneeds = [{ held = "
                                "true }, { at_most_held = \"19 days\" }]\n")),
              "check.step_impossible step=pause refusal=hold.never\n"
              "check.step_impossible step=resume refusal=step.out_of_turn\n"
              "check.step_impossible step=last refusal=need.held");
}
TEST(AtMostHeld, NamesADayOfItsForm) {
    EXPECT_EQ(faults_of(pausing(
                  "needs = [{ not_held = true }, { at_most_held = \"2 working days\", until = \"untill\" }]")),
              "check.not_a_day in=step.pause name=untill");
    EXPECT_EQ(refusal_of(small_with("needs = [{ at_most_held = \"2 working hours\" }]\n")),
              "procedure.bad_limit 27 2 working hours");
    EXPECT_EQ(refusal_of(small_with("needs = [{ at_most_held = \"2 days to closing\" }]\n")),
              "procedure.bad_limit 27 2 days to closing");
    EXPECT_EQ(refusal_of(small_with("needs = [{ at_most_held = 20 }]\n")), "procedure.not_text 27 at_most_held");
}

// ── opens ────────────────────────────────────────────────────────────────────────────────────────────────────

constexpr std::string_view kHandOver = R"([step.hand_over]
from = ["handling"]
to = "done"
by = ["clerk@centre"]
form = [{ name = "why" }, { name = "phone", personal = true }, { name = "pictures", type = "files" }]
)";

std::string opening(std::string_view fields) {
    return fmt::format("opens = [{{ procedure = \"other\", step = \"begin\", with = [{}] }}]\n", fields);
}

TEST(Opens, HandsOverWhatIsSaidOrKept) {
    EXPECT_EQ(faults_of(small_with(kHandOver, opening(R"("why", "title", "region", "about")"))), "");
    EXPECT_EQ(faults_of(small_with(kHandOver, opening("\"whim\""))),
              "check.unknown_field in=step.hand_over name=whim");
    EXPECT_EQ(faults_of(small_with(kHandOver, opening("\"phone\""))),
              "check.personal_handed_over in=step.hand_over name=phone");
    EXPECT_EQ(faults_of(small_with(kHandOver, opening("\"pictures\""))),
              "check.files_handed_over in=step.hand_over name=pictures");
}
TEST(FilesOfAForm, AreNeitherKeptNorPersonal) {
    for (char const* what : {"keep", "personal"})
        EXPECT_EQ(refusal_of(small_with(kHandOver, fmt::format("[[form.more]]\nname = \"pictures\"\ntype = "
                                                               "\"files\"\n{} = true\n",
                                                               what)))
                      .substr(0, 20),
                  "procedure.files_kept");
}

TEST(Opens, IsReadWithItsProcedureAndStep) {
    auto procedure = read_procedure(small_with(kHandOver, opening("\"why\""))).value();
    OpeningRule const& rule = procedure->step_at(procedure->step("hand_over")).openings.at(0);
    EXPECT_EQ(rule.procedure + "." + rule.step + " " + rule.with.at(0), "other.begin why");
    EXPECT_EQ(refusal_of(small_with(kHandOver, "opens = [{ procedure = \"other\" }]\n")),
              "procedure.missing 32 step");
    EXPECT_EQ(refusal_of(small_with(kHandOver, "opens = \"other\"\n")), "procedure.not_flag 32 opens");
    EXPECT_EQ(refusal_of(small_with(kHandOver, opening("\"why\"") + "undo = \"1 hour\"\n")),
              "procedure.undo_opens 33 hand_over");
}

// ── undo ─────────────────────────────────────────────────────────────────────────────────────────────────────

TEST(Undo, LeavesEveryStateAsItWas) {
    EXPECT_EQ(faults_of(small_with("undo = \"10 minutes\"\n")), "");
    std::string text = pausing(
        "undo = \"1 hour\"\nneeds = [{ not_held = true }, { at_most_held = \"9 days\", until = \"until\" }]");
    std::string_view dispatch = "tree = \"offer\"\n";
    text.insert(text.find(dispatch), "undo = \"10 minutes\"\n");
    EXPECT_EQ(faults_of(text), "");
}
TEST(Undo, IsAStepOfItsOwnWithItsTexts) {
    auto procedure = read_procedure(small_with("undo = \"10 minutes\"\n")).value();
    EXPECT_EQ(procedure->steps.back().name, kUndo);
    EXPECT_EQ(text_of(*procedure->step_at(procedure->step("finish")).undo), "10 minutes");
    auto texts = texts_of(*procedure);
    for (auto key : {"step.undo", "tell.undone", "tell.taken_back"}) EXPECT_TRUE(texts.contains(key)) << key;
    EXPECT_LT(read_procedure(kSmall).value()->step(kUndo), 0);
}
TEST(Undo, IsRefusedWithItsLine) {
    EXPECT_EQ(refusal_of(small_with("undo = \"1 day\"\n")), "procedure.bad_undo 27 1 day");
    EXPECT_EQ(refusal_of(small_with("undo = \"4 working hours\"\n")), "procedure.bad_undo 27 4 working hours");
    EXPECT_EQ(refusal_of(small_with("undo = \"soon\"\n")), "procedure.bad_limit 27 soon");
    EXPECT_EQ(refusal_of(small_with("undo = true\n")), "procedure.not_text 27 undo");
    EXPECT_EQ(refusal_of(
                  small_with(kPause, "[step.late]\nfrom = [\"handling\"]\nby = [\"clock\"]\nundo = \"1 hour\"\n")),
              "procedure.undo_of_nobody 45 late");
    EXPECT_EQ(refusal_of(small_with("[step.undo]\nfrom = [\"handling\"]\nby = [\"clerk@centre\"]\n")),
              "procedure.reserved 27 undo");
}

}  // namespace
}  // namespace banyan
