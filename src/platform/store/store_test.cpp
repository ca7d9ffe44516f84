#include "platform/store/store.h"

#include <fmt/core.h>

#include <limits>
#include <map>
#include <optional>

#include "platform/store/testing/stores.h"

namespace banyan::store {
namespace {

using testing::kind_thrown_by;
using testing::TestStore;

constexpr Migration kSchema[] = {{1, "things", R"(
    CREATE TABLE thing (          -- every type there is
        lane INTEGER NOT NULL,
        id INTEGER NOT NULL,
        number INTEGER,
        share REAL,
        title TEXT,
        photo BLOB,
        LANE KEY (id)
    );
    CREATE TABLE name (id INTEGER NOT NULL PRIMARY KEY, word TEXT NOT NULL UNIQUE CHECK (word <> 'forbidden'));
    CREATE TABLE bond (thing INTEGER NOT NULL, name INTEGER NOT NULL REFERENCES name (id),
                       PRIMARY KEY (thing, name)) WITHOUT ROWID;
    CREATE INDEX thing_number ON thing (number) WHERE number IS NOT NULL;
)"}};

Table const kThing = {"thing",
                      {{"id", Type::integer},
                       {"lane", Type::integer},
                       {"number", Type::integer},
                       {"share", Type::real},
                       {"title", Type::text},
                       {"photo", Type::bytes}},
                      {"id"}};
Table const kBond = {"bond", {{"thing", Type::integer}, {"name", Type::integer}}, {"thing", "name"}};

struct Thing {
    std::int64_t id = 0;
    std::optional<std::int64_t> number;
    std::optional<double> share;
    std::optional<std::string> title;
    std::optional<std::string> photo;
    bool operator==(Thing const&) const = default;
};

void PrintTo(Thing const& thing, std::ostream* to) {
    *to << thing.id << ' ' << thing.number.value_or(-1) << ' ' << thing.share.value_or(-1) << " '"
        << thing.title.value_or("null") << "' " << thing.photo.value_or("null").size();
}

std::vector<Cell> cells_of(std::vector<Thing> const& things) {
    std::vector<Cell> cells;
    for (auto const& thing : things) {
        cells.emplace_back(thing.id);
        cells.emplace_back(thing.id % 256);
        cells.push_back(thing.number ? Cell(*thing.number) : Cell());
        cells.push_back(thing.share ? Cell(*thing.share) : Cell());
        cells.push_back(thing.title ? Cell(std::string_view(*thing.title)) : Cell());
        cells.push_back(thing.photo ? Cell(Bytes{*thing.photo}) : Cell());
    }
    return cells;
}

class Sessions : public testing::OnBothEngines {
  protected:
    TestStore db = fresh(kSchema);
    std::unique_ptr<Session> writer = db->open_writer();

    void append(std::vector<Thing> const& things) {
        auto const cells = cells_of(things);
        writer->begin_write();
        writer->append(kThing, cells);
        writer->commit();
    }
    void write(std::vector<Thing> const& things) {
        auto const cells = cells_of(things);
        writer->begin_write();
        writer->write(kThing, cells);
        writer->commit();
    }
    std::map<std::int64_t, Thing> load(std::vector<std::int64_t> const& ids, std::string_view column = "id") {
        std::map<std::int64_t, Thing> things;
        writer->load(kThing, column, ids, [&](Row const& row) {
            Thing thing;
            thing.id = row.integer(0);
            if (!row.null(2)) thing.number = row.integer(2);
            if (!row.null(3)) thing.share = row.real(3);
            if (!row.null(4)) thing.title = row.text(4);
            if (!row.null(5)) thing.photo = row.bytes(5);
            EXPECT_TRUE(things.emplace(thing.id, thing).second) << "twice: " << thing.id;
        });
        return things;
    }
    static std::int64_t number(Session& session, std::string_view sql, std::initializer_list<Cell> args = {}) {
        std::optional<std::int64_t> result;
        session.query(sql, args, [&](Row const& row) { result = row.integer(0); });
        return result.value();
    }
    std::int64_t count() { return number(*writer, "SELECT count(*) FROM thing"); }
};
BANYAN_ON_BOTH_ENGINES(Sessions);

TEST_P(Sessions, KeepsEveryValueAsItWas) {
    std::vector<Thing> const things = {
        {1, {}, {}, {}, {}},
        {2, 0, 0.0, "", ""},
        {3, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<double>::max(),
         "榕树 🌳 'x' \"y\" {z}, \\ NULL", std::string("\x00\xFF\x00 bytes", 9)},
        {4, std::numeric_limits<std::int64_t>::min(), -std::numeric_limits<double>::denorm_min(),
         std::string(100'000, 'a'), std::string(100'000, '\0')},
        {5, -1, 0.1, "𠮷野家 line\nline\ttab", "text"},
    };
    append(things);
    auto const found = load({1, 2, 3, 4, 5, 6});
    ASSERT_EQ(found.size(), 5U);
    for (auto const& thing : things) EXPECT_EQ(found.at(thing.id), thing);
}

TEST_P(Sessions, LoadsAppendsAndWritesThousandsAtOnce) {
    std::vector<Thing> things;
    for (std::int64_t n = 0; n < 12'001; ++n)
        things.push_back({n * 256 + n % 256, n % 3 == 0 ? std::optional<std::int64_t>() : n, 0.5,
                          "title " + std::to_string(n), n % 2 == 0 ? std::optional<std::string>() : "b"});
    append(things);
    EXPECT_EQ(count(), 12'001);

    for (auto& thing : things) thing.title = thing.title.value() + ", changed";
    std::vector<Thing> const changed(things.begin(), things.begin() + 5'000);
    write(changed);
    EXPECT_EQ(count(), 12'001);

    std::vector<std::int64_t> ids;
    for (auto const& thing : changed) ids.push_back(thing.id);
    auto const found = load(ids);
    ASSERT_EQ(found.size(), 5'000U);
    for (auto const& thing : changed) EXPECT_EQ(found.at(thing.id), thing);
    EXPECT_EQ(number(*writer, "SELECT count(*) FROM thing WHERE title LIKE '%changed'"), 5'000);
}

TEST_P(Sessions, WritesNewRowsBesideKnownOnes) {
    append({{1, 1, {}, "old", {}}});
    write({{1, {}, 2.5, "new", {}}, {2, 2, {}, "other", {}}});
    auto const found = load({1, 2});
    EXPECT_EQ(found.at(1), (Thing{1, {}, 2.5, "new", {}}));
    EXPECT_EQ(found.at(2), (Thing{2, 2, {}, "other", {}}));
}

TEST_P(Sessions, LeavesFixedColumnsAsTheyAre) {
    append({{1, 1, 0.5, "old", {}}});
    Table stayed = kThing;
    stayed.fixed = {"number", "title"};
    writer->write(stayed, cells_of({{1, 9, 2.5, "new", "photo"}, {2, 2, {}, "other", {}}}));
    auto const found = load({1, 2});
    EXPECT_EQ(found.at(1), (Thing{1, 1, 2.5, "old", "photo"}));
    EXPECT_EQ(found.at(2), (Thing{2, 2, {}, "other", {}})) << "a new row has all of them";
}

TEST_P(Sessions, WritesRowsThatAreAllKey) {
    writer->execute("INSERT INTO name (id, word) VALUES (7, 'seven')");
    std::vector<Cell> const cells = {std::int64_t{1}, std::int64_t{7}};
    writer->write(kBond, cells);
    writer->write(kBond, cells);
    EXPECT_EQ(number(*writer, "SELECT count(*) FROM bond"), 1);
    EXPECT_EQ(kind_thrown_by([&] { writer->append(kBond, cells); }), Error::Kind::constraint);
}

TEST_P(Sessions, LoadsByAnotherColumnThanTheKey) {
    append({{1, 10, {}, "a", {}}, {2, 10, {}, "b", {}}, {3, 11, {}, "c", {}}});
    EXPECT_EQ(load({10, 12}, "number").size(), 2U);
    EXPECT_EQ(load({1, 3}, "lane").size(), 2U);
    EXPECT_EQ(load({}).size(), 0U);
}

TEST_P(Sessions, FindsArgumentsByTheirNumber) {
    EXPECT_EQ(number(*writer, "SELECT $2 - $1 * 10 + $2", {std::int64_t{1}, std::int64_t{100}}), 190);
    append({{1, 5, {}, "five", {}}});
    EXPECT_EQ(number(*writer, "SELECT number FROM thing WHERE title = $2 AND id = $1",
                     {std::int64_t{1}, std::string_view("five")}),
              5);
}

TEST_P(Sessions, TakesNullWhereAValueStoodBefore) {
    constexpr std::string_view kSet =
        "UPDATE thing SET number = $2, title = $3, share = $4, photo = $5 WHERE id = $1";
    append({{1, {}, {}, {}, {}}});
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(writer->execute(kSet, {std::int64_t{1}, {}, {}, {}, {}}), 1);
        EXPECT_EQ(load({1}).at(1), (Thing{1, {}, {}, {}, {}}));
        EXPECT_EQ(writer->execute(kSet, {std::int64_t{1}, std::int64_t{7}, std::string_view(""), 1.5, Bytes{"x"}}),
                  1);
        EXPECT_EQ(load({1}).at(1), (Thing{1, 7, 1.5, "", "x"}));
    }
}

TEST_P(Sessions, SumsAndCountsAsIntegers) {
    append({{1, 5'000'000'000, 0.25, {}, {}}, {2, 7'000'000'001, 0.5, {}, {}}, {3, -1, {}, {}, {}}});
    EXPECT_EQ(number(*writer, "SELECT sum(number) FROM thing"), 12'000'000'000);
    EXPECT_EQ(number(*writer, "SELECT sum(number) FROM thing WHERE id = 3"), -1);
    EXPECT_EQ(number(*writer, "SELECT coalesce(sum(number), 0) FROM thing WHERE id > 3"), 0);
    EXPECT_EQ(number(*writer, "SELECT sum(number) FROM thing WHERE id > 3"), 0);  // null
    EXPECT_EQ(number(*writer, "SELECT length('榕树')"), 2);
    double average = 0;
    writer->query("SELECT avg(number), sum(share), CAST(max(number) AS TEXT) FROM thing", {}, [&](Row const& row) {
        average = row.real(0);
        EXPECT_DOUBLE_EQ(row.real(1), 0.75);
        EXPECT_EQ(row.text(2), "7000000001");
    });
    EXPECT_DOUBLE_EQ(average, 4e9);
}

TEST_P(Sessions, UnderstandsTheWordsOfTheSqlPage) {  // docs/sql.md
    append({{1, 10, {}, "a", {}}, {2, 20, {}, "b", {}}, {3, 20, {}, "c", {}}, {4, {}, {}, "d", {}}});
    EXPECT_EQ(number(*writer, "SELECT CAST($1 AS BIGINT)", {Cell()}), 0);
    EXPECT_EQ(
        number(*writer, "SELECT count(*) FROM thing WHERE number > 10 OR CAST($1 AS BIGINT) IS NULL", {Cell()}),
        4);
    EXPECT_EQ(number(*writer, "SELECT 7 / 2"), 3);
    EXPECT_EQ(number(*writer, "SELECT CASE WHEN CAST(1 AS DOUBLE PRECISION) / 2 = 0.5 THEN 1 ELSE 0 END"), 1);
    EXPECT_EQ(number(*writer, "SELECT number = 20 FROM thing WHERE id = 2"), 1);
    EXPECT_EQ(number(*writer,
                     "SELECT id FROM thing WHERE (number > $1 OR (number = $1 AND id > $2))"
                     " ORDER BY number, id LIMIT $3",
                     {std::int64_t{20}, std::int64_t{2}, std::int64_t{1}}),
              3);
    EXPECT_EQ(number(*writer,
                     "SELECT place FROM (SELECT id, row_number() OVER (ORDER BY title) AS place FROM thing) x"
                     " WHERE id = 3"),
              3);
    std::int64_t taken = 0;
    writer->query(
        "UPDATE thing SET number = number + 1 WHERE id IN (SELECT id FROM thing WHERE number = 20)"
        " RETURNING number",
        {}, [&](Row const& row) { taken += row.integer(0); });
    EXPECT_EQ(taken, 42);
    constexpr std::string_view kUpsert =
        "INSERT INTO name (id, word) VALUES ($1, $2)"
        " ON CONFLICT (id) DO UPDATE SET word = excluded.word";
    EXPECT_EQ(writer->execute(kUpsert, {std::int64_t{1}, std::string_view("one")}), 1);
    EXPECT_EQ(writer->execute(kUpsert, {std::int64_t{1}, std::string_view("uno")}), 1);
    writer->query("SELECT word || '!' FROM name", {}, [&](Row const& row) { EXPECT_EQ(row.text(0), "uno!"); });
}

TEST_P(Sessions, SortsTextByItsBytes) {
    append({{1, {}, {}, "b", {}},
            {2, {}, {}, "A", {}},
            {3, {}, {}, "榕", {}},
            {4, {}, {}, "a b", {}},
            {5, {}, {}, "B", {}}});
    std::string order;
    writer->query("SELECT title FROM thing ORDER BY title", {},
                  [&](Row const& row) { order.append(row.text(0)) += '|'; });
    EXPECT_EQ(order, "A|B|a b|b|榕|");
}

TEST_P(Sessions, AppendsAllRowsOrNoneAlsoOutsideATransaction) {
    std::vector<Thing> const twice = {{1, {}, {}, {}, {}}, {2, {}, {}, {}, {}}, {1, {}, {}, {}, {}}};
    EXPECT_EQ(kind_thrown_by([&] { writer->append(kThing, cells_of(twice)); }), Error::Kind::constraint);
    EXPECT_EQ(count(), 0);
    writer->append(kThing, cells_of({{1, {}, {}, {}, {}}, {2, {}, {}, {}, {}}}));
    EXPECT_EQ(number(*db->open_reader(), "SELECT count(*) FROM thing"), 2);
}

TEST_P(Sessions, CountsTheRowsItTouched) {
    append({{1, 1, {}, {}, {}}, {2, 1, {}, {}, {}}, {3, 2, {}, {}, {}}});
    EXPECT_EQ(writer->execute("UPDATE thing SET title = 'x' WHERE number = 1"), 2);
    EXPECT_EQ(writer->execute("UPDATE thing SET title = 'x' WHERE number = 9"), 0);
    EXPECT_EQ(writer->execute("SELECT id FROM thing"), 0);
    EXPECT_EQ(writer->execute("DELETE FROM thing"), 3);
}

TEST_P(Sessions, RefusesRowsThatMayNotBe) {
    writer->execute("INSERT INTO name (id, word) VALUES (1, 'one')");
    for (auto sql :
         {"INSERT INTO name (id, word) VALUES (1, 'two')", "INSERT INTO name (id, word) VALUES (2, 'one')",
          "INSERT INTO name (id, word) VALUES (2, NULL)", "INSERT INTO name (id, word) VALUES (2, 'forbidden')",
          "INSERT INTO bond (thing, name) VALUES (1, 2)"})
        EXPECT_EQ(kind_thrown_by([&] { writer->execute(sql); }), Error::Kind::constraint) << sql;
    std::string_view const nul("a\0b", 3);
    EXPECT_EQ(kind_thrown_by([&] { writer->execute("INSERT INTO name (id, word) VALUES (3, $1)", {nul}); }),
              Error::Kind::constraint);
    append({{1, 1, {}, "first", {}}});
    EXPECT_EQ(kind_thrown_by([&] { append({{2, {}, {}, {}, {}}, {1, 2, {}, "second", {}}}); }),
              Error::Kind::constraint);
    writer->rollback();
    EXPECT_EQ(load({1, 2}), (std::map<std::int64_t, Thing>{{1, {1, 1, {}, "first", {}}}}));
}

TEST_P(Sessions, RefusesSeveralStatementsAtOnce) {
    for (auto sql : {"SELECT 1; SELECT 2", "DELETE FROM thing; DELETE FROM name", "", "SELEKT 1"})
        EXPECT_EQ(kind_thrown_by([&] { writer->execute(sql); }), Error::Kind::other) << sql;
    EXPECT_EQ(writer->execute("DELETE FROM thing;"), 0);
}

TEST_P(Sessions, RefusesAWrongNumberOfArguments) {
    EXPECT_EQ(kind_thrown_by([&] { number(*writer, "SELECT $1 + 1"); }), Error::Kind::other);
    EXPECT_EQ(kind_thrown_by([&] { number(*writer, "SELECT $1 + 1", {std::int64_t{1}, {}}); }),
              Error::Kind::other);
}

TEST_P(Sessions, RefusesToReadAColumnAsAnotherType) {
    append({{1, 1, 1.5, "x", "y"}});
    auto const read = [&](auto const& get) {
        return kind_thrown_by([&] { writer->query("SELECT number, share, title, photo FROM thing", {}, get); });
    };
    EXPECT_EQ(read([](Row const& row) { row.text(0); }), Error::Kind::other);
    EXPECT_EQ(read([](Row const& row) { row.integer(2); }), Error::Kind::other);
    EXPECT_EQ(read([](Row const& row) { row.text(3); }), Error::Kind::other);
    EXPECT_EQ(read([](Row const& row) { row.bytes(1); }), Error::Kind::other);
}

TEST_P(Sessions, IsNotUsedInsideItsOwnQuery) {
    EXPECT_THROW(writer->query("SELECT 1", {}, [&](Row const&) { count(); }), std::logic_error);
    EXPECT_EQ(count(), 0);  // and works afterwards
}

TEST_P(Sessions, ForgetsOldStatementsWhenThereAreTooMany) {
    for (int n = 0; n < 1'200; ++n)
        EXPECT_EQ(number(*writer, fmt::format("SELECT $1 + {}", n), {std::int64_t{1}}), n + 1);
}

TEST_P(Sessions, NeverSaysInAnErrorWhatTheValuesWere) {
    writer->execute("INSERT INTO name (id, word) VALUES (1, $1)", {std::string_view("林先生")});
    try {
        writer->execute("INSERT INTO name (id, word) VALUES (2, $1)", {std::string_view("林先生")});
        FAIL();
    } catch (Error const& error) {
        EXPECT_EQ(std::string_view(error.what()).find("林先生"), std::string_view::npos) << error.what();
    }
}

TEST_P(Sessions, TakesBackWhatIsRolledBack) {
    writer->begin_write();
    writer->append(kThing, cells_of({{1, {}, {}, {}, {}}}));
    writer->rollback();
    EXPECT_EQ(count(), 0);
    writer->rollback();  // without a transaction: nothing
    append({{2, {}, {}, {}, {}}});
    EXPECT_EQ(count(), 1);
}

TEST_P(Sessions, CommitsNothingOfATransactionInWhichAStatementFailed) {
    writer->begin_write();
    writer->append(kThing, cells_of({{1, {}, {}, {}, {}}}));
    EXPECT_EQ(kind_thrown_by([&] { writer->append(kThing, cells_of({{1, {}, {}, {}, {}}})); }),
              Error::Kind::constraint);
    EXPECT_THROW(writer->commit(), Error);
    writer->rollback();
    EXPECT_EQ(count(), 0);
    append({{2, {}, {}, {}, {}}});  // the session goes on
    EXPECT_EQ(count(), 1);
}

TEST_P(Sessions, ReadsASnapshotThatStaysAsItIs) {
    append({{1, 1, {}, {}, {}}});
    auto const reader = db->open_reader();
    reader->begin_read();  // from here, not from its first query
    append({{2, 1, {}, {}, {}}});
    EXPECT_EQ(number(*reader, "SELECT count(*) FROM thing"), 1);
    write({{1, 99, {}, {}, {}}});
    EXPECT_EQ(number(*reader, "SELECT number FROM thing WHERE id = 1"), 1);
    reader->commit();
    EXPECT_EQ(number(*reader, "SELECT sum(number) FROM thing"), 100);
}

TEST_P(Sessions, ReaderSeesNothingThatIsNotCommitted) {
    auto const reader = db->open_reader();
    writer->begin_write();
    writer->append(kThing, cells_of({{1, {}, {}, {}, {}}}));
    EXPECT_EQ(number(*reader, "SELECT count(*) FROM thing"), 0);
    writer->commit();
    EXPECT_EQ(number(*reader, "SELECT count(*) FROM thing"), 1);
}

TEST_P(Sessions, ReaderDoesNotWrite) {
    auto const reader = db->open_reader();
    EXPECT_EQ(kind_thrown_by([&] { reader->execute("DELETE FROM thing"); }), Error::Kind::read_only);
    reader->begin_read();
    EXPECT_EQ(kind_thrown_by([&] { reader->append(kThing, cells_of({{1, {}, {}, {}, {}}})); }),
              Error::Kind::read_only);
    reader->rollback();
}

constexpr std::string_view kLongWay =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000000) SELECT count(*) FROM n";

TEST_P(Sessions, EndsAStatementThatTakesTooLong) {
    auto const reader = db->open_reader();
    reader->limit_time(50);
    reader->begin_read();
    EXPECT_EQ(kind_thrown_by([&] { number(*reader, kLongWay); }), Error::Kind::timeout);
    reader->rollback();
    EXPECT_EQ(number(*reader, "SELECT 1"), 1);
    EXPECT_EQ(kind_thrown_by([&] { number(*reader, kLongWay); }), Error::Kind::timeout);  // each statement anew
}

TEST_P(Sessions, KeepsALimitThatWasSetInATransactionTakenBack) {
    writer->begin_write();
    writer->limit_time(50);
    writer->rollback();
    EXPECT_EQ(kind_thrown_by([&] { number(*writer, kLongWay); }), Error::Kind::timeout);
    writer->limit_time(0);
    EXPECT_EQ(number(*writer, "SELECT 1"), 1);
}

}  // namespace
}  // namespace banyan::store
