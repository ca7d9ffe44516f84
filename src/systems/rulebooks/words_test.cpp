#include "systems/rulebooks/words.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"

namespace banyan::rulebooks {
namespace {

using testing::rulebook;
using testing::source_text;

Texts texts() {
    Texts all;
    for (char const* part : {"", "_rulebook"})
        for (auto [language, name] : {std::pair{Language::zh, "zh"}, std::pair{Language::en, "en"}})
            EXPECT_TRUE(all.add(language, source_text("texts/" + std::string(name) + part + ".json")));
    return all;
}

api::Catalogues const kNoCatalogues;

/// A rulebook of one step with those needs.
std::shared_ptr<Procedure const> with_needs(std::string const& needs) {
    return rulebook(R"(
name = "tiny"
kinds = ["one"]
matter_limit = "whole"
[[limit.whole]]
limit = "1 working day"
[stage.asked]
owner = "seat"
[stage.done]
final = true
[step.ask]
opens = true
to = "asked"
by = ["appellant@anyone"]
[step.end]
from = ["asked"]
to = "done"
by = ["seat@city"]
needs = [)" + needs +
                    "]\n");
}

std::string said(std::string const& need, Language language) {
    static Texts const kTexts = texts();
    auto const procedure = with_needs(need);
    return Wording(*procedure, kTexts, kNoCatalogues, language).condition(procedure->steps[1].needs.at(0));
}

TEST(Wording, SaysEveryConditionInBothLanguages) {
    for (char const* need : {"{ before_due = true }",
                             "{ after_due = true }",
                             "{ within = \"ask\", limit = \"2 hours\" }",
                             "{ offered_within = \"1 working day\" }",
                             "{ at_most_held = \"20 working days\" }",
                             "{ at_most = 2, step = \"ask\" }",
                             "{ at_least = 2, step = \"ask\", per = \"assignment\" }",
                             "{ at_least_days = 2, step = \"ask\" }",
                             "{ done = \"ask\" }",
                             "{ not_done = \"ask\" }",
                             "{ other_person = \"ask\" }",
                             "{ field = \"kind\", is = [\"one\", \"\"] }",
                             "{ field = \"urgent\", is_not = true }",
                             "{ field = \"class\", in = \"convenience\" }",
                             "{ field = \"day\", day_within = \"92 days\" }",
                             "{ not_designated = true }",
                             "{ lead_replied = true }",
                             "{ not_lead_replied = true }",
                             "{ assists_done = true }",
                             "{ delegates_done = true }",
                             "{ no_open = true }",
                             "{ no_lead = true }",
                             "{ has_assignment = true }",
                             "{ held = true }",
                             "{ not_held = true }",
                             "{ asked_return = true }",
                             "{ asked_extension = true }",
                             "{ not_asked = true }",
                             "{ replied_on_time = true }",
                             "{ replied_late = true }",
                             "{ reopened = true }",
                             "{ not_reopened = true }",
                             "{ between = \"08:30-20:30\" }",
                             "{ has_merged = true }",
                             "{ no_merged = true }",
                             "{ half_left = true }",
                             "{ any = [{ held = true }, { no_open = true }] }"})
        for (Language language : {Language::zh, Language::en}) {
            std::string const sentence = said(need, language);
            EXPECT_EQ(sentence.find("rule."), std::string::npos) << need << ": " << sentence;
            EXPECT_EQ(sentence.find('{'), std::string::npos) << need << ": " << sentence;
        }
    EXPECT_EQ(said("{ any = [{ held = true }, { no_open = true }] }", Language::en),
              "the clock is stopped or no share is open");
    EXPECT_EQ(said("{ between = \"08:30-20:30\" }", Language::en), "between 08:30 and 20:30");
    EXPECT_EQ(said("{ at_most = 1, step = \"ask\" }", Language::zh), "“ask”少于 1 次") << "a step without words";
}

TEST(Wording, SaysLimitsAndWho) {
    static Texts const kTexts = texts();
    auto const permit = rulebook(source_text("tests/permit/permit.toml"));
    Wording const zh(*permit, kTexts, kNoCatalogues, Language::zh),
        en(*permit, kTexts, kNoCatalogues, Language::en);
    EXPECT_EQ(en.limits("decide"), "5 working days / 20 working days");
    EXPECT_EQ(en.limits("pre_check"), "1 working day");
    EXPECT_EQ(zh.limits("complete"), "5 个工作日（至下班）");
    EXPECT_EQ(en.who({"unit_head", Relation::holder}), "Unit head of the unit that holds it");
    EXPECT_EQ(zh.who({"", Relation::clock}), "系统到时自动");
}

}  // namespace
}  // namespace banyan::rulebooks
