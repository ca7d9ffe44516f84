// platform/store/sqlite_connection.h: SQLite's handles, with owners, and its error codes as store::Error.
#pragma once
#include <sqlite3.h>

#include <memory>
#include <string_view>

#include "platform/store/store.h"

namespace banyan::store {

class GatheringVfs;

struct CloseSqlite {
    std::shared_ptr<GatheringVfs> vfs;  ///< that the connection uses; outlives it
    void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
};
struct FinalizeSqlite {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using SqliteHandle = std::unique_ptr<sqlite3, CloseSqlite>;
using SqliteStatement = std::unique_ptr<sqlite3_stmt, FinalizeSqlite>;

constexpr int kBusyMs = 5'000;  ///< how long a connection waits for the locks of others

enum class SqliteRole { writer, reader, checkpointer };

/// A connection set up for its role. Thread rule: SQLite's own locks are off, one thread at a time.
SqliteHandle open_sqlite_connection(SqliteOptions const& options, SqliteRole role);

[[noreturn]] void throw_sqlite(sqlite3* db, int code, std::string_view doing);

/// Runs a statement without arguments; rows are dropped.
void run_sqlite(sqlite3* db, char const* sql);

/// Store::copy_to(), in sqlite_copy.cpp.
void copy_sqlite(SqliteOptions const& options, std::string const& file);

}  // namespace banyan::store
