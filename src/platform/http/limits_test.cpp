#include <gtest/gtest.h>

#include <atomic>

#include "platform/http/serving.h"

namespace banyan::http {
namespace {

constexpr Span ms(std::int64_t n) { return {n * 1000}; }

TEST(Limits, OneConnectionTooManyIsTold503) {
    auto options = for_tests();
    options.most_connections = 3;
    Serving serving(usual_routes(), options);
    std::vector<Client> clients;
    for (int i = 0; i < 3; ++i) clients.push_back(serving.client());
    for (auto& client : clients) EXPECT_EQ(client.request(Method::get, "/hello").status, 200);
    auto const refused = serving.client().request(Method::get, "/hello");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Connection"), "close");
    EXPECT_NE(refused.body.find("http.too_many_connections"), std::string::npos);
    clients.pop_back();
    for (int i = 0; i < 100 && serving.metric("banyan_http_connections") > 2; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(serving.client().request(Method::get, "/hello").status, 200);
}

TEST(Limits, OneRequestInFlightTooManyIsTold503AndWhen) {
    std::vector<Respond> waiting;
    std::atomic<int> arrived{0};
    auto routes = usual_routes();
    routes.add({Method::get, "/later", "later", [&](Request&&, Respond respond) {
                    waiting.push_back(std::move(respond));
                    ++arrived;
                }});
    routes.add({Method::get, "/healthz", "healthz", [](Request&&, Respond respond) { respond(text_reply("ok")); },
                0, true});
    auto options = for_tests();
    options.most_in_flight = 2;
    Serving serving(std::move(routes), options);
    Wire first("127.0.0.1", serving.server.port()), second("127.0.0.1", serving.server.port());
    first.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    second.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    while (arrived < 2) std::this_thread::yield();
    auto client = serving.client();
    auto const busy = client.request(Method::get, "/hello");
    EXPECT_EQ(busy.status, 503);
    EXPECT_EQ(busy.header("Retry-After"), "1");
    EXPECT_EQ(busy.header("Connection"), "");  // worth keeping
    EXPECT_EQ(client.request(Method::get, "/healthz").status, 200);
    for (auto& respond : waiting) respond(text_reply("done"));
    EXPECT_EQ(read_answer(first).body, "done");
    EXPECT_EQ(client.request(Method::get, "/hello").status, 200);
    EXPECT_EQ(serving.metric("banyan_http_busy_total"), 1);
}

TEST(Limits, ASlowHeaderIs408) {
    auto options = for_tests();
    options.header_time = ms(100);
    Serving serving(usual_routes(), options);
    Wire wire("127.0.0.1", serving.server.port());
    wire.send("GET /hello HTTP/1.1\r\n");
    auto const began = std::chrono::steady_clock::now();
    try {
        for (int i = 0; i < 50; ++i) {  // a byte now and then does not help
            wire.send("A");
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    } catch (std::runtime_error const&) {
    }
    EXPECT_TRUE(wire.all().starts_with("HTTP/1.1 408 "));
    EXPECT_GT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(90));
    EXPECT_EQ(serving.metric("banyan_http_timeouts_total"), 1);
}

TEST(Limits, ASlowBodyIs408) {
    auto options = for_tests();
    options.body_time = ms(100);
    Serving serving(usual_routes(), options);
    Wire wire("127.0.0.1", serving.server.port());
    wire.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
    EXPECT_TRUE(wire.all().starts_with("HTTP/1.1 408 "));
}

TEST(Limits, OnlySoManyLargeBodiesComeInAtOnce) {
    auto routes = usual_routes();
    routes.add(
        {Method::post, "/film", "film",
         [](Request&& request, Respond respond) { respond(text_reply(std::to_string(request.body.size()))); },
         8U << 20});
    auto options = for_tests();
    options.most_large_bodies = 1;
    Serving serving(std::move(routes), options);
    std::size_t const size = 3U << 20;
    std::string const head =
        "POST /film HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
    std::string const half(size / 2, 'x');
    Wire first("127.0.0.1", serving.server.port());
    first.send(head + half);
    std::this_thread::sleep_for(ms(50));  // a film that came before it would make it the one too many
    auto film = [&] {
        Wire other("127.0.0.1", serving.server.port());
        other.send(head + half + half);
        return read_answer(other);
    };
    auto answer = film();
    for (int tries = 0; tries < 200 && answer.status == 200; ++tries) answer = film();  // until the first has come
    EXPECT_EQ(answer.status, 503);
    auto client = serving.client();
    EXPECT_EQ(client.request(Method::post, "/film", {}, "small").status, 200) << "small ones go on";
    first.send(half);
    EXPECT_EQ(read_answer(first).body, std::to_string(size));
    EXPECT_EQ(film().status, 200) << "and so does the next";
}

TEST(Limits, AnIdleConnectionIsClosedWithoutAWord) {
    auto options = for_tests();
    options.idle_time = ms(100);
    Serving serving(usual_routes(), options);
    Wire never("127.0.0.1", serving.server.port()), once("127.0.0.1", serving.server.port());
    once.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(read_answer(once).body, "hello");
    EXPECT_EQ(never.all(), "");
    EXPECT_EQ(once.all(), "");
    auto client = serving.client();
    EXPECT_EQ(client.request(Method::get, "/hello").status, 200);
    std::this_thread::sleep_for(std::chrono::milliseconds(250));
    EXPECT_EQ(client.request(Method::get, "/hello").status, 200);  // on a new connection
}

TEST(Limits, AClientThatDoesNotReadIsClosed) {
    auto routes = usual_routes();
    std::string const large(30'000'000, 'x');
    routes.add({Method::get, "/large", "large", [&](Request&&, Respond respond) { respond(text_reply(large)); }});
    auto options = for_tests();
    options.write_time = ms(200);
    Serving serving(std::move(routes), options);
    Wire wire("127.0.0.1", serving.server.port());
    wire.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
    for (int i = 0; i < 200 && serving.metric("banyan_http_timeouts_total") < 1; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(serving.metric("banyan_http_timeouts_total"), 1);
    EXPECT_EQ(serving.metric("banyan_http_connections"), 0);
}

TEST(Drain, FinishesWhatIsInFlightAndSaysClose) {
    std::optional<Respond> waiting;
    std::atomic<bool> arrived{false};
    auto routes = usual_routes();
    routes.add({Method::get, "/later", "later", [&](Request&&, Respond respond) {
                    waiting = std::move(respond);
                    arrived = true;
                }});
    Serving serving(std::move(routes));
    Wire slow("127.0.0.1", serving.server.port()), idle("127.0.0.1", serving.server.port());
    slow.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    while (!arrived) std::this_thread::yield();
    serving.server.stop();
    EXPECT_EQ(idle.all(), "");
    EXPECT_THROW(Wire("127.0.0.1", serving.server.port()), std::runtime_error);
    (*waiting)(text_reply("done"));
    auto const answer = read_answer(slow);
    EXPECT_EQ(answer.body, "done");
    EXPECT_EQ(answer.header("Connection"), "close");
    serving.stop();
}

TEST(Drain, DoesNotWaitForEver) {
    std::optional<Respond> waiting;
    auto routes = usual_routes();
    routes.add(
        {Method::get, "/later", "later", [&](Request&&, Respond respond) { waiting = std::move(respond); }});
    auto options = for_tests();
    options.drain_time = ms(100);
    Serving serving(std::move(routes), options);
    Wire wire("127.0.0.1", serving.server.port());
    wire.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    while (serving.metric("banyan_http_requests_in_flight") < 1) std::this_thread::yield();
    auto const began = std::chrono::steady_clock::now();
    serving.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
    EXPECT_EQ(wire.all(), "");
}

TEST(Drain, BeforeRunningIsFine) {
    telemetry::Log log{telemetry::Level::off};
    telemetry::Metrics metrics;
    Server server(for_tests(), usual_routes(), log, metrics);
    server.stop();
    server.stop();
    server.run();
}

/// Sixteen clients ask without pause while the server stops: each request that was sent on an open connection is
/// answered, and none that the handler answered is lost.
TEST(Drain, UnderLoadLosesNoAnsweredRequest) {
    for (int round = 0; round < 5; ++round) {
        std::atomic<int> handled{0};
        auto routes = usual_routes();
        routes.add({Method::post, "/count", "count", [&](Request&&, Respond respond) {
                        ++handled;
                        std::thread([respond = std::move(respond)]() mutable {
                            respond(text_reply("counted"));
                        }).detach();
                    }});
        auto options = for_tests();
        options.drain_idle_time = seconds(2);  // a client on a busy machine may take a while to its next request
        Serving serving(std::move(routes), options);
        std::atomic<int> answered{0}, unanswered{0};
        {
            std::vector<std::jthread> clients;
            for (int c = 0; c < 16; ++c)
                clients.emplace_back([&, wire = std::make_shared<Wire>("127.0.0.1", serving.server.port())] {
                    for (;;) {
                        try {
                            wire->send("POST /count HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
                            auto const answer = read_answer(*wire);
                            ++answered;
                            if (answer.header("Connection") == "close") return;
                        } catch (std::runtime_error const&) {
                            ++unanswered;
                            return;
                        }
                    }
                });
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            while (answered <= 16) std::this_thread::sleep_for(std::chrono::milliseconds(5));  // a busy machine
            serving.stop();
        }
        EXPECT_EQ(answered, handled);
        EXPECT_EQ(unanswered, 0);
        EXPECT_GT(answered, 16);
    }
}

}  // namespace
}  // namespace banyan::http
