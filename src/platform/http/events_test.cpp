#include <gtest/gtest.h>

#include <atomic>

#include "platform/http/serving.h"

namespace banyan::http {
namespace {

/// A server whose /events hands each new stream to the test.
struct Events {
    std::mutex mutex;
    std::vector<std::shared_ptr<EventStream>> streams;
    std::atomic<int> closed{0};
    std::size_t most_waiting = 64 * 1024;

    Routes routes() {
        auto routes = usual_routes();
        routes.add({Method::get, "/events", "events", [this](Request&&, Respond respond) {
                        auto stream = std::make_shared<EventStream>(most_waiting);
                        stream->on_close([this] { ++closed; });
                        {
                            std::lock_guard lock(mutex);
                            streams.push_back(stream);
                        }
                        respond({200, "text/event-stream", "", {{"Cache-Control", "no-store"}}, stream});
                    }});
        return routes;
    }
    std::shared_ptr<EventStream> next() {
        for (;;) {
            std::lock_guard lock(mutex);
            if (!streams.empty()) {
                auto stream = streams.back();
                streams.pop_back();
                return stream;
            }
        }
    }
    void wait_closed(int n) {
        for (int i = 0; i < 1000 && closed < n; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        EXPECT_EQ(closed, n);
    }
};

TEST(EventStream, DeliversWhatAnyThreadSends) {
    Events events;
    Serving serving(events.routes());
    EventReader reader("127.0.0.1", serving.server.port(), "/events");
    EXPECT_EQ(reader.answer().status, 200);
    EXPECT_EQ(reader.answer().header("Cache-Control"), "no-store");
    auto const stream = events.next();
    EXPECT_TRUE(stream->send("worklist", "7", "{\"version\":3}"));
    auto event = reader.next();
    ASSERT_TRUE(event);
    EXPECT_EQ(event->event, "worklist");
    EXPECT_EQ(event->id, "7");
    EXPECT_EQ(event->data, "{\"version\":3}");
    EXPECT_TRUE(stream->send("", "", "a\nb\r\nc"));
    EXPECT_EQ(reader.next()->data, "a\nb\nc");
    EXPECT_TRUE(stream->send("x\ndata: forged", "1\r\n\r\n", "d"));
    event = reader.next();
    EXPECT_EQ(event->event, "xdata: forged");
    EXPECT_EQ(event->id, "1");
    {
        std::vector<std::jthread> senders;
        for (int t = 0; t < 4; ++t)
            senders.emplace_back([&] {
                for (int i = 0; i < 100; ++i) stream->send("n", "", "x");
            });
    }
    for (int i = 0; i < 400; ++i) ASSERT_TRUE(reader.next()) << i;
    stream->close();
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(stream->send("n", "", "x"));
    events.wait_closed(1);
    EXPECT_EQ(serving.metric("banyan_http_event_streams"), 0);
}

TEST(EventStream, BeatsWhileNothingHappens) {
    Events events;
    auto options = for_tests();
    options.heartbeat_time = Span{50'000};
    Serving serving(events.routes(), options);
    EventReader reader("127.0.0.1", serving.server.port(), "/events");
    EXPECT_EQ(reader.line(), ":");
    EXPECT_EQ(reader.line(), "");
    EXPECT_EQ(reader.line(), ":");
    EXPECT_TRUE(events.next()->open());
}

TEST(EventStream, NoticesThatTheClientWent) {
    Events events;
    Serving serving(events.routes());
    {
        EventReader reader("127.0.0.1", serving.server.port(), "/events");
    }
    auto const stream = events.next();
    events.wait_closed(1);
    EXPECT_FALSE(stream->open());
    bool at_once = false;
    stream->on_close([&] { at_once = true; });
    EXPECT_TRUE(at_once);
}

TEST(EventStream, ASlowClientIsDroppedAndOthersAreNot) {
    Events events;
    events.most_waiting = 64 * 1024;
    Serving serving(events.routes());
    EventReader slow("127.0.0.1", serving.server.port(), "/events");
    auto const slow_stream = events.next();
    EventReader quick("127.0.0.1", serving.server.port(), "/events");
    auto const quick_stream = events.next();
    std::string const data(1000, 'x');
    int sent = 0;
    while (slow_stream->send("n", "", data) && sent < 200'000)  // the system's own buffers take some megabytes
        if (++sent % 10 == 0) std::this_thread::sleep_for(std::chrono::microseconds(500));
    EXPECT_LT(sent, 200'000);
    events.wait_closed(1);
    EXPECT_EQ(serving.metric("banyan_http_slow_streams_total"), 1);
    EXPECT_TRUE(quick_stream->send("n", "", data));
    EXPECT_EQ(quick.next()->data, data);
}

TEST(EventStream, EndsWhenTheServerStops) {
    Events events;
    Serving serving(events.routes());
    EventReader reader("127.0.0.1", serving.server.port(), "/events");
    auto const stream = events.next();
    stream->send("last", "", "words");
    std::thread stopping([&] { serving.stop(); });
    EXPECT_EQ(reader.next()->data, "words");
    EXPECT_FALSE(reader.next());
    stopping.join();
    EXPECT_EQ(events.closed, 1);
    EXPECT_FALSE(stream->open());
}

TEST(EventStream, HeadOfItEndsAtOnce) {
    Events events;
    Serving serving(events.routes());
    auto client = serving.client();
    EXPECT_EQ(client.request(Method::head, "/events").header("Content-Type"), "text/event-stream");
    EXPECT_EQ(client.request(Method::get, "/hello").body, "hello");
    events.wait_closed(1);
}

}  // namespace
}  // namespace banyan::http
