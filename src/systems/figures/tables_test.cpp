// A table for spreadsheets: Chinese that they read, and nothing they would take for a formula.
#include "systems/figures/tables.h"

#include <gtest/gtest.h>

namespace banyan::figures {
namespace {

using sheet::Cell;

TEST(Csv, IsReadByASpreadsheetAndHarmless) {
    sheet::Table const table{"2026-10",
                             {{Cell("单位"), Cell("得分")},
                              {Cell("=HYPERLINK(\"http://x\",\"y\")"), Cell(98.5)},
                              {Cell("+86 591"), Cell(std::int64_t{-3})},
                              {Cell("-1+2"), Cell()},
                              {Cell("@SUM(A1)"), Cell("城管局, \"一中队\"")}}};
    EXPECT_EQ(csv_of(table),
              "\xEF\xBB\xBF单位,得分\r\n"
              "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",98.50\r\n"
              "'+86 591,-3\r\n"
              "'-1+2,\r\n"
              "'@SUM(A1),\"城管局, \"\"一中队\"\"\"\r\n");
}

}  // namespace
}  // namespace banyan::figures
