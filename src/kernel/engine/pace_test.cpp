#include "kernel/engine/pace.h"

#include <gtest/gtest.h>

#include <future>

#include "kernel/engine/testing/city.h"
#include "platform/store/testing/postgres_server.h"

namespace banyan {
namespace {

/// So many calls at once; answered when it returns.
void call_at_once(testing::City& city, int calls) {
    std::vector<std::promise<void>> answered(static_cast<std::size_t>(calls));
    for (std::promise<void>& one : answered) {
        Request request;
        Command command;
        command.actor = city.actor("seat01");
        command.procedure = "appeal";
        command.step = "file";
        command.form = {{"title", "停水"}, {"body", "没有水"}, {"channel", "phone"}};
        request.what = std::move(command);
        request.done = [&](Answer const&) { one.set_value(); };
        while (!city.engine().submit(request)) std::this_thread::yield();
    }
    for (std::promise<void>& one : answered) one.get_future().wait();
}

void work() {
    volatile int sum = 0;
    auto const until = std::chrono::steady_clock::now() + std::chrono::milliseconds(5);
    while (std::chrono::steady_clock::now() < until) sum = sum + 1;
}

class Pacing : public ::testing::TestWithParam<store::Engine> {};

TEST_P(Pacing, RestsWhileManyWaitAndOnlyThen) {
    testing::City city(GetParam());
    city.set_clock(testing::at("2026-10-09 09:00"));
    Pace pace(city.engine());
    int rests = 0;
    auto wait = [&](std::chrono::milliseconds) { return ++rests < 3; };
    work();
    EXPECT_TRUE(pace.rest(wait));
    EXPECT_EQ(rests, 0) << "nobody has called";

    bool went_on = true;
    for (int tries = 0; tries < 200 && went_on; ++tries) {
        call_at_once(city, 200);
        work();
        went_on = pace.rest(wait);
    }
    EXPECT_FALSE(went_on) << "told to stop while it rests";
    EXPECT_EQ(rests, 3) << "it rests only while the engine is pressed";

    for (int tries = 0; tries < 1'000 && city.engine().pressed(); ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_FALSE(city.engine().pressed()) << "it is over";
    work();
    EXPECT_TRUE(pace.rest(wait));
    EXPECT_EQ(rests, 3);
}

BANYAN_ON_BOTH_ENGINES(Pacing);

}  // namespace
}  // namespace banyan
