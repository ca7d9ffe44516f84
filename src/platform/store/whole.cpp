#include "platform/store/whole.h"

#include <bit>

#include "platform/store/table_sql.h"

namespace banyan::store {
namespace {

constexpr std::int64_t kPagesAtOnce = 256;  ///< PostgreSQL's, of 8 KiB: all rows of them are in memory together

Type type_of(std::string_view declared) {
    if (declared == "INTEGER") return Type::integer;
    if (declared == "REAL") return Type::real;
    if (declared == "BLOB") return Type::bytes;
    return Type::text;
}

class Fnv {
  public:
    void add(std::string_view bytes) {
        for (char const c : bytes) sum_ = (sum_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    void add(std::uint64_t number) {
        // Eight bytes at once: a number's own bits mixed, then chained like a byte.
        sum_ = (sum_ ^ number) * 0x9e3779b97f4a7c15;
        sum_ ^= sum_ >> 29;
    }
    /// So that rows which differ in one bit do not differ in one bit.
    std::uint64_t finish() const {
        std::uint64_t mixed = sum_;
        mixed = (mixed ^ (mixed >> 32)) * 0xd6e8feb86659fd93;
        return mixed ^ (mixed >> 32);
    }

  private:
    std::uint64_t sum_ = 0xcbf29ce484222325;
};

void read_sqlite(Session& session, Table const& table, OnRow const& on_row) {
    std::string sql = "SELECT ";
    append_columns(sql, table);
    sql += " FROM ";
    sql += table.name;
    sql += " ORDER BY ";
    for (std::size_t i = 0; i < table.key.size(); ++i) {
        if (i > 0) sql += ", ";
        sql += table.key[i];
    }
    if (table.key.empty()) sql += "rowid";
    session.query(sql, {}, on_row);
}

/// In the order of the file: a key would be read in the order of an index, and two tables have none.
void read_postgresql(Session& session, Table const& table, OnRow const& on_row) {
    std::int64_t pages = 0;
    session.query(
        "SELECT pg_relation_size(CAST(CAST($1 AS TEXT) AS regclass)) / current_setting('block_size')::int8",
        {table.name}, [&](Row const& row) { pages = row.integer(0); });
    std::string sql = "SELECT ";
    append_columns(sql, table);
    sql += " FROM ";
    sql += table.name;
    sql += " WHERE ctid >= CAST(CAST($1 AS TEXT) AS tid) AND ctid < CAST(CAST($2 AS TEXT) AS tid)";
    auto const place = [](std::int64_t page) { return "(" + std::to_string(page) + ",0)"; };
    for (std::int64_t page = 0; page < pages; page += kPagesAtOnce) {
        std::string const from = place(page), to = place(page + kPagesAtOnce);
        session.query(sql, {std::string_view(from), std::string_view(to)}, on_row);
    }
}

}  // namespace

std::vector<std::string> table_names(Session& session, Engine engine) {
    std::vector<std::string> names;
    session.query(
        engine == Engine::sqlite
            ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            : "SELECT CAST(tablename AS TEXT) COLLATE \"C\" FROM pg_tables WHERE schemaname = "
              "current_schema() ORDER BY 1",
        {}, [&](Row const& row) { names.emplace_back(row.text(0)); });
    return names;
}

Tables::Tables(Session& session) {
    for (std::string const& name : table_names(session, Engine::sqlite)) {
        if (name == "migration") continue;
        Table table{keep(name), {}, {}};
        std::vector<std::pair<std::int64_t, std::string_view>> key;
        session.query("SELECT name, type, pk FROM pragma_table_info($1) ORDER BY cid", {table.name},
                      [&](Row const& row) {
                          table.columns.push_back({keep(row.text(0)), type_of(row.text(1))});
                          if (row.integer(2) > 0) key.emplace_back(row.integer(2), table.columns.back().name);
                      });
        std::ranges::sort(key);
        for (auto const& [place, column] : key) table.key.push_back(column);
        tables_.push_back(std::move(table));
    }
}

void read_whole(Session& session, Engine engine, Table const& table, OnRow const& on_row) {
    if (engine == Engine::sqlite)
        read_sqlite(session, table, on_row);
    else
        read_postgresql(session, table, on_row);
}

Cell cell_of(Row const& row, int column, Type type) {
    if (row.null(column)) return std::monostate{};
    switch (type) {
        case Type::integer:
            return row.integer(column);
        case Type::real:
            return row.real(column);
        case Type::text:
            return row.text(column);
        case Type::bytes:
            break;
    }
    return Bytes{row.bytes(column)};
}

void Digest::add(Table const& table, Row const& row) {
    Fnv sum;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        Cell const cell = cell_of(row, static_cast<int>(i), table.columns[i].type);
        sum.add(std::uint64_t{cell.index()});
        switch (cell.index()) {
            case 0:
                break;
            case 1:
                sum.add(static_cast<std::uint64_t>(std::get<1>(cell)));
                break;
            case 2:
                sum.add(std::bit_cast<std::uint64_t>(std::get<2>(cell)));
                break;
            default: {
                auto const bytes = cell.index() == 3 ? std::get<3>(cell) : std::get<4>(cell).bytes;
                sum.add(std::uint64_t{bytes.size()});
                sum.add(bytes);
            }
        }
    }
    sum_ += sum.finish();
    ++rows_;
}

}  // namespace banyan::store
