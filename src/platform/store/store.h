// platform/store/store.h: the database, embedded (SQLite) or shared (PostgreSQL), behind one small face.
//
// A Store knows where the database is; a Session is one connection to it, used by one thread at a time. The
// writer has one session, each reader thread its own. SQL keeps to what both engines understand (docs/sql.md);
// loading and writing many rows are operations here because they are done differently on each: a loop over a
// prepared statement on SQLite, one statement with arrays on PostgreSQL.
//
// Whatever breaks is thrown as store::Error with its kind: a full disk is another thing than a lost connection.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace banyan::store {

enum class Engine { sqlite, postgresql };

class Error : public std::runtime_error {
  public:
    enum class Kind {
        other,
        busy,           ///< somebody else holds what is needed: another server on the folder, a lock
        full,           ///< no room on the disk
        read_only,      ///< the folder or the database cannot be written
        constraint,     ///< a row that may not be
        timeout,        ///< longer than Session::limit_time() allowed
        connection,     ///< the server is gone; a writer's session is of no more use
        serialisation,  ///< may be tried again as a whole
        corrupt,        ///< not a database, or a damaged one
        newer,          ///< migrated by a newer program
        unsafe,         ///< fsync or synchronous_commit is off
    };
    Error(Kind kind, std::string const& what) : std::runtime_error(what), kind_(kind) {}
    Kind kind() const { return kind_; }

  private:
    Kind kind_;
};

struct Bytes {
    std::string_view bytes;
};
/// One value on its way into the database. Text and bytes are borrowed: they live until the call returns.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string_view, Bytes>;

/// One row on its way out; views into it die with the callback.
class Row {
  public:
    virtual bool null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;  ///< 0 for null
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0;  ///< empty for null
    virtual std::string_view bytes(int column) const = 0;

  protected:
    ~Row() = default;
};
using OnRow = std::function<void(Row const&)>;

enum class Type { integer, real, text, bytes };
struct Column {
    std::string_view name;
    Type type;
};
/// A table as load() and write() see it; columns in the order of cells and rows. `key` names the columns of
/// its primary key without `lane` (PostgreSQL has `lane` first in it where the table has one; then lane =
/// first key column mod 256, base/id.h, and load() by that column relies on it).
struct Table {
    std::string_view name;
    std::vector<Column> columns;
    std::vector<std::string_view> key;
    /// Columns that write() leaves as they are in a row that is there: what never changes, or has not now. On
    /// SQLite an index is written again whenever one of its columns is, changed or not.
    std::vector<std::string_view> fixed = {};
};

/// A step of the schema, in the order of `number`; `sql` in the words of docs/sql.md.
struct Migration {
    int number;
    std::string_view name;
    std::string_view sql;
};

class Session {
  public:
    virtual ~Session() = default;

    virtual Engine engine() const = 0;

    virtual void begin_write() = 0;  ///< BEGIN IMMEDIATE / BEGIN
    /// As begin_write(), but one after another over all programs that use the database: it waits until nobody
    /// else is between begin_turn() and the end of it, and sees what they have committed, all of it.
    virtual void begin_turn() = 0;
    virtual void begin_read() = 0;  ///< a snapshot that stays as it is until commit()
    /// Returns when it is durable. Refuses, and rolls back, when a statement of the transaction had failed.
    virtual void commit() = 0;
    /// As commit(), but only others see it when it returns. Durable is what was committed before a sync() began
    /// that has returned; without one a power cut takes the last commits, from the end.
    virtual void commit_soon() = 0;
    /// From any thread, also beside the one that uses the session. Once it has thrown nobody knows what the disk
    /// has: nothing more can be committed in this session.
    /// `others`: also what other sessions have committed, whether this one has or not.
    virtual void sync(bool others = false) = 0;
    virtual void rollback() noexcept = 0;  ///< also without a transaction, also on a lost connection

    /// `sql` with $1, $2 …; statements are prepared once per session and text. `on_row` may not use the session.
    virtual void query(std::string_view sql, std::span<Cell const> args, OnRow const& on_row) = 0;
    virtual std::int64_t execute(std::string_view sql, std::span<Cell const> args) = 0;  ///< rows touched

    /// Rows whose `column` is one of `keys` (each once), in no order.
    virtual void load(Table const& table, std::string_view column, std::span<std::int64_t const> keys,
                      OnRow const& on_row) = 0;
    /// Appends rows (cells row after row); a row that is there already is Error::constraint.
    virtual void append(Table const& table, std::span<Cell const> cells) = 0;
    /// Writes rows, each replacing the one with its key; no key twice in one call. A table's key is (lane, key…)
    /// where it has a lane.
    virtual void write(Table const& table, std::span<Cell const> cells) = 0;

    /// Statements from now on that take longer (each by itself) end as Error::timeout; 0: no limit.
    virtual void limit_time(int ms) = 0;

    void query(std::string_view sql, std::initializer_list<Cell> args, OnRow const& on_row) {
        query(sql, std::span<Cell const>(args.begin(), args.size()), on_row);
    }
    std::int64_t execute(std::string_view sql, std::initializer_list<Cell> args = {}) {
        return execute(sql, std::span<Cell const>(args.begin(), args.size()));
    }
};

/// Several queries of one moment: begin_read() now, the end with it. Short: as long as one is open SQLite's log
/// cannot begin again.
class Snapshot {
  public:
    explicit Snapshot(Session& session) : session_(session) { session_.begin_read(); }
    ~Snapshot() { session_.rollback(); }
    Snapshot(Snapshot const&) = delete;

  private:
    Session& session_;
};

class Store {
  public:
    virtual ~Store() = default;
    virtual Engine engine() const = 0;
    virtual std::unique_ptr<Session> open_writer() = 0;
    virtual std::unique_ptr<Session> open_reader() = 0;  ///< refuses to write
    /// Applies what is missing, in one transaction each; a database that knows more is Error::newer, one whose
    /// applied text differs is Error::corrupt. Several processes may call it at once.
    virtual void migrate(std::span<Migration const> migrations) = 0;
    /// A consistent copy of everything into a new file, while others read and write. SQLite only.
    virtual void copy_to(std::string const& file) = 0;
    /// Lanes whose rows lie together: one group of all, but on a distributed engine one for each shard
    /// (docs/scale.md).
    virtual std::vector<std::vector<std::int64_t>> const& lane_groups() = 0;
};

struct SqliteOptions {
    std::string file;  ///< made when it is missing, unless read_only
    bool read_only = false;
    std::string vfs;  ///< empty: the system's
    std::int64_t cache_kib = 131072;
    int log_pages = 65'536;  ///< the log's length at which it is moved into the file
};
std::unique_ptr<Store> open_sqlite(SqliteOptions options);
/// `allow_unsafe`: do not refuse a server with fsync or synchronous_commit off. `shards`: write to it as if lanes
/// were spread over so many, for tests; 0: as they are, which a Citus coordinator tells.
std::unique_ptr<Store> open_postgresql(std::string const& url, bool allow_unsafe = false, int shards = 0);

}  // namespace banyan::store
