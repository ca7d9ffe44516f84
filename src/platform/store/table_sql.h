// platform/store/table_sql.h: the pieces of SQL that load(), append() and write() have in common.
//
// They are appended to a string the caller keeps, so that a warm call allocates nothing.
#pragma once
#include <string>

#include "platform/store/store.h"

namespace banyan::store {

bool has_column(Table const& table, std::string_view name);

/// "a, b, c", each after `prefix`.
void append_columns(std::string& sql, Table const& table, std::string_view prefix = {});

/// "INSERT INTO t (a, b, c) "
void append_insert(std::string& sql, Table const& table);

/// " ON CONFLICT (key…) DO UPDATE SET …" for every column outside the key; `lane_first` where the key begins
/// with the table's lane (PostgreSQL).
void append_upsert(std::string& sql, Table const& table, bool lane_first);

/// All lanes, lane n in group n mod `groups`.
std::vector<std::vector<std::int64_t>> lanes_in(std::int64_t groups);

/// How many rows `cells` are. Throws std::logic_error unless they fill them.
std::size_t count_rows(Table const& table, std::span<Cell const> cells);

/// For messages: the statement, not longer than a line or two. Never its arguments: they may be personal.
std::string shortened(std::string_view sql);

}  // namespace banyan::store
