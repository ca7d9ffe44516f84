// The search index of the real program: killed in the middle of its work, made anew beside a server, and never
// wrong.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <thread>

#include "journey/caller.h"
#include "journey/program.h"
#include "platform/store/testing/stores.h"

namespace banyan::journey {
namespace {

namespace fs = std::filesystem;

struct Answered {
    std::set<std::string> numbers;
    std::int64_t about = 0;
};

/// All pages of a search.
Answered search_all(Caller& caller, std::string const& query) {
    Answered all;
    std::string next;
    do {
        Heard const page = caller.get("/api/v1/search?limit=50&order=newest&q=" + query +
                                      (next.empty() ? "" : "&cursor=" + next));
        EXPECT_EQ(page.status, 200) << page.text;
        if (page.status != 200) break;
        for (json::value const& hit : page.body.at("hits").as_array())
            all.numbers.emplace(hit.at("matter").at("number").as_string());
        all.about = page.number("/about");
        next = page.at("/next");
    } while (!next.empty());
    return all;
}

/// Until the index has everything; false: not within a minute.
bool wait_until_complete(Caller& caller) {
    for (int tries = 0; tries < 600; ++tries) {
        Heard const health = caller.get("/healthz");
        json::value const* index = health.body.as_object().if_contains("index");
        if (index != nullptr && index->at("complete").as_bool() && index->at("lag_events").as_int64() == 0)
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
}

/// Files appeals, many in one request, until `most` or the server is gone; the numbers of those acknowledged.
std::set<std::string> file_lamps(std::uint16_t port, std::string const& token, std::size_t most) {
    std::set<std::string> acknowledged;
    try {
        http::Client client("127.0.0.1", port, seconds(10));
        while (acknowledged.size() < most) {
            json::array commands;
            for (int i = 0; i < 50; ++i)
                commands.push_back(
                    {{"procedure", "appeal"},
                     {"step", "file"},
                     {"form",
                      {{"title", "瓯榕灯柱倾斜"}, {"body", "第几根不记得了，很危险"}, {"channel", "phone"}}}});
            auto const answer =
                client.request(http::Method::post, "/api/v1/commands",
                               {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}},
                               json::serialize(json::object{{"commands", std::move(commands)}}));
            if (answer.status != 200) {
                ADD_FAILURE() << answer.body;
                break;
            }
            json::value const body = json::parse(answer.body);
            for (json::value const& each : body.at("answers").as_array())
                acknowledged.emplace(each.at("answer").at("number").as_string());
        }
    } catch (std::exception const&) {  // killed
    }
    return acknowledged;
}

std::string const kLamps = "%E7%93%AF%E6%A6%95%E7%81%AF%E6%9F%B1";  // 瓯榕灯柱

class Searching : public ::testing::Test {
  protected:
    void SetUp() override { copy_demo(data); }
    store::testing::TestFolder scratch;
    std::string const data = scratch / "city";
};

TEST_F(Searching, FindsEverythingAcknowledgedAfterKills) {
    std::set<std::string> acknowledged;
    std::string token;
    for (int round = 0; round < 4; ++round) {
        Server server("demo", data, {"--access-log", "false"});
        if (token.empty()) token = Caller::of(server.port(), "lead01").token();
        std::thread killer([&] {
            std::this_thread::sleep_for(
                std::chrono::milliseconds(700 + 400 * round));  // in the middle of indexing
            server.kill();
        });
        acknowledged.merge(file_lamps(server.port(), token, 100'000));
        killer.join();
    }
    Server server("demo", data, {"--access-log", "false"});
    Caller lead(server.port(), token);
    ASSERT_TRUE(wait_until_complete(lead));
    std::size_t found = 0;
    Answered const all = search_all(lead, kLamps);
    for (std::string const& number : acknowledged) found += all.numbers.contains(number) ? 1 : 0;
    // Of very many only so many are shown; then each is asked for by its number.
    if (all.numbers.size() < acknowledged.size()) {
        found = 0;
        std::size_t step = acknowledged.size() / 200 + 1, n = 0, asked = 0;
        for (std::string const& number : acknowledged) {
            if (n++ % step != 0) continue;
            ++asked;
            found += search_all(lead, kLamps + "%20no:" + number).numbers.contains(number) ? 1 : 0;
        }
        EXPECT_EQ(found, asked);
    } else {
        EXPECT_EQ(found, acknowledged.size());
    }
    EXPECT_GT(acknowledged.size(), 100U);
    EXPECT_EQ(server.stop(), 0) << server.said();
}

TEST_F(Searching, ReindexMakesOneBesideTheServer) {
    Server server("demo", data, {"--access-log", "false"});
    Caller seat = Caller::of(server.port(), "seat01");
    ASSERT_TRUE(wait_until_complete(seat));
    std::string const before = text_of(data + "/index/current");
    std::int64_t const count = search_all(seat, "open:yes").about;
    EXPECT_GT(count, 0);
    Ended const ended = run({"reindex", "--data", data});
    EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
    EXPECT_NE(ended.out.find("in use"), std::string::npos) << ended.out;
    std::string const after = text_of(data + "/index/current");
    EXPECT_NE(before, after);
    EXPECT_EQ(search_all(seat, "open:yes").about, count) << "also while it is being changed";
    seat.file({{"title", "瓯榕灯柱倾斜"}, {"body", "很危险"}, {"channel", "phone"}});
    for (int tries = 0; tries < 100 && search_all(seat, kLamps).numbers.empty(); ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_EQ(search_all(seat, kLamps).numbers.size(), 1U) << "the server follows in the new one";
    std::string name = before;
    name.pop_back();
    EXPECT_FALSE(fs::exists(data + "/index/" + name)) << "the old one is gone";
    EXPECT_EQ(server.stop(), 0) << server.said();
}

TEST_F(Searching, AReindexThatIsKilledLeavesTheOldIndexInUse) {
    {
        Server server("demo", data, {"--access-log", "false"});
        Caller seat = Caller::of(server.port(), "seat01");
        ASSERT_TRUE(wait_until_complete(seat));
        EXPECT_EQ(server.stop(), 0);
    }
    std::string const before = text_of(data + "/index/current");
    for (char const* patience : {"0.05", "0.15", "0.3"}) {
        std::string const command = std::string("timeout -s KILL ") + patience + " '" + program_path() +
                                    "' reindex --data '" + data + "' >/dev/null 2>&1";
        int const status = std::system(command.c_str());
        if (status == 0) break;  // a fast machine was done
        EXPECT_EQ(text_of(data + "/index/current"), before);
    }
    Server server("demo", data, {"--access-log", "false"});
    Caller seat = Caller::of(server.port(), "seat01");
    ASSERT_TRUE(wait_until_complete(seat));
    EXPECT_GT(search_all(seat, "open:yes").about, 0);
    std::size_t folders = 0;
    for (auto const& entry : fs::directory_iterator(data + "/index")) folders += entry.is_directory() ? 1 : 0;
    EXPECT_EQ(folders, 1U) << "what was half made is removed";
}

TEST_F(Searching, ReindexSaysWhyNot) {
    Ended const nowhere = run({"reindex", "--data", scratch / "nowhere"});
    EXPECT_NE(nowhere.status, 0);
    fs::remove(data + "/index/current");
    fs::create_directories(data + "/index/current/full");  // nothing can take its place
    Ended const ended = run({"reindex", "--data", data});
    EXPECT_NE(ended.status, 0) << ended.out;
    EXPECT_FALSE(ended.err.empty());
}

TEST_F(Searching, AnIndexOnABrokenDiskIsMadeAnew) {
    {
        Server server("demo", data, {"--access-log", "false"});
        Caller seat = Caller::of(server.port(), "seat01");
        ASSERT_TRUE(wait_until_complete(seat));
        server.kill();
    }
    for (auto const& entry : fs::recursive_directory_iterator(data + "/index"))
        if (entry.path().extension() == ".glass") fs::resize_file(entry.path(), fs::file_size(entry.path()) / 2);
    Server server("demo", data, {"--access-log", "false"});
    Caller seat = Caller::of(server.port(), "seat01");
    seat.expects_5xx = true;
    for (int tries = 0; tries < 100; ++tries) {
        (void)seat.get("/api/v1/search?q=%E8%B7%AF%E7%81%AF");  // who finds the damage
        if (seat.get("/metrics").text.find("banyan_index_made_anew_total 1") != std::string::npos) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    ASSERT_TRUE(wait_until_complete(seat));
    EXPECT_GT(search_all(seat, "%E8%B7%AF%E7%81%AF").about, 0);
    EXPECT_NE(seat.get("/metrics").text.find("banyan_index_made_anew_total 1"), std::string::npos);
}

}  // namespace
}  // namespace banyan::journey
