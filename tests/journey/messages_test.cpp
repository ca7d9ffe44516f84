// Messages leave the real program for a real gateway: one that is down at first, and one that is killed under.
#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "journey/caller.h"
#include "journey/program.h"
#include "platform/http/serving.h"
#include "platform/store/testing/stores.h"

namespace banyan::journey {
namespace {

struct Posted {
    std::string key;
    json::object body;
    std::string says(char const* member) const { return std::string(body.at(member).as_string()); }
};

/// Takes messages, after it has turned away the first few.
class Gateway {
  public:
    explicit Gateway(int busy) : busy_(busy), serving_(routes()) {}
    std::string url() const { return "http://127.0.0.1:" + std::to_string(serving_.server.port()) + "/sms"; }
    std::vector<Posted> wait_for(std::size_t count) {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(40), [&] { return taken_.size() >= count; });
        return taken_;
    }
    int turned_away() {
        std::lock_guard lock(mutex_);
        return turned_away_;
    }

  private:
    http::Routes routes() {
        http::Routes routes;
        routes.add({http::Method::post, "/sms", "sms",
                    [this](http::Request&& request, http::Respond respond) {
                        std::lock_guard lock(mutex_);
                        if (turned_away_ < busy_) {
                            ++turned_away_;
                            return respond(http::text_reply("busy", 503));
                        }
                        taken_.push_back({std::string(request.header("Idempotency-Key")),
                                          json::parse(request.body).as_object()});
                        changed_.notify_all();
                        respond(http::text_reply("taken", 202));
                    },
                    64 * 1024});
        return routes;
    }
    int const busy_;
    int turned_away_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Posted> taken_;
    http::Serving serving_;
};

json::object const kAppeal{
    {"title", "齐安路消火栓漏水"}, {"body", "水流了一路"}, {"channel", "web"}, {"phone", "0591 0000 0417"}};

std::int64_t measured(Caller& caller, std::string const& name) {
    std::string const text = caller.get("/metrics").text;
    std::size_t const at = text.find("\n" + name + " ");
    return at == std::string::npos ? -1 : std::stoll(text.substr(at + name.size() + 2));
}

TEST(Messages, ReachAGatewayThatWasBusyAtFirst) {
    store::testing::TestFolder const folder;
    Gateway gateway(2);
    Server server("serve", folder / "city", {"--messages", gateway.url()});
    Caller citizen(server.port());
    Heard const filed = citizen.post("/api/v1/matters", {{"procedure", "appeal"}, {"form", kAppeal}});
    ASSERT_EQ(filed.status, 201) << filed.text;
    std::vector<Posted> const taken = gateway.wait_for(1);
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(gateway.turned_away(), 2);
    EXPECT_EQ(taken[0].says("to"), "0591 0000 0417");
    EXPECT_EQ(taken[0].says("number"), filed.at("/number"));
    EXPECT_EQ(taken[0].says("id"), taken[0].key);
    std::string const text = taken[0].says("text");
    EXPECT_NE(text.find("编号 " + filed.at("/number") + "，查询码 " + filed.at("/code")), std::string::npos)
        << text;
    for (int tries = 0; tries < 100 && measured(citizen, "banyan_messages_delivered_total") < 1; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(measured(citizen, "banyan_messages_delivered_total"), 1);
    EXPECT_EQ(measured(citizen, "banyan_messages_failed_total"), 2);
    EXPECT_EQ(server.stop(), 0);
}

TEST(Messages, WaitForAServerThatWasKilled) {
    store::testing::TestFolder const folder;
    std::string number;
    {
        Server server("serve", folder / "city", {"--messages", "http://127.0.0.1:1/nobody"});
        Caller citizen(server.port());
        number = citizen.post("/api/v1/matters", {{"procedure", "appeal"}, {"form", kAppeal}}).at("/number");
        server.kill();
    }
    Gateway gateway(0);
    Server server("serve", folder / "city", {"--messages", gateway.url()});
    std::vector<Posted> const taken = gateway.wait_for(1);
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(taken[0].says("number"), number);
    EXPECT_EQ(server.stop(), 0);
}

TEST(Messages, StayInTheHouseWhenNobodySaysWhereTo) {
    store::testing::TestFolder const folder;
    Server server("serve", folder / "city");
    Caller citizen(server.port());
    EXPECT_EQ(citizen.post("/api/v1/matters", {{"procedure", "appeal"}, {"form", kAppeal}}).status, 201);
    EXPECT_EQ(measured(citizen, "banyan_messages_delivered_total"), -1);
    EXPECT_EQ(server.stop(), 0);
}

TEST(Messages, AnAddressThatIsNoneIsRefusedByName) {
    store::testing::TestFolder const folder;
    for (char const* url : {"ftp://127.0.0.1/sms", "127.0.0.1:9000", "http://:90/", "http://127.0.0.1:99999/x",
                            "http://127.0.0.1:90 0/x"}) {
        Ended const ended =
            run({"serve", "--data", folder / "city", "--listen", "127.0.0.1:0", "--messages", url});
        EXPECT_NE(ended.status, 0) << url;
        EXPECT_NE(ended.err.find(std::string("messages = ") + url), std::string::npos) << ended.err;
    }
}

}  // namespace
}  // namespace banyan::journey
