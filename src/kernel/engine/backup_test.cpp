#include "kernel/engine/backup.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "kernel/engine/tar.h"
#include "kernel/engine/testing/story.h"
#include "kernel/engine/verify.h"

namespace banyan {
namespace {

using namespace banyan::testing;
namespace fs = std::filesystem;

std::string content(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
void write(fs::path const& file, std::string const& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

class Backup : public ::testing::Test {
  protected:
    Result<Manifest> take(std::string const& name, std::optional<std::string> passphrase = "榕树下的口令") {
        return backup(
            *city.db(), city.keys(),
            {city.data_folder(), folder / name, std::move(passphrase), city.engine().now(), {1, 8 << 20}});
    }
    Result<Manifest> put_back(std::string const& name, std::string const& to = "restored",
                              std::optional<std::string> passphrase = "榕树下的口令") {
        return restore({folder / name, folder / to, std::move(passphrase)});
    }
    template <class T>
    static std::string refusal(Result<T> const& result) {
        return result ? "" : result.error().key;
    }
    VerifyReport look_at(std::string const& restored) {
        auto const keys = crypto::Keyring::create_or_open(fs::path(folder / restored) / kKeysFolder);
        auto const store = store::open_sqlite({(fs::path(folder / restored) / kDatabaseFile).string()});
        return verify(*store, city.engine().procedures(), &keys,
                      (fs::path(folder / restored) / kHeadsLogFile).string());
    }
    int files_in(fs::path const& where) const {
        int n = 0;
        for (auto const& entry : fs::directory_iterator(where)) n += entry.exists();
        return n;
    }

    City city{store::Engine::sqlite};
    store::testing::TestFolder folder;
};

TEST_F(Backup, TakenWhileTheServerWritesIsWholeWhenItIsRestored) {
    tell_story(city);
    city.engine().make_checkpoint_now();
    std::atomic<bool> stop = false;
    std::atomic<int> written = 0;
    std::thread writing([&] {
        while (!stop) {
            city.open("seat01",
                      {{"title", "同时写入"}, {"body", "内容"}, {"channel", "phone"}, {"phone", "0591-87654321"}});
            city.engine().make_checkpoint_now();
            ++written;
        }
    });
    for (std::string const name : {"one", "two", "three"}) {
        int const before = written;
        while (written < before + 3) std::this_thread::yield();
        Result<Manifest> const taken = take(name);
        EXPECT_TRUE(taken) << refusal(taken);
    }
    stop = true;
    writing.join();
    std::int64_t events = 0;
    for (std::string const name : {"one", "two", "three"}) {
        Result<Manifest> const back = put_back(name, "restored-" + name);
        ASSERT_TRUE(back) << describe(back.error());
        EXPECT_EQ(back->schema, banyan::testing::kernel_migrations().back().number);
        EXPECT_TRUE(back->keys);
        VerifyReport const report = look_at("restored-" + name);
        EXPECT_TRUE(report.ok) << report.findings[0].key;
        EXPECT_GT(report.events, events);
        EXPECT_GE(report.checkpoints, 1);
        events = report.events;
    }
}

TEST_F(Backup, CarriesConfigurationAttachmentsAndTheWholeLinesOfTheLog) {
    fs::path const data(city.data_folder());
    write(data / kConfigFile, "[city]\nname = \"福州\"\n");
    write(data / kAttachmentsFolder / "ab" / "abcdef", std::string(200'000, 'x'));
    write(data / kAttachmentsFolder / "cd" / "empty", "");
    write(data / "index" / "not-this", "derived");
    city.open("seat01", {{"title", "有附件"}, {"body", "内容"}, {"channel", "phone"}});
    city.engine().make_checkpoint_now();
    std::string const lines = content(city.heads_log());
    write(city.heads_log(), lines + "{\"id\":2,\"at\":\"20");
    ASSERT_TRUE(take("file"));
    ASSERT_TRUE(put_back("file"));
    fs::path const restored = folder / "restored";
    EXPECT_EQ(content(restored / kConfigFile), content(data / kConfigFile));
    EXPECT_EQ(content(restored / kAttachmentsFolder / "ab" / "abcdef").size(), 200'000U);
    EXPECT_TRUE(fs::exists(restored / kAttachmentsFolder / "cd" / "empty"));
    EXPECT_EQ(content(restored / kHeadsLogFile), lines);
    EXPECT_FALSE(fs::exists(restored / "index"));
    EXPECT_FALSE(fs::exists(restored / "keys.wrapped"));
    EXPECT_EQ(content(restored / kKeysFolder / "index.key"), content(data / kKeysFolder / "index.key"));
    EXPECT_EQ(fs::status(restored).permissions(), fs::perms::owner_all);
    EXPECT_EQ(fs::status(folder / "file").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(Backup, IsATarThatAnySystemReads) {
    fs::path const data(city.data_folder());
    fs::path const deep = fs::path(std::string(90, 'a')) / std::string(90, 'b');
    write(data / kAttachmentsFolder / deep, "content");
    ASSERT_TRUE(take("file.tar"));
    fs::create_directory(fs::path(folder / "unpacked"));
    ASSERT_EQ(std::system(fmt::format("tar -xf '{}' -C '{}'", folder / "file.tar", folder / "unpacked").c_str()),
              0);
    EXPECT_EQ(content(fs::path(folder / "unpacked") / kAttachmentsFolder / deep), "content");
    EXPECT_EQ(content(fs::path(folder / "unpacked") / "banyan-backup"), "1\n");
}

TEST_F(Backup, WithoutAPassphraseCarriesNoKeys) {
    ASSERT_TRUE(take("file", std::nullopt));
    Result<Manifest> const back = put_back("file", "restored", std::nullopt);
    ASSERT_TRUE(back);
    EXPECT_FALSE(back->keys);
    EXPECT_FALSE(fs::exists(fs::path(folder / "restored") / kKeysFolder));
}

TEST_F(Backup, NeverWritesOverAFileOrTakesAnEmptyPassphrase) {
    write(folder / "file", "mine");
    EXPECT_EQ(refusal(take("file")), "backup.exists");
    EXPECT_EQ(content(folder / "file"), "mine");
    EXPECT_EQ(refusal(take("other", "")), "backup.passphrase_empty");
    EXPECT_EQ(files_in(folder.path()), 1);
}

TEST_F(Backup, LeavesNothingButTheFile) {
    ASSERT_TRUE(take("file"));
    EXPECT_EQ(files_in(folder.path()), 1);
    ASSERT_TRUE(put_back("file"));
    EXPECT_EQ(files_in(folder.path()), 2);
}

TEST_F(Backup, IsRefusedOnPostgresqlWhichHasItsOwnTools) {
    City other(store::Engine::postgresql);
    auto const result =
        backup(*other.db(), other.keys(), {other.data_folder(), folder / "file", std::nullopt, {}, {}});
    EXPECT_EQ(refusal(result), "backup.postgresql");
    EXPECT_FALSE(fs::exists(folder / "file"));
}

// ── putting it back ──────────────────────────────────────────────────────────────────────────────────────────

TEST_F(Backup, IsNotRestoredWithoutItsPassphrase) {
    ASSERT_TRUE(take("file"));
    EXPECT_EQ(refusal(put_back("file", "restored", "另一个口令")), "keyring.wrong_passphrase");
    EXPECT_EQ(refusal(put_back("file", "restored", std::nullopt)), "restore.passphrase_needed");
    EXPECT_EQ(files_in(folder.path()), 1);
}

TEST_F(Backup, IsNotRestoredOverAnything) {
    ASSERT_TRUE(take("file"));
    write(fs::path(folder / "restored") / "x", "mine");
    EXPECT_EQ(refusal(put_back("file")), "restore.not_empty");
    EXPECT_EQ(refusal(put_back("file", "file")), "restore.not_empty");
    fs::create_directory(fs::path(folder / "empty"));
    EXPECT_TRUE(put_back("file", "empty"));
    EXPECT_TRUE(put_back("file", "new/and/deep/"));
}

TEST_F(Backup, IsNotRestoredWhenACutOrAByteDamagedIt) {
    write(fs::path(city.data_folder()) / kAttachmentsFolder / "a", std::string(3000, 'x'));
    ASSERT_TRUE(take("file", std::nullopt));
    std::string const whole = content(folder / "file");
    for (std::size_t left : {std::size_t{0}, std::size_t{100}, std::size_t{512}, whole.size() / 2,
                             whole.size() - 1024, whole.size() - 1}) {
        write(folder / "cut", whole.substr(0, left));
        std::string const key = refusal(put_back("cut"));
        EXPECT_EQ(key, left < 512 ? "restore.not_a_backup" : "restore.damaged") << left;
        EXPECT_FALSE(fs::exists(folder / "restored"));
    }
    std::size_t const step = whole.size() / 60 + 1;
    int unnoticed = 0;
    for (std::size_t at = 1024; at < whole.size() - 1024; at += step) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 4);
        write(folder / "flipped", flipped);
        std::string const key = refusal(put_back("flipped"));
        if (key.empty())
            ++unnoticed, fs::remove_all(folder / "restored");  // between two files, where tar fills a block
        else
            EXPECT_EQ(key, "restore.damaged") << at;
    }
    EXPECT_LE(unnoticed, 2);
    EXPECT_EQ(files_in(folder.path()), 3);
}

TEST_F(Backup, OfANewerProgramOrOfNoneAtAllIsRefused) {
    write(folder / "text", std::string(5000, 'x'));
    EXPECT_EQ(refusal(put_back("text")), "restore.not_a_backup");
    EXPECT_EQ(refusal(put_back("nothing")), "restore.no_file");
    {
        TarWriter tar(folder / "newer", city.engine().now());
        tar.add("banyan-backup", "2\n");
        tar.finish();
    }
    EXPECT_EQ(refusal(put_back("newer")), "restore.newer");
}

TEST_F(Backup, ThatLeadsOutOfTheFolderIsDamaged) {
    for (std::string const name : {"../escaped", "/tmp/escaped", "a/../../escaped"}) {
        TarWriter tar(folder / "evil", city.engine().now());
        tar.add("banyan-backup", "1\n");
        tar.add(name, "content");
        tar.finish();
        EXPECT_EQ(refusal(put_back("evil")), "restore.damaged");
        fs::remove(folder / "evil");
    }
    EXPECT_EQ(files_in(folder.path()), 0);
}

}  // namespace
}  // namespace banyan
