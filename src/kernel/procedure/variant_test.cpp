#include "kernel/procedure/variant.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/procedure/procedure.h"

namespace banyan {
namespace {

std::string const kAppeal = testing::source_text("procedures/appeal.toml");

std::string key_of(std::string_view variant) {
    auto const made = with_variant(kAppeal, variant);
    return made ? std::string() : made.error().key;
}

TEST(Variant, IsTheBaseWithLimitsOfItsOwn) {
    std::string const beijing = testing::source_text("procedures/variants/beijing.toml");
    EXPECT_EQ(base_of(beijing), "appeal");
    EXPECT_EQ(base_of(kAppeal), "");
    auto const made = with_variant(kAppeal, beijing);
    ASSERT_TRUE(made) << made.error().key << " " << made.error().field;
    auto const one = read_procedure(kAppeal).value(), other = read_procedure(*made).value();
    EXPECT_EQ(other->name, "appeal");
    EXPECT_EQ(base_of(*made), "") << "whole";
    ASSERT_EQ(other->limits.at("handle").size(), 4U);
    EXPECT_EQ(text_of(other->limits.at("handle")[0].limit), "2 hours");
    EXPECT_EQ(text_of(other->limits.at("handle")[3].limit), "7 days");
    EXPECT_EQ(other->limits.at("redo").size(), 1U);
    EXPECT_EQ(other->limits.at("sign").size(), one->limits.at("sign").size()) << "as it was";
    EXPECT_EQ(other->steps.size(), one->steps.size());
    EXPECT_EQ(other->stages.size(), one->stages.size());
    Step const& accept = other->step_at(other->step("accept"));
    EXPECT_EQ(accept.form.size(), one->step_at(one->step("accept")).form.size() + 1);
    EXPECT_EQ(accept.form.back().name, "hard");
}

TEST(Variant, MaySayTheVersionOfWhatComesOfIt) {
    std::string const limits = "[[limit.accept]]\nlimit = \"3 hours\"\n";
    auto version = [&](std::string const& head) {
        return read_procedure(with_variant(kAppeal, "base = \"appeal\"\n" + head + limits).value())
            .value()
            ->version;
    };
    EXPECT_EQ(version("version = 12\n"), 12);
    EXPECT_EQ(version(""), read_procedure(kAppeal).value()->version);
    EXPECT_EQ(key_of("base = \"appeal\"\nversion = \"two\"\n" + limits), "procedure.not_number");
}

TEST(Variant, SaysItsFaultsAtItsOwnLines) {
    auto line = [](std::string_view variant) {
        Refusal const refusal = with_variant(kAppeal, variant).error();
        for (auto const& [name, value] : refusal.params)
            if (name == "line") return value;
        return std::string();
    };
    EXPECT_EQ(line("# mine\nbase = \"appeal\"\n\n[[limit.accept]]\nlimit = \"soon\"\n"), "5");
    EXPECT_TRUE(
        with_variant(kAppeal, "base = \"appeal\"\n[[limit.accept]]\nlimit = \"soon\"\n").error().others.empty())
        << "that a timer of the base has no limit now follows from it";
    EXPECT_EQ(line("base = \"appeal\"\n[[form.sorting]]\nname = \"kind\"\n"), "3");
    EXPECT_EQ(line("base = \"appeal\"\n\n[stage.other]\nfinal = true\n"), "3");
}

TEST(Variant, IsReadWithTheRulebookThatShips) {
    auto shipped = [](std::string_view name) {
        return name == "appeal" ? std::optional<std::string_view>(kAppeal) : std::nullopt;
    };
    auto const variant = read_whole(testing::source_text("procedures/variants/beijing.toml"), shipped);
    ASSERT_TRUE(variant);
    EXPECT_EQ(variant->base, "appeal");
    EXPECT_EQ(variant->procedure->source, variant->text);
    auto const whole = read_whole(kAppeal, shipped);
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->text, kAppeal);
    EXPECT_EQ(read_whole("base = \"poster\"\n", shipped).error().key, "procedure.unknown_base");
    EXPECT_EQ(read_whole("name = ", shipped).error().key, "toml.syntax");
}

TEST(Variant, IsRefusedByName) {
    EXPECT_EQ(key_of("base = \"appeal\"\n[[limit.accept]]\nlimit = \"3 hours\"\n"), "");
    EXPECT_EQ(key_of("[[limit.accept]]\nlimit = \"3 hours\"\n"), "procedure.missing");
    EXPECT_EQ(key_of("base = \"appeal\"\n[stage.other]\nfinal = true\n"), "procedure.variant_word");
    EXPECT_EQ(key_of("base = \"appeal\"\n[[limit.other]]\nlimit = \"3 hours\"\n"), "procedure.unknown_limit");
    EXPECT_EQ(key_of("base = \"appeal\"\n[[form.other]]\nname = \"x\"\n"), "procedure.unknown_form");
    EXPECT_EQ(key_of("base = \"appeal\"\n[[limit.accept]]\nlimit = \"soon\"\n"), "procedure.bad_limit");
    EXPECT_EQ(key_of("base = \"appeal\"\n[[form.sorting]]\nname = \"kind\"\n"), "procedure.field_twice");
    EXPECT_EQ(key_of("base = \"appeal\n"), "toml.syntax");
    EXPECT_EQ(key_of("base = \"appeal\"\nlimit.accept = [{ limit = \"3 hours\" }]\n"), "procedure.unknown_limit")
        << "not written as tables: it would be lost";
}

}  // namespace
}  // namespace banyan
