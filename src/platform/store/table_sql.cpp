#include "platform/store/table_sql.h"

#include <algorithm>

#include "base/id.h"

namespace banyan::store {

bool has_column(Table const& table, std::string_view name) {
    return std::ranges::any_of(table.columns, [&](Column const& column) { return column.name == name; });
}

void append_columns(std::string& sql, Table const& table, std::string_view prefix) {
    bool first = true;
    for (auto const& column : table.columns) {
        if (!first) sql += ", ";
        first = false;
        sql += prefix;
        sql += column.name;
    }
}

void append_insert(std::string& sql, Table const& table) {
    sql += "INSERT INTO ";
    sql += table.name;
    sql += " (";
    append_columns(sql, table);
    sql += ") ";
}

void append_upsert(std::string& sql, Table const& table, bool lane_first) {
    auto const in_key = [&](std::string_view name) {
        return std::ranges::find(table.key, name) != table.key.end();
    };
    sql += " ON CONFLICT (";
    bool first = true;
    if (lane_first && has_column(table, "lane") && !in_key("lane")) {
        sql += "lane";
        first = false;
    }
    for (auto name : table.key) {
        if (!first) sql += ", ";
        first = false;
        sql += name;
    }
    sql += ") DO ";
    first = true;
    for (auto const& column : table.columns) {
        if (in_key(column.name) || column.name == "lane") continue;  // a row never changes its lane
        if (std::ranges::find(table.fixed, column.name) != table.fixed.end()) continue;
        sql += first ? "UPDATE SET " : ", ";
        first = false;
        sql += column.name;
        sql += " = excluded.";
        sql += column.name;
    }
    if (first) sql += "NOTHING";
}

std::vector<std::vector<std::int64_t>> lanes_in(std::int64_t groups) {
    std::vector<std::vector<std::int64_t>> made(static_cast<std::size_t>(groups));
    for (std::int64_t lane = 0; lane < kLanes; ++lane)
        made[static_cast<std::size_t>(lane % groups)].push_back(lane);
    return made;
}

std::size_t count_rows(Table const& table, std::span<Cell const> cells) {
    auto const width = table.columns.size();
    if (width == 0 || cells.size() % width != 0)
        throw std::logic_error("cells do not fill whole rows of " + std::string(table.name));
    return cells.size() / width;
}

std::string shortened(std::string_view sql) {
    constexpr std::size_t kMost = 160;
    std::string text(sql.substr(0, kMost));
    if (sql.size() > kMost) text += "…";
    return text;
}

}  // namespace banyan::store
