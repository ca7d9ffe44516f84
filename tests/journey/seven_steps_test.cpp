// One appeal through its seven steps by seven people, and what operators do beside a running server.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include "base/testing.h"
#include "journey/caller.h"
#include "journey/program.h"
#include "platform/store/testing/stores.h"

namespace banyan::journey {
namespace {

namespace fs = std::filesystem;

struct City : ::testing::Test {
    store::testing::TestFolder scratch;
    std::string data = scratch / "city";
    void SetUp() override { copy_demo(data); }
};

std::string text(json::value const& of, char const* member) { return std::string(of.at(member).as_string()); }

void expect_verified(std::string const& folder) {
    Ended verified = run({"verify", "--data", folder});
    EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
    EXPECT_NE(verified.out.find("everything fits"), std::string::npos) << verified.out;
}

/// 诉求人诉求 → 市中心坐席受理 → 市中心批转 → 职能部门办理 → 职能部门回复 → 诉求人评价 → 市中心回访
std::string seven_steps(std::uint16_t port) {
    json::value filed = Caller::of(port, "citizen")
                            .file({{"title", "消防栓损坏"},
                                   {"body", "水流了一地"},
                                   {"channel", "web"},
                                   {"class", "utility.hydrant"},
                                   {"name", "林先生"},
                                   {"phone", "154 0000 7777"}});
    std::string id = text(filed, "id");
    EXPECT_EQ(text(filed, "number").size(), 12U);
    EXPECT_EQ(text(filed, "code").size(), 6U);
    json::value accepted =
        Caller::of(port, "seat01").take(id, "accept", {{"kind", "complaint"}, {"urgent", true}});
    EXPECT_EQ(text(accepted, "stage"), "accepted");
    EXPECT_FALSE(text(accepted, "due").empty());
    EXPECT_EQ(text(Caller::of(port, "disp01").take(id, "dispatch", {{"lead", "water"}}), "stage"), "handling");
    Caller clerk = Caller::of(port, "unit-water");
    clerk.take(id, "sign");
    clerk.take(id, "contact", {{"reached", true}});
    clerk.take(id, "note", {{"text", "到场查勘"}});
    json::value replied =
        Caller::of(port, "unit-water-head")
            .take(id, "reply", {{"account", "已换栓"}, {"public_reply", "已修复，感谢反映"}, {"solved", true}});
    EXPECT_EQ(text(replied, "stage"), "review");
    EXPECT_EQ(text(Caller::of(port, "review01").take(id, "approve"), "stage"), "rating");
    EXPECT_EQ(text(Caller::of(port, "citizen").take(id, "rate", {{"rating", "satisfied"}}), "stage"), "call_back");
    EXPECT_EQ(
        text(Caller::of(port, "callback01").take(id, "call_back", {{"outcome", "solved"}, {"final", "satisfied"}}),
             "stage"),
        "archived");
    return id;
}

TEST_F(City, TakesAnAppealThroughSevenStepsAndProvesIt) {
    Server server("demo", data);
    std::string id = seven_steps(server.port());
    Heard seen = Caller::of(server.port(), "citizen").get("/api/v1/matters/" + id);
    EXPECT_EQ(seen.at("/stage"), "archived");
    EXPECT_FALSE(seen.body.at("open").as_bool());
    EXPECT_EQ(seen.at("/fields/public_reply"), "已修复，感谢反映");
    std::vector<std::string> steps;
    for (json::value const& entry : seen.body.at("timeline").as_array()) steps.push_back(text(entry, "step"));
    EXPECT_EQ(steps, (std::vector<std::string>{"file", "accept", "dispatch", "sign", "contact", "note", "reply",
                                               "approve", "rate", "call_back"}));
    EXPECT_EQ(seen.header("etag"), "\"10\"");

    Heard receipt;
    for (int tries = 0; tries < 60 && !receipt.has("/checkpoint"); ++tries) {  // signed at most once a second
        receipt = Caller::of(server.port(), "citizen").get("/api/v1/matters/" + id + "/receipt");
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_EQ(receipt.body.at("events").as_array().size(), 10U);
    EXPECT_TRUE(receipt.has("/checkpoint")) << receipt.text;
    expect_verified(data);  // beside the running server
    EXPECT_EQ(server.stop(), 0) << server.said();
    expect_verified(data);
}

TEST_F(City, HasTheHydrantOfTheArticle) {
    Server server("demo", data);
    Caller review = Caller::of(server.port(), "review01");
    Heard list = review.get("/api/v1/matters?class=utility.hydrant&limit=100&open=false");
    std::string id;
    for (json::value const& matter : list.body.at("matters").as_array())
        if (text(matter, "title") == "消防栓损坏水流不停") id = text(matter, "id");
    ASSERT_FALSE(id.empty()) << list.text;
    Heard hydrant = review.get("/api/v1/matters/" + id);
    std::map<std::string, std::string> at;
    for (json::value const& entry : hydrant.body.at("timeline").as_array())
        at[text(entry, "step")] = text(entry, "at");
    EXPECT_TRUE(at["file"].starts_with("2018-04-17T08:50:00")) << at["file"];
    EXPECT_TRUE(at["dispatch"].starts_with("2018-04-17T09:00:00")) << at["dispatch"];
    EXPECT_TRUE(at["note"].starts_with("2018-04-17T09:30:00")) << at["note"];
    EXPECT_TRUE(at["reply"].starts_with("2018-04-17")) << at["reply"];
    EXPECT_EQ(hydrant.at("/assignments/0/unit/code"), "water");
}

TEST_F(City, IsBackedUpWhileItRuns) {
    Server server("demo", data);
    std::string id = seven_steps(server.port()), file = scratch / "backup.tar", phrase = scratch / "phrase";
    write_file(phrase, "correct horse battery\n");
    Ended made = run({"backup", file, "--data", data, "--passphrase-file", phrase});
    EXPECT_EQ(made.status, 0) << made.err;
    EXPECT_NE(run({"backup", file, "--data", data, "--passphrase-file", phrase}).status, 0)
        << "never over another";
    Caller::of(server.port(), "citizen").file({{"title", "之后的事"}, {"body", "备份之后"}, {"channel", "web"}});
    EXPECT_EQ(server.stop(), 0);
    write_file(scratch / "wrong", "wrong");
    EXPECT_NE(run({"restore", file, "--data", scratch / "no", "--passphrase-file", scratch / "wrong"}).status, 0);
    EXPECT_FALSE(fs::exists(scratch / "no"));
    Ended restored = run({"restore", file, "--data", scratch / "again", "--passphrase-file", phrase});
    EXPECT_EQ(restored.status, 0) << restored.err;
    EXPECT_NE(run({"restore", file, "--data", data, "--passphrase-file", phrase}).status, 0) << "not over a city";
    expect_verified(scratch / "again");
    Server second("serve", scratch / "again");
    Heard seen = Caller::of(second.port(), "review01").get("/api/v1/matters/" + id);
    EXPECT_EQ(seen.at("/stage"), "archived");
    EXPECT_EQ(seen.at("/fields/phone"), "154****7777") << "its keys came with it";
    EXPECT_EQ(second.stop(), 0);
    Ended bare = run({"backup", scratch / "bare.tar", "--data", data});
    EXPECT_EQ(bare.status, 0) << bare.err;
    std::string whole = text_of(scratch / "bare.tar");
    whole[whole.size() / 2] = static_cast<char>(whole[whole.size() / 2] ^ 1);
    write_file(scratch / "bent.tar", whole);
    EXPECT_NE(run({"restore", scratch / "bent.tar", "--data", scratch / "bent"}).status, 0);
    EXPECT_FALSE(fs::exists(scratch / "bent"));
}

TEST_F(City, IsServedByOneProcessOnly) {
    Server server("demo", data);
    std::string const process = std::to_string(server.pid());
    write_file(scratch / "a.csv",
               "id,title,body,created,reply,replied\n1,路灯,不亮,2026-03-02 09:00,已修,2026-03-03 09:00\n");
    for (std::vector<std::string> const& words : std::vector<std::vector<std::string>>{
             {"serve", "--data", data, "--listen", "127.0.0.1:0"},
             {"demo", "--data", data, "--listen", "127.0.0.1:0"},
             {"import", "appeals", scratch / "a.csv", "--data", data},
             {"replay", scratch / "a.csv", "--data", data},
             {"calendar", "import", testing::source_file("data/calendar/holidays.csv"), "--data", data}}) {
        Ended refused = run(words, 30);
        EXPECT_EQ(refused.status, 1) << words[0] << refused.out;
        EXPECT_NE(refused.err.find("another banyan works on this folder (process " + process + ")"),
                  std::string::npos)
            << words[0] << ": " << refused.err;
    }
    EXPECT_TRUE(server.runs());
    EXPECT_EQ(server.stop(), 0);
}

TEST_F(City, DrainsOnSigtermAndKeepsWhatItAcknowledged) {
    Server server("demo", data);
    std::string const token = Caller::of(server.port(), "citizen").token();
    std::vector<std::string> acknowledged;
    std::mutex mutex;
    std::atomic<bool> stop{false};
    std::vector<std::thread> clients;
    http::EventReader stream("127.0.0.1", server.port(), "/api/v1/events", {{"Authorization", "Bearer " + token}},
                             seconds(20));
    for (int i = 0; i < 8; ++i)
        clients.emplace_back([&] {
            try {
                http::Client client("127.0.0.1", server.port());
                while (!stop) {
                    auto answer = client.request(
                        http::Method::post, "/api/v1/matters",
                        {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}},
                        R"({"procedure":"appeal","form":{"title":"路灯","body":"不亮","channel":"web"}})");
                    if (answer.status == 201) {
                        std::lock_guard lock(mutex);
                        acknowledged.push_back(std::string(json::parse(answer.body).at("id").as_string()));
                    } else {
                        EXPECT_EQ(answer.status, 503) << answer.body;  // draining
                    }
                }
            } catch (std::exception const&) {  // it has gone
            }
        });
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(server.stop(), 0) << server.said();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
    stop = true;
    for (auto& client : clients) client.join();
    while (stream.next()) {
    }  // ends
    std::string log = text_of(data + "/banyan.log");
    EXPECT_NE(log.find("server.stopped"), std::string::npos);
    EXPECT_GT(acknowledged.size(), 10U);
    expect_verified(data);
    Server again("demo", data);
    Caller citizen(again.port(), token);  // the session, too
    for (std::string const& id : acknowledged)
        ASSERT_EQ(citizen.get("/api/v1/matters/" + id).number("/version"), 1) << id;
}

TEST_F(City, RemembersSessionsAndEndsThemInTime) {
    std::string staff, bound, number;
    {
        Server server("demo", data);
        staff = Caller::of(server.port(), "seat01").token();
        json::value filed = Caller(server.port()).file({{"title", "路灯"}, {"body", "不亮"}, {"channel", "web"}});
        number = text(filed, "number");
        bound = Caller(server.port())
                    .post("/api/v1/sessions", {{"number", number}, {"code", filed.at("code")}})
                    .at("/token");
        EXPECT_EQ(Caller(server.port(), bound).get("/api/v1/sessions/current").at("/role"), "appellant");
        EXPECT_EQ(server.stop(), 0);
    }
    auto set_forward = [&](std::int64_t hours_on) {
        std::int64_t began = std::stoll(text_of(data + "/demo_clock"));
        write_file(data + "/demo_clock", std::to_string(began - hours(hours_on).us) + "\n");
    };
    {
        Server server("demo", data);
        EXPECT_EQ(Caller(server.port(), staff).get("/api/v1/sessions/current").at("/role"), "seat");
        EXPECT_EQ(Caller(server.port(), bound).get("/api/v1/sessions/current").at("/role"), "appellant")
            << "as before the restart";
        EXPECT_EQ(Caller(server.port(), bound).get("/api/v1/matters/" + number).status, 200);
        EXPECT_EQ(server.stop(), 0);
    }
    set_forward(3);
    {
        Server server("demo", data);
        EXPECT_EQ(Caller(server.port(), bound).get("/api/v1/matters/" + number).status, 401)
            << "a code's session lasts two hours";
        EXPECT_EQ(Caller(server.port(), staff).get("/api/v1/matters/" + number).status, 200);
        EXPECT_EQ(server.stop(), 0);
    }
    set_forward(10);
    Server server("demo", data);
    EXPECT_EQ(Caller(server.port(), staff).get("/api/v1/matters/" + number).status, 401) << "a person's, twelve";
    EXPECT_EQ(server.stop(), 0);
    expect_verified(data);
}

TEST_F(City, DatesProvisionallyWhatNoCalendarSays) {
    std::int64_t began = std::stoll(text_of(data + "/demo_clock"));
    write_file(data + "/demo_clock", std::to_string(began - days(83).us) + "\n");  // 31 December 2026
    std::string id;
    {
        Server server("demo", data);
        id = text(Caller(server.port()).file({{"title", "路灯"}, {"body", "不亮"}, {"channel", "web"}}), "id");
        json::value accepted = Caller::of(server.port(), "seat01").take(id, "accept", {{"kind", "complaint"}});
        EXPECT_EQ(accepted.at("provisional"), json::value(true)) << json::serialize(accepted);
        EXPECT_EQ(
            Caller::of(server.port(), "seat01").get("/api/v1/matters/" + id).body.at("due").at("provisional"),
            json::value(true));
        EXPECT_EQ(server.stop(), 0);
    }
    std::string list =
        "date,name,kind\n2027-01-01,元旦,off\n2027-02-06,春节,off\n2027-02-07,春节,off\n2027-02-20,春节,work\n";
    write_file(scratch / "2027.csv", list);
    write_file(scratch / "broken.csv", list + "2027-13-01,?,off\n");
    Ended broken = run({"calendar", "import", scratch / "broken.csv", "--data", data});
    EXPECT_EQ(broken.status, 1);
    EXPECT_NE(broken.err.find("line 6"), std::string::npos) << broken.err;
    Ended published = run({"calendar", "import", scratch / "2027.csv", "--data", data});
    EXPECT_EQ(published.status, 0) << published.err;
    EXPECT_NE(published.out.find("dated again"), std::string::npos) << published.out;
    Server server("demo", data);
    Heard seen = Caller::of(server.port(), "seat01").get("/api/v1/matters/" + id);
    EXPECT_FALSE(seen.has("/due/provisional")) << json::serialize(seen.body.at("due"));
    EXPECT_EQ(seen.at("/timeline/2/step"), "redate") << seen.text;
    EXPECT_EQ(server.stop(), 0);
    expect_verified(data);
}

TEST_F(City, LivesWithAClockThatJumpsBack) {
    std::string const token = [&] {
        Server server("demo", data);
        std::string made = Caller::of(server.port(), "seat01").token();
        server.stop();
        return made;
    }();
    std::int64_t began = std::stoll(text_of(data + "/demo_clock"));
    std::string id;
    {
        Server server("demo", data);
        id = text(Caller(server.port()).file({{"title", "路灯"}, {"body", "不亮"}, {"channel", "web"}}), "id");
        EXPECT_EQ(server.stop(), 0);
    }
    write_file(data + "/demo_clock", std::to_string(began + hours(5).us) + "\n");  // five hours before
    Server server("demo", data);
    Caller seat(server.port(), token);
    EXPECT_EQ(text(seat.take(id, "accept", {{"kind", "help"}}), "stage"), "accepted");
    Heard seen = seat.get("/api/v1/matters/" + id);
    EXPECT_GE(seen.at("/timeline/1/at"), seen.at("/timeline/0/at")) << "a matter's own time does not go back";
    Caller nobody(server.port());
    EXPECT_NEAR(static_cast<double>(nobody.get("/healthz").number("/clock_behind_s")), 5 * 3600, 300);
    EXPECT_NE(nobody.get("/metrics").text.find("\nbanyan_clock_back_total 1\n"), std::string::npos);
    std::string later =
        text(Caller(server.port()).file({{"title", "新的"}, {"body", "在新的时间"}, {"channel", "web"}}), "id");
    EXPECT_EQ(text(seat.take(later, "accept", {{"kind", "help"}}), "stage"), "accepted");
    EXPECT_EQ(server.stop(), 0) << server.said();
    EXPECT_NE(text_of(data + "/banyan.log").find("\"clock.back\""), std::string::npos);
    expect_verified(data);
}

}  // namespace
}  // namespace banyan::journey
