#include "platform/store/schema.h"

#include <algorithm>
#include <map>

#include "base/time.h"

namespace banyan::store {
namespace {

// Any number, the same in every program of ours: whoever migrates holds it (PostgreSQL).
constexpr std::int64_t kMigrationLock = 0x62616e79616e;

constexpr std::string_view kMigrationTable =
    "CREATE TABLE IF NOT EXISTS migration (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL,"
    " checksum INTEGER NOT NULL, applied INTEGER NOT NULL)";

bool part_of_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The length of what stands at the front: a quoted text, a word, or one character.
std::size_t token_length(std::string_view sql) {
    if (sql[0] == '\'' || sql[0] == '"') {
        auto const end = sql.find(sql[0], 1);  // a doubled quote is two quoted texts side by side: the same to us
        return end == sql.npos ? sql.size() : end + 1;
    }
    std::size_t n = 0;
    while (n < sql.size() && part_of_word(sql[n])) ++n;
    return std::max<std::size_t>(n, 1);
}

std::size_t comment_length(std::string_view sql) {
    if (sql.starts_with("--")) return std::min(sql.find('\n'), sql.size());
    if (sql.starts_with("/*")) {
        auto const end = sql.find("*/", 2);
        return end == sql.npos ? sql.size() : end + 2;
    }
    return 0;
}

std::string_view type_on_postgresql(std::string_view word) {
    if (word == "INTEGER") return "BIGINT";
    if (word == "REAL") return "DOUBLE PRECISION";
    if (word == "BLOB") return "BYTEA";
    return word;
}

/// Takes `ending` off the end of the statement.
bool take_ending(std::string_view& statement, std::string_view ending) {
    if (!statement.ends_with(ending)) return false;
    statement.remove_suffix(ending.size());
    while (statement.ends_with(' ')) statement.remove_suffix(1);
    return true;
}

std::string render_words(std::string_view statement, Engine engine) {
    bool const defines = statement.starts_with("CREATE TABLE") || statement.starts_with("ALTER TABLE");
    std::string rendered;
    std::string_view before;  // the word before
    bool has_lane = false;
    bool lane_key = false;
    while (!statement.empty()) {
        auto const token = statement.substr(0, token_length(statement));
        if (auto const rest = statement.substr(token.size()); token == "LANE" && rest.starts_with(" KEY")) {
            lane_key = true;
            auto const open = statement.find('(');
            if (open == statement.npos) throw std::logic_error("LANE KEY without its columns");
            rendered += engine == Engine::sqlite ? "PRIMARY KEY (" : "PRIMARY KEY (lane, ";
            statement.remove_prefix(open + 1);
            continue;
        }
        has_lane |= token == "lane";
        if (engine == Engine::postgresql && token == "TEXT" && defines && before != "AS")
            rendered += "TEXT COLLATE \"C\"";  // sorted by its bytes, as SQLite does it
        else
            rendered += engine == Engine::postgresql ? type_on_postgresql(token) : token;
        if (token != " ") before = token;
        statement.remove_prefix(token.size());
    }
    if (lane_key && !has_lane) throw std::logic_error("LANE KEY in a table without a lane");
    return rendered;
}

using Applied = std::map<std::int64_t, std::int64_t>;  ///< number → checksum

Applied applied_so_far(Session& session) {
    Applied applied;
    session.query("SELECT number, checksum FROM migration", {},
                  [&](Row const& row) { applied[row.integer(0)] = row.integer(1); });
    return applied;
}

void check_applied(Applied const& applied, std::span<Migration const> migrations) {
    auto const newest = migrations.empty() ? 0 : migrations.back().number;
    if (!applied.empty() && applied.rbegin()->first > newest)
        throw Error(Error::Kind::newer, "the database was migrated to " + std::to_string(applied.rbegin()->first) +
                                            ", this program knows " + std::to_string(newest));
    for (auto const& [number, sum] : applied) {
        auto const known = std::ranges::find(migrations, number, &Migration::number);
        if (known == migrations.end() || checksum(*known) != sum)
            throw Error(Error::Kind::corrupt, "migration " + std::to_string(number) +
                                                  " of the database is not the one this program knows");
    }
}

void begin_alone(Session& session, Engine engine) {
    session.begin_write();
    if (engine == Engine::postgresql)
        session.query("SELECT pg_advisory_xact_lock($1)", {kMigrationLock}, [](Row const&) {});
}

void apply_one(Session& session, Engine engine, Migration const& migration) {
    for (auto const& statement : statements_of(migration.sql))
        if (auto const rendered = render(statement, engine); !rendered.empty()) session.execute(rendered);
    session.execute("INSERT INTO migration (number, name, checksum, applied) VALUES ($1, $2, $3, $4)",
                    {std::int64_t{migration.number}, migration.name, checksum(migration), wall_clock().us});
}

template <class Work>
void in_transaction(Session& session, Engine engine, Work const& work) {
    begin_alone(session, engine);
    try {
        work();
        session.commit();
    } catch (...) {
        session.rollback();
        throw;
    }
}

}  // namespace

std::vector<std::string> statements_of(std::string_view sql) {
    std::vector<std::string> statements;
    std::string statement;
    auto const end_statement = [&] {
        while (statement.ends_with(' ')) statement.pop_back();
        if (!statement.empty()) statements.push_back(std::move(statement));
        statement.clear();
    };
    while (!sql.empty()) {
        if (auto const comment = comment_length(sql); comment > 0) {
            sql.remove_prefix(comment);
            if (!statement.empty() && !statement.ends_with(' ')) statement += ' ';
            continue;
        }
        auto const token = sql.substr(0, token_length(sql));
        if (token == ";")
            end_statement();
        else if (token.find_first_not_of(" \t\r\n") != token.npos)
            statement += token;
        else if (!statement.empty() && !statement.ends_with(' '))
            statement += ' ';
        sql.remove_prefix(token.size());
    }
    end_statement();
    return statements;
}

std::string render(std::string_view statement, Engine engine) {
    if (take_ending(statement, "ACROSS LANES") && engine == Engine::sqlite)
        return {};  // its keys are that already
    if (!statement.starts_with("CREATE TABLE")) return render_words(statement, engine);
    bool const without_rowid = take_ending(statement, "WITHOUT ROWID");
    auto rendered = render_words(statement, engine);
    if (engine == Engine::sqlite) rendered += without_rowid ? " STRICT, WITHOUT ROWID" : " STRICT";
    return rendered;
}

std::int64_t checksum(Migration const& migration) {
    std::uint64_t sum = 0xcbf29ce484222325;
    auto const add = [&](char c) { sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3; };
    for (auto const& statement : statements_of(migration.sql)) {
        for (char const c : statement) add(c);
        add(';');
    }
    return static_cast<std::int64_t>(sum);
}

void apply_migrations(Session& session, Engine engine, std::span<Migration const> migrations) {
    if (std::ranges::adjacent_find(migrations, std::ranges::greater_equal{}, &Migration::number) !=
        migrations.end())
        throw std::logic_error("migrations are not in the order of their numbers");
    Applied applied;
    in_transaction(session, engine, [&] {
        session.execute(render(kMigrationTable, engine));
        applied = applied_so_far(session);
        check_applied(applied, migrations);
    });
    for (auto const& migration : migrations) {
        if (applied.contains(migration.number)) continue;
        in_transaction(session, engine, [&] {
            applied = applied_so_far(session);  // another process may have been faster
            check_applied(applied, migrations);
            if (!applied.contains(migration.number)) apply_one(session, engine, migration);
        });
    }
}

}  // namespace banyan::store
