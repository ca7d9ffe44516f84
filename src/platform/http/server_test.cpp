#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "platform/http/serving.h"

namespace banyan::http {
namespace {

TEST(Server, KeepsTheConnectionOpen) {
    Serving serving(usual_routes());
    auto client = serving.client();
    for (int i = 0; i < 100; ++i) {
        auto const answer = client.request(Method::get, "/hello");
        ASSERT_EQ(answer.status, 200);
        ASSERT_EQ(answer.body, "hello");
    }
    EXPECT_EQ(serving.metric("banyan_http_connections_total"), 1);
    EXPECT_EQ(serving.metric("banyan_http_requests_total{route=\"hello\",class=\"2xx\"}"), 100);
}

TEST(Server, SaysWhatEveryReplySays) {
    Serving serving(usual_routes());
    auto const answer = serving.client().request(Method::get, "/hello");
    EXPECT_EQ(answer.header("Content-Type"), "text/plain");
    EXPECT_EQ(answer.header("Content-Length"), "5");
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin");
    EXPECT_EQ(answer.header("Server"), "");
    EXPECT_EQ(answer.header("Date").size(), 29u);
    EXPECT_EQ(answer.header("X-Request-Id").size(), 13u);
}

TEST(Server, AThousandPipelinedRequestsAreAnsweredInOrder) {
    Serving serving(usual_routes());
    Wire wire("127.0.0.1", serving.server.port());
    std::string all;
    for (int i = 0; i < 1000; ++i)
        all += "GET /matters/" + std::to_string(i) + "/steps/x HTTP/1.1\r\nHost: a\r\n\r\n";
    std::thread sender([&] { wire.send(all); });
    for (int i = 0; i < 1000; ++i) ASSERT_EQ(read_answer(wire).body, std::to_string(i) + "|x");
    sender.join();
}

TEST(Server, PipelinedRequestsWaitForSlowOnesBeforeThem) {
    auto routes = usual_routes();
    std::vector<std::thread> threads;
    routes.add({Method::get, "/slow/{n}", "slow", [&](Request&& request, Respond respond) {
                    threads.emplace_back([n = request.path_params[0], respond = std::move(respond)]() mutable {
                        std::this_thread::sleep_for(std::chrono::milliseconds(20));
                        respond(text_reply(n));
                    });
                }});
    Serving serving(std::move(routes));
    Wire wire("127.0.0.1", serving.server.port());
    wire.send(
        "GET /slow/1 HTTP/1.1\r\nHost: a\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\nGET /slow/2 "
        "HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(read_answer(wire).body, "1");
    EXPECT_EQ(read_answer(wire).body, "hello");
    EXPECT_EQ(read_answer(wire).body, "2");
    for (auto& thread : threads) thread.join();
}

TEST(Server, LargeBodiesArriveWhole) {
    auto routes = usual_routes();
    std::string large(20'000'000, 'x');
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>('a' + i % 23);
    routes.add({Method::get, "/large", "large", [&](Request&&, Respond respond) { respond(text_reply(large)); }});
    routes.add({Method::post, "/upload", "upload",
                [](Request&& request, Respond respond) { respond(text_reply(std::move(request.body))); },
                32 * 1024 * 1024});
    Serving serving(std::move(routes));
    auto client = serving.client();
    EXPECT_EQ(client.request(Method::get, "/large").body, large);
    EXPECT_EQ(client.request(Method::post, "/upload", {}, large).body, large);
    EXPECT_EQ(client.request(Method::get, "/hello").body, "hello");
    Wire wire("127.0.0.1", serving.server.port());  // a small reply behind a large one, pipelined
    wire.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\nGET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(read_answer(wire).body, large);
    EXPECT_EQ(read_answer(wire).body, "hello");
}

TEST(Server, PassesParametersAndQueryDecoded) {
    Serving serving(usual_routes());
    EXPECT_EQ(serving.client().request(Method::get, "/matters/a%20b/steps/%E4%BB%B6?x=1+2&y=%E4%B8%AD").body,
              "a b|件|x=1 2|y=中");
}

TEST(Server, ChunkedBodiesAreReadHoweverTheyAreCut) {
    Serving serving(usual_routes());
    std::string const request =
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;ext=1\r\n "
        "world\r\n0\r\nTrailer: x\r\n\r\n";
    for (std::size_t cut = 1; cut < request.size(); ++cut) {
        Wire wire("127.0.0.1", serving.server.port());
        wire.send(request.substr(0, cut));
        if (cut > 60) std::this_thread::sleep_for(std::chrono::microseconds(300));
        wire.send(request.substr(cut));
        ASSERT_EQ(read_answer(wire).body, "hello world") << cut;
    }
    Wire wire("127.0.0.1", serving.server.port());
    for (char c : request) {
        wire.send(std::string_view(&c, 1));
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    EXPECT_EQ(read_answer(wire).body, "hello world");
}

TEST(Server, ContinuesWhenAClientAsksFirst) {
    Serving serving(usual_routes());
    Wire wire("127.0.0.1", serving.server.port());
    wire.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(wire.line(), "HTTP/1.1 100 Continue");
    EXPECT_EQ(wire.line(), "");
    wire.send("body");
    EXPECT_EQ(read_answer(wire).body, "body");
    Wire refused("127.0.0.1", serving.server.port());
    refused.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 400000\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(refused.line(), "HTTP/1.1 413 Content Too Large");
}

TEST(Server, TellsUnknownPathsFromUnknownMethods) {
    Serving serving(usual_routes());
    auto client = serving.client();
    auto const missing = client.request(Method::get, "/nowhere");
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(missing.header("Content-Type"), "application/problem+json");
    EXPECT_NE(missing.body.find("\"http.not_found\""), std::string::npos);
    auto const wrong = client.request(Method::del, "/hello");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.header("Allow"), "GET, HEAD, OPTIONS");
    auto const options = client.request(Method::options, "/echo");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.header("Allow"), "POST, OPTIONS");
    EXPECT_EQ(options.header("Content-Length"), "");
    EXPECT_EQ(client.request(Method::options, "/nowhere").status, 404);
    EXPECT_EQ(client.request(Method::options, "*").header("Allow"),
              "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    auto const with_body = client.request(Method::post, "/nowhere", {}, std::string(5000, 'x'));
    EXPECT_EQ(with_body.status, 404);
    EXPECT_EQ(serving.metric("banyan_http_connections_total"), 1);  // all on one connection
}

TEST(Server, HeadIsGetWithoutTheBody) {
    Serving serving(usual_routes());
    auto client = serving.client();
    auto const head = client.request(Method::head, "/hello");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("Content-Length"), "5");
    EXPECT_EQ(client.request(Method::get, "/hello").body, "hello");  // nothing was left on the wire
    EXPECT_EQ(client.request(Method::head, "/nowhere").status, 404);
    EXPECT_EQ(client.request(Method::get, "/hello").body, "hello");
}

TEST(Server, AFailingHandlerIs500AndSaysNothing) {
    Serving serving(usual_routes());
    auto client = serving.client();
    for (auto const* path : {"/fails", "/forgets"}) {
        auto const answer = client.request(Method::get, path);
        EXPECT_EQ(answer.status, 500);
        EXPECT_EQ(answer.body.find("secret"), std::string::npos);
        EXPECT_NE(answer.body.find("http.failed"), std::string::npos);
    }
    EXPECT_EQ(client.request(Method::get, "/hello").status, 200);
    EXPECT_EQ(serving.metric("banyan_http_requests_in_flight"), 0);
}

TEST(Server, ErrorsSpeakTheWordsGivenToIt) {
    auto options = for_tests();
    options.errors = [](int status, std::string_view key, Request const* request) {
        if (key == "http.not_found" && request->path == "/worse") throw std::runtime_error("no such text");
        return Reply{status,
                     "text/plain",
                     std::string(key) + " " + std::string(request ? request->header("Accept-Language") : "-"),
                     {}};
    };
    Serving serving(usual_routes(), options);
    auto client = serving.client();
    EXPECT_EQ(client.request(Method::get, "/nowhere", {{"Accept-Language", "zh"}}).body, "http.not_found zh");
    EXPECT_EQ(client.request(Method::get, "/fails", {{"Accept-Language", "zh"}}).body, "http.failed zh");
    EXPECT_EQ(client.request(Method::get, "/worse").status, 404);
    EXPECT_NE(serving.raw("NONSENSE\r\n\r\n").find("http.malformed"), std::string::npos);
}

TEST(Server, RequestIdsAndTracesAreTakenOverAndGivenBack) {
    Serving serving(usual_routes());
    auto client = serving.client();
    auto const answer =
        client.request(Method::get, "/ids",
                       {{"X-Request-Id", "Call-7_a.b"},
                        {"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}});
    EXPECT_EQ(answer.header("X-Request-Id"), "Call-7_a.b");
    auto const trace = telemetry::parse_traceparent(answer.header("traceparent"));
    ASSERT_TRUE(trace);
    EXPECT_EQ(trace->trace_text(), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_NE(trace->span_text(), "00f067aa0ba902b7");
    EXPECT_EQ(answer.body, "Call-7_a.b " + trace->traceparent() + " 127.0.0.1");
    for (auto const& id : {std::string("a b"), std::string(65, 'a'), std::string("<script>"), std::string("中")}) {
        auto const other = client.request(Method::get, "/ids", {{"X-Request-Id", id}, {"traceparent", "00-bad"}});
        EXPECT_NE(other.header("X-Request-Id"), id);
        EXPECT_EQ(other.header("traceparent"), "");
    }
}

TEST(Server, AReplyThatWouldSplitIsNotSent) {
    auto routes = usual_routes();
    routes.add({Method::get, "/split", "split", [](Request&& request, Respond respond) {
                    respond({200, "text/plain", "x", {{"Location", std::string(request.query_value("to"))}}});
                }});
    routes.add({Method::get, "/framing", "framing",
                [](Request&&, Respond respond) { respond({200, "", "x", {{"content-length", "9"}}}); }});
    Serving serving(std::move(routes));
    EXPECT_EQ(serving.client().request(Method::get, "/split?to=%2Fa").header("Location"), "/a");
    auto const answer = serving.client().request(Method::get, "/split?to=a%0D%0ASet-Cookie:b");
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.header("Set-Cookie"), "");
    EXPECT_EQ(serving.client().request(Method::get, "/framing").status, 500);
}

TEST(Server, OldClientsGetTheirAnswerAndTheEnd) {
    Serving serving(usual_routes());
    auto const closed = serving.raw("GET /hello HTTP/1.0\r\n\r\nGET /hello HTTP/1.0\r\n\r\n");
    EXPECT_TRUE(closed.ends_with("Connection: close\r\n\r\nhello")) << closed;
    auto const kept =
        serving.raw("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /hello HTTP/1.0\r\n\r\n");
    EXPECT_NE(kept.find("Connection: keep-alive\r\n\r\nhelloHTTP/1.1 200"), std::string::npos) << kept;
}

TEST(Server, LogsEachRequestWithoutWhatPeopleSent) {
    auto const file = std::filesystem::temp_directory_path() / ("banyan_access_" + std::to_string(::getpid()));
    {
        telemetry::Log log(file.string(), telemetry::Level::info);
        telemetry::Metrics metrics;
        auto options = for_tests();
        options.access_log = true;
        Server server(options, usual_routes(), log, metrics);
        std::thread thread([&] { server.run(); });
        Client("127.0.0.1", server.port())
            .request(Method::get, "/matters/secret/steps/2?name=secret", {{"X-Request-Id", "r1"}});
        server.stop();
        thread.join();
    }
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    std::filesystem::remove(file);
    auto const entry = boost::json::parse(line).as_object();
    EXPECT_EQ(entry.at("event"), "http.request");
    EXPECT_EQ(entry.at("method"), "GET");
    EXPECT_EQ(entry.at("route"), "step.get");
    EXPECT_EQ(entry.at("status"), 200);
    EXPECT_EQ(entry.at("bytes"), 20);
    EXPECT_EQ(entry.at("request"), "r1");
    EXPECT_EQ(entry.at("trace").as_string().size(), 32u);
    EXPECT_TRUE(entry.contains("us"));
    EXPECT_EQ(line.find("secret"), std::string::npos) << line;
}

TEST(Server, SaysWhyItCannotListen) {
    Serving serving(usual_routes());
    telemetry::Log log{telemetry::Level::off};
    telemetry::Metrics metrics;
    auto message = [&](std::string const& listen) -> std::string {
        Options options;
        options.listen = listen;
        try {
            Server server(options, Routes{}, log, metrics);
            return "it listens";
        } catch (std::runtime_error const& e) {
            return e.what();
        }
    };
    auto const taken = "127.0.0.1:" + std::to_string(serving.server.port());
    EXPECT_EQ(message(taken), "cannot listen on " + taken + ": Address already in use");
    EXPECT_EQ(message("127.0.0.1"), "cannot listen on 127.0.0.1: no port");
    EXPECT_EQ(message("127.0.0.1:99999"), "cannot listen on 127.0.0.1:99999: not ADDRESS:PORT");
    EXPECT_EQ(message("nowhere:80"), "cannot listen on nowhere:80: not ADDRESS:PORT");
    EXPECT_EQ(message("localhost:0"), "it listens");
}

TEST(Respond, AnswersFromAnyThread) {
    auto routes = usual_routes();
    std::mutex mutex;
    std::vector<Respond> waiting;
    routes.add({Method::get, "/later", "later", [&](Request&&, Respond respond) {
                    std::lock_guard lock(mutex);
                    waiting.push_back(std::move(respond));
                }});
    Serving serving(std::move(routes));
    std::atomic<bool> stop{false};
    std::vector<std::jthread> workers;
    for (int i = 0; i < 3; ++i)
        workers.emplace_back([&] {
            while (!stop) {
                std::unique_lock lock(mutex);
                if (waiting.empty()) {
                    lock.unlock();
                    std::this_thread::yield();
                    continue;
                }
                auto respond = std::move(waiting.back());
                waiting.pop_back();
                lock.unlock();
                respond(text_reply("later"));
            }
        });
    {
        std::vector<std::jthread> clients;
        for (int c = 0; c < 8; ++c)
            clients.emplace_back([&] {
                auto client = serving.client();
                for (int i = 0; i < 200; ++i) ASSERT_EQ(client.request(Method::get, "/later").body, "later");
            });
    }
    stop = true;
}

TEST(Respond, AHundredAnswersAtOnceCauseOneWakeUp) {
    auto routes = usual_routes();
    std::vector<std::pair<Respond, Reply>> waiting;
    std::atomic<int> arrived{0};
    routes.add({Method::get, "/later", "later", [&](Request&&, Respond respond) {
                    waiting.emplace_back(std::move(respond), text_reply("later"));
                    ++arrived;
                }});
    Serving serving(std::move(routes));
    std::vector<std::unique_ptr<Wire>> wires;
    for (int i = 0; i < 100; ++i) {
        wires.push_back(std::make_unique<Wire>("127.0.0.1", serving.server.port()));
        wires.back()->send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    while (arrived < 100) std::this_thread::yield();
    Respond::all(std::move(waiting));
    for (auto& wire : wires) EXPECT_EQ(read_answer(*wire).body, "later");
    EXPECT_EQ(serving.metric("banyan_http_wakeups_total"), 1);
}

TEST(Respond, AnswersOneByOneShareWakeUps) {
    auto routes = usual_routes();
    std::vector<Respond> waiting;
    std::atomic<int> arrived{0};
    routes.add({Method::get, "/later", "later", [&](Request&&, Respond respond) {
                    waiting.push_back(std::move(respond));
                    ++arrived;
                }});
    std::promise<void> blocked, go;
    routes.add({Method::get, "/blocks", "blocks", [&](Request&&, Respond respond) {
                    blocked.set_value();
                    go.get_future().wait();  // the I/O thread is busy
                    respond(text_reply(""));
                }});
    Serving serving(std::move(routes));
    std::vector<std::unique_ptr<Wire>> wires;
    for (int i = 0; i < 100; ++i) {
        wires.push_back(std::make_unique<Wire>("127.0.0.1", serving.server.port()));
        wires.back()->send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
    }
    while (arrived < 100) std::this_thread::yield();
    Wire busy("127.0.0.1", serving.server.port());
    busy.send("GET /blocks HTTP/1.1\r\nHost: a\r\n\r\n");
    blocked.get_future().wait();
    for (auto& respond : waiting) respond(text_reply("later"));
    go.set_value();
    for (auto& wire : wires) EXPECT_EQ(read_answer(*wire).body, "later");
    EXPECT_EQ(serving.metric("banyan_http_wakeups_total"), 1);
}

TEST(Respond, IsCalledOnce) {
    int answers = 0, status = 0;
    auto count = [&](Reply&& reply) { ++answers, status = reply.status; };
    {
        Respond respond(count);
        respond(text_reply("x", 201));
        EXPECT_THROW(respond(text_reply("y")), std::logic_error);
    }
    EXPECT_EQ(answers, 1);
    EXPECT_EQ(status, 201);
    {
        Respond forgotten(count);
    }
    EXPECT_EQ(answers, 2);
    EXPECT_EQ(status, 500);
}

TEST(Respond, ForgottenOnAnotherThreadIs500) {
    auto routes = usual_routes();
    std::vector<std::jthread> threads;
    routes.add({Method::get, "/lost", "lost",
                [&](Request&&, Respond respond) { threads.emplace_back([lost = std::move(respond)] {}); }});
    Serving serving(std::move(routes));
    EXPECT_EQ(serving.client().request(Method::get, "/lost").status, 500);
}

TEST(Respond, AfterTheServerIsGoneIsDropped) {
    std::optional<Respond> kept;
    auto routes = usual_routes();
    routes.add({Method::get, "/later", "later", [&](Request&&, Respond respond) { kept = std::move(respond); }});
    auto options = for_tests();
    options.drain_time = Span{50'000};
    {
        Serving serving(std::move(routes), options);
        Wire wire("127.0.0.1", serving.server.port());
        wire.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
        auto client = serving.client();
        while (serving.metric("banyan_http_requests_in_flight") < 1) std::this_thread::yield();
    }
    (*kept)(text_reply("too late"));
}

}  // namespace
}  // namespace banyan::http
