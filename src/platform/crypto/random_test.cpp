#include "platform/crypto/random.h"

#include <gtest/gtest.h>

#include <array>
#include <mutex>
#include <set>
#include <thread>

namespace banyan::crypto {
namespace {

TEST(Random, NeverGivesTheSameTwice) {
    std::set<std::string> seen;
    std::mutex mutex;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 5'000; ++i) {
                std::string drawn = random_bytes(16);
                std::lock_guard lock(mutex);
                EXPECT_TRUE(seen.insert(drawn).second);
            }
        });
}

TEST(Random, GivesAnyLength) {
    for (std::size_t count : {0, 1, 16, 1023, 1024, 1025, 4096, 100'000})
        EXPECT_EQ(random_bytes(count).size(), count);
    EXPECT_NE(random_bytes(100'000).substr(99'000), std::string(1'000, '\0'));
}

TEST(Random, DigitsAreDigitsAndEquallyLikely) {
    std::array<int, 10> times{};
    for (char digit : random_digits(100'000)) ++times.at(static_cast<std::size_t>(digit - '0'));
    for (int count : times) EXPECT_NEAR(count, 10'000, 800);  // 8 standard deviations
    EXPECT_EQ(random_digits(6).size(), 6u);
}

}  // namespace
}  // namespace banyan::crypto
