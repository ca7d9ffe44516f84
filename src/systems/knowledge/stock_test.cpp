#include "systems/knowledge/stock.h"

#include <gtest/gtest.h>

#include "systems/knowledge/testing.h"

namespace banyan::knowledge {
namespace {

TEST(Force, IsOfAPlaceThatHoldsTheAskedOne) {
    Force const city{"3501", {}, {}}, country{"00", {}, {}};
    EXPECT_TRUE(city.holds_at("3501"));
    EXPECT_TRUE(city.holds_at("350102"));
    EXPECT_FALSE(city.holds_at("35"));
    EXPECT_FALSE(city.holds_at("3502"));
    EXPECT_FALSE(city.holds_at("00"));
    EXPECT_TRUE(country.holds_at("3501"));
}

TEST(Force, EndsOnTheFirstDayItNoLongerHolds) {
    Day const day = *parse_day("2020-01-01");
    Force const force{"00", day, day + 10};
    EXPECT_FALSE(force.begun(day - 1));
    EXPECT_TRUE(force.begun(day));
    EXPECT_FALSE(force.over(day + 9));
    EXPECT_TRUE(force.over(day + 10));
}

TEST(Stock, IsFoundByItsNames) {
    Stock const stock = testing::small();
    EXPECT_EQ(stock.versions("pond").size(), 2U);
    EXPECT_EQ(stock.entry("pond", 2)->name(), "pond@2");
    EXPECT_EQ(stock.entry("pond", 3), nullptr);
    EXPECT_EQ(stock.entry("pon", 1), nullptr);
    Law const* law = stock.law("ponds-2020");
    ASSERT_NE(law, nullptr);
    EXPECT_EQ(stock.name(*stock.article(*law, "2")), "ponds-2020:2");
    EXPECT_EQ(stock.article(*law, "2")->wordings.size(), 1U);
    EXPECT_EQ(stock.article(*law, "3"), nullptr);
    EXPECT_EQ(stock.law("ponds-2021"), nullptr);
}

std::string refused(Refusal const& refusal) {
    std::string text = refusal.key + " " + refusal.field;
    for (auto const& [name, value] : refusal.params)
        if (name == "line" || name == "name" || name == "law") text += " " + value;
    return text;
}

TEST(Stock, IsRefusedWithLineAndColumn) {
    std::string const head = "id,version,title,variants,body,area,from,until\n";
    struct Row {
        std::string csv, refusal;
    };
    for (Row const& row :
         std::vector<Row>{{"", "csv.empty "},
                          {"id,version,title\n", "knowledge.no_column variants"},
                          {head + "Pond,1,t,,b,00,,\n", "knowledge.row id 2"},
                          {head + std::string(41, 'p') + ",1,t,,b,00,,\n", "knowledge.row id 2"},
                          {head + "pond,0,t,,b,00,,\n", "knowledge.row version 2"},
                          {head + "pond,one,t,,b,00,,\n", "knowledge.row version 2"},
                          {head + "pond,1,,,b,00,,\n", "knowledge.row title 2"},
                          {head + "pond,1,t,,,00,,\n", "knowledge.row body 2"},
                          {head + "pond,1,t,,b,here,,\n", "knowledge.row area 2"},
                          {head + "pond,1,t,,b,00,soon,\n", "knowledge.row from 2"},
                          {head + "pond,1,t,,b,00,2020-01-01,2020-01-01\n", "knowledge.row until 2"},
                          {head + "pond,1,t,,b,00,,\npond,1,t,,b,00,,\n", "knowledge.twice  pond@1"}}) {
        auto const read = read_entries(row.csv);
        ASSERT_FALSE(read) << row.csv;
        EXPECT_EQ(refused(read.error()), row.refusal) << row.csv;
    }
}

TEST(Laws, AreRefusedWithoutArticlesAndWithArticlesOfNoLaw) {
    auto const without = read_laws({testing::kLaws, "law,article,chapter,text\nponds-2001,1,,t\n", ""});
    ASSERT_FALSE(without);
    EXPECT_EQ(refused(without.error()), "knowledge.no_articles  bells-1990");
    auto const of_none = read_laws({testing::kLaws, "law,article,chapter,text\nrivers,1,,t\n", ""});
    ASSERT_FALSE(of_none);
    EXPECT_EQ(refused(of_none.error()), "knowledge.row law 2");
    auto const wording = read_laws({testing::kLaws, testing::kArticles, "article,wordings\nponds-2001:9,x\n"});
    ASSERT_FALSE(wording);
    EXPECT_EQ(refused(wording.error()), "knowledge.row article 2");
}

}  // namespace
}  // namespace banyan::knowledge
