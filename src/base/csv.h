// base/csv.h: RFC 4180, as spreadsheets really write it: with or without a BOM, CRLF or LF, quoted line ends.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace banyan {

struct CsvRow {
    int line = 0;  ///< where it begins, from 1
    std::vector<std::string> cells;
};

/// A table with a header line; columns are asked for by name.
class Csv {
  public:
    /// Refused: csv.utf8, csv.empty, csv.quote (with line), csv.column_twice.
    static Result<Csv> parse(std::string_view text);

    std::vector<std::string> const& columns() const { return columns_; }
    std::vector<CsvRow> const& rows() const { return rows_; }
    bool has(std::string_view column) const;
    /// Refused: csv.no_column, at the column itself or at `field`, the file's name in what was asked.
    Result<void> needs(std::vector<std::string_view> const& columns, std::string_view field = {}) const;
    /// Empty when the row is short or the table has no such column.
    std::string_view at(CsvRow const& row, std::string_view column) const;

  private:
    std::vector<std::string> columns_;
    std::vector<CsvRow> rows_;
};

/// One cell as it is written: quoted when it must be, and a leading = + - @ defused when `for_spreadsheets`.
std::string csv_cell(std::string_view text, bool for_spreadsheets = false);

}  // namespace banyan
