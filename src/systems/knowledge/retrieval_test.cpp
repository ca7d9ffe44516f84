// A floor under what questions find in the stock that ships (tests/yardsticks; bench/knowledge prints all
// figures).
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "systems/knowledge/testing.h"

namespace banyan::knowledge {
namespace {

namespace json = boost::json;

class Retrieval : public ::testing::Test {
  protected:
    static Library const& library() {
        static Library const kMade(testing::shipped(), testing::lexicon());
        return kMade;
    }
    static Question asked(std::string text) {
        return {std::move(text), "3501", *parse_day("2026-10-09"), false, false, 10};
    }
};

TEST_F(Retrieval, OfTheYardstickStaysAboveItsFloor) {
    std::istringstream lines(testing::source_text("tests/yardsticks/questions.jsonl"));
    int with_answer = 0, first = 0, five = 0, without = 0, falsely_good = 0;
    for (std::string line; std::getline(lines, line);) {
        json::object const row = json::parse(line).as_object();
        Question question = asked(std::string(row.at("question").as_string()));
        question.unsure = true;
        if (row.contains("area")) question.area = row.at("area").as_string();
        if (row.contains("date")) question.day = *parse_day(row.at("date").as_string());
        auto const matches = library().find(question);
        auto right = [&](Match const& match) {
            return std::ranges::find(row.at("answers").as_array(), json::value(library().name(match))) !=
                   row.at("answers").as_array().end();
        };
        if (row.at("answers").as_array().empty()) {
            ++without;
            falsely_good += !matches.empty() && matches.front().found.good ? 1 : 0;
            continue;
        }
        auto const found = std::ranges::find_if(matches, right);
        ++with_answer;
        first += found == matches.begin() && found != matches.end() ? 1 : 0;
        five += found != matches.end() && found - matches.begin() < 5 ? 1 : 0;
    }
    ASSERT_EQ(with_answer, 143);
    ASSERT_EQ(without, 7);
    EXPECT_GE(first, 112) << "recall@1 0.78";
    EXPECT_GE(five, 130) << "recall@5 0.91";
    EXPECT_LE(falsely_good, 1);
}

TEST_F(Retrieval, OfMarriageNeverAnswersWithTheOldLaw) {  // scenario 4
    auto const matches = library().find(asked("结婚 户口簿"));
    ASSERT_FALSE(matches.empty());
    EXPECT_EQ(library().name(matches.front()), "marriage-registration@2");
    EXPECT_TRUE(matches.front().found.good);
    for (Match const& match : matches) {
        EXPECT_FALSE(match.expired);
        EXPECT_TRUE(match.law == nullptr || match.law->id != "marriage-2003");
    }
    Question with_old = asked("结婚 户口簿");
    with_old.expired = true;
    auto const all = library().find(with_old);
    auto const old = std::ranges::find_if(
        all, [](Match const& match) { return library().name(match) == "marriage-registration@1"; });
    ASSERT_NE(old, all.end());
    EXPECT_TRUE(old->expired);
    EXPECT_FALSE(old->found.good);
}

TEST_F(Retrieval, GivesACitizenNothingOfAnotherPlaceAndNothingUnsure) {
    for (char const* text : {"营商环境", "院前急救 救护车", "河长制 河长巡河", "大数据 数字经济"})
        for (Match const& match : library().find(asked(text)))
            if (match.law != nullptr) {
                EXPECT_TRUE(match.law->sure) << match.law->id;
                EXPECT_EQ(match.law->force.area, "00") << match.law->id;
            }
}

}  // namespace
}  // namespace banyan::knowledge
