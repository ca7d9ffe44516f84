#include "base/csv.h"

#include <gtest/gtest.h>

namespace banyan {
namespace {

TEST(Csv, ReadsWhatSpreadsheetsWrite) {
    auto table = Csv::parse("\xEF\xBB\xBFid,text\r\n1,\"a \"\"b\"\",\r\nc\"\r\n\r\n2,榕树\n3");
    ASSERT_TRUE(table);
    ASSERT_EQ(table->rows().size(), 3U);
    EXPECT_EQ(table->at(table->rows()[0], "text"), "a \"b\",\r\nc");
    EXPECT_EQ(table->rows()[1].line, 5);
    EXPECT_EQ(table->at(table->rows()[1], "text"), "榕树");
    EXPECT_EQ(table->at(table->rows()[2], "text"), "");
    EXPECT_EQ(table->at(table->rows()[2], "nothing"), "");
}

TEST(Csv, NamesTheLineOfAnOpenQuote) {
    auto table = Csv::parse("id\n1\n\"2");
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().key, "csv.quote");
    EXPECT_EQ(table.error().params[0].second, "3");
    EXPECT_EQ(Csv::parse("\xFF").error().key, "csv.utf8");
    EXPECT_EQ(Csv::parse("").error().key, "csv.empty");
    EXPECT_EQ(Csv::parse("a,b,a\n").error().key, "csv.column_twice");
}

TEST(Csv, WritesCellsThatNoSpreadsheetCalculates) {
    EXPECT_EQ(csv_cell("a,\"b"), "\"a,\"\"b\"");
    EXPECT_EQ(csv_cell("=1+1", true), "'=1+1");
    EXPECT_EQ(csv_cell("=1+1"), "=1+1");
}

}  // namespace
}  // namespace banyan
