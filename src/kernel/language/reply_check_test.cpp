#include "kernel/language/reply_check.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <chrono>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "kernel/language/testing.h"

namespace banyan::language {
namespace {

ReplyReport check(AppealText const& appeal, std::string_view reply) {
    static Redactor const kRedactor = Redactor::read(testing::source_text("data/language/redaction.csv")).value();
    static Gazetteer const kPlaces = testing::fuzhou();
    static ReplyChecker const kChecker =
        ReplyChecker::read(testing::source_text("data/language/reply.csv"), kRedactor, kPlaces).value();
    return kChecker.check(appeal, reply);
}

std::set<std::string> keys_of(ReplyReport const& report) {
    std::set<std::string> keys;
    for (Advice const& one : report.advice) keys.insert(one.key);
    return keys;
}

struct Figures {
    int expected = 0, given = 0, right = 0;
};

// tests/yardsticks/replies.jsonl: each pair with the advice somebody reading it would give.
TEST(ReplyYardstick, HoldsItsFloor) {
    std::map<std::string, std::map<std::string, Figures>> sets;
    std::istringstream lines(testing::source_text("tests/yardsticks/replies.jsonl"));
    for (std::string line; std::getline(lines, line);) {
        auto const row = boost::json::parse(line).as_object();
        auto text = [&](char const* name) {
            auto const* found = row.if_contains(name);
            return found == nullptr ? std::string_view() : std::string_view(found->as_string());
        };
        AppealText appeal{text("title"), text("body"), {}};
        if (!text("name").empty()) appeal.people.push_back({text("name"), "", ""});
        std::set<std::string> expected, given = keys_of(check(appeal, text("reply")));
        for (auto const& key : row.at("advice").as_array()) expected.emplace(key.as_string());
        auto& figures = sets[std::string(text("set"))];
        for (auto const& key : expected) {
            ++figures[key].expected, ++figures["all"].expected;
            if (!given.contains(key)) std::cout << text("id") << " lacks " << key << ": " << text("title") << "\n";
        }
        for (auto const& key : given) {
            bool right = expected.contains(key);
            ++figures[key].given, ++figures["all"].given;
            figures[key].right += right, figures["all"].right += right;
            if (!right) std::cout << text("id") << " too much " << key << ": " << text("title") << "\n";
        }
    }
    for (auto const& [set, figures] : sets)
        for (auto const& [key, one] : figures)
            std::cout << set << " " << key << ": " << one.right << " of " << one.expected << " given; "
                      << one.right << " of " << one.given << " right\n";
    for (auto& [set, figures] : sets) {
        EXPECT_GE(figures["all"].right * 100, figures["all"].expected * 90) << set;
        EXPECT_GE(figures["all"].right * 100, figures["all"].given * 85) << set;
    }
}

TEST(Demands, AreSplitByWhatIsAsked) {
    auto report = check(
        {"物业收费", "物业涨价了，有没有依据？什么时候退？退多少钱，去哪个部门投诉？请核实一下，谢谢。", {}}, "x");
    std::string sorts;
    for (auto const& demand : report.demands) sorts.append(sorts.empty() ? "" : " ").append(name_of(demand.sort));
    EXPECT_EQ(sorts, "may when how_much who");
}

TEST(Demands, OfAnAppealThatAsksNothingAreTheWhole) {
    auto report = check({"路灯", "菜市场门口的路灯三天没亮了。", {}}, "x");
    ASSERT_EQ(report.demands.size(), 1U);
    EXPECT_EQ(report.demands[0].length, std::string_view("菜市场门口的路灯三天没亮了。").size());
}

TEST(ReplyCheck, ShowsWhereInTheText) {
    std::string_view reply = "林春清先生您好，10月9日已修复路灯，请不要再反复投诉。";
    auto report = check({"路灯不亮", "路灯不亮，请修。", {{"林春清", "", ""}}}, reply);
    std::string places;
    for (Advice const& one : report.advice)
        if (one.length > 0 && one.in == Advice::In::reply)
            places.append(reply.substr(one.offset, one.length)).append(" ");
    EXPECT_NE(places.find("不要再"), std::string::npos);
    EXPECT_NE(places.find("林春清"), std::string::npos);
    ASSERT_EQ(report.demands.size(), 1U);
    EXPECT_TRUE(report.demands[0].answered);
    EXPECT_GT(report.demands[0].by_length, 0U);
}

TEST(ReplyCheck, TheOfficesOwnTelephoneIsNoSecret) {
    auto keys =
        keys_of(check({"路灯不亮", "路灯不亮，请修，我的电话15400000012", {{"林春清", "154 0000 0012", ""}}},
                      "路灯10月9日已修复，联系人王主任，电话0591-80000001。"));
    EXPECT_FALSE(keys.contains("personal"));
    keys = keys_of(check({"路灯不亮", "路灯不亮，请修。", {{"林春清", "154 0000 0012", ""}}},
                         "路灯10月9日已修复，已致电１５４００００００１２告知您本人，如仍有问题请再次反映。"));
    EXPECT_TRUE(keys.contains("personal"));
}

TEST(ReplyCheck, EveryAdviceHasItsSentence) {
    auto zh = boost::json::parse(testing::source_text("texts/zh_language.json")).as_object();
    for (char const* key : {"open", "formula", "no_basis", "no_date", "no_contact", "elsewhere", "other_place",
                            "wrong_date", "personal", "reproach", "too_short", "too_long"})
        EXPECT_TRUE(zh.contains("advice." + std::string(key))) << key;
}

TEST(ReplyCheck, StrangeTextsDoNoHarm) {
    for (auto text : testing::strange_texts())
        for (auto other : testing::strange_texts()) check({text, other, {{text, other, text}}}, other);
    EXPECT_TRUE(keys_of(check({"路灯不亮", "请修", {}}, "")).contains("too_short"));
}

TEST(ReplyCheck, AHundredThousandCharactersTakeNoTime) {
    auto began = std::chrono::steady_clock::now();
    for (char const* piece : {"请修路灯？", "齐安路。", "什么时候，", "您好", "3月", "一"}) {
        std::string text = testing::repeated(piece, 300'000);
        check({"路灯", text, {}}, text);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));  // under sanitizers too
}

}  // namespace
}  // namespace banyan::language
