// SIGKILL under load at random moments: every acknowledged step is there, none is half there, and the record
// verifies. BANYAN_KILLS: how many times (10).
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "journey/caller.h"
#include "journey/program.h"
#include "platform/media/testing/samples.h"
#include "platform/store/testing/stores.h"

namespace banyan::journey {
namespace {

/// What the server has said yes to: matter → its version → the event that made it.
class Acknowledged {
  public:
    void add(json::value const& answer) {
        std::lock_guard lock(mutex_);
        all_[std::string(answer.at("id").as_string())][answer.at("version").as_int64()] =
            std::string(answer.at("event").as_string());
        ++steps_;
    }
    std::map<std::string, std::map<std::int64_t, std::string>> take() {
        std::lock_guard lock(mutex_);
        return std::exchange(all_, {});
    }
    std::size_t steps() const { return steps_; }

  private:
    std::mutex mutex_;
    std::map<std::string, std::map<std::int64_t, std::string>> all_;
    std::atomic<std::size_t> steps_{0};
};

struct People {
    std::map<std::string, std::string> tokens;
    explicit People(std::uint16_t port) {
        for (char const* login : {"citizen", "seat01", "lead01", "disp01", "unit-cg", "unit-cg-head", "review01"})
            tokens[login] = Caller::of(port, login).token();
    }
};

/// One client that takes appeals as far as it gets, step by step or many in one request, until the server is gone.
void work(std::uint16_t port, People const& people, Acknowledged& acknowledged, bool many) {
    try {
        http::Client client("127.0.0.1", port, seconds(5));
        auto post = [&](std::string const& login, std::string const& target, json::value const& body) {
            auto answer = client.request(
                http::Method::post, target,
                {{"Authorization", "Bearer " + people.tokens.at(login)}, {"Content-Type", "application/json"}},
                json::serialize(body));
            if (answer.status >= 300) {
                ADD_FAILURE() << target << ": " << answer.body;
            }
            return json::parse(answer.body);
        };
        for (;;) {
            json::object form{{"title", "路灯不亮"},
                              {"body", "请来修"},
                              {"channel", "web"},
                              {"name", "林先生"},
                              {"phone", "154 0000 1111"}};
            if (many) {
                json::array commands;
                for (int i = 0; i < 20; ++i)
                    commands.push_back({{"procedure", "appeal"}, {"step", "file"}, {"form", form}});
                json::array again;
                json::value filed = post("lead01", "/api/v1/commands", {{"commands", commands}});
                for (json::value const& each : filed.at("answers").as_array()) {
                    acknowledged.add(each.at("answer"));
                    again.push_back({{"matter", each.at("answer").at("id")},
                                     {"step", "accept"},
                                     {"form", {{"kind", "complaint"}}}});
                    again.push_back({{"matter", each.at("answer").at("id")},
                                     {"step", "dispatch"},
                                     {"form", {{"lead", "cg"}}}});
                }
                json::value stepped = post("lead01", "/api/v1/commands", {{"commands", again}});
                for (json::value const& each : stepped.at("answers").as_array())
                    acknowledged.add(each.at("answer"));
                continue;
            }
            json::value filed = post("citizen", "/api/v1/matters", {{"procedure", "appeal"}, {"form", form}});
            acknowledged.add(filed);
            std::string const steps = "/api/v1/matters/" + std::string(filed.at("id").as_string()) + "/steps/";
            acknowledged.add(post("seat01", steps + "accept", {{"form", {{"kind", "complaint"}}}}));
            acknowledged.add(post("disp01", steps + "dispatch", {{"form", {{"lead", "cg"}}}}));
            acknowledged.add(post("unit-cg", steps + "sign", json::object{}));
            acknowledged.add(post("unit-cg", steps + "contact", {{"form", {{"reached", true}}}}));
            acknowledged.add(post("unit-cg-head", steps + "reply",
                                  {{"form", {{"account", "已修"}, {"public_reply", "已修复"}}}}));
            acknowledged.add(post("review01", steps + "approve", json::object{}));
        }
    } catch (std::exception const&) {  // killed
    }
}

/// The history is whole (as many entries as the version and the ETag say), and what was acknowledged is in it.
void expect_there(Caller& review, std::string const& id, std::map<std::int64_t, std::string> const& steps) {
    Heard seen = review.get("/api/v1/matters/" + id);
    ASSERT_EQ(seen.status, 200) << id << " was acknowledged and is gone";
    std::int64_t version = seen.number("/version");
    EXPECT_EQ(seen.header("etag"), "\"" + std::to_string(version) + "\"");
    json::array const& timeline = seen.body.at("timeline").as_array();
    ASSERT_EQ(static_cast<std::int64_t>(timeline.size()), version) << "half a step: " << seen.text;
    for (auto const& [no, event] : steps) {
        ASSERT_LE(no, version) << "an acknowledged step is gone";
        EXPECT_EQ(timeline[static_cast<std::size_t>(no - 1)].at("no").as_int64(), no);
        EXPECT_EQ(timeline[static_cast<std::size_t>(no - 1)].at("event").as_string(), event)
            << "another event than was acknowledged";
    }
}

TEST(Kill, LosesNothingThatWasAcknowledged) {
    char const* asked = std::getenv("BANYAN_KILLS");
    int const rounds = asked != nullptr ? std::atoi(asked) : 10;
    store::testing::TestFolder scratch;
    std::string const data = scratch / "city";
    copy_demo(data);
    std::vector<std::string> const where = moved(data);
    std::vector<std::string> options{"--access-log", "false"};
    options.insert(options.end(), where.begin(), where.end());
    std::vector<std::string> verifying{"verify", "--data", data};
    verifying.insert(verifying.end(), where.begin(), where.end());
    std::random_device device;
    unsigned const seed = device();
    std::mt19937 random(seed);
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::unique_ptr<People> people;
    std::size_t total = 0;
    for (int round = 0; round < rounds && !::testing::Test::HasFatalFailure(); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        Server server("demo", data, options);
        if (!people) people = std::make_unique<People>(server.port());
        Acknowledged acknowledged;
        std::vector<std::thread> clients;
        for (int i = 0; i < 6; ++i)
            clients.emplace_back([&, i] { work(server.port(), *people, acknowledged, i % 3 == 2); });
        std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution(30, 400)(random)));
        server.kill();
        for (auto& client : clients) client.join();

        Server again("demo", data, options);
        Caller review(again.port(), people->tokens.at("review01"));
        total += acknowledged.steps();
        for (auto const& [id, steps] : acknowledged.take()) expect_there(review, id, steps);
        if (round % 2 == 0)
            again.kill();  // nobody asks it to stop
        else {
            EXPECT_EQ(again.stop(), 0) << again.said();
        }
    }
    EXPECT_GT(total, static_cast<std::size_t>(rounds) * 10);
    Ended verified = run(verifying);
    EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
    std::printf("%d kills, %zu acknowledged steps, all there; %s", rounds, total, verified.out.c_str());
}

/// Between a file that was sent and the step that names it, and after the step.
TEST(Kill, LosesNoFileThatWasAcknowledged) {
    store::testing::TestFolder scratch;
    std::string const data = scratch / "city";
    copy_demo(data);
    std::vector<std::string> const where = moved(data);
    std::vector<std::string> options{"--access-log", "false"};
    options.insert(options.end(), where.begin(), where.end());
    std::vector<std::string> verifying{"verify", "--data", data};
    verifying.insert(verifying.end(), where.begin(), where.end());
    std::map<std::string, std::string> named;  // file → matter
    std::vector<std::string> waiting;
    std::mutex mutex;
    for (int round = 0; round < 3; ++round) {
        Server server("demo", data, options);
        Caller citizen = Caller::of(server.port(), "citizen");
        for (auto const& [file, matter] : named)
            EXPECT_EQ(citizen.get("/api/v1/matters/" + matter + "/files/" + file).status, 200) << "a file is gone";
        for (std::string const& file : std::exchange(waiting, {}))
            named[file] = citizen
                              .file({{"title", "路灯不亮"},
                                     {"body", "请来修"},
                                     {"channel", "web"},
                                     {"attachments", json::array{json::string(file)}}})
                              .at("id")
                              .as_string();
        std::thread sending([&] {
            try {
                http::Client client("127.0.0.1", server.port(), seconds(5));
                for (unsigned char point = 0;; ++point) {
                    auto const answer = client.request(http::Method::post, "/api/v1/files",
                                                       {{"Authorization", "Bearer " + citizen.token()}},
                                                       media::testing::jpeg("x", 6, point));
                    std::lock_guard lock(mutex);
                    if (answer.status == 201)
                        waiting.emplace_back(json::parse(answer.body).at("file").as_string());
                    else
                        ADD_FAILURE() << answer.body;
                }
            } catch (std::exception const&) {  // killed
            }
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(700 + 200 * round));
        server.kill();
        sending.join();
        EXPECT_FALSE(waiting.empty());
    }
    Ended const verified = run(verifying);
    EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
    std::printf("%zu files sent and named over kills\n", named.size());
}

}  // namespace
}  // namespace banyan::journey
