#include "platform/store/readers.h"

#include <atomic>
#include <future>
#include <latch>

#include "platform/store/testing/postgres_server.h"
#include "platform/store/testing/stores.h"

namespace banyan::store {
namespace {

constexpr Migration kSchema[] = {{1, "notes", "CREATE TABLE note (id INTEGER NOT NULL PRIMARY KEY)"}};

std::int64_t count(Session& session) {
    std::int64_t result = -1;
    session.query("SELECT count(*) FROM note", {}, [&](Row const& row) { result = row.integer(0); });
    return result;
}

std::int64_t ask(Readers& readers) {
    auto const answer = std::make_shared<std::promise<std::int64_t>>();
    readers.submit([answer](Session& session) { answer->set_value(count(session)); },
                   [answer](std::exception const& error) {
                       answer->set_exception(std::make_exception_ptr(std::runtime_error(error.what())));
                   });
    return answer->get_future().get();
}

class ReaderPool : public testing::OnBothEngines {
  protected:
    testing::TestStore db = fresh(kSchema);
};
BANYAN_ON_BOTH_ENGINES(ReaderPool);

TEST_P(ReaderPool, AnswersFromSeveralThreads) {
    std::latch all_here(3);
    std::atomic<int> answered = 0;
    Readers readers(db.get(), {.threads = 3});
    for (int n = 0; n < 3; ++n)
        EXPECT_TRUE(readers.submit([&](Session& session) {
            all_here.arrive_and_wait();  // three jobs at the same time
            answered += count(session) == 0;
        }));
    readers.drain();
    EXPECT_EQ(answered, 3);
}

TEST_P(ReaderPool, GivesEachJobASnapshot) {
    std::latch begun(1), written(1);
    std::promise<std::int64_t> first, second;
    Readers readers(db.get(), {.threads = 1});
    readers.submit([&](Session& session) {
        begun.count_down();
        written.wait();
        first.set_value(count(session));
    });
    readers.submit([&](Session& session) { second.set_value(count(session)); });
    begun.wait();
    db->open_writer()->execute("INSERT INTO note (id) VALUES (1)");
    written.count_down();
    EXPECT_EQ(first.get_future().get(), 0);
    EXPECT_EQ(second.get_future().get(), 1);
}

TEST_P(ReaderPool, RefusesWhenTooManyWait) {
    std::latch begun(1), go_on(1);
    std::atomic<int> done = 0;
    Readers readers(db.get(), {.threads = 1, .most_waiting = 2});
    readers.submit([&](Session&) {
        begun.count_down();
        go_on.wait();
        ++done;
    });
    begun.wait();
    EXPECT_TRUE(readers.submit([&](Session&) { ++done; }));
    EXPECT_TRUE(readers.submit([&](Session&) { ++done; }));
    EXPECT_FALSE(readers.submit([&](Session&) { ++done; }));
    EXPECT_EQ(readers.waiting(), 2);
    EXPECT_EQ(readers.working(), 1);
    go_on.count_down();
    readers.drain();
    EXPECT_EQ(done, 3);
    EXPECT_FALSE(readers.submit([&](Session&) { ++done; }));
}

TEST_P(ReaderPool, EndsWhatTakesTooLongAndWorksOn) {
    std::promise<Error::Kind> failed;
    Readers readers(db.get(), {.threads = 1, .limit_ms = 50});
    readers.submit(
        [](Session& session) {
            session.query(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000000)"
                " SELECT count(*) FROM n",
                {}, [](Row const&) {});
        },
        [&](std::exception const& error) { failed.set_value(dynamic_cast<Error const&>(error).kind()); });
    EXPECT_EQ(failed.get_future().get(), Error::Kind::timeout);
    EXPECT_EQ(ask(readers), 0);
}

TEST_P(ReaderPool, TellsWhatAJobThrew) {
    std::promise<std::string> told;
    Readers readers(db.get(), {.threads = 1});
    readers.submit([](Session&) { throw std::runtime_error("no"); },
                   [&](std::exception const& error) { told.set_value(error.what()); });
    EXPECT_EQ(told.get_future().get(), "no");
    readers.submit([](Session&) { throw std::runtime_error("to nobody"); });
}

TEST(ReaderPoolOnPostgres, OpensALostSessionAgain) {
    auto const db = testing::fresh_store(Engine::postgresql, kSchema);
    Readers readers(db.get(), {.threads = 2});
    for (int round = 0; round < 3; ++round) {
        testing::run_on_postgres(db.url(),
                                 "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                                 " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        for (int n = 0; n < 4; ++n) EXPECT_EQ(ask(readers), 0);
    }
}

TEST(ReaderPoolOnPostgres, LosesOnlyTheJobThatWasRunning) {
    auto const db = testing::fresh_store(Engine::postgresql, kSchema);
    std::promise<Error::Kind> failed;
    Readers readers(db.get(), {.threads = 1});
    readers.submit(
        [&](Session& session) {
            testing::run_on_postgres(db.url(),
                                     "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                                     " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            count(session);
        },
        [&](std::exception const& error) { failed.set_value(dynamic_cast<Error const&>(error).kind()); });
    EXPECT_EQ(failed.get_future().get(), Error::Kind::connection);
    EXPECT_EQ(ask(readers), 0);
}

}  // namespace
}  // namespace banyan::store
