// Sessions on a disk that forgets what was not synced, and on one that is full.
#include "api/sessions.h"

#include <gtest/gtest.h>

#include <future>

#include "kernel/engine/testing/city.h"
#include "platform/store/testing/unsynced_vfs.h"

namespace banyan::api {
namespace {

using banyan::testing::at;
using store::testing::UnsyncedVfs;

MatterId const kMatter(256);
constexpr char const* kCode = "482913";

http::Request carrying(std::string const& token) {
    http::Request request;
    request.add_header("Authorization", "Bearer " + token);
    return request;
}

/// Sessions on a store of the tests', with one query code to sign in with.
struct House {
    crypto::Keyring keys;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<Sessions> sessions;

    House(store::testing::TestFolder& folder, std::string const& vfs)
        : keys(crypto::Keyring::create_or_open(folder / "keys", crypto::SigningKey::Kind::ed25519)),
          store(store::open_sqlite({.file = folder / "banyan.db", .read_only = false, .vfs = vfs})) {
        store->migrate(banyan::testing::kernel_migrations());
        EngineOptions options;
        options.now = [] { return at("2026-10-09 09:00"); };
        options.timers = options.checkpoints = false;
        engine = std::make_unique<Engine>(*store, keys, banyan::testing::small_rules(),
                                          banyan::testing::real_calendar(), Procedures{}, options);
        engine->start();
        sessions = std::make_unique<Sessions>(*engine, *store, keys);
    }
    ~House() {
        if (engine) engine->stop();
        sessions.reset();
    }
    void add_code() const {
        std::string hash = Sessions::code_hash(keys, kCode);
        engine->write_now([&](store::Session& writer) {
            writer.execute("INSERT INTO query_code (lane, matter, hash, wrong) VALUES ($1, $2, $3, 0)",
                           {std::int64_t{kMatter.lane()}, kMatter.value, store::Bytes{hash}});
        });
    }
    Result<SignedIn> sign_in(std::string const& code = kCode) const {
        std::promise<Result<SignedIn>> promise;
        sessions->sign_in_with_code(kMatter, code,
                                    [&](Result<SignedIn> made) { promise.set_value(std::move(made)); });
        return promise.get_future().get();
    }
    Result<void> sign_out(std::string const& token) const {
        std::promise<Result<void>> promise;
        sessions->sign_out(carrying(token), [&](Result<void> ended) { promise.set_value(std::move(ended)); });
        return promise.get_future().get();
    }
    bool knows(std::string const& token) const { return sessions->find(carrying(token)).has_value(); }
};

TEST(Sessions, AreAnsweredAfterTheSync) {
    UnsyncedVfs disk("sessions");
    store::testing::TestFolder folder;
    std::string stays, ended;
    {
        House house(folder, disk.name());
        house.add_code();
        stays = house.sign_in()->token;
        ended = house.sign_in()->token;
        ASSERT_TRUE(house.sign_out(ended));
        EXPECT_FALSE(house.knows(ended));
        disk.cut();  // the power goes as the answer leaves
    }
    House again(folder, {});
    EXPECT_TRUE(again.knows(stays)) << "signed in, and forgotten";
    EXPECT_FALSE(again.knows(ended)) << "signed out, and back";
}

TEST(Sessions, AreRefusedByNameOnAFullDisk) {
    UnsyncedVfs disk("sessions-full");
    store::testing::TestFolder folder;
    House house(folder, disk.name());
    house.add_code();
    std::string token = house.sign_in()->token;
    disk.fill_up_after(0);
    EXPECT_EQ(house.sign_in().error().key, "store.full");
    EXPECT_EQ(house.sign_in("000000").error().key, "store.full") << "a wrong guess that cannot be counted";
    EXPECT_EQ(house.sign_out(token).error().key, "store.full");
    EXPECT_TRUE(house.knows(token)) << "nothing was done";
    EXPECT_THROW(house.add_code(), store::Error) << "an error keeps its kind";

    disk.fill_up_after(-1);
    EXPECT_TRUE(house.sign_in());
    EXPECT_TRUE(house.sign_out(token));
    EXPECT_FALSE(house.knows(token));
}

}  // namespace
}  // namespace banyan::api
