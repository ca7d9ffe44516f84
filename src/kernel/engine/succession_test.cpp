#include "kernel/engine/succession.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"

namespace banyan {
namespace {

using testing::rulebook;
using testing::source_text;

std::string replaced(std::string text, std::string const& old, std::string const& by) {
    std::size_t const at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), by);
}

std::string const kNotice = source_text("procedures/notice.toml"),
                  kNext = replaced(kNotice, "version = 1", "version = 2");

std::string key_of(std::string const& toml, std::shared_ptr<Rules const> const& rules = testing::small_rules()) {
    auto const may = may_follow(*rules, rulebook(toml));
    return may ? std::string() : may.error().key;
}

TEST(Succession, WantsAHigherVersion) {
    EXPECT_EQ(key_of(kNext), "");
    EXPECT_EQ(key_of(kNotice), "rulebook.version_not_above");
    EXPECT_EQ(key_of(replaced(kNotice, "version = 1", "version = 0")), "rulebook.version_not_above");
    EXPECT_EQ(key_of(replaced(kNotice, "name = \"notice\"", "name = \"poster\"")), "")
        << "nothing has that name yet";
}

TEST(Succession, WantsRolesThatPeopleHave) {
    EXPECT_EQ(key_of(replaced(kNext, "reviewer@city", "referee@city")), "rulebook.unknown_role");
}

TEST(Succession, KeepsWhatOthersBegin) {  // the appeal begins entries of the knowledge by its step `propose`
    std::string const next = replaced(source_text("procedures/knowledge.toml"), "version = 1", "version = 2");
    EXPECT_EQ(key_of(next), "");
    EXPECT_EQ(key_of(replaced(next, "[step.propose]", "[step.suggest]")), "rulebook.opens_nothing");
    std::string const appeal = replaced(source_text("procedures/appeal.toml"), "version = 1", "version = 2");
    EXPECT_EQ(key_of(replaced(appeal, "step = \"propose\"", "step = \"send_in\"")), "rulebook.opens_nothing");
}

TEST(Succession, ChangesOneRulebookAndNothingElse) {
    auto const rules = testing::small_rules();
    auto const next = rulebook(kNext);
    auto const made = with_rulebook(*rules, next);
    EXPECT_EQ(made->procedures.at("notice"), next);
    EXPECT_EQ(made->procedures.at("appeal"), rules->procedures.at("appeal"));
    EXPECT_EQ(made->procedures.size(), rules->procedures.size());
    EXPECT_EQ(made->directory, rules->directory);
    EXPECT_EQ(rules->procedures.at("notice")->version, 1);
}

}  // namespace
}  // namespace banyan
