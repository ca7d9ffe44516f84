// What only the shared engine has: a server that can be lost, unsafe or badly advised.
#include <chrono>
#include <future>

#include "platform/store/testing/postgres_server.h"
#include "platform/store/testing/stores.h"

namespace banyan::store {
namespace {

using testing::kind_thrown_by;
using testing::TestStore;

constexpr Migration kSchema[] = {
    {1, "things", "CREATE TABLE thing (lane INTEGER NOT NULL, id INTEGER NOT NULL, LANE KEY (id))"}};
Table const kThing = {"thing", {{"id", Type::integer}, {"lane", Type::integer}}, {"id"}};

TEST(Postgres, ServerThatMayForgetIsRefused) {
    testing::PostgresServer const forgetful({"fsync=off"});
    auto const& url = forgetful.url();
    EXPECT_EQ(kind_thrown_by([&] { open_postgresql(url)->open_writer(); }), Error::Kind::unsafe);
    EXPECT_EQ(kind_thrown_by([&] { open_postgresql(url)->migrate({}); }), Error::Kind::unsafe);
    EXPECT_NO_THROW(open_postgresql(url, true)->open_writer());
    EXPECT_NO_THROW(open_postgresql(url)->open_reader());

    TestStore const db(Engine::postgresql);
    auto const hasty = db.url() + "&options=-c%20synchronous_commit%3Doff";
    EXPECT_EQ(kind_thrown_by([&] { open_postgresql(hasty)->open_writer(); }), Error::Kind::unsafe);
}

TEST(Postgres, LostServerIsAConnectionError) {
    TestStore const db(Engine::postgresql);
    auto const session = db->open_writer();
    session->begin_write();
    testing::run_on_postgres(db.url(),
                             "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                             " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    EXPECT_EQ(kind_thrown_by([&] { session->execute("SELECT 1"); }), Error::Kind::connection);
    EXPECT_EQ(kind_thrown_by([&] { session->commit(); }), Error::Kind::connection);
    session->rollback();
    EXPECT_EQ(kind_thrown_by([&] { session->begin_write(); }), Error::Kind::connection);
    EXPECT_EQ(kind_thrown_by([] { open_postgresql("postgresql:///x?host=/nowhere")->open_reader(); }),
              Error::Kind::connection);
}

TEST(Postgres, CommittedSoonIsOnTheDiskAfterTheSync) {
    auto const db = testing::fresh_store(Engine::postgresql, kSchema);
    auto const session = db->open_writer();
    auto const reader = db->open_reader();
    auto position = [&](std::string_view of) {
        std::string text;
        reader->query("SELECT CAST(pg_current_wal_" + std::string(of) + "() AS TEXT)", {},
                      [&](Row const& row) { text = row.text(0); });
        return text;
    };
    auto is_behind = [&](std::string const& flushed, std::string const& wanted) {
        bool behind = true;
        reader->query("SELECT CAST(CAST($1 AS pg_lsn) < CAST($2 AS pg_lsn) AS INTEGER)",
                      {std::string_view(flushed), std::string_view(wanted)},
                      [&](Row const& row) { behind = row.integer(0) != 0; });
        return behind;
    };
    for (int n = 0; n < 20; ++n) {
        session->begin_write();
        session->execute("INSERT INTO thing (lane, id) VALUES (1, $1)", {std::int64_t{n}});
        session->commit_soon();
        auto const wanted = position("insert_lsn");
        session->sync();
        EXPECT_FALSE(is_behind(position("flush_lsn"), wanted));
    }
    std::int64_t there = 0;
    reader->query("SELECT count(*) FROM thing", {}, [&](Row const& row) { there = row.integer(0); });
    EXPECT_EQ(there, 20);
}

/// As one database, and as one over shards, which keeps its turn otherwise.
class Turns : public ::testing::TestWithParam<int> {
  protected:
    /// Of another program.
    std::unique_ptr<Session> session() {
        stores.push_back(open_postgresql(db.url(), true, GetParam()));
        return stores.back()->open_writer();
    }
    static void put(Session& session, std::int64_t id) {
        session.execute("INSERT INTO thing (lane, id) VALUES (1, $1)", {id});
    }
    static std::int64_t count(Session& session) {
        std::int64_t there = 0;
        session.query("SELECT count(*) FROM thing", {}, [&](Row const& row) { there = row.integer(0); });
        return there;
    }
    /// Takes a turn, puts a thing and lets go; what it had found there.
    std::future<std::int64_t> take_turn_beside() {
        return std::async(std::launch::async, [this] {
            auto const other = open_postgresql(db.url(), true, GetParam())->open_writer();
            other->begin_turn();
            std::int64_t const found = count(*other);
            put(*other, 1'000 + found);
            other->commit();
            return found;
        });
    }
    static bool waits(std::future<std::int64_t> const& one) {
        return one.wait_for(std::chrono::milliseconds(300)) == std::future_status::timeout;
    }
    TestStore db = testing::fresh_store(Engine::postgresql, kSchema);
    std::vector<std::unique_ptr<Store>> stores;
};
INSTANTIATE_TEST_SUITE_P(, Turns, ::testing::Values(1, 8),
                         [](auto const& of) { return of.param == 1 ? "Whole" : "OverShards"; });

TEST_P(Turns, ComeOneAfterAnotherAndSeeWhatCameBefore) {
    auto const one = session();
    one->begin_turn();
    auto other = take_turn_beside();
    put(*one, 1);
    EXPECT_TRUE(waits(other));
    one->commit();
    EXPECT_EQ(other.get(), 1);
    one->begin_turn();
    EXPECT_EQ(count(*one), 2);
    other = take_turn_beside();
    put(*one, 2);
    EXPECT_TRUE(waits(other));
    one->commit_soon();
    EXPECT_EQ(other.get(), 3);
}

TEST_P(Turns, EndHoweverTheyEnd) {
    auto const one = session();
    one->begin_turn();
    put(*one, 1);
    EXPECT_EQ(kind_thrown_by([&] { put(*one, 1); }), Error::Kind::constraint);
    EXPECT_ANY_THROW(one->commit());
    one->rollback();
    EXPECT_EQ(take_turn_beside().get(), 0);
    {
        auto const lost = session();
        lost->begin_turn();
        put(*lost, 2);
    }
    EXPECT_EQ(take_turn_beside().get(), 1);
    one->limit_time(100);
    auto const holder = session();
    holder->begin_turn();
    EXPECT_EQ(kind_thrown_by([&] { one->begin_turn(); }), Error::Kind::timeout);
    holder->rollback();
    one->begin_turn();  // nothing is left of the try that failed
    put(*one, 3);
    one->commit();
    EXPECT_EQ(take_turn_beside().get(), 3);
}

TEST_P(Turns, AreNotWaitedForByOtherWrites) {
    auto const one = session(), other = session();
    one->begin_turn();
    other->begin_write();
    put(*other, 1);
    other->commit();
    EXPECT_EQ(count(*one), 1);
    one->rollback();
}

TEST(Postgres, SyncThatFailsIsForGood) {
    auto const db = testing::fresh_store(Engine::postgresql, kSchema);
    auto const session = db->open_writer();
    auto insert = [&](std::int64_t id) {
        session->begin_write();
        session->execute("INSERT INTO thing (lane, id) VALUES (1, $1)", {id});
        session->commit_soon();
    };
    insert(1);
    session->sync();
    insert(2);
    testing::run_on_postgres(db.url(),
                             "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                             " WHERE datname = current_database() AND query LIKE '%pg_logical_emit_message%'"
                             " AND pid <> pg_backend_pid()");
    EXPECT_EQ(kind_thrown_by([&] { session->sync(); }), Error::Kind::connection);
    EXPECT_EQ(kind_thrown_by([&] { session->sync(); }), Error::Kind::connection);
    EXPECT_EQ(kind_thrown_by([&] { insert(3); }), Error::Kind::connection);
    session->rollback();
    EXPECT_NO_THROW(db->open_writer()->sync()) << "another session is not concerned";
}

TEST(Postgres, DatabaseForReadingOnlyIsReadOnly) {
    auto const db = testing::fresh_store(Engine::postgresql, kSchema);
    auto const frozen = open_postgresql(db.url() + "&options=-c%20default_transaction_read_only%3Don");
    EXPECT_EQ(kind_thrown_by([&] { frozen->open_writer()->execute("DELETE FROM thing"); }),
              Error::Kind::read_only);
}

TEST(Postgres, LoadsByTheIndexAlsoWhenTheTableWasSmallAtFirst) {
    auto const db = testing::fresh_store(Engine::postgresql, kSchema);
    if (db->lane_groups().size() > 1) GTEST_SKIP() << "over shards it is another statement";
    auto const session = db->open_writer();
    std::vector<std::int64_t> const ids = {300, 700};
    for (int n = 0; n < 10; ++n) session->load(kThing, "id", ids, {});  // often enough for a plan that is kept
    session->execute("INSERT INTO thing (lane, id) SELECT i % 256, i FROM generate_series(1, 20000) i");
    int found = 0;
    session->load(kThing, "id", ids, [&](Row const&) { ++found; });
    EXPECT_EQ(found, 2);

    std::string name, plan;
    session->query("SELECT name FROM pg_prepared_statements WHERE statement LIKE 'SELECT t.id%'", {},
                   [&](Row const& row) { name = row.text(0); });
    session->query("EXPLAIN EXECUTE " + name + "('{300,700}', '{44,188}')", {},
                   [&](Row const& row) { plan.append(row.text(0)) += '\n'; });
    EXPECT_NE(plan.find("(lane = wanted.lane) AND (id = wanted.key)"), plan.npos) << plan;
    EXPECT_EQ(plan.find("Seq Scan"), plan.npos) << plan;
}

}  // namespace
}  // namespace banyan::store
