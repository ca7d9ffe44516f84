// The shared engine. The hot path is write(): one statement with an array for each column, in binary.
#include "platform/store/postgres_connection.h"
#include "platform/store/postgres_values.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

#include "base/id.h"
#include "platform/store/schema.h"
#include "platform/store/session_parts.h"
#include "platform/store/table_sql.h"

namespace banyan::store {
namespace {

constexpr std::size_t kMostRows = 5'000;  ///< in one statement
constexpr std::size_t kMostValues = 512;  ///< rows of a VALUES list
constexpr std::size_t kMostArguments = 65'535;
std::string const kTurn = "108170604798318";  ///< key of the advisory lock: "banyan" as a number

class PgSession final : public Session {
  public:
    /// `url` for the second connection of a writer's sync().
    PgSession(PgHandle connection, std::string url, bool spread)
        : connection_(std::move(connection)), spread_(spread), url_(std::move(url)) {}
    /// A reader's: one that is lost is opened again when the next is asked for. What was lost with it fails.
    PgSession(std::function<PgHandle()> open, bool spread)
        : connection_(open()), open_(std::move(open)), spread_(spread) {}

    Engine engine() const override { return Engine::postgresql; }

    void begin_write() override { run("BEGIN"); }
    void begin_turn() override {
        try {
            if (!spread_) {
                run("BEGIN; SELECT pg_advisory_xact_lock(" + kTurn + ")");
                return;
            }
            // What lies on several shards is not seen of all at once, and a transaction's own locks are let go
            // before: this one is kept until COMMIT has returned.
            run("SELECT pg_advisory_lock(" + kTurn + ")");
            has_turn_ = true;
            run("BEGIN");
        } catch (...) {
            rollback();
            throw;
        }
    }
    void begin_read() override {
        revive();
        reading_ = true;
        run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1");  // BEGIN alone takes no snapshot yet
    }
    void commit() override { commit_with("COMMIT"); }
    void commit_soon() override {
        if (sync_failed_) throw Error(Error::Kind::connection, "what was committed before could not be synced");
        bool const sound = PQtransactionStatus(connection_.get()) == PQTRANS_INTRANS;
        commit_with(sound ? "SET LOCAL synchronous_commit = off; COMMIT" : "COMMIT");
        owed_ = true;
    }
    /// The log is one: a commit of another connection that waits for the disk waits for all before it. One that
    /// has written nothing would not wait.
    void sync(bool others) override {
        std::scoped_lock const lock(syncing_);
        if (sync_failed_) throw Error(Error::Kind::connection, "an earlier sync had failed");
        if (!owed_.exchange(false) && !others) return;
        try {
            if (!sync_connection_) sync_connection_ = open_postgres_connection(url_);
            run_postgres(sync_connection_.get(), "SELECT pg_logical_emit_message(true, 'banyan', '')");
        } catch (...) {
            sync_failed_ = true;  // a server that has come again may have lost it: no second try
            throw;
        }
    }
    void rollback() noexcept override {
        reading_ = false;
        if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) {
            PgResult const ended(PQexec(connection_.get(), "ROLLBACK"));
            if (limit_in_transaction_)
                PgResult const limited(PQexec(connection_.get(), limit_statement().c_str()));
            limit_in_transaction_ = false;
        }
        end_turn();
    }

    void query(std::string_view sql, std::span<Cell const> args, OnRow const& on_row) override {
        auto const working = work();
        revive();
        take(args);
        hand_out(perform(sql), on_row);
    }
    std::int64_t execute(std::string_view sql, std::span<Cell const> args) override {
        auto const working = work();
        take(args);
        auto const result = perform(sql);
        if (std::string_view(PQcmdStatus(result.get())).starts_with("SELECT")) return 0;
        return std::atoll(PQcmdTuples(result.get()));
    }

    void load(Table const& table, std::string_view column, std::span<std::int64_t const> keys,
              OnRow const& on_row) override {
        if (keys.empty()) return;
        auto const working = work();
        revive();
        // The primary key begins with the lane, which an id carries in itself.
        bool const has_lane = column != "lane" && has_column(table, "lane");
        bool const by_lane = has_lane && !spread_ && !table.key.empty() && column == table.key.front();
        // So do the ids of what belongs to the lane; a statement without it would ask every shard.
        bool const of_lane =
            has_lane && !by_lane && (column == "matter" || column == "event" || column == table.key.front());
        sql_ = "SELECT ";
        append_columns(sql_, table, by_lane ? "t." : "");
        sql_ += " FROM ";
        sql_ += table.name;
        if (by_lane)
            sql_ += " t JOIN unnest($2::int8[], $1::int8[]) wanted (lane, key) ON t.lane = wanted.lane AND t.";
        else
            sql_ += " WHERE ";
        sql_ += column;
        sql_ += by_lane ? " = wanted.key" : " = ANY($1::int8[])";
        if (of_lane) sql_ += " AND lane = ANY($2::int8[])";
        arguments_.clear();
        make_room(2);
        put_array(arrays_[0], keys);
        arguments_.add(kInt8Array, arrays_[0]);
        if (by_lane || of_lane) {
            lanes_.resize(keys.size());
            std::ranges::transform(keys, lanes_.begin(), [](std::int64_t key) { return key % kLanes; });
            if (of_lane) {
                std::ranges::sort(lanes_);
                lanes_.erase(std::ranges::unique(lanes_).begin(), lanes_.end());
            }
            put_array(arrays_[1], lanes_);
            arguments_.add(kInt8Array, arrays_[1]);
        }
        hand_out(perform(sql_), on_row);
    }

    void append(Table const& table, std::span<Cell const> cells) override { put(table, cells, false); }
    void write(Table const& table, std::span<Cell const> cells) override { put(table, cells, true); }

    void limit_time(int ms) override {
        if (ms == limit_ms_) return;
        revive();
        limit_ms_ = ms;
        // Set inside a transaction, it is lost when that is rolled back.
        limit_in_transaction_ = PQtransactionStatus(connection_.get()) != PQTRANS_IDLE;
        run(limit_statement());
    }

  private:
    struct Prepared {
        std::string name;
        std::vector<Oid> types;  ///< 0 as long as only nulls were seen
    };

    Working work() { return Working(working_); }

    void revive() {
        if (!open_ || reading_ || PQstatus(connection_.get()) != CONNECTION_BAD) return;
        connection_ = open_();
        prepared_.clear();
        if (limit_ms_ != 0) run_postgres(connection_.get(), limit_statement());
    }

    void commit_with(std::string const& sql) {
        reading_ = false;
        auto const result = run(sql);
        limit_in_transaction_ = false;
        // The answer to COMMIT of a failed transaction is a friendly "ROLLBACK".
        if (std::string_view(PQcmdStatus(result.get())) != "COMMIT")
            throw Error(Error::Kind::other, "a statement of the transaction had failed");
        end_turn();
    }
    /// Of a connection that is lost the server lets it go.
    void end_turn() noexcept {
        if (!std::exchange(has_turn_, false)) return;
        PgResult const ended(PQexec(connection_.get(), ("SELECT pg_advisory_unlock(" + kTurn + ")").c_str()));
    }

    PgResult run(std::string const& sql) {
        auto const working = work();
        return run_postgres(connection_.get(), sql);
    }
    std::string limit_statement() const { return "SET statement_timeout = " + std::to_string(limit_ms_); }

    void take(std::span<Cell const> args) {
        arguments_.clear();
        arguments_.reserve(args.size());
        for (auto const& cell : args) arguments_.add(cell);
    }
    void make_room(std::size_t arrays) {
        if (arrays_.size() < arrays) arrays_.resize(arrays);
    }

    PgResult perform(std::string_view sql) {
        auto const& prepared = prepare(sql);
        return checked(connection_.get(),
                       PQexecPrepared(connection_.get(), prepared.name.c_str(), arguments_.count(),
                                      arguments_.values(), arguments_.lengths(), arguments_.formats(), 1),
                       sql);
    }

    /// The statement for arguments of these types. A null fits everywhere; what it stands for is learnt later.
    Prepared const& prepare(std::string_view sql) {
        auto found = prepared_.find(sql);
        if (found != prepared_.end() && fits(found->second.types)) return found->second;
        if (found == prepared_.end()) {
            if (prepared_.size() >= kMostPrepared) forget_all();
            found = prepared_.emplace(sql, Prepared{}).first;
        }
        auto& prepared = found->second;
        auto types = prepared.types;
        types.resize(arguments_.types().size(), 0);
        for (std::size_t i = 0; i < types.size(); ++i)
            if (auto const type = arguments_.types()[i]; type != 0) types[i] = type;
        auto const name = "s" + std::to_string(++last_name_);
        try {
            checked(connection_.get(),
                    PQprepare(connection_.get(), name.c_str(), found->first.c_str(),
                              static_cast<int>(types.size()), types.data()),
                    sql);
        } catch (...) {
            prepared_.erase(found);
            throw;
        }
        prepared = {name, std::move(types)};
        return prepared;
    }
    bool fits(std::vector<Oid> const& types) const {
        auto const given = arguments_.types();
        return std::ranges::equal(types, given, [](Oid known, Oid now) { return now == 0 || now == known; });
    }
    void forget_all() {
        prepared_.clear();
        run_postgres(connection_.get(), "DEALLOCATE ALL");
    }

    static void hand_out(PgResult const& result, OnRow const& on_row) {
        if (!on_row) return;
        int const rows = PQntuples(result.get());
        for (int row = 0; row < rows; ++row) on_row(PgRow(result.get(), row));
    }

    void put(Table const& table, std::span<Cell const> cells, bool replacing) {
        if (spread_)
            insert_values(table, cells, replacing);
        else
            insert(table, cells, replacing);
    }

    /// As insert(), with the rows in the statement: what comes from a function is pulled to the coordinator of a
    /// distributed engine. Lists of 512, 256 … rows, so that few statements are prepared.
    void insert_values(Table const& table, std::span<Cell const> cells, bool replacing) {
        auto const rows = count_rows(table, cells);
        auto const working = work();
        bool const alone = PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
        if (alone) run_postgres(connection_.get(), "BEGIN");  // all rows or none
        try {
            put_lists(table, cells, rows, replacing);
            if (alone) run_postgres(connection_.get(), "COMMIT");
        } catch (...) {
            if (alone) rollback();
            throw;
        }
    }
    void put_lists(Table const& table, std::span<Cell const> cells, std::size_t rows, bool replacing) {
        auto const width = table.columns.size();
        std::size_t many = 0;
        for (std::size_t row = 0; row < rows; row += many) {
            many = std::bit_floor(std::min({kMostValues, kMostArguments / width, rows - row}));
            sql_.clear();
            append_insert(sql_, table);
            sql_ += "VALUES ";
            for (std::size_t cell = 0; cell < many * width; ++cell) {
                sql_ += cell % width != 0 ? ", $" : cell == 0 ? "($" : "), ($";
                sql_ += std::to_string(cell + 1);
                sql_ += "::";
                auto const of_array = array_type_name(table.columns[cell % width].type);
                sql_ += of_array.substr(0, of_array.size() - std::string_view("[]").size());
            }
            sql_ += ")";
            if (replacing) append_upsert(sql_, table, true);
            take(cells.subspan(row * width, many * width));
            perform(sql_);
        }
    }

    void insert(Table const& table, std::span<Cell const> cells, bool replacing) {
        auto const rows = count_rows(table, cells);
        auto const width = table.columns.size();
        auto const working = work();
        sql_.clear();
        append_insert(sql_, table);
        sql_ += "SELECT * FROM unnest(";
        for (std::size_t column = 0; column < width; ++column) {
            sql_ += column == 0 ? "$" : ", $";
            sql_ += std::to_string(column + 1);
            sql_ += "::";
            sql_ += array_type_name(table.columns[column].type);
        }
        sql_ += ")";
        if (replacing) append_upsert(sql_, table, true);
        make_room(width);
        for (std::size_t row = 0; row < rows; row += kMostRows) {
            arguments_.clear();
            for (std::size_t column = 0; column < width; ++column) {
                auto const type = table.columns[column].type;
                put_array(arrays_[column], type, &cells[row * width + column], width,
                          std::min(kMostRows, rows - row));
                arguments_.add(array_type(type), arrays_[column]);
            }
            perform(sql_);
        }
    }

    PgHandle connection_;
    std::function<PgHandle()> const open_;
    bool const spread_;     ///< over shards: each statement says its lanes
    bool reading_ = false;  ///< between begin_read() and its end
    bool has_turn_ = false;
    PreparedByText<Prepared> prepared_;
    std::int64_t last_name_ = 0;
    Arguments arguments_;
    std::vector<std::string> arrays_;
    std::vector<std::int64_t> lanes_;
    std::string sql_;  ///< of load() and write(), kept for its room
    int limit_ms_ = 0;
    bool limit_in_transaction_ = false;
    bool working_ = false;

    std::string const url_;
    /// Owed from the beginning: what is there may be of a session that was lost before its sync.
    std::atomic<bool> owed_{true}, sync_failed_{false};
    std::mutex syncing_;  ///< over what follows
    PgHandle sync_connection_;
};

class PgStore final : public Store {
  public:
    PgStore(std::string url, bool allow_unsafe, int shards)
        : url_(std::move(url)), allow_unsafe_(allow_unsafe), shards_(shards) {}

    Engine engine() const override { return Engine::postgresql; }

    std::unique_ptr<Session> open_writer() override {
        auto connection = open_postgres_connection(url_);
        if (!allow_unsafe_) refuse_unsafe(connection.get());
        // The writer asks by keys. A plan made while a table was small would go on reading all of it.
        run_postgres(connection.get(),
                     "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off");
        // A writer that is cut off holds what others wait for; the server lets go of it as soon as it notices.
        run_postgres(connection.get(),
                     "SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3; "
                     "SET tcp_user_timeout = '6s'; SET idle_in_transaction_session_timeout = '15s'");
        return std::make_unique<PgSession>(std::move(connection), url_, lane_groups().size() > 1);
    }
    std::unique_ptr<Session> open_reader() override {
        return std::make_unique<PgSession>(
            [url = url_] {
                auto connection = open_postgres_connection(url);
                // Lists are planned each time, for the same reason: it costs 0.1 ms.
                run_postgres(connection.get(),
                             "SET default_transaction_read_only = on; SET plan_cache_mode = force_custom_plan");
                return connection;
            },
            lane_groups().size() > 1);
    }

    void migrate(std::span<Migration const> migrations) override {
        auto const session = open_writer();
        apply_migrations(*session, Engine::postgresql, migrations);
    }

    void copy_to(std::string const&) override {
        throw Error(Error::Kind::other, "a shared database is copied with pg_dump or pg_basebackup");
    }

    /// As they are when it is asked first: whoever distributes the tables starts the program afterwards.
    std::vector<std::vector<std::int64_t>> const& lane_groups() override {
        std::scoped_lock const lock(grouping_);
        if (groups_.empty()) groups_ = lanes_in(std::max(shards_, 1));
        if (shards_ > 0 || asked_) return groups_;
        auto const connection = open_postgres_connection(url_);
        auto const number = [&](char const* sql) {
            auto const result = run_postgres(connection.get(), sql);
            return PQntuples(result.get());
        };
        if (number("SELECT 1 FROM pg_extension WHERE extname = 'citus'") == 0 ||
            number(
                "SELECT 1 FROM pg_dist_partition WHERE logicalrelid = to_regclass('head') AND partmethod = 'h'") ==
                0) {
            asked_ = true;
            return groups_;
        }
        auto const shards = run_postgres(
            connection.get(),
            "SELECT lane, get_shard_id_for_distribution_column('head', lane) FROM generate_series(0, 255) lane");
        std::map<std::string, std::vector<std::int64_t>> by_shard;
        for (int row = 0; row < PQntuples(shards.get()); ++row)
            by_shard[PQgetvalue(shards.get(), row, 1)].push_back(std::atoll(PQgetvalue(shards.get(), row, 0)));
        groups_.clear();
        for (auto& [shard, lanes] : by_shard) groups_.push_back(std::move(lanes));
        asked_ = true;
        return groups_;
    }

  private:
    std::string url_;
    bool allow_unsafe_;
    int shards_;
    std::mutex grouping_;
    bool asked_ = false;
    std::vector<std::vector<std::int64_t>> groups_;
};

}  // namespace

std::unique_ptr<Store> open_postgresql(std::string const& url, bool allow_unsafe, int shards) {
    return std::make_unique<PgStore>(url, allow_unsafe, shards);
}

}  // namespace banyan::store
