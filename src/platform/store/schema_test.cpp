#include "platform/store/schema.h"

#include <thread>

#include "platform/store/testing/stores.h"

namespace banyan::store {
namespace {

using testing::kind_thrown_by;

TEST(SchemaWords, AreRenderedForEachEngine) {
    auto const statements = statements_of(R"(
        -- a matter; its words
        CREATE TABLE matter (
            id INTEGER NOT NULL, lane INTEGER NOT NULL,   -- the stream
            title TEXT NOT NULL DEFAULT 'an INTEGER; -- no comment', share REAL, photo BLOB, integer_like INTEGER,
            LANE KEY (id)
        ) ;
        CREATE INDEX open ON matter (share) WHERE title <> 'x';;
        CREATE TABLE pair (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
        ALTER TABLE matter ADD COLUMN note TEXT;
        UPDATE matter SET note = CAST(share AS TEXT))");
    ASSERT_EQ(statements.size(), 5U);
    EXPECT_EQ(
        render(statements[0], Engine::sqlite),
        "CREATE TABLE matter ( id INTEGER NOT NULL, lane INTEGER NOT NULL, "
        "title TEXT NOT NULL DEFAULT 'an INTEGER; -- no comment', share REAL, photo BLOB, integer_like INTEGER, "
        "PRIMARY KEY (id) ) STRICT");
    EXPECT_EQ(render(statements[0], Engine::postgresql),
              "CREATE TABLE matter ( id BIGINT NOT NULL, lane BIGINT NOT NULL, "
              "title TEXT COLLATE \"C\" NOT NULL DEFAULT 'an INTEGER; -- no comment', share DOUBLE PRECISION, "
              "photo BYTEA, integer_like BIGINT, PRIMARY KEY (lane, id) )");
    EXPECT_EQ(render(statements[1], Engine::sqlite), "CREATE INDEX open ON matter (share) WHERE title <> 'x'");
    EXPECT_EQ(render(statements[1], Engine::postgresql), render(statements[1], Engine::sqlite));
    EXPECT_EQ(render(statements[2], Engine::sqlite),
              "CREATE TABLE pair (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID");
    EXPECT_EQ(render(statements[2], Engine::postgresql),
              "CREATE TABLE pair (a BIGINT, b BIGINT, PRIMARY KEY (a, b))");
    EXPECT_EQ(render(statements[3], Engine::postgresql), "ALTER TABLE matter ADD COLUMN note TEXT COLLATE \"C\"");
    EXPECT_EQ(render(statements[4], Engine::postgresql), "UPDATE matter SET note = CAST(share AS TEXT)");
}

TEST(SchemaWords, AnOrderAcrossLanesIsTheKeyItselfOnSqlite) {
    constexpr std::string_view kOrder = "CREATE INDEX matter_recent ON matter (id) ACROSS LANES";
    EXPECT_EQ(render(kOrder, Engine::sqlite), "");
    EXPECT_EQ(render(kOrder, Engine::postgresql), "CREATE INDEX matter_recent ON matter (id)");
}

TEST(SchemaWords, LaneKeyNeedsALane) {
    EXPECT_THROW(render("CREATE TABLE t (id INTEGER, LANE KEY (id))", Engine::sqlite), std::logic_error);
}

TEST(Checksum, SeesWordsAndNotTheirLayout) {
    auto const sum = [](std::string_view sql) { return checksum({1, "x", sql}); };
    EXPECT_EQ(sum("CREATE TABLE a (id INTEGER); -- why"), sum("-- because\n  CREATE  TABLE a\n(id INTEGER)"));
    EXPECT_NE(sum("CREATE TABLE a (id INTEGER)"), sum("CREATE TABLE a (id REAL)"));
    EXPECT_NE(sum("DELETE FROM a WHERE b = ' '"), sum("DELETE FROM a WHERE b = '  '"));
}

constexpr Migration kFirst = {1, "one", "CREATE TABLE one (id INTEGER NOT NULL PRIMARY KEY)"};
constexpr Migration kSecond = {2, "two",
                               "CREATE TABLE two (id INTEGER NOT NULL PRIMARY KEY);"
                               "INSERT INTO two (id) SELECT id + 1 FROM one; INSERT INTO one (id) VALUES (7)"};

class Migrations : public testing::OnBothEngines {
  protected:
    testing::TestStore db = fresh();

    std::int64_t number(std::string_view sql) {
        std::int64_t result = -1;
        db->open_reader()->query(sql, {}, [&](Row const& row) { result = row.integer(0); });
        return result;
    }
};
BANYAN_ON_BOTH_ENGINES(Migrations);

TEST_P(Migrations, AreAppliedOnceAndInOrder) {
    db->migrate(std::span(&kFirst, 1));
    db->open_writer()->execute("INSERT INTO one (id) VALUES (41)");
    for (int round = 0; round < 2; ++round) {
        db->migrate(std::vector{kFirst, kSecond});
        EXPECT_EQ(number("SELECT id FROM two"), 42);
        EXPECT_EQ(number("SELECT count(*) FROM one"), 2);
    }
    EXPECT_EQ(number("SELECT count(*) FROM migration WHERE applied > 1600000000000000"), 2);
}

TEST_P(Migrations, NewerDatabaseIsRefused) {
    db->migrate(std::vector{kFirst, kSecond});
    EXPECT_EQ(kind_thrown_by([&] { db->migrate(std::span(&kFirst, 1)); }), Error::Kind::newer);
}

TEST_P(Migrations, ChangedTextIsRefused) {
    db->migrate(std::vector{kFirst, kSecond});
    Migration const changed = {1, "one", "CREATE TABLE one (id INTEGER NOT NULL PRIMARY KEY, more TEXT)"};
    EXPECT_EQ(kind_thrown_by([&] { db->migrate(std::vector{changed, kSecond}); }), Error::Kind::corrupt);
    EXPECT_EQ(kind_thrown_by([&] { db->migrate(std::span(&kSecond, 1)); }),
              Error::Kind::corrupt);  // one is unknown
}

TEST_P(Migrations, OneThatFailsLeavesNothing) {
    Migration const broken = {
        2, "broken", "CREATE TABLE half (id INTEGER NOT NULL PRIMARY KEY); INSERT INTO nowhere (id) VALUES (1)"};
    EXPECT_EQ(kind_thrown_by([&] { db->migrate(std::vector{kFirst, broken}); }), Error::Kind::other);
    EXPECT_EQ(number("SELECT max(number) FROM migration"), 1);
    EXPECT_THROW(number("SELECT count(*) FROM half"), Error);
    db->migrate(std::vector{kFirst, kSecond});
}

TEST_P(Migrations, SeveralProgramsMayComeAtOnce) {
    std::vector<Migration> many = {kFirst, kSecond};
    std::vector<std::string> texts(20);
    for (int n = 0; n < 20; ++n) {
        texts[n] = "CREATE TABLE t" + std::to_string(n) + " (id INTEGER NOT NULL PRIMARY KEY)";
        many.push_back({3 + n, "more", texts[n]});
    }
    std::vector<std::thread> programs;
    for (int n = 0; n < 4; ++n) programs.emplace_back([&] { EXPECT_NO_THROW(db.again()->migrate(many)); });
    for (auto& program : programs) program.join();
    EXPECT_EQ(number("SELECT count(*) FROM migration"), 22);
    EXPECT_EQ(number("SELECT count(*) FROM one"), 1);
}

TEST_P(Migrations, MustBeInOrder) { EXPECT_THROW(db->migrate(std::vector{kSecond, kFirst}), std::logic_error); }

}  // namespace
}  // namespace banyan::store
