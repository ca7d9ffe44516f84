// What only the embedded engine has: a file, a folder, a disk.
#include <sys/fsuid.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "platform/store/testing/stores.h"
#include "platform/store/testing/unsynced_vfs.h"

namespace banyan::store {
namespace {

using testing::kind_thrown_by;
using testing::TestFolder;
using testing::UnsyncedVfs;

constexpr Migration kSchema[] = {
    {1, "notes", "CREATE TABLE note (id INTEGER NOT NULL PRIMARY KEY, body TEXT NOT NULL)"}};

std::unique_ptr<Store> open(std::string const& file, std::string const& vfs = {}, bool read_only = false,
                            int log_pages = 16'384) {
    SqliteOptions options;
    options.file = file;
    options.vfs = vfs;
    options.read_only = read_only;
    options.cache_kib = 2'048;
    options.log_pages = log_pages;
    return open_sqlite(std::move(options));
}

std::unique_ptr<Store> open_new(std::string const& file, std::string const& vfs = {}, int log_pages = 16'384) {
    auto store = open(file, vfs, false, log_pages);
    store->migrate(kSchema);
    return store;
}

std::int64_t number(Session& session, std::string_view sql) {
    std::int64_t result = -1;
    session.query(sql, {}, [&](Row const& row) { result = row.integer(0); });
    return result;
}

void begin_note(Session& session, std::int64_t id, std::string_view body) {
    session.begin_write();
    session.execute("INSERT INTO note (id, body) VALUES ($1, $2)", {id, body});
}

void note(Session& session, std::int64_t id, std::string_view body = "body") {
    begin_note(session, id, body);
    session.commit();
}

void note_soon(Session& session, std::int64_t id, std::string_view body = "body") {
    begin_note(session, id, body);
    session.commit_soon();
}

std::string integrity(Session& session) {
    std::string check;
    session.query("PRAGMA integrity_check", {}, [&](Row const& row) { check += row.text(0); });
    return check;
}

TEST(Durability, WhatIsCommittedSurvivesThePower) {
    TestFolder const folder;
    auto const file = folder / "banyan.db";
    UnsyncedVfs disk;
    {
        auto const store = open_new(file, disk.name());
        auto const writer = store->open_writer();
        auto const before = disk.syncs();
        note(*writer, 1);
        EXPECT_GT(disk.syncs(), before) << "commit() returned before the log was synced";
        writer->begin_write();
        writer->execute("INSERT INTO note (id, body) VALUES (2, 'never committed')");
        disk.cut();
        EXPECT_THROW(writer->commit(), Error);
        writer->rollback();
        EXPECT_THROW(note(*writer, 3), Error);
    }
    auto const writer = open(file)->open_writer();
    EXPECT_EQ(number(*writer, "SELECT sum(id) FROM note"), 1);
    EXPECT_EQ(integrity(*writer), "ok");
}

TEST(Durability, SurvivesThePowerAtEveryMoment) {
    TestFolder const folder;
    for (int committed = 0; committed < 12; ++committed) {
        auto const file = folder / ("cut" + std::to_string(committed) + ".db");
        UnsyncedVfs disk;
        {
            auto const store = open_new(file, disk.name(), 5);  // the log is moved now and then
            auto const writer = store->open_writer();
            for (int n = 1; n <= committed; ++n) note(*writer, n, std::string(3'000, 'x'));
            disk.cut();
        }
        EXPECT_EQ(number(*open(file)->open_writer(), "SELECT count(*) FROM note"), committed);
    }
}

TEST(Durability, WhatIsCommittedSoonNeedsTheSync) {
    TestFolder const folder;
    auto const file = folder / "banyan.db";
    UnsyncedVfs disk;
    {
        auto const store = open_new(file, disk.name());
        auto const writer = store->open_writer();
        note(*writer, 1);
        auto before = disk.syncs();
        note_soon(*writer, 2);
        note_soon(*writer, 3);
        EXPECT_EQ(disk.syncs(), before);
        EXPECT_EQ(number(*store->open_reader(), "SELECT sum(id) FROM note"), 6) << "others see it";
        writer->sync();
        EXPECT_EQ(disk.syncs(), before + 1);
        writer->sync();
        EXPECT_EQ(disk.syncs(), before + 1) << "nothing was owed";
        note_soon(*writer, 10);
        note(*writer, 20);  // a commit is durable with all before it
        before = disk.syncs();
        writer->sync();
        EXPECT_EQ(disk.syncs(), before);
        note_soon(*writer, 100);
        disk.cut();
        EXPECT_THROW(writer->sync(), Error);
    }
    auto const writer = open(file)->open_writer();
    EXPECT_EQ(number(*writer, "SELECT sum(id) FROM note"), 36);
    EXPECT_EQ(integrity(*writer), "ok");
}

/// Whatever is lost is lost from the end: also when the log has been moved and begun again.
TEST(Durability, CommittedSoonLosesOnlyTheLast) {
    TestFolder const folder;
    for (int committed = 1; committed < 24; ++committed) {
        auto const file = folder / ("soon" + std::to_string(committed) + ".db");
        int synced = 0;
        UnsyncedVfs disk;
        {
            auto const store = open_new(file, disk.name(), 5);
            auto const writer = store->open_writer();
            for (int n = 1; n <= committed; ++n) {
                note_soon(*writer, n, std::string(3'000, 'x'));
                if (n % 5 != 0) continue;
                writer->sync();
                synced = n;
            }
            disk.cut();
        }
        auto const writer = open(file)->open_writer();
        auto const there = number(*writer, "SELECT count(*) FROM note");
        EXPECT_GE(there, synced);
        EXPECT_LE(there, committed);
        EXPECT_EQ(number(*writer, "SELECT coalesce(max(id), 0) FROM note"), there);
        EXPECT_EQ(integrity(*writer), "ok");
    }
}

TEST(Durability, SyncThatFailsIsForGood) {
    TestFolder const folder;
    auto const file = folder / "banyan.db";
    UnsyncedVfs disk;
    {
        auto const store = open_new(file, disk.name());
        auto const writer = store->open_writer();
        note(*writer, 1);
        note_soon(*writer, 2);
        disk.fail_syncs();
        EXPECT_THROW(writer->sync(), Error);
        EXPECT_THROW(writer->sync(), Error) << "what was owed is owed still";
        EXPECT_THROW(note_soon(*writer, 3), Error);
        writer->rollback();
        EXPECT_THROW(note(*writer, 4), Error);
        writer->rollback();
        disk.cut();
    }
    EXPECT_EQ(number(*open(file)->open_writer(), "SELECT sum(id) FROM note"), 1);
}

/// The log holds what was committed until it is in the file: a disk that fills on the way there must not cost it.
TEST(Durability, LogIsKeptWhenTheDiskFillsWhileItIsMoved) {
    TestFolder const folder;
    for (std::int64_t const room :
         {std::int64_t{0}, std::int64_t{4'096}, std::int64_t{100'000}, std::int64_t{200'000}}) {
        auto const file = folder / ("full" + std::to_string(room) + ".db");
        {
            UnsyncedVfs disk;
            {
                auto const store = open_new(file, disk.name());
                auto const writer = store->open_writer();
                for (int n = 1; n <= 60; ++n) note(*writer, n, std::string(5'000, 'x'));
                disk.fill_up_after(room);
            }  // the last connection moves the log as it closes
            disk.fill_up_after(-1);
        }
        auto const writer = open(file)->open_writer();
        EXPECT_EQ(number(*writer, "SELECT count(*) FROM note WHERE length(body) = 5000"), 60) << room;
        EXPECT_EQ(integrity(*writer), "ok") << room;
    }
}

TEST(Durability, DoubleForgetsWhatWasNotSynced) {  // or the tests above prove nothing
    TestFolder const folder;
    auto const file = folder / "banyan.db";
    UnsyncedVfs disk;
    {
        auto const store = open_new(file, disk.name());
        auto const writer = store->open_writer();
        writer->execute("PRAGMA synchronous=OFF");
        auto const before = disk.syncs();
        note(*writer, 1);
        EXPECT_EQ(disk.syncs(), before);
        EXPECT_GT(disk.unsynced_bytes(), 0);
        EXPECT_EQ(number(*store->open_reader(), "SELECT count(*) FROM note"), 1);
        disk.cut();
    }
    EXPECT_EQ(number(*open(file)->open_writer(), "SELECT count(*) FROM note"), 0);
}

TEST(FullDisk, IsNamedAndLeavesWhatWasThere) {
    TestFolder const folder;
    UnsyncedVfs disk;
    auto const store = open_new(folder / "banyan.db", disk.name());
    auto const writer = store->open_writer();
    note(*writer, 1);
    disk.fill_up_after(10'000);
    EXPECT_EQ(kind_thrown_by([&] { note(*writer, 2, std::string(100'000, 'x')); }), Error::Kind::full);
    writer->rollback();
    EXPECT_EQ(number(*writer, "SELECT count(*) FROM note"), 1);
    disk.fill_up_after(-1);
    note(*writer, 3);
    EXPECT_EQ(number(*writer, "SELECT sum(id) FROM note"), 4);
}

/// As a person who may read the folder and not write it, also when the tests run as root.
class AsSomebodyElse {
  public:
    AsSomebodyElse() {
        if (::geteuid() == 0) ::setfsuid(65'534);
    }
    ~AsSomebodyElse() {
        if (::geteuid() == 0) ::setfsuid(0);
    }
};

TEST(ReadOnlyFolder, IsNamedAndCanBeRead) {
    namespace fs = std::filesystem;
    TestFolder const folder;
    auto const file = folder / "ban?y%an.db";  // also as a part of a URI
    auto const empty = folder / "new.db";
    open(file)->migrate(kSchema);
    note(*open(file)->open_writer(), 1);
    auto const may_read = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
    auto const may_enter = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
    fs::permissions(file, may_read);
    fs::permissions(folder.path(), may_read | may_enter);
    {
        AsSomebodyElse const somebody;
        EXPECT_EQ(kind_thrown_by([&] { open(file)->open_writer(); }), Error::Kind::read_only);
        EXPECT_EQ(kind_thrown_by([&] { open(file)->migrate(kSchema); }), Error::Kind::read_only);
        EXPECT_EQ(kind_thrown_by([&] { open(empty)->open_writer(); }), Error::Kind::read_only);
        EXPECT_EQ(number(*open(file, {}, true)->open_reader(), "SELECT count(*) FROM note"), 1);
    }
    fs::permissions(folder.path(), fs::perms::owner_all);
    EXPECT_EQ(kind_thrown_by([&] { open(file, {}, true)->open_writer(); }), Error::Kind::read_only);
}

TEST(BadFile, IsCorrupt) {
    TestFolder const folder;
    std::ofstream(folder / "letter.db") << std::string(5'000, 'x');
    EXPECT_EQ(kind_thrown_by([&] { open(folder / "letter.db")->open_writer(); }), Error::Kind::corrupt);
    EXPECT_EQ(kind_thrown_by([&] { open(folder / "letter.db")->open_reader(); }), Error::Kind::corrupt);
}

TEST(MissingFile, IsNotMadeByAReader) {
    TestFolder const folder;
    EXPECT_EQ(kind_thrown_by([&] { open(folder / "none.db")->open_reader(); }), Error::Kind::other);
    EXPECT_FALSE(std::filesystem::exists(folder / "none.db"));
}

TEST(SecondWriter, IsToldThatTheDatabaseIsBusy) {
    TestFolder const folder;
    auto const store = open_new(folder / "banyan.db");
    auto const first = store->open_writer();
    auto const second = store->open_writer();
    second->execute("PRAGMA busy_timeout=50");
    first->begin_write();
    EXPECT_EQ(kind_thrown_by([&] { second->begin_write(); }), Error::Kind::busy);
    first->commit();
    note(*second, 1);
}

TEST(Copy, IsConsistentWhileSomebodyWrites) {
    TestFolder const folder;
    auto const store = open_new(folder / "banyan.db");
    std::atomic<bool> stop = false;
    std::atomic<std::int64_t> written = 0;
    std::thread writing([&] {
        auto const writer = store->open_writer();
        for (std::int64_t n = 1; !stop; n += 2) {  // always in pairs
            writer->begin_write();
            for (auto id : {n, n + 1})
                writer->execute("INSERT INTO note (id, body) VALUES ($1, $2)",
                                {id, std::string_view("some words")});
            writer->commit();
            written = n + 1;
        }
    });
    while (written < 500) std::this_thread::yield();
    auto const before = written.load();
    store->copy_to(folder / "copy.db");
    while (written < before + 500) std::this_thread::yield();
    stop = true;
    writing.join();

    EXPECT_FALSE(std::filesystem::exists(folder / "copy.db.part"));
    EXPECT_FALSE(std::filesystem::exists(folder / "copy.db-wal"));
    auto const copy = open(folder / "copy.db");
    auto const count = number(*copy->open_reader(), "SELECT count(*) FROM note");
    EXPECT_GE(count, before);
    EXPECT_EQ(count % 2, 0);
    EXPECT_EQ(number(*copy->open_reader(), "SELECT max(id) FROM note"), count);
    EXPECT_THROW(store->copy_to(folder / "copy.db"), Error) << "an older copy was overwritten";
    note(*copy->open_writer(), 1'000'000'000);  // a full database like any other
}

TEST(Checkpoint, MovesTheLogIntoTheFile) {
    TestFolder const folder;
    auto const file = folder / "banyan.db";
    auto const store = open_new(file, {}, 100);
    auto const writer = store->open_writer();
    note(*writer, 1, std::string(200'000, 'x'));
    EXPECT_LT(std::filesystem::file_size(file), 200'000U);
    note(*writer, 2, std::string(800'000, 'x'));  // too long now: the thread is asked
    for (int tries = 0; tries < 1'000 && std::filesystem::file_size(file) < 1'000'000; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_GT(std::filesystem::file_size(file), 1'000'000U);
}

TEST(Checkpoint, KeepsTheLogShortWhileTheWriterNeverRests) {
    TestFolder const folder;
    auto const file = folder / "banyan.db";
    auto const store = open_new(file, {}, 100);
    auto const writer = store->open_writer();
    constexpr std::uintmax_t kNote = 40'000;
    std::uintmax_t written = 0, log = 0;
    while (written < 2 * log + 1'000 * kNote && written < 20'000 * kNote) {  // until the log has begun again
        note(*writer, static_cast<int>(written / kNote) + 1, std::string(kNote, 'x'));
        written += kNote;
        log = std::filesystem::file_size(file + "-wal");
    }
    EXPECT_LT(log, written / 2);
    EXPECT_GT(std::filesystem::file_size(file), written / 2);
}

TEST(Checkpoint, KeepsTheLogShortWhileSomebodyAlwaysReads) {
    TestFolder const folder;
    auto const file = folder / "banyan.db";
    auto const store = open_new(file, {}, 100);
    auto const writer = store->open_writer();
    std::atomic<bool> ended{false};
    std::atomic<int> at_once{0}, never_none{0};
    std::vector<std::thread> readers;
    for (int reader = 0; reader < 3; ++reader)
        readers.emplace_back([&, reader] {
            auto const session = store->open_reader();
            std::this_thread::sleep_for(std::chrono::milliseconds(2 * reader));
            while (!ended) {  // a moment of 6 ms, and at once the next
                Snapshot const snapshot(*session);
                if (at_once++ > 0) ++never_none;
                std::this_thread::sleep_for(std::chrono::milliseconds(6));
                --at_once;
            }
        });
    constexpr std::uintmax_t kNote = 40'000;
    std::uintmax_t written = 0, log = 0;
    while (written < 4 * log + 1'000 * kNote && written < 20'000 * kNote) {
        note(*writer, static_cast<int>(written / kNote) + 1, std::string(kNote, 'x'));
        written += kNote;
        log = std::filesystem::file_size(file + "-wal");
    }
    ended = true;
    for (auto& thread : readers) thread.join();
    EXPECT_GT(never_none, 0);
    EXPECT_LT(log, written / 4);
}

}  // namespace
}  // namespace banyan::store
