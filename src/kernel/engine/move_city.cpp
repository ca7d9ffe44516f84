#include "kernel/engine/move_city.h"

#include <algorithm>
#include <map>

#include "kernel/engine/backup.h"
#include "kernel/files/contents.h"
#include "platform/store/schema.h"
#include "platform/store/whole.h"

namespace banyan {
namespace {

using store::Digest;
using store::Type;

constexpr std::size_t kMostRows = 5'000;
constexpr std::size_t kMostBytes = 8 << 20;  ///< of one transaction, but a single row may have more
/// In the list of migrations as long as the city is not whole: a program refuses the database as newer than
/// itself.
constexpr std::int64_t kUnderWay = 0x7fffffff;

store::Table const kProgress{
    "city_move",
    {{"name", Type::text}, {"copied", Type::integer}, {"sum", Type::integer}, {"whole", Type::integer}},
    {"name"}};
store::Table const kContent{
    "file_content", {{"address", Type::text}, {"at", Type::integer}, {"sealed", Type::bytes}}, {"address"}};

/// Rows on their way, owned.
class Batch {
  public:
    explicit Batch(store::Table const& table) : table_(table) { bytes_.reserve(kMostBytes); }

    bool room_for(std::size_t bytes) const {
        return cells_.empty() || (rows_ < kMostRows && bytes_.size() + bytes <= bytes_.capacity());
    }
    void add(std::span<store::Cell const> row) {
        std::size_t bytes = 0;
        for (store::Cell const& cell : row) bytes += bytes_of(cell).size();
        bytes_.reserve(bytes_.size() + bytes);  // does nothing unless it is the first row, and a large one
        for (store::Cell const& cell : row) {
            if (cell.index() == 3)
                cells_.emplace_back(keep(bytes_of(cell)));
            else if (cell.index() == 4)
                cells_.emplace_back(store::Bytes{keep(bytes_of(cell))});
            else
                cells_.push_back(cell);
        }
        ++rows_;
    }
    static std::size_t size_of(std::span<store::Cell const> row) {
        std::size_t bytes = 0;
        for (store::Cell const& cell : row) bytes += bytes_of(cell).size();
        return bytes;
    }
    bool empty() const { return cells_.empty(); }
    void append_to(store::Session& session) {
        if (!empty()) session.append(table_, cells_);
        cells_.clear();
        bytes_.clear();
        rows_ = 0;
    }

  private:
    static std::string_view bytes_of(store::Cell const& cell) {
        if (cell.index() == 3) return std::get<3>(cell);
        return cell.index() == 4 ? std::get<4>(cell).bytes : std::string_view();
    }
    std::string_view keep(std::string_view bytes) {
        std::size_t const at = bytes_.size();
        bytes_ += bytes;
        return std::string_view(bytes_).substr(at);
    }

    store::Table const& table_;
    std::vector<store::Cell> cells_;
    std::string bytes_;  ///< never grows while cells point into it
    std::size_t rows_ = 0;
};

std::map<std::int64_t, std::int64_t> migrations_of(store::Session& session) {
    std::map<std::int64_t, std::int64_t> applied;
    session.query("SELECT number, checksum FROM migration WHERE number <> $1", {kUnderWay},
                  [&](store::Row const& row) { applied[row.integer(0)] = row.integer(1); });
    return applied;
}

class Move {
  public:
    Move(store::Store& from, store::Store& to, MovePlan const& plan, OnMove const& on_move)
        : to_(to), plan_(plan), on_move_(on_move), reading_(from.open_reader()), writing_(to.open_writer()) {
        for (store::Migration const& migration : plan.migrations)
            ours_[migration.number] = store::checksum(migration);
    }

    Result<Moved> run(crypto::Keyring const& keys) {
        store::Snapshot const now(*reading_);
        BANYAN_CHECK(fits("migrate.city_other_schema", migrations_of(*reading_)));
        store::Tables const tables(*reading_);
        BANYAN_CHECK(begin(tables));
        count(tables);
        std::map<std::string_view, Digest> digests;
        for (store::Table const* table : in_order(tables)) {
            BANYAN_TRY(digests[table->name], copy(*table));
        }
        BANYAN_CHECK(copy_files());
        writing_->execute("ANALYZE");  // nothing knows yet how large the tables are
        for (store::Table const* table : in_order(tables)) BANYAN_CHECK(compare(*table, digests.at(table->name)));
        moved_.report = verify_there(keys);
        if (moved_.report.ok) end();
        moved_.tables = static_cast<std::int64_t>(digests.size());
        return std::move(moved_);
    }

  private:
    using Applied = std::map<std::int64_t, std::int64_t>;  ///< number → checksum

    Result<void> fits(char const* otherwise, Applied const& applied) const {
        return fits(otherwise, applied, ours_);
    }
    static Result<void> fits(char const* otherwise, Applied const& applied, Applied const& ours) {
        if (applied == ours) return {};
        auto const [its, mine] = std::ranges::mismatch(applied, ours);
        std::int64_t const first = its == applied.end() ? mine->first
                                   : mine == ours.end() ? its->first
                                                        : std::min(its->first, mine->first);
        return refuse(otherwise, {}, {{"number", std::to_string(first)}});
    }

    /// Heads first: whoever wrote to the journal since is noticed at once. Contents of files are no rows on
    /// SQLite.
    static std::vector<store::Table const*> in_order(store::Tables const& tables) {
        std::vector<store::Table const*> order;
        for (store::Table const& table : tables.all())
            if (table.name != kContent.name) order.push_back(&table);
        std::ranges::stable_partition(order, [](auto const* table) { return table->name == "head"; });
        return order;
    }

    Result<void> begin(store::Tables const& tables) {
        std::vector<std::string> const there = store::table_names(*writing_, to_.engine());
        auto const is_there = [&](std::string_view name) { return std::ranges::find(there, name) != there.end(); };
        if (is_there(kProgress.name)) return fits("migrate.other_schema", migrations_of(*writing_));
        if (is_there("migration")) {  // perhaps not all of ours yet: the move was cut short even before it began
            auto known = ours_;
            auto const applied = migrations_of(*writing_);
            std::erase_if(known, [&](auto const& each) { return !applied.contains(each.first); });
            BANYAN_CHECK(fits("migrate.other_schema", applied, known));
        }
        for (std::string const& name : there) {
            bool const known = name == "migration" || std::ranges::find(tables.all(), std::string_view(name),
                                                                        &store::Table::name) != tables.all().end();
            if (name == "migration") continue;
            if (!known || has_rows(name)) return refuse("migrate.not_empty", "to", {{"table", name}});
        }
        to_.migrate(plan_.migrations);
        writing_->begin_write();
        writing_->execute(
            "CREATE TABLE city_move (name TEXT NOT NULL, copied BIGINT NOT NULL, sum BIGINT NOT NULL, "
            "whole BIGINT NOT NULL, PRIMARY KEY (name))");
        writing_->execute("INSERT INTO migration (number, name, checksum, applied) VALUES ($1, $2, 0, 0)",
                          {kUnderWay, std::string_view("a city is being moved here")});
        writing_->commit();
        return {};
    }
    bool has_rows(std::string const& table) {
        bool found = false;
        writing_->query("SELECT 1 FROM " + table + " LIMIT 1", {}, [&](store::Row const&) { found = true; });
        return found;
    }

    void count(store::Tables const& tables) {
        for (store::Table const* table : in_order(tables)) {
            // The journal is counted already, and long to count.
            std::string const sql = table->name == "event"
                                        ? "SELECT CAST(coalesce(sum(events), 0) AS BIGINT) FROM head"
                                        : "SELECT COUNT(*) FROM " + std::string(table->name);
            reading_->query(sql, {}, [&](store::Row const& row) { of_ += row.integer(0); });
        }
    }
    void say(std::string_view what, std::int64_t done, std::int64_t of) const {
        if (on_move_) on_move_(what, done, of);
    }

    struct Stood {
        std::int64_t copied = 0, sum = 0;
        bool whole = false;
    };
    Stood stood(std::string_view name) {
        Stood found;
        writing_->query(
            "SELECT copied, sum, whole FROM city_move WHERE name = $1", {name},
            [&](store::Row const& row) { found = {row.integer(0), row.integer(1), row.integer(2) != 0}; });
        return found;
    }
    /// With what `batch` holds, in one transaction.
    void put(Batch& batch, std::string_view name, Digest const& sofar, bool whole) {
        writing_->begin_write();
        batch.append_to(*writing_);
        writing_->write(kProgress, std::vector<store::Cell>{name, sofar.rows(), sofar.sum(), std::int64_t{whole}});
        if (whole)
            writing_->commit();
        else
            writing_->commit_soon();  // what a crash takes, it takes together with how far this has come
    }

    Result<Digest> copy(store::Table const& table) {
        Stood const before = stood(table.name);
        bool changed = false;
        Digest sofar;
        Batch batch(table);
        std::vector<store::Cell> cells(table.columns.size());
        store::read_whole(*reading_, store::Engine::sqlite, table, [&](store::Row const& row) {
            if (changed) return;
            if (sofar.rows() >= before.copied) {
                for (std::size_t i = 0; i < cells.size(); ++i)
                    cells[i] = store::cell_of(row, static_cast<int>(i), table.columns[i].type);
                if (!batch.room_for(Batch::size_of(cells))) {
                    put(batch, table.name, sofar, false);
                    say(table.name, moved_.rows + sofar.rows(), of_);
                }
                batch.add(cells);
                ++moved_.copied;
            }
            sofar.add(table, row);
            if (sofar.rows() == before.copied) changed = sofar.sum() != before.sum;
        });
        if (changed || sofar.rows() < before.copied || (before.whole && sofar.rows() != before.copied))
            return refuse("migrate.source_changed", {}, {{"table", std::string(table.name)}});
        if (!before.whole) put(batch, table.name, sofar, true);
        moved_.rows += sofar.rows();
        say(table.name, moved_.rows, of_);
        return sofar;
    }

    /// Contents become rows, in the order of their addresses: the last one there says how far it has come. What no
    /// row names stays behind; what a row names and is not there, the verification says.
    Result<void> copy_files() {
        auto const contents = files::contents_in_folder(plan_.folder + "/" + kAttachmentsFolder);
        std::string last, after;
        writing_->query("SELECT coalesce(max(address), '') FROM file_content", {},
                        [&](store::Row const& row) { last = row.text(0); });
        Batch batch(kContent);
        for (std::vector<Named> page; !(page = files_after(after)).empty(); after = page.back().address)
            for (Named const& file : page) {
                std::optional<std::string> const sealed = contents->get(*reading_, file.address);
                if (!sealed) continue;
                ++moved_.files;
                if (file.address <= last) continue;
                store::Cell const row[] = {std::string_view(file.address), file.at, store::Bytes{*sealed}};
                if (!batch.room_for(Batch::size_of(row))) {
                    put(batch, kContent.name, {}, false);
                    say(kAttachmentsFolder, moved_.files, 0);
                }
                batch.add(row);
            }
        put(batch, kContent.name, {}, true);
        std::int64_t there = 0;
        writing_->query("SELECT COUNT(*) FROM file_content", {},
                        [&](store::Row const& row) { there = row.integer(0); });
        if (there == moved_.files) return {};
        return refuse("migrate.source_changed", {}, {{"table", kAttachmentsFolder}});
    }
    struct Named {
        std::string address;
        std::int64_t at;
    };
    std::vector<Named> files_after(std::string_view address) {
        std::vector<Named> page;
        reading_->query(
            "SELECT address, at FROM file WHERE address > $1 ORDER BY address LIMIT 1000", {address},
            [&](store::Row const& row) { page.push_back({std::string(row.text(0)), row.integer(1)}); });
        return page;
    }

    Result<void> compare(store::Table const& table, Digest const& source) {
        Digest copy;
        auto const reading = to_.open_reader();
        store::Snapshot const now(*reading);
        store::read_whole(*reading, to_.engine(), table, [&](store::Row const& row) { copy.add(table, row); });
        if (copy == source) return {};
        return refuse("migrate.differs", {},
                      {{"table", std::string(table.name)},
                       {"source", std::to_string(source.rows())},
                       {"target", std::to_string(copy.rows())}});
    }

    VerifyReport verify_there(crypto::Keyring const& keys) {
        auto const contents = files::contents_in_database(to_);
        return verify(
            to_, plan_.procedures, &keys, plan_.folder + "/" + kHeadsLogFile,
            [this](std::int64_t done, std::int64_t of) { say("verify", done, of); }, contents.get());
    }

    void end() {
        writing_->begin_write();
        writing_->execute("DROP TABLE city_move");
        writing_->execute("DELETE FROM migration WHERE number = $1", {kUnderWay});
        writing_->commit();
    }

    store::Store& to_;
    MovePlan const& plan_;
    OnMove const& on_move_;
    std::unique_ptr<store::Session> reading_, writing_;
    std::map<std::int64_t, std::int64_t> ours_;
    std::int64_t of_ = 0;
    Moved moved_;
};

}  // namespace

Result<Moved> move_city(store::Store& from, store::Store& to, crypto::Keyring const& keys, MovePlan const& plan,
                        OnMove const& on_move) {
    using Kind = store::Error::Kind;
    try {
        return Move(from, to, plan, on_move).run(keys);
    } catch (store::Error const& error) {  // an edge, as a job is: what an operator can mend has a name
        if (error.kind() == Kind::connection)
            return refuse("migrate.no_connection", "to", {{"what", error.what()}});
        if (error.kind() == Kind::full) return refuse("migrate.full", "to", {{"what", error.what()}});
        throw;
    }
}

}  // namespace banyan
