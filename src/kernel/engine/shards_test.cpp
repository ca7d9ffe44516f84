// On a distributed engine a batch lies on one shard, as far as can be known before it is decided.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <condition_variable>
#include <future>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "kernel/engine/testing/city.h"
#include "kernel/engine/verify.h"

namespace banyan {
namespace {

using namespace banyan::testing;

constexpr int kShards = 8;

/// Two programs on one PostgreSQL that is written to as if its lanes lay on eight shards.
class Shards : public ::testing::Test {
  protected:
    void SetUp() override {
        give_to_nodes(city);
        for (int i = 0; i < 2; ++i) {
            stores.push_back(store::open_postgresql(city.db().url(), true, kShards));
            nodes.push_back(start_node(city, *stores.back(), "node" + std::to_string(i),
                                       [] { return at("2026-10-09 09:00"); }));
        }
        for (std::size_t shard = 0; shard < stores[0]->lane_groups().size(); ++shard)
            for (std::int64_t const lane : stores[0]->lane_groups()[shard])
                shard_of[static_cast<std::size_t>(lane)] = shard;
    }

    Request filing() const {
        Request request;
        request.what = Command{city.actor("citizen"),
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
    Request acceptance(MatterId matter) const {
        Request request;
        request.what =
            Command{city.actor("seat01"), {}, matter, {}, "accept", {{"kind", "complaint"}}, {}, {}, {}, {}};
        return request;
    }
    /// All of them at once, shared out over both nodes.
    std::vector<Answer> take(std::vector<Request> requests) {
        std::vector<Answer> answers(requests.size());
        std::mutex mutex;
        std::condition_variable answered;
        std::size_t left = requests.size();
        for (std::size_t i = 0; i < requests.size(); ++i) {
            requests[i].done = [&, i](Answer&& answer) {
                std::lock_guard const lock(mutex);
                answers[i] = std::move(answer);
                if (--left == 0) answered.notify_one();
            };
            while (!nodes[i % 2]->submit(requests[i])) std::this_thread::yield();
        }
        std::unique_lock lock(mutex);
        answered.wait(lock, [&] { return left == 0; });
        return answers;
    }
    /// By the last batch of each lane: on how many shards it has written.
    std::map<std::string, std::set<std::size_t>> shards_of_batches() {
        std::map<std::string, std::set<std::size_t>> shards;
        city.reader().query("SELECT lane, batch FROM head WHERE events > 0", {}, [&](store::Row const& row) {
            shards[std::string(row.bytes(1))].insert(shard_of[static_cast<std::size_t>(row.integer(0))]);
        });
        return shards;
    }

    City city{store::Engine::postgresql};
    std::vector<std::unique_ptr<store::Store>> stores;
    std::vector<std::unique_ptr<Engine>> nodes;
    std::array<std::size_t, kLanes> shard_of{};
};

TEST_F(Shards, ABatchLiesOnOne) {
    std::vector<MatterId> matters;
    std::set<std::size_t> used;
    for (int round = 0; round < 30; ++round) {
        std::vector<Request> requests;
        for (int i = 0; i < 12; ++i) requests.push_back(filing());
        for (MatterId const matter : matters) requests.push_back(acceptance(matter));
        std::vector<Answer> const answers = take(std::move(requests));
        std::vector<MatterId> filed;
        for (std::size_t i = 0; i < answers.size(); ++i) {
            ASSERT_TRUE(answers[i].ok()) << describe(answers[i].refusal);
            if (i < 12) filed.push_back(answers[i].matter);
        }
        matters = std::move(filed);
        for (auto const& [batch, shards] : shards_of_batches()) {
            EXPECT_EQ(shards.size(), 1U);
            used.insert(shards.begin(), shards.end());
        }
    }
    EXPECT_EQ(used.size(), static_cast<std::size_t>(kShards)) << "all of them are used";
    for (auto& node : nodes) node->stop();
    VerifyReport const report = verify(*city.db(), procedures_of(city.rules()), &city.keys(), {});
    EXPECT_TRUE(report.ok) << (report.findings.empty() ? "" : report.findings[0].key);
}

TEST_F(Shards, AWriteThatIsNoStepWaitsForWhatCameBeforeIt) {
    std::vector<Request> requests;
    for (int i = 0; i < 60; ++i) requests.push_back(filing());
    std::vector<Answer> const answers = take(std::move(requests));
    std::atomic<int> before{0};
    std::vector<std::promise<void>> told(answers.size());
    for (std::size_t i = 0; i < answers.size(); ++i) {
        Request request = acceptance(answers[i].matter);
        request.done = [&, i](Answer&& answer) {
            before += answer.ok();
            told[i].set_value();
        };
        ASSERT_TRUE(nodes[0]->submit(std::move(request)));
    }
    std::int64_t accepted = 0;
    nodes[0]->write_now([&](store::Session& session) {
        session.query("SELECT COUNT(*) FROM matter WHERE stage = 'accepted'", {},
                      [&](store::Row const& row) { accepted = row.integer(0); });
    });
    for (auto& one : told) one.get_future().wait();
    EXPECT_EQ(before, 60);
    EXPECT_EQ(accepted, 60);
}

}  // namespace
}  // namespace banyan
