#include "base/csv.h"

#include <algorithm>

#include "base/text.h"

namespace banyan {

Result<Csv> Csv::parse(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (!is_utf8(text)) return refuse("csv.utf8");
    Csv table;
    CsvRow row{1, {}};
    std::string cell;
    int line = 1;
    bool any = false;  // the row has begun
    auto end_row = [&] {
        row.cells.push_back(std::move(cell));
        cell.clear();
        if (row.cells.size() > 1 || !row.cells[0].empty()) table.rows_.push_back(std::move(row));
        row = {line, {}};
        any = false;
    };
    for (std::size_t i = 0; i < text.size();) {
        char c = text[i];
        if (!any) row.line = line, any = true;
        if (c == '"' && cell.empty()) {
            int began = line;
            for (++i;; ++i) {
                if (i >= text.size()) return refuse("csv.quote", {}, {{"line", std::to_string(began)}});
                if (text[i] == '"') {
                    if (i + 1 < text.size() && text[i + 1] == '"')
                        cell += text[++i];
                    else
                        break;
                } else {
                    line += text[i] == '\n';
                    cell += text[i];
                }
            }
            ++i;
        } else if (c == ',') {
            row.cells.push_back(std::move(cell));
            cell.clear();
            ++i;
        } else if (c == '\n' || (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) {
            i += c == '\r' ? 2 : 1;
            ++line;
            end_row();
        } else {
            cell += c;
            ++i;
        }
    }
    if (any) end_row();
    if (table.rows_.empty()) return refuse("csv.empty");
    table.columns_ = std::move(table.rows_.front().cells);
    table.rows_.erase(table.rows_.begin());
    for (auto& column : table.columns_) column = std::string(trim(column));
    for (std::size_t i = 0; i < table.columns_.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (table.columns_[i] == table.columns_[j]) return refuse("csv.column_twice", table.columns_[i]);
    return table;
}

bool Csv::has(std::string_view column) const { return std::ranges::find(columns_, column) != columns_.end(); }

Result<void> Csv::needs(std::vector<std::string_view> const& columns, std::string_view field) const {
    for (std::string_view column : columns)
        if (!has(column))
            return refuse("csv.no_column", std::string(field.empty() ? column : field),
                          {{"column", std::string(column)}});
    return {};
}

std::string_view Csv::at(CsvRow const& row, std::string_view column) const {
    auto found = std::ranges::find(columns_, column);
    auto index = static_cast<std::size_t>(found - columns_.begin());
    return found == columns_.end() || index >= row.cells.size() ? std::string_view()
                                                                : std::string_view(row.cells[index]);
}

std::string csv_cell(std::string_view text, bool for_spreadsheets) {
    std::string cell;
    if (for_spreadsheets && !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos)
        cell = "'";
    cell += text;
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (char c : cell) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + "\"";
}

}  // namespace banyan
