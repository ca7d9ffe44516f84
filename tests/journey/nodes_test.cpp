// Two programs on one PostgreSQL, as a balancer shows them: it does not matter which of them one asks.
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "journey/caller.h"
#include "journey/program.h"
#include "platform/store/testing/postgres_server.h"
#include "platform/store/testing/stores.h"

namespace banyan::journey {
namespace {

/// Once a second is up, what one node has done is true at the other.
template <class Holds>
bool soon(Holds holds) {
    for (int tries = 0; tries < 300; ++tries) {
        if (holds()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
}

class TwoServers : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string const data = scratch / "one";
        copy_demo(data);
        std::string const url = store::testing::fresh_database();
        Ended const moved = run({"migrate", "--from", data, "--to", url});
        ASSERT_EQ(moved.status, 0) << moved.out << moved.err;
        std::filesystem::create_directory(scratch / "two");
        std::filesystem::permissions(scratch / "two", std::filesystem::perms::owner_all);
        for (char const* kept : {"keys", "demo_clock", "demo"})
            std::filesystem::copy(data + "/" + kept, scratch / "two" + ("/" + std::string(kept)),
                                  std::filesystem::copy_options::recursive);
        one = std::make_unique<Server>("demo", data, std::vector<std::string>{"--db", url});
        two = std::make_unique<Server>("demo", scratch / "two", std::vector<std::string>{"--db", url});
    }
    static int status_of(std::uint16_t port, std::string const& token,
                         std::string const& target = "/api/v1/sessions/current") {
        return Caller(port, token).get(target).status;
    }
    store::testing::TestFolder scratch;
    std::unique_ptr<Server> one, two;
};

TEST_F(TwoServers, AreOneCity) {
    // Who has signed in at one is known at the other, at once; who signs out is gone from both.
    Caller seat = Caller::of(one->port(), "seat01");
    EXPECT_EQ(status_of(two->port(), seat.token()), 200);
    EXPECT_EQ(status_of(two->port(), std::string(43, 'x')), 401);
    Caller other = Caller::of(two->port(), "seat01");
    EXPECT_EQ(status_of(one->port(), other.token()), 200);
    EXPECT_EQ(other.send(http::Method::del, "/api/v1/sessions/current").status, 204);
    EXPECT_TRUE(soon([&] { return status_of(one->port(), other.token()) == 401; }));
    EXPECT_EQ(status_of(one->port(), seat.token()), 200);

    // A step at one is told to who listens at the other, and what follows it may be taken there.
    http::EventReader listening("127.0.0.1", two->port(), "/api/v1/events",
                                Caller(two->port(), seat.token()).signed_by(), seconds(10));
    ASSERT_EQ(listening.next()->event, "ready");
    Caller citizen = Caller::of(one->port(), "citizen");
    std::string const id(
        citizen.file({{"title", "路灯不亮"}, {"body", "请来修"}, {"channel", "web"}}).at("id").as_string());
    auto const heard = listening.next();
    ASSERT_TRUE(heard);
    EXPECT_NE(heard->data.find("\"id\":\"" + id + "\""), std::string::npos) << heard->data;
    Caller(two->port(), seat.token()).take(id, "accept", {{"kind", "complaint"}});
    EXPECT_EQ(seat.get("/api/v1/matters/" + id).at("/stage"), "accepted");

    // The same thing asked of both is done once.
    json::object const again{{"procedure", "appeal"},
                             {"form", {{"title", "井盖"}, {"body", "缺了一角"}, {"channel", "web"}}}};
    http::NamedValues const key{{"Idempotency-Key", "asked of both"}};
    Heard const first = citizen.post("/api/v1/matters", again, key);
    Heard const second = Caller(two->port(), citizen.token()).post("/api/v1/matters", again, key);
    EXPECT_EQ(first.status, 201) << first.text;
    EXPECT_EQ(second.status, 200) << second.text;
    EXPECT_EQ(second.at("/id"), first.at("/id"));

    // A person made at one can sign in at the other, and is ended everywhere.
    Caller sec = Caller::of(one->port(), "sec");
    Heard const made = sec.post("/api/v1/people", {{"login", "node01"},
                                                   {"role", "unit_clerk"},
                                                   {"unit", "cg"},
                                                   {"zh", "新人"},
                                                   {"en", "New"},
                                                   {"phone", "0591-0000 0178"}});
    ASSERT_EQ(made.status, 201) << made.text;
    Heard signed_in;
    EXPECT_TRUE(soon([&] {
        signed_in = Caller(two->port())
                        .post("/api/v1/sessions", {{"login", "node01"}, {"password", made.at("/password")}});
        return signed_in.status == 201;
    })) << signed_in.text;
    EXPECT_EQ(sec.post("/api/v1/people/node01/end", json::object{}).status, 200);
    EXPECT_TRUE(soon([&] { return status_of(two->port(), signed_in.at("/token")) == 401; }));

    // Each has its part of what only one may do; both know of each other.
    for (Server const* server : {one.get(), two.get()}) {
        std::string metrics;
        EXPECT_TRUE(soon([&] {
            metrics = Caller(server->port()).get("/metrics").text;
            return metrics.find("\nbanyan_nodes 2\n") != std::string::npos;
        })) << metrics;
    }
    EXPECT_EQ(one->stop(), 0);
    EXPECT_TRUE(soon([&] {
        std::string const metrics = Caller(two->port()).get("/metrics").text;
        return metrics.find("\nbanyan_lanes 256\n") != std::string::npos &&
               metrics.find("\nbanyan_leads 1\n") != std::string::npos;
    }));
}

}  // namespace
}  // namespace banyan::journey
