// The embedded engine. The hot path is write(): one prepared statement, bound and stepped row after row,
// without an allocation of ours.

#include <chrono>
#include <cstring>
#include <string>

#include "platform/store/schema.h"
#include "platform/store/session_parts.h"
#include "platform/store/sqlite_connection.h"
#include "platform/store/sqlite_gather.h"
#include "platform/store/sqlite_log.h"
#include "platform/store/table_sql.h"

namespace banyan::store {
namespace {

constexpr int kStepsBetweenLooks = 1'000;  ///< of SQLite's machine, between two looks at the clock

struct Prepared {
    SqliteStatement handle;
    std::vector<int> places;  ///< where $1, $2 … are bound
};

/// Whatever happens, the statement is reset: it would hold its snapshot otherwise.
struct ResetAtEnd {
    sqlite3_stmt* statement;
    ~ResetAtEnd() { sqlite3_reset(statement); }
};

class SqliteRow final : public Row {
  public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

    bool null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override {
        expect(column, {SQLITE_INTEGER, SQLITE_FLOAT});
        return sqlite3_column_int64(statement_, column);
    }
    double real(int column) const override {
        expect(column, {SQLITE_FLOAT, SQLITE_INTEGER});
        return sqlite3_column_double(statement_, column);
    }
    std::string_view text(int column) const override {
        expect(column, {SQLITE_TEXT});
        auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
        return {text ? text : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    std::string_view bytes(int column) const override {
        expect(column, {SQLITE_BLOB, SQLITE_TEXT});
        auto const* bytes = static_cast<char const*>(sqlite3_column_blob(statement_, column));
        return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

  private:
    /// SQLite would convert; PostgreSQL would not, so a mistake shows here too.
    void expect(int column, std::initializer_list<int> types) const {
        int const type = sqlite3_column_type(statement_, column);
        if (type == SQLITE_NULL) return;
        for (int const allowed : types)
            if (type == allowed) return;
        throw Error(Error::Kind::other, "column " + std::to_string(column) + " is asked for as another type");
    }

    sqlite3_stmt* statement_;
};

struct PuttingOff {
    explicit PuttingOff(GatheringVfs& vfs) : vfs_(vfs) { vfs_.put_off(true); }
    ~PuttingOff() { vfs_.put_off(false); }
    PuttingOff(PuttingOff const&) = delete;

  private:
    GatheringVfs& vfs_;
};

class SqliteSession final : public Session {
  public:
    /// commit_soon() and sync() only of a writer.
    explicit SqliteSession(SqliteHandle db, std::unique_ptr<LogMover> mover = {})
        : mover_(std::move(mover)), db_(std::move(db)) {}

    Engine engine() const override { return Engine::sqlite; }

    void begin_turn() override { begin_write(); }
    void begin_write() override {
        run("BEGIN IMMEDIATE");
        failed_ = false;
    }
    void begin_read() override {
        run("BEGIN");
        failed_ = false;
        run("SELECT 1 FROM sqlite_schema");  // BEGIN alone takes no snapshot yet
    }
    void commit() override {
        refuse_failed();
        run("COMMIT");
        if (mover_) mover_->look_after(db_.get());
    }
    void commit_soon() override {
        refuse_failed();
        {
            PuttingOff const putting_off(vfs());
            run("COMMIT");
        }
        if (mover_) mover_->look_after(db_.get());
    }
    void sync(bool) override {  // nobody else writes
        int const code = vfs().sync_log();
        if (code == SQLITE_OK) return;
        if (mover_) mover_->halt();
        throw Error(Error::Kind::other, std::string("the log cannot be synced: ") + sqlite3_errstr(code));
    }
    void rollback() noexcept override {
        failed_ = false;
        if (!sqlite3_get_autocommit(db_.get())) sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    }

    void query(std::string_view sql, std::span<Cell const> args, OnRow const& on_row) override {
        auto const working = work();
        auto& prepared = prepare(sql);
        bind(prepared, args, sql);
        step_through(prepared.handle.get(), on_row, sql);
    }

    std::int64_t execute(std::string_view sql, std::span<Cell const> args) override {
        auto const working = work();
        auto& prepared = prepare(sql);
        bind(prepared, args, sql);
        auto const before = sqlite3_total_changes64(db_.get());
        step_through(prepared.handle.get(), {}, sql);
        return sqlite3_total_changes64(db_.get()) == before ? 0 : sqlite3_changes64(db_.get());
    }

    void load(Table const& table, std::string_view column, std::span<std::int64_t const> keys,
              OnRow const& on_row) override {
        auto const working = work();
        sql_ = "SELECT ";
        append_columns(sql_, table);
        sql_ += " FROM ";
        sql_ += table.name;
        sql_ += " WHERE ";
        sql_ += column;
        sql_ += " = $1";
        auto* const statement = prepare(sql_).handle.get();
        as_one("BEGIN", [&] {
            for (auto const key : keys) {
                sqlite3_bind_int64(statement, 1, key);
                step_through(statement, on_row, sql_);
            }
        });
    }

    void append(Table const& table, std::span<Cell const> cells) override { insert(table, cells, false); }
    void write(Table const& table, std::span<Cell const> cells) override { insert(table, cells, true); }

    void limit_time(int ms) override {
        limit_ = std::chrono::milliseconds(ms);
        sqlite3_progress_handler(db_.get(), ms > 0 ? kStepsBetweenLooks : 0, &SqliteSession::late, this);
    }

  private:
    using Clock = std::chrono::steady_clock;

    GatheringVfs& vfs() { return *db_.get_deleter().vfs; }
    void refuse_failed() {
        if (!failed_) return;
        rollback();
        throw Error(Error::Kind::other, "a statement of the transaction had failed");
    }

    Working work() {
        deadline_ = limit_.count() > 0 ? Clock::now() + limit_ : Clock::time_point::max();
        return Working(working_);
    }
    static int late(void* self) { return Clock::now() > static_cast<SqliteSession*>(self)->deadline_ ? 1 : 0; }

    void run(std::string_view sql) {
        auto const working = work();
        deadline_ = Clock::time_point::max();
        step_through(prepare(sql).handle.get(), {}, sql);
    }

    /// What PostgreSQL does in one statement sees one state and is all or nothing, also outside a transaction.
    template <class Loop>
    void as_one(char const* begin, Loop const& loop) {
        bool const alone = sqlite3_get_autocommit(db_.get()) != 0;
        if (alone) run_sqlite(db_.get(), begin);
        try {
            loop();
            if (alone) run_sqlite(db_.get(), "COMMIT");
        } catch (...) {
            if (alone) rollback();
            throw;
        }
    }

    [[noreturn]] void fail(int code, std::string_view sql) {
        failed_ = true;
        throw_sqlite(db_.get(), code, sql);
    }
    [[noreturn]] void refuse(std::string_view why, std::string_view sql, Error::Kind kind = Error::Kind::other) {
        failed_ = true;
        throw Error(kind, std::string(why) + " (" + shortened(sql) + ")");
    }

    Prepared& prepare(std::string_view sql) {
        if (auto const found = prepared_.find(sql); found != prepared_.end()) return found->second;
        if (prepared_.size() >= kMostPrepared) prepared_.clear();
        sqlite3_stmt* raw = nullptr;
        char const* rest = nullptr;
        int const code = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &raw, &rest);
        Prepared made{SqliteStatement(raw), {}};
        if (code != SQLITE_OK) fail(code, sql);
        if (!raw) refuse("no statement", sql);
        if (sql.substr(static_cast<std::size_t>(rest - sql.data())).find_first_not_of(" \t\r\n;") != sql.npos)
            refuse("several statements at once", sql);
        // SQLite numbers $1, $2 … by where they first stand, so each is looked up by its name.
        for (int n = 1; n <= sqlite3_bind_parameter_count(raw); ++n) {
            int const place = sqlite3_bind_parameter_index(raw, ("$" + std::to_string(n)).c_str());
            if (place == 0) refuse("arguments are $1, $2 … without a gap", sql);
            made.places.push_back(place);
        }
        return prepared_.emplace(sql, std::move(made)).first->second;
    }

    void bind(Prepared& prepared, std::span<Cell const> args, std::string_view sql) {
        if (args.size() != prepared.places.size()) refuse("another number of arguments", sql);
        for (std::size_t i = 0; i < args.size(); ++i)
            bind_cell(prepared.handle.get(), prepared.places[i], args[i], sql);
    }

    void bind_cell(sqlite3_stmt* statement, int place, Cell const& cell, std::string_view sql) {
        int code = SQLITE_OK;
        switch (cell.index()) {
            case 0:
                code = sqlite3_bind_null(statement, place);
                break;
            case 1:
                code = sqlite3_bind_int64(statement, place, *std::get_if<1>(&cell));
                break;
            case 2:
                code = sqlite3_bind_double(statement, place, *std::get_if<2>(&cell));
                break;
            case 3: {
                auto const text = *std::get_if<3>(&cell);
                // PostgreSQL has no such text; a city that grows must be able to move there.
                if (!text.empty() && std::memchr(text.data(), 0, text.size()))
                    refuse("text with a NUL", sql, Error::Kind::constraint);
                code = sqlite3_bind_text64(statement, place, text.empty() ? "" : text.data(), text.size(),
                                           SQLITE_STATIC, SQLITE_UTF8);
                break;
            }
            default: {
                auto const bytes = std::get_if<4>(&cell)->bytes;
                code = sqlite3_bind_blob64(statement, place, bytes.empty() ? "" : bytes.data(), bytes.size(),
                                           SQLITE_STATIC);
                break;
            }
        }
        if (code != SQLITE_OK) fail(code, sql);
    }

    void step_through(sqlite3_stmt* statement, OnRow const& on_row, std::string_view sql) {
        ResetAtEnd const reset{statement};
        for (;;) {
            int const code = sqlite3_step(statement);
            if (code == SQLITE_DONE) return;
            if (code != SQLITE_ROW) fail(code, sql);
            if (on_row) on_row(SqliteRow(statement));
        }
    }

    void insert(Table const& table, std::span<Cell const> cells, bool replacing) {
        auto const rows = count_rows(table, cells);
        auto const width = table.columns.size();
        auto const working = work();
        sql_.clear();
        append_insert(sql_, table);
        sql_ += "VALUES (";
        for (std::size_t i = 1; i <= width; ++i) {
            if (i > 1) sql_ += ", ";
            sql_ += '$';
            if (i >= 10) sql_ += static_cast<char>('0' + i / 10 % 10);
            sql_ += static_cast<char>('0' + i % 10);
        }
        sql_ += ')';
        if (replacing) append_upsert(sql_, table, false);
        auto* const statement = prepare(sql_).handle.get();
        auto const* cell = cells.data();
        as_one("BEGIN IMMEDIATE", [&] {
            for (std::size_t row = 0; row < rows; ++row) {
                for (int place = 1; place <= static_cast<int>(width); ++place)
                    bind_cell(statement, place, *cell++, sql_);
                step_through(statement, {}, sql_);
            }
        });
    }

    std::unique_ptr<LogMover> mover_;  ///< of the writer
    SqliteHandle db_;
    PreparedByText<Prepared> prepared_;  // gone before db_
    std::string sql_;                    ///< of load() and write(), kept for its room
    std::chrono::milliseconds limit_{0};
    Clock::time_point deadline_ = Clock::time_point::max();
    bool working_ = false;
    bool failed_ = false;  ///< as on PostgreSQL, nothing of a transaction stays in which a statement failed
};

class SqliteStore final : public Store {
  public:
    explicit SqliteStore(SqliteOptions options) : options_(std::move(options)) {}

    Engine engine() const override { return Engine::sqlite; }

    std::unique_ptr<Session> open_writer() override {
        auto db = open_sqlite_connection(options_, SqliteRole::writer);
        auto mover = std::make_unique<LogMover>(options_);
        mover->watch(db.get());
        return std::make_unique<SqliteSession>(std::move(db), std::move(mover));
    }
    std::unique_ptr<Session> open_reader() override {
        return std::make_unique<SqliteSession>(open_sqlite_connection(options_, SqliteRole::reader));
    }

    void migrate(std::span<Migration const> migrations) override {
        auto db = open_sqlite_connection(options_, SqliteRole::writer);
        sqlite3_busy_timeout(db.get(), kMigrationPatienceMs);
        SqliteSession session(std::move(db));
        apply_migrations(session, Engine::sqlite, migrations);
    }

    void copy_to(std::string const& file) override { copy_sqlite(options_, file); }
    std::vector<std::vector<std::int64_t>> const& lane_groups() override { return groups_; }

  private:
    static constexpr int kMigrationPatienceMs = 60'000;

    SqliteOptions options_;
    std::vector<std::vector<std::int64_t>> const groups_ = lanes_in(1);
};

}  // namespace

std::unique_ptr<Store> open_sqlite(SqliteOptions options) {
    return std::make_unique<SqliteStore>(std::move(options));
}

}  // namespace banyan::store
