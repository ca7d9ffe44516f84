#include "platform/store/whole.h"

#include "platform/store/testing/stores.h"

namespace banyan::store {
namespace {

constexpr Migration kSchema[] = {
    {1, "one",
     "CREATE TABLE matter (lane INTEGER NOT NULL, id INTEGER NOT NULL, title TEXT NOT NULL, share REAL, photo "
     "BLOB, "
     "LANE KEY (id));"
     "CREATE TABLE pair (b INTEGER NOT NULL, a TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;"
     "CREATE TABLE said (what TEXT NOT NULL)"}};

Table const kMatter{"matter",
                    {{"lane", Type::integer},
                     {"id", Type::integer},
                     {"title", Type::text},
                     {"share", Type::real},
                     {"photo", Type::bytes}},
                    {"id"}};

class Whole : public testing::OnBothEngines {
  protected:
    void append(std::int64_t id, std::string_view title, Cell share, Cell photo) {
        writer->append(kMatter, std::vector<Cell>{id % 256, id, title, share, photo});
    }
    Digest digest(Table const& table) {
        Digest made;
        auto const reader = db->open_reader();
        Snapshot const now(*reader);
        read_whole(*reader, GetParam(), table, [&](Row const& row) { made.add(table, row); });
        return made;
    }
    testing::TestStore db = fresh(kSchema);
    std::unique_ptr<Session> writer = db->open_writer();
};
BANYAN_ON_BOTH_ENGINES(Whole);

TEST_P(Whole, NamesItsTables) {
    EXPECT_EQ(table_names(*writer, GetParam()), (std::vector<std::string>{"matter", "migration", "pair", "said"}));
}

TEST_P(Whole, EveryRowIsHandedOutOnce) {
    std::vector<Cell> cells;
    std::string const title(300, 'x');
    for (std::int64_t id = 1; id <= 20'000; ++id)
        for (Cell const& cell :
             {Cell{id % 256}, Cell{id}, Cell{std::string_view(title)}, Cell{}, Cell{Bytes{"y"}}})
            cells.push_back(cell);
    writer->append(kMatter, cells);
    EXPECT_EQ(digest(kMatter).rows(), 20'000);
}

TEST_P(Whole, ADigestSeesEveryValueAndNoOrder) {
    append(1, "a", 0.5, Bytes{"x"});
    append(2, "b", std::monostate{}, std::monostate{});
    Digest const first = digest(kMatter);
    for (char const* change :
         {"UPDATE matter SET title = 'c' WHERE id = 1", "UPDATE matter SET share = 0.25 WHERE id = 1",
          "UPDATE matter SET share = 0 WHERE id = 2", "UPDATE matter SET id = 258 WHERE id = 2"}) {
        writer->begin_write();
        writer->execute(change);
        writer->commit();
        EXPECT_NE(digest(kMatter), first) << change;
        writer->begin_write();
        writer->execute("DELETE FROM matter");
        writer->commit();
        append(2, "b", std::monostate{}, std::monostate{});
        append(1, "a", 0.5, Bytes{"x"});
        EXPECT_EQ(digest(kMatter), first);
    }
}

TEST(WholeOfSqlite, ItsTablesAreReadFromTheDatabase) {
    auto const db = testing::fresh_store(Engine::sqlite, kSchema);
    auto const reader = db->open_reader();
    Tables const tables(*reader);
    ASSERT_EQ(tables.all().size(), 3U);
    Table const& matter = tables.all()[0];
    EXPECT_EQ(matter.name, "matter");
    EXPECT_EQ(matter.key, std::vector<std::string_view>{"id"});
    ASSERT_EQ(matter.columns.size(), kMatter.columns.size());
    for (std::size_t i = 0; i < matter.columns.size(); ++i) {
        EXPECT_EQ(matter.columns[i].name, kMatter.columns[i].name);
        EXPECT_EQ(matter.columns[i].type, kMatter.columns[i].type);
    }
    EXPECT_EQ(tables.all()[1].key, (std::vector<std::string_view>{"a", "b"}));
    EXPECT_TRUE(tables.all()[2].key.empty());
}

TEST(WholeOnBoth, TheSameRowsHaveTheSameDigest) {
    Digest made[2];
    for (Engine const engine : {Engine::sqlite, Engine::postgresql}) {
        auto const db = testing::fresh_store(engine, kSchema);
        db->open_writer()->append(kMatter, std::vector<Cell>{std::int64_t{3}, std::int64_t{259}, "\xe6\xa6\x95",
                                                             -0.125, Bytes{{"\0\xff", 2}}, std::int64_t{1},
                                                             std::int64_t{1}, "", std::monostate{}, Bytes{""}});
        auto const reader = db->open_reader();
        Snapshot const now(*reader);
        read_whole(*reader, engine, kMatter,
                   [&](Row const& row) { made[static_cast<int>(engine)].add(kMatter, row); });
    }
    EXPECT_EQ(made[0], made[1]);
    EXPECT_EQ(made[0].rows(), 2);
}

}  // namespace
}  // namespace banyan::store
