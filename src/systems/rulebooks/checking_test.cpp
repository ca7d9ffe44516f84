#include "systems/rulebooks/checking.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"

namespace banyan::rulebooks {
namespace {

using testing::source_text;

Texts texts() {
    Texts all;
    for (char const* part : {"", "_notices", "_messages"})
        for (auto [language, name] : {std::pair{Language::zh, "zh"}, std::pair{Language::en, "en"}})
            EXPECT_TRUE(all.add(language, source_text("texts/" + std::string(name) + part + ".json")));
    return all;
}

Whole whole(std::string text) {
    auto read = read_whole(std::move(text), [](std::string_view) { return std::nullopt; });
    EXPECT_TRUE(read) << read.error().key;
    return std::move(*read);
}

Check wait_for(Checking const& checking, std::string const& hash) {
    for (int tries = 0; tries < 2000; ++tries) {
        auto const check = checking.find(hash);
        if (check && check->state != Check::State::waiting && check->state != Check::State::walking) return *check;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "it does not end";
    return {};
}

TEST(Checking, KeepsWhatItFoundByTheTextsHash) {
    Checking checking(texts());
    checking.start();
    std::string const text = source_text("procedures/notice.toml");
    auto const asked = checking.ask(whole(text));
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->hash, hash_of(text));
    Check const done = wait_for(checking, asked->hash);
    EXPECT_TRUE(done.clean());
    EXPECT_GT(done.states, 10U);
    EXPECT_EQ(checking.ask(whole(text))->state, Check::State::done) << "not walked again";
    EXPECT_FALSE(checking.find(std::string(64, 'a')));
    EXPECT_FALSE(checking.cancel(std::string(64, 'a')));
    EXPECT_EQ(checking.cancel(done.hash)->state, Check::State::done) << "what is done stays";
}

TEST(Checking, IsStoppedAndBegunAnew) {
    int rests = 0;
    Checking checking(texts(), [&] { ++rests; });
    checking.start();
    auto const asked = checking.ask(whole(source_text("procedures/appeal.toml")));
    for (int tries = 0; tries < 2000 && checking.find(asked->hash)->states == 0; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(checking.find(asked->hash)->state, Check::State::walking);
    EXPECT_EQ(checking.cancel(asked->hash)->state, Check::State::stopped);
    Check const next = wait_for(checking, checking.ask(whole(source_text("procedures/notice.toml")))->hash);
    EXPECT_TRUE(next.clean()) << "the thread is free for the next";
    EXPECT_EQ(checking.find(asked->hash)->state, Check::State::stopped);
    EXPECT_NE(checking.ask(whole(source_text("procedures/appeal.toml")))->state, Check::State::stopped);
    checking.stop();
    EXPECT_GT(rests, 0);
}

TEST(Checking, LetsOnlyAFewWait) {
    Checking checking(texts());  // not started: nothing is walked
    std::string const text = source_text("procedures/notice.toml");
    for (std::size_t n = 0; n < Checking::kMostWaiting; ++n)
        EXPECT_TRUE(checking.ask(whole(text + "# " + std::to_string(n) + "\n")));
    EXPECT_EQ(checking.ask(whole(text)).error().key, "rulebook.too_many");
    checking.cancel(hash_of(text + "# 1\n"));
    EXPECT_TRUE(checking.ask(whole(text))) << "whoever gives up makes room";
}

}  // namespace
}  // namespace banyan::rulebooks
