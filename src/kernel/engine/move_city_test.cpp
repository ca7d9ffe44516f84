#include "kernel/engine/move_city.h"

#include <gtest/gtest.h>

#include "kernel/engine/backup.h"
#include "kernel/engine/testing/story.h"
#include "kernel/files/contents.h"
#include "platform/store/testing/postgres_server.h"
#include "platform/store/whole.h"

namespace banyan {
namespace {

using namespace banyan::testing;

struct CutShort {};

class MoveCity : public ::testing::Test {
  protected:
    MoveCity() {
        tell_story(city);
        put_file("a photograph");
        put_file("a recording");
        city.engine().make_checkpoint_now();
        city.engine().stop();  // it writes the tally once a second
    }
    Result<Moved> move(OnMove const& on_move = {}) { return move_to(*to, on_move); }
    Result<Moved> move_to(store::Store& target, OnMove const& on_move = {}) {
        return move_city(*city.db(), target, city.keys(),
                         {kernel_migrations(), city.engine().procedures(), city.data_folder()}, on_move);
    }
    /// Broken off when it says something for the nth time.
    void move_until(int n) {
        EXPECT_THROW((void)move([&](std::string_view, std::int64_t, std::int64_t) {
                         if (--n == 0) throw CutShort();
                     }),
                     CutShort);
    }
    static std::string refusal(Result<Moved> const& moved) { return moved ? "" : describe(moved.error()); }
    void put_file(std::string_view content) {
        files::Sealed const sealed = files::seal(city.keys(), content);
        files::contents_in_folder(city.data_folder() + "/" + kAttachmentsFolder)->put(sealed, city.engine().now());
        tamper(
            city.db(),
            "INSERT INTO file (address, owner, at, type, size, matter, event) VALUES ($1, $2, $3, $4, $5, 0, 0)",
            {std::string_view(sealed.address), "p1", city.engine().now().us, "image/jpeg",
             static_cast<std::int64_t>(content.size())});
        addresses.push_back(sealed.address);
    }
    void on_target(std::string const& sql) { store::testing::run_on_postgres(to.url(), sql); }

    City city{store::Engine::sqlite};
    store::testing::TestStore to{store::Engine::postgresql};
    std::vector<std::string> addresses;
};

TEST_F(MoveCity, EveryRowIsThereAndTheRecordIsProven) {
    auto const moved = move();
    ASSERT_TRUE(moved) << refusal(moved);
    EXPECT_TRUE(moved->report.ok) << moved->report.findings[0].key;
    EXPECT_EQ(moved->report.matters, 20);
    EXPECT_EQ(moved->report.checkpoints, 1);
    EXPECT_EQ(moved->files, 2);
    EXPECT_EQ(moved->copied, moved->rows);
    auto const before = all_events(city.db().get()), after = all_events(to.get());
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        EXPECT_EQ(before[i].body, after[i].body);
        EXPECT_EQ(before[i].hash, after[i].hash);
    }
    auto const reader = to->open_reader();
    auto const contents = files::contents_in_database(to.get());
    EXPECT_EQ(files::open(city.keys(), addresses[0], contents->get(*reader, addresses[0]).value_or("")),
              "a photograph");
    auto const names = store::table_names(*reader, store::Engine::postgresql);
    EXPECT_EQ(std::ranges::find(names, "city_move"), names.end());
    to->migrate(kernel_migrations());  // open to programs
    EXPECT_EQ(refusal(move()).find("migrate.not_empty"), 0U);
}

TEST_F(MoveCity, CutShortItGoesOnAndIsClosedToProgramsUntilThen) {
    std::int64_t rows = 0, copied = 0;
    for (int n = 1; n <= 12; n += 3) {
        move_until(n);
        EXPECT_EQ(store::testing::kind_thrown_by([&] { to->migrate(kernel_migrations()); }),
                  store::Error::Kind::newer);
    }
    auto const moved =
        move([&](std::string_view, std::int64_t done, std::int64_t) { rows = std::max(rows, done); });
    ASSERT_TRUE(moved) << refusal(moved);
    EXPECT_TRUE(moved->report.ok);
    copied = moved->copied;
    EXPECT_GT(copied, 0);
    EXPECT_LT(copied, moved->rows);
    EXPECT_EQ(all_events(city.db().get()).size(), all_events(to.get()).size());
}

TEST_F(MoveCity, ALargeTableIsCutInTheMiddle) {
    {
        auto const session = city.db()->open_writer();
        std::vector<store::Cell> cells;
        for (std::int64_t i = 0; i < 12'000; ++i)
            for (store::Cell const& cell : {store::Cell{i}, store::Cell{std::int64_t{1}}, store::Cell{"seat"},
                                            store::Cell{i * 256}, store::Cell{"matter"}})
                cells.push_back(cell);
        session->append(kReadLogTable, cells);
    }
    EXPECT_THROW((void)move([&](std::string_view what, std::int64_t, std::int64_t) {
                     if (what == "read_log") throw CutShort();
                 }),
                 CutShort);
    std::int64_t there = 0;
    to->open_reader()->query("SELECT COUNT(*) FROM read_log", {},
                             [&](store::Row const& row) { there = row.integer(0); });
    EXPECT_EQ(there, 5'000);
    auto const moved = move();
    ASSERT_TRUE(moved) << refusal(moved);
    EXPECT_TRUE(moved->report.ok);
}

TEST_F(MoveCity, ACityThatWasWrittenToMeanwhileIsNamed) {
    move_until(5);
    city.restart();
    city.open("seat01", {{"title", "又来一件"}, {"body", "内容"}, {"channel", "phone"}});
    EXPECT_EQ(refusal(move()), "migrate.source_changed table=head");
}

TEST_F(MoveCity, WhatIsNotInTheJournalIsComparedToo) {
    move_until(12);
    tamper(city.db(), "UPDATE checkpoint SET at = at + 1");
    EXPECT_EQ(refusal(move()), "migrate.source_changed table=checkpoint");
}

TEST_F(MoveCity, AByteThatWasFlippedInTheCityIsFoundAndTheNewDatabaseStaysClosed) {
    EventRow const event = all_events(city.db().get())[17];
    std::string hash = event.hash;
    hash[3] ^= 1;
    tamper(city.db(), "UPDATE event SET hash = $1 WHERE id = $2", {store::Bytes{hash}, event.id.value});
    for (int run = 0; run < 2; ++run) {
        auto const moved = move();
        ASSERT_TRUE(moved) << refusal(moved);
        EXPECT_FALSE(moved->report.ok);
        ASSERT_FALSE(moved->report.findings.empty());
        EXPECT_EQ(moved->report.findings[0].key, "verify.event_hash");
        EXPECT_EQ(moved->report.findings[0].event, event.id);
        EXPECT_EQ(store::testing::kind_thrown_by([&] { to->migrate(kernel_migrations()); }),
                  store::Error::Kind::newer);
    }
}

TEST_F(MoveCity, WhatSomebodyChangedInTheNewDatabaseDiffers) {
    move_until(12);
    on_target("UPDATE blind SET matter = matter + 256 WHERE ctid = (SELECT min(ctid) FROM blind)");
    EXPECT_EQ(refusal(move()).find("migrate.differs table=blind"), 0U);
}

TEST_F(MoveCity, ADatabaseThatHoldsSomethingIsRefused) {
    on_target("CREATE TABLE theirs (a int)");
    EXPECT_EQ(refusal(move()), "migrate.not_empty (to) table=theirs");
    on_target("DROP TABLE theirs");
    to->migrate(kernel_migrations());
    on_target("INSERT INTO catalogue VALUES ('x', 'y', 0)");
    EXPECT_EQ(refusal(move()), "migrate.not_empty (to) table=catalogue");
    on_target("DELETE FROM catalogue");
    EXPECT_TRUE(move());
}

TEST_F(MoveCity, AnotherSchemaIsRefusedOnEitherSide) {
    to->migrate(std::span(kernel_migrations()).first(3));
    on_target("UPDATE migration SET checksum = 1 WHERE number = 2");
    EXPECT_EQ(refusal(move()), "migrate.other_schema number=2");
    on_target("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    to->migrate(kernel_migrations());
    on_target("INSERT INTO migration VALUES (999, 'of a newer one', 0, 0)");
    EXPECT_EQ(refusal(move()), "migrate.other_schema number=999");
    on_target("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    to->migrate(std::span(kernel_migrations()).first(3));  // cut short before it began
    move_until(4);
    on_target("DELETE FROM migration WHERE number = 13");
    EXPECT_EQ(refusal(move()), "migrate.other_schema number=13");
    tamper(city.db(), "DELETE FROM migration WHERE number = 12");
    EXPECT_EQ(refusal(move()), "migrate.city_other_schema number=12");
}

TEST_F(MoveCity, AServerThatIsNotThereAndADiskThatIsFullHaveNames) {
    auto const nowhere = store::open_postgresql("postgresql:///x?host=/nowhere");
    EXPECT_EQ(refusal(move_to(*nowhere)).find("migrate.no_connection (to)"), 0U);
    int said = 0;
    auto const cut_off = move([&](std::string_view, std::int64_t, std::int64_t) {
        if (++said == 5)
            on_target(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid()");
    });
    EXPECT_EQ(refusal(cut_off).find("migrate.no_connection (to)"), 0U) << refusal(cut_off);
    on_target(
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend "
        "file' "
        "USING ERRCODE = '53100'; END $$");
    on_target("CREATE TRIGGER no_room BEFORE INSERT ON event EXECUTE FUNCTION no_room()");
    EXPECT_EQ(refusal(move()).find("migrate.full (to)"), 0U);
    on_target("DROP FUNCTION no_room CASCADE");
    auto const moved = move();
    ASSERT_TRUE(moved) << refusal(moved);
    EXPECT_TRUE(moved->report.ok);
    EXPECT_LT(moved->copied, moved->rows);
}

}  // namespace
}  // namespace banyan
