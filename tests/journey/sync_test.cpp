// An answer leaves after its sync, shown on a disk that forgets what was not synced; and a disk that is full.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "kernel/engine/testing/city.h"
#include "kernel/engine/verify.h"
#include "platform/store/testing/unsynced_vfs.h"

namespace banyan::journey {
namespace {

using banyan::testing::at;
using store::testing::UnsyncedVfs;

/// An engine on a disk of the tests'.
struct House {
    store::testing::TestFolder& folder;
    crypto::Keyring keys = crypto::Keyring::create_or_open(folder / "keys", crypto::SigningKey::Kind::ed25519);
    std::shared_ptr<Rules const> rules = banyan::testing::small_rules();
    std::unique_ptr<store::Store> store;
    std::unique_ptr<Engine> engine;

    House(store::testing::TestFolder& at_folder, std::string const& vfs, std::function<Instant()> now)
        : folder(at_folder) {
        store =
            store::open_sqlite({.file = folder / "banyan.db", .read_only = false, .vfs = vfs, .cache_kib = 8'192});
        store->migrate(banyan::testing::kernel_migrations());
        EngineOptions options;
        options.now = std::move(now);
        options.timers = false;
        options.checkpoints = false;
        options.most_in_batch = 50;  // many commits
        engine =
            std::make_unique<Engine>(*store, keys, rules, banyan::testing::real_calendar(), procedures(), options);
        engine->start();
    }
    Procedures procedures() const {
        Procedures all;
        for (auto const& [name, procedure] : rules->procedures) all[procedure->hash] = procedure;
        return all;
    }
    Actor actor(std::string_view login) const {
        Person const* person = rules->directory->person(login);
        return {person->id, person->role, person->unit, {}, false};
    }
    Request file() const {
        Request request;
        request.what = Command{actor("citizen"),
                               "appeal",
                               {},
                               {},
                               "file",
                               {{"title", "路灯"}, {"body", "不亮"}, {"channel", "web"}, {"phone", "13800001111"}},
                               {},
                               {},
                               {},
                               {}};
        return request;
    }
    Request step(MatterId matter, std::string_view login, std::string name, json::object form) const {
        Request request;
        request.what = Command{actor(login), {}, matter, {}, std::move(name), std::move(form), {}, {}, {}, {}};
        return request;
    }
    std::set<std::int64_t> events() const {
        std::set<std::int64_t> all;
        store->open_reader()->query("SELECT id FROM event", {},
                                    [&](store::Row const& row) { all.insert(row.integer(0)); });
        return all;
    }
    void expect_verified() const {
        VerifyReport report = verify(*store, procedures(), &keys, {});
        EXPECT_TRUE(report.ok) << (report.findings.empty() ? "" : report.findings[0].key);
    }
};

std::function<Instant()> on_friday() {
    return [] { return at("2026-10-09 09:00"); };
}

TEST(Answer, LeavesAfterItsSync) {
    std::mt19937 random(std::random_device{}());
    for (int round = 0; round < 5; ++round) {
        UnsyncedVfs disk("unsynced-" + std::to_string(round));
        store::testing::TestFolder folder;
        std::mutex mutex;
        std::set<std::int64_t> answered;
        std::atomic<bool> gone{false};
        {
            House house(folder, disk.name(), on_friday());
            std::vector<std::thread> clients;
            for (int i = 0; i < 4; ++i)
                clients.emplace_back([&] {
                    auto run = [&](Request request) {
                        std::int64_t before = disk.syncs();
                        Answer answer;
                        std::int64_t after = before;
                        std::promise<void> done;
                        request.done =
                            [&](Answer&& made) {  // on the teller's thread: what the count is as it leaves
                                after = disk.syncs();
                                answer = std::move(made);
                                done.set_value();
                            };
                        if (!house.engine->submit(std::move(request))) return Answer{};
                        done.get_future().get();
                        if (!answer.ok()) return answer;
                        EXPECT_GT(after, before) << "answered without a sync since it was asked";
                        std::lock_guard lock(mutex);
                        answered.insert(answer.event.value);
                        return answer;
                    };
                    while (!gone) {
                        Answer filed = run(house.file());
                        if (!filed.ok()) return;
                        if (!run(house.step(filed.matter, "seat01", "accept", {{"kind", "complaint"}})).ok())
                            return;
                        if (!run(house.step(filed.matter, "disp01", "dispatch", {{"lead", "cg"}})).ok()) return;
                    }
                });
            std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution(20, 250)(random)));
            disk.cut();  // the power goes
            gone = true;
            for (auto& client : clients) client.join();
            house.engine.reset();
        }
        House again(folder, {}, on_friday());
        std::set<std::int64_t> there = again.events();
        EXPECT_GT(answered.size(), 5U);
        for (std::int64_t event : answered)
            EXPECT_TRUE(there.contains(event)) << "answered, and lost: event " << event;
        again.expect_verified();
    }
}

/// What the assertion above is worth: unsynced bytes are really forgotten.
TEST(Answer, OfADiskThatForgetsIsNotThereBeforeTheSync) {
    UnsyncedVfs disk("forgets");
    store::testing::TestFolder folder;
    {
        auto store = store::open_sqlite({.file = folder / "banyan.db", .read_only = false, .vfs = disk.name()});
        store->migrate(banyan::testing::kernel_migrations());
        auto session = store->open_writer();
        session->begin_write();
        session->execute("INSERT INTO catalogue (name, text, at) VALUES ('x', 'y', 1)");
        disk.cut();
        EXPECT_THROW(session->commit(), store::Error);
    }
    auto store = store::open_sqlite({.file = folder / "banyan.db"});
    store->open_reader()->query("SELECT name FROM catalogue", {},
                                [](store::Row const&) { ADD_FAILURE() << "it was kept"; });
}

TEST(Sync, ThatFailsIsAnsweredAndNothingMoreIsTaken) {
    UnsyncedVfs disk("failing");
    store::testing::TestFolder folder;
    std::set<std::int64_t> answered;
    {
        House house(folder, disk.name(), on_friday());
        for (int i = 0; i < 20; ++i) {
            Answer filed = house.engine->run(house.file());
            ASSERT_TRUE(filed.ok());
            answered.insert(filed.event.value);
        }
        disk.fail_syncs();
        for (int i = 0; i < 20; ++i) {
            Answer filed = house.engine->run(house.file());
            EXPECT_EQ(filed.kind, Answer::Kind::failed);
            EXPECT_EQ(filed.refusal.key, i == 0 ? "server.unsure" : "server.failed");
        }
        EXPECT_GE(house.engine->figures().failed, 20);
        disk.cut();
    }
    House again(folder, {}, on_friday());
    EXPECT_EQ(again.events(), answered);
    EXPECT_TRUE(again.engine->run(again.file()).ok());
    again.engine->stop();
    again.expect_verified();
}

TEST(FullDisk, RefusesByNameAndGoesOnWhenThereIsRoom) {
    UnsyncedVfs disk("full");
    store::testing::TestFolder folder;
    std::set<std::int64_t> answered;
    {
        House house(folder, disk.name(), on_friday());
        Answer first = house.engine->run(house.file());
        ASSERT_TRUE(first.ok());
        answered.insert(first.event.value);
        disk.fill_up_after(40'000);
        Answer answer;
        std::int64_t read = 0;
        auto look = [&] {  // reading is an event too: none is lost with a batch that fails
            house.engine->note_reading({at("2026-10-09 09:00"), PersonId(1), "seat", "detail", first.matter});
            ++read;
        };
        for (look(); answered.size() < 2000 && (answer = house.engine->run(house.file())).ok(); look())
            answered.insert(answer.event.value);
        EXPECT_EQ(answer.kind, Answer::Kind::failed);
        EXPECT_EQ(answer.refusal.key, "store.full");
        EXPECT_EQ(house.events(), answered) << "nothing half";
        disk.fill_up_after(-1);
        for (int i = 0; i < 50; ++i) {
            Answer more = house.engine->run(house.file());
            ASSERT_TRUE(more.ok()) << more.refusal.key;
            answered.insert(more.event.value);
        }
        house.engine->stop();
        house.expect_verified();
        house.store->open_reader()->query("SELECT count(*) FROM read_log", {},
                                          [&](store::Row const& row) { EXPECT_EQ(row.integer(0), read); });
    }
    House again(folder, {}, on_friday());
    EXPECT_EQ(again.events(), answered);
}

TEST(Clock, ThatJumpsBackRefusesNothingAndLosesNothing) {
    store::testing::TestFolder folder;
    auto now = std::make_shared<std::atomic<std::int64_t>>(at("2026-10-09 09:00").us);
    House house(folder, {}, [now] { return Instant{now->load()}; });
    Answer filed = house.engine->run(house.file());
    ASSERT_TRUE(filed.ok());
    now->store(at("2026-10-08 09:00").us);
    EXPECT_TRUE(house.engine->run(house.step(filed.matter, "seat01", "accept", {{"kind", "help"}})).ok());
    Request said = house.step(filed.matter, "seat01", "supplement", {{"text", "补充"}});  // as an import says it
    std::get<Command>(said.what).at = at("2026-10-08 09:00");
    EXPECT_EQ(house.engine->run(std::move(said)).refusal.key, "moment.before_filing");
    Answer other = house.engine->run(house.file());
    EXPECT_TRUE(other.ok());
    EXPECT_GT(other.event.value, filed.event.value) << "ids grow whatever the clock says";
    now->store(at("2026-10-09 10:00").us);
    EXPECT_TRUE(house.engine->run(house.step(filed.matter, "disp01", "dispatch", {{"lead", "cg"}})).ok());
    now->store(at("2026-10-09 09:30").us);  // back, but after the filing
    EXPECT_TRUE(house.engine->run(house.step(filed.matter, "unit-cg", "sign", {})).ok());
    house.engine->stop();
    house.expect_verified();
}

}  // namespace
}  // namespace banyan::journey
