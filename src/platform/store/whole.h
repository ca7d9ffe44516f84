// platform/store/whole.h: a database as a whole, for who copies it to another engine: which tables there are, and
// every row of each. What is asked here differs on each engine, so it is no SQL of docs/sql.md.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "platform/store/store.h"

namespace banyan::store {

/// Names of the tables there are, `migration` among them, in order.
std::vector<std::string> table_names(Session& session, Engine engine);

/// The tables of a SQLite database as it is, but `migration`, in the order of their names; a key of a LANE KEY
/// table is without the lane, as everywhere.
class Tables {
  public:
    explicit Tables(Session& session);
    Tables(Tables const&) = delete;
    std::vector<Table> const& all() const { return tables_; }

  private:
    std::string_view keep(std::string_view name) { return names_.emplace_back(name); }

    std::deque<std::string> names_;
    std::vector<Table> tables_;
};

/// Every row, columns as in `table`. On SQLite always in the same order; on PostgreSQL in any, some MiB at a time.
/// REQUIRES: a transaction, so that all is of one moment.
void read_whole(Session& session, Engine engine, Table const& table, OnRow const& on_row);

/// A number over every row that read_whole() hands out, whatever their order: the same on both engines exactly
/// when the same rows are there. Against mistakes, not malice.
class Digest {
  public:
    void add(Table const& table, Row const& row);
    std::int64_t rows() const { return rows_; }
    std::int64_t sum() const { return static_cast<std::int64_t>(sum_); }
    bool operator==(Digest const&) const = default;

  private:
    std::int64_t rows_ = 0;
    std::uint64_t sum_ = 0;
};

/// One value of a row as a cell that borrows from it.
Cell cell_of(Row const& row, int column, Type type);

}  // namespace banyan::store
