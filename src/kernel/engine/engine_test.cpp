#include "kernel/engine/engine.h"

#include <gtest/gtest.h>

#include <mutex>
#include <set>

#include "kernel/engine/testing/city.h"
#include "kernel/engine/verify.h"
#include "platform/store/testing/postgres_server.h"

namespace banyan {
namespace {

TEST(RefusalOf, TellsWhatAPersonCanActOnAndKeepsTheRestForTheLog) {
    using Kind = store::Error::Kind;
    struct Row {
        std::exception_ptr error;
        char const* key;
    };
    for (Row const& row : {Row{std::make_exception_ptr(store::Error(Kind::full, "disk")), "store.full"},
                           Row{std::make_exception_ptr(store::Error(Kind::read_only, "disk")), "store.read_only"},
                           Row{std::make_exception_ptr(store::Error(Kind::timeout, "disk")), "server.slow"},
                           Row{std::make_exception_ptr(store::Error(Kind::corrupt, "disk")), "server.failed"},
                           Row{std::make_exception_ptr(std::runtime_error("disk")), "server.failed"}}) {
        Refusal refusal = refusal_of(row.error);
        EXPECT_EQ(refusal.key, row.key);
        EXPECT_EQ(refusal.params, (decltype(refusal.params){{"what", "disk"}}));
    }
}

/// Connections are cut under load, those that write and that which syncs: what was acknowledged is there, and the
/// engine comes to itself.
TEST(LostConnections, CostNothingThatWasAcknowledged) {
    testing::City city(store::Engine::postgresql);
    city.set_clock(testing::at("2026-10-09 09:00"));
    std::mutex mutex;
    std::set<std::int64_t> acknowledged;
    std::atomic<int> done{0};
    std::atomic<bool> over{false};
    auto file = [&] {
        return city.open("citizen",
                         {{"title", "路灯"}, {"body", "不亮"}, {"channel", "web"}, {"phone", "13800001111"}});
    };
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i)
        clients.emplace_back([&] {
            while (!over) {
                Answer const filed = file();
                if (!filed.ok()) continue;
                ++done;
                std::lock_guard lock(mutex);
                acknowledged.insert(filed.event.value);
            }
        });
    for (std::string_view whose :
         {"true", "query LIKE '%pg_logical_emit_message%'", "query NOT LIKE '%pg_logical_emit_message%'"}) {
        int const before = done;
        for (int tries = 0; done < before + 50 && tries < 2'000; ++tries)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        ASSERT_GE(done, before + 50);
        store::testing::run_on_postgres(city.db().url(),
                                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND " +
                                            std::string(whose));
    }
    int const before = done;
    for (int tries = 0; done < before + 50 && tries < 2'000; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_GE(done, before + 50) << "it did not come to itself";
    over = true;
    for (auto& client : clients) client.join();
    std::set<std::int64_t> there;
    city.db()->open_reader()->query("SELECT id FROM event", {},
                                    [&](store::Row const& row) { there.insert(row.integer(0)); });
    for (std::int64_t event : acknowledged) EXPECT_TRUE(there.contains(event)) << event;
    city.engine().stop();
    VerifyReport const report = verify(*city.db(), testing::procedures_of(city.rules()), &city.keys(), {});
    EXPECT_TRUE(report.ok) << (report.findings.empty() ? "" : report.findings[0].key);
}

}  // namespace
}  // namespace banyan
