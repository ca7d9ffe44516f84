// platform/sheet/sheet.h: a table as a file that spreadsheet programs open (Office Open XML, ECMA-376); all of
// libxlsxwriter. Why this library: docs/decisions/0008-spreadsheets.md
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace banyan::sheet {

inline constexpr std::string_view kXlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Nothing, a text (never a formula, whatever it begins with), a whole number, one with two decimals.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;

struct Table {
    std::string name;                     ///< of the sheet: at most 31 characters, none of []:*?/\ .
    std::vector<std::vector<Cell>> rows;  ///< the first: titles, which stay when the rest is scrolled
    std::string mark;                     ///< at the foot of every page on paper: who took it out; 60 characters
};

/// The file's bytes. Throws std::runtime_error with what the library says. Any thread.
std::string xlsx(Table const& table);

}  // namespace banyan::sheet
