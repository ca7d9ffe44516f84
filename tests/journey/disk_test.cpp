// A disk that is full, a folder that cannot be written: clear errors, nothing lost, and on it goes when there is
// room.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "journey/caller.h"
#include "journey/program.h"
#include "platform/media/testing/samples.h"
#include "platform/store/testing/stores.h"

namespace banyan::journey {
namespace {

namespace fs = std::filesystem;

/// A small disk of its own; `mounted` is false where that is not allowed.
struct SmallDisk {
    store::testing::TestFolder folder;
    std::string path = folder / "disk";
    bool mounted = false;

    explicit SmallDisk(std::string const& size) {
        fs::create_directory(path);
        mounted = ::geteuid() == 0 && ::mount("tmpfs", path.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
    }
    ~SmallDisk() {
        if (mounted) ::umount2(path.c_str(), MNT_DETACH);
    }
    bool read_only() const {
        return ::mount("tmpfs", path.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0;
    }
    /// Fills it but for `left` bytes.
    void fill(std::uintmax_t left) const {
        std::uintmax_t room = fs::space(path).available;
        if (room <= left) return;
        std::ofstream filler(path + "/filler", std::ios::binary);
        std::string const block(4096, 'x');
        for (std::uintmax_t written = 0; written + left + block.size() <= room; written += block.size())
            filler << block << std::flush;
    }
    void make_room() const { fs::remove(path + "/filler"); }
};

TEST(FullDiskBesideAServer, TakesNoFilesAndTakesThemAgainWhenThereIsRoom) {
    SmallDisk disk("64m");
    if (!disk.mounted) GTEST_SKIP() << "mounting a small disk is not allowed here";
    std::string const data = disk.path + "/city";
    copy_demo(data);
    Server server("demo", data, {"--access-log", "false"});
    Caller citizen = Caller::of(server.port(), "citizen");
    citizen.expects_5xx = true;
    std::string const sound = media::testing::wav({}, 3U << 20);
    auto send = [&] {
        return citizen.send(http::Method::post, "/api/v1/files", {{"Content-Type", "audio/wav"}}, sound);
    };
    Heard const first = send();
    ASSERT_EQ(first.status, 201) << first.text;
    disk.fill(1U << 20);
    for (int i = 0; i < 3; ++i) {
        Heard const refused = send();
        EXPECT_EQ(refused.status, 503);
        EXPECT_EQ(refused.key(), "store.full") << refused.text;
    }
    for (auto const& entry : fs::recursive_directory_iterator(data + "/attachments")) {
        EXPECT_FALSE(entry.path().filename().string().starts_with("new-")) << "half a file was left";
    }
    disk.make_room();
    EXPECT_EQ(send().status, 201);
    json::value const filed = citizen.file({{"title", "噪声"},
                                            {"body", "录音为证"},
                                            {"channel", "web"},
                                            {"attachments", json::array{json::string(first.at("/file"))}}});
    Heard const heard =
        citizen.get("/api/v1/matters/" + std::string(filed.at("id").as_string()) + "/files/" + first.at("/file"));
    EXPECT_EQ(heard.text, sound);
    EXPECT_EQ(server.stop(), 0);
    Ended const verified = run({"verify", "--data", data});
    EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
}

TEST(FullDiskBesideAServer, RefusesByNameAndGoesOnWhenThereIsRoom) {
    SmallDisk disk("64m");
    if (!disk.mounted) GTEST_SKIP() << "mounting a small disk is not allowed here";
    std::string const data = disk.path + "/city";
    copy_demo(data);
    Server server("demo", data, {"--access-log", "false"});
    std::string const citizen = Caller::of(server.port(), "citizen").token(),
                      seat = Caller::of(server.port(), "seat01").token();
    std::vector<std::string> sessions;
    for (int i = 0; i < 6; ++i) sessions.push_back(Caller::of(server.port(), "seat02").token());
    std::vector<std::string> acknowledged;
    json::object const form{
        {"title", "路灯"}, {"body", std::string(3000, 'x')}, {"channel", "web"}, {"phone", "154 0000 1111"}};
    auto file = [&] {
        Caller caller(server.port(), citizen);
        caller.expects_5xx = true;
        Heard heard = caller.post("/api/v1/matters", {{"procedure", "appeal"}, {"form", form}});
        if (heard.status == 201) acknowledged.push_back(heard.at("/id"));
        return heard;
    };
    EXPECT_EQ(file().status, 201);
    disk.fill(64 * 1024);
    Heard refused;
    for (int i = 0; i < 20'000 && refused.status != 503; ++i) refused = file();
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.key(), "store.full") << refused.text;
    EXPECT_FALSE(refused.header("retry-after").empty());

    // What also writes is refused too, and the server lives on; what reads goes on.
    // (Small writes may find a little room still.)
    auto expect_full = [](std::string const& what, auto const& attempt) {
        Heard heard;
        for (int i = 0; i < 100 && heard.status < 400; ++i) heard = attempt();
        EXPECT_EQ(heard.status, 503) << what << ": " << heard.text;
        EXPECT_EQ(heard.key(), "store.full") << what;
        EXPECT_FALSE(heard.header("retry-after").empty()) << what;
    };
    Caller nobody(server.port());
    nobody.expects_5xx = true;
    std::vector<std::string> kept;  // tokens given out while there was hardly any room: they must be true
    auto sign_in = [&](std::string const& password) {
        Heard heard = nobody.post("/api/v1/sessions", {{"login", "seat02"}, {"password", password}});
        if (heard.status == 201) kept.push_back(heard.at("/token"));
        return heard;
    };
    expect_full("signing in", [&] { return sign_in(kDemoPassword); });
    expect_full("signing out", [&] {
        Heard heard = nobody.send(http::Method::del, "/api/v1/sessions/current",
                                  {{"Authorization", "Bearer " + sessions.back()}});
        if (heard.status == 204) sessions.pop_back();
        return heard;
    });
    ASSERT_TRUE(server.runs()) << "it crashed: " << server.said();
    EXPECT_EQ(Caller(server.port(), seat).get("/api/v1/matters/" + acknowledged.back()).number("/version"), 1);
    EXPECT_EQ(nobody.get("/healthz").status, 200);

    disk.make_room();
    Heard again;
    for (int i = 0; i < 50 && again.status != 201; ++i) again = file();
    EXPECT_EQ(again.status, 201) << again.text;
    EXPECT_EQ(Caller::of(server.port(), "seat02").get("/api/v1/sessions/current").status, 200);
    EXPECT_EQ(Caller(server.port(), sessions.back()).send(http::Method::del, "/api/v1/sessions/current").status,
              204)
        << "was still signed in";
    for (std::string const& id : acknowledged)
        ASSERT_EQ(Caller(server.port(), seat).get("/api/v1/matters/" + id).number("/version"), 1) << id;
    EXPECT_EQ(server.stop(), 0) << server.said();
    Ended verified = run({"verify", "--data", data});
    EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
    Server reopened("demo", data);
    for (std::string const& token : kept)
        EXPECT_EQ(Caller(reopened.port(), token).get("/api/v1/sessions/current").status, 200);
}

TEST(FullDiskAtStart, IsSaid) {
    SmallDisk disk("256k");
    if (!disk.mounted) GTEST_SKIP() << "mounting a small disk is not allowed here";
    Ended ended = run({"demo", "--data", disk.path + "/city", "--listen", "127.0.0.1:0"}, 60);
    EXPECT_EQ(ended.status, 1) << ended.out;
    EXPECT_NE(ended.err.find("full"), std::string::npos) << ended.err;
}

TEST(FullDiskDuringABackup, LeavesNoHalfOne) {
    SmallDisk disk("1m");
    if (!disk.mounted) GTEST_SKIP() << "mounting a small disk is not allowed here";
    store::testing::TestFolder scratch;
    copy_demo(scratch / "city");
    Ended ended = run({"backup", disk.path + "/b.tar", "--data", scratch / "city"});
    EXPECT_EQ(ended.status, 1) << ended.out;
    EXPECT_FALSE(ended.err.empty());
    EXPECT_TRUE(fs::is_empty(disk.path)) << "a half backup stays";
}

TEST(ReadOnlyFolder, IsRefusedAtStart) {
    SmallDisk disk("64m");
    if (!disk.mounted) GTEST_SKIP() << "mounting a small disk is not allowed here";
    std::string const data = disk.path + "/city";
    copy_demo(data);
    ASSERT_TRUE(disk.read_only());
    for (std::string const& verb : {std::string("serve"), std::string("demo")})
        for (std::string const& folder : {data, disk.path + "/new"}) {
            Ended ended = run({verb, "--data", folder, "--listen", "127.0.0.1:0"}, 30);
            EXPECT_EQ(ended.status, 1) << verb << ended.out;
            EXPECT_TRUE(ended.err.find(folder) != std::string::npos &&
                        ended.err.find("Read-only") != std::string::npos)
                << verb << ": " << ended.err;
        }
}

/// Evidence may lie on a disk that nobody may write: what was closed in order is verified there, what was not is
/// refused with its path.
TEST(ReadOnlyFolder, IsVerifiedWhenNothingIsLeftInTheLog) {
    SmallDisk disk("64m");
    if (!disk.mounted) GTEST_SKIP() << "mounting a small disk is not allowed here";
    std::string const closed = disk.path + "/closed", emptied = disk.path + "/emptied", cut = disk.path + "/cut",
                      broken = disk.path + "/broken";
    copy_demo(closed);
    fs::copy(closed, emptied);
    fs::copy(closed + "/keys", emptied + "/keys");
    fs::copy(closed + "/attachments", emptied + "/attachments", fs::copy_options::recursive);
    write_file(emptied + "/banyan.db-wal", "");
    copy_demo(broken);
    write_file(broken + "/banyan.db", "garbage");
    {
        store::testing::TestFolder scratch;
        copy_demo(scratch / "city");
        Server server("demo", scratch / "city");
        Caller(server.port()).file({{"title", "路灯"}, {"body", "不亮"}, {"channel", "web"}});
        fs::copy(scratch / "city", cut, fs::copy_options::recursive);
        fs::remove(cut + "/banyan.db-shm");
    }
    ASSERT_TRUE(disk.read_only());
    for (std::string const& folder : {closed, emptied}) {
        Ended verified = run({"verify", "--data", folder});
        EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
    }
    for (std::string const& folder : {cut, broken}) {
        Ended refused = run({"verify", "--data", folder});
        EXPECT_EQ(refused.status, 1) << refused.out;
        EXPECT_NE(refused.err.find(folder + "/banyan.db"), std::string::npos) << refused.err;
    }
    EXPECT_NE(run({"verify", "--data", cut}).err.find(cut + "/banyan.db-wal"), std::string::npos);
}

}  // namespace
}  // namespace banyan::journey
