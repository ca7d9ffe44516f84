// Long lists in windows: no gap, no double, and the same hits as one list has.
#include "platform/search/windows.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace banyan::search {
namespace {

constexpr std::uint32_t kEnough = 50;

using Keys = std::vector<std::string>;

std::string key_of(int number) { return fmt::format("{:05}", number); }

Document about(int number, std::vector<TermCount> terms) {
    return {.key = key_of(number), .terms = std::move(terms), .values = {}, .data = {}};
}

/// So many lamps, each tenth of them often lit and each seventh wet.
Index lamps(int count) {
    Index index = Index::in_memory();
    for (int i = 1; i <= count; ++i) {
        std::vector<TermCount> terms{{"灯", i % 10 == 0 ? 5U : 1U}};
        if (i % 7 == 0) terms.push_back({"水"});
        index.replace(about(i, std::move(terms)));
    }
    return index;
}

struct Walked {
    Keys keys;
    std::vector<Window> windows;  ///< of each key
};
/// All of it, page by page, each with a new list, as a server is asked.
Walked walk(Searcher const& searcher, Query const& query, FindOptions::Order order, std::uint32_t page_size,
            Width width = {kEnough}) {
    Walked walked;
    std::optional<Place> place;
    for (int pages = 0; pages < 10'000; ++pages) {
        Windows const windows(searcher, query, {.order = order}, width);
        Windows::Page const page = windows.page(place, page_size);
        if (page.hits.empty()) return walked;
        for (Hit const& hit : page.hits) {
            walked.keys.push_back(hit.key);
            walked.windows.push_back(page.place.window);
        }
        place = Place{page.place.window, page.place.from + static_cast<std::uint32_t>(page.hits.size())};
    }
    ADD_FAILURE() << "no end";
    return walked;
}

Keys sorted(Keys keys) {
    std::ranges::sort(keys);
    return keys;
}

constexpr auto kRelevance = FindOptions::Order::relevance, kNewest = FindOptions::Order::newest;

TEST(SearchWindows, PagesOverTheirEdgesHaveNoGapAndNoDouble) {
    Index const index = lamps(4000);
    Searcher const searcher(index);
    for (Query const& query :
         {Query::term("灯"), Query::term("水"), Query::any({Query::term("灯"), Query::term("水")}),
          Query::all({Query::term("灯"), Query::term("水")}), Query::everything(),
          Query::and_not(Query::term("灯"), Query::term("水"))})
        for (auto const order : {kRelevance, kNewest})
            for (std::uint32_t const size : {1U, 7U, 50U, 64U, 300U}) {
                Walked const walked = walk(searcher, query, order, size);
                Found const whole = searcher.find(query, {.most = 5000, .order = kNewest});
                Keys all;
                for (Hit const& hit : whole.hits) all.push_back(hit.key);
                if (order == kNewest)
                    EXPECT_EQ(walked.keys, all) << "one long list";
                else
                    EXPECT_EQ(sorted(walked.keys), sorted(all));
                EXPECT_GT(walked.windows.size(), 0U);
                EXPECT_NE(walked.windows.front(), walked.windows.back()) << "more than one window";
            }
}

TEST(SearchWindows, AreRankedByThemselvesTheNewestFirst) {
    Index const index = lamps(2000);
    Searcher const searcher(index);
    Walked const walked = walk(searcher, Query::term("灯"), kRelevance, 20);
    ASSERT_EQ(walked.keys.size(), 2000U);
    EXPECT_EQ(walked.keys.front(), key_of(2000)) << "the best of the newest window";
    for (std::size_t i = 1; i < walked.keys.size(); ++i) {
        if (walked.windows[i] == walked.windows[i - 1]) continue;
        EXPECT_EQ(walked.windows[i].upto, walked.windows[i - 1].above);
        EXPECT_TRUE(walked.keys[i].ends_with('0')) << walked.keys[i] << ": each window begins with its best";
    }
}

TEST(SearchWindows, WhatFewHaveIsRankedOverAll) {
    Index index = Index::in_memory();
    index.replace(about(0, {{"火", 9}}));
    for (int i = 1; i <= 3000; ++i) index.replace(about(i, {{i % 100 == 0 ? "火" : "灯"}}));
    Searcher const searcher(index);
    Windows const windows(searcher, Query::term("火"), {}, {kEnough});
    Windows::Page const page = windows.page({}, 20);
    ASSERT_EQ(page.hits.size(), 20U);
    EXPECT_EQ(page.hits.front().key, key_of(0)) << "the oldest of all";
    EXPECT_FALSE(page.older);
    EXPECT_EQ(page.about, 31U);
}

/// 火 is often said, but without 旧 only in each hundredth and in the oldest 29.
Index fires(int count) {
    Index index = Index::in_memory();
    for (int i = 1; i <= count; ++i) {
        std::vector<TermCount> terms{{i % 100 == 0 || i <= count / 4 ? "火" : "灯"}};
        if (i >= 30 && i % 100 != 0) terms.push_back({"旧"});
        index.replace(about(i, std::move(terms)));
    }
    return index;
}
Query fire() { return Query::and_not(Query::term("火"), Query::term("旧")); }

TEST(SearchWindows, AreNoWiderThanTheWidest) {
    Index const index = fires(4000);
    Searcher const searcher(index);
    constexpr Width kNarrow{kEnough, 950};
    Windows::Page const page = Windows(searcher, fire(), {}, kNarrow).page({}, 20);
    EXPECT_EQ(page.place.window, (Window{.above = 3050, .upto = 4000}));
    EXPECT_EQ(page.hits.size(), 10U) << "fewer than a page, and not enough";
    EXPECT_EQ(page.about, 10U);
    EXPECT_TRUE(page.older);
    for (std::uint32_t const size : {3U, 10U, 64U}) {
        Walked const walked = walk(searcher, fire(), kNewest, size, kNarrow);
        EXPECT_EQ(walked.keys.size(), 69U);
        EXPECT_EQ(walked.keys.back(), key_of(1));
        EXPECT_EQ(walk(searcher, Query::term("灯"), kRelevance, size, kNarrow).keys.size(), 2970U);
    }
}

TEST(SearchWindows, OfRareTermsTheFirstIsWiderThanTheWidest) {
    Index index = Index::in_memory();
    for (int i = 1; i <= 4000; ++i) index.replace(about(i, {{i % 100 == 0 ? "火" : i % 10 == 0 ? "水" : "灯"}}));
    Searcher const searcher(index);
    constexpr Width kNarrow{kEnough, 950};
    Windows::Page const few = Windows(searcher, Query::term("火"), {}, kNarrow).page({}, 20);
    EXPECT_EQ(few.place.window, (Window{.above = 0, .upto = 4000}));
    EXPECT_EQ(few.about, 40U);
    Windows::Page const some = Windows(searcher, Query::term("水"), {}, kNarrow).page({}, 20);
    EXPECT_EQ(some.place.window, (Window{.above = 3050, .upto = 4000}));
}

TEST(SearchWindows, BehindAWindowThatIsDoneNothingIsSkipped) {
    Index const index = fires(8000);
    Searcher const searcher(index);
    Windows const windows(searcher, fire(), {.order = kNewest}, {kEnough, 950});
    Windows::Page page = windows.page({}, 100);
    Keys keys;
    std::vector<Window> seen;
    while (!page.hits.empty()) {
        for (Hit const& hit : page.hits) keys.push_back(hit.key);
        EXPECT_EQ(page.hits.size(), page.about) << "all of a window at once";
        if (!seen.empty()) {
            EXPECT_EQ(page.place.window.upto, seen.back().above);
        }
        seen.push_back(page.place.window);
        if (!page.older) break;
        page = windows.behind(page.place.window, page.hits.size(), 100);
    }
    EXPECT_EQ(keys.size(), 109U);
    EXPECT_EQ(keys.back(), key_of(1));
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen.front(), (Window{.above = 7050, .upto = 8000}));
    EXPECT_EQ(seen.back().above, 0U) << "ten in 950 say that a hundred need them all";
    Windows::Page const few = windows.behind(seen.front(), 10, 5);
    EXPECT_EQ(few.place.window, (Window{.above = 6100, .upto = 7050})) << "no narrower than the one before";
}

TEST(SearchWindows, AnEmptyWidestWindowIsNoEnd) {
    Index index = Index::in_memory();
    for (int i = 1; i <= 4000; ++i) index.replace(about(i, {{i <= 30 ? "旧" : "新"}}));
    Searcher const searcher(index);
    EXPECT_EQ(walk(searcher, Query::term("旧"), kRelevance, 20, {kEnough, 700}).keys.size(), 30U);
    EXPECT_TRUE(walk(searcher, Query::term("没有"), kRelevance, 20, {kEnough, 700}).keys.empty());
}

TEST(SearchWindows, AreAsWideAsItTakes) {
    Index index = Index::in_memory();
    for (int i = 1; i <= 4000; ++i) index.replace(about(i, {{i <= 400 ? "旧" : "新"}, {"都"}}));
    Searcher const searcher(index);
    Query const old = Query::all({Query::term("旧"), Query::term("都")});
    EXPECT_EQ(walk(searcher, old, kNewest, 30).keys.size(), 400U) << "of long ago only";
    Windows::Page const page = Windows(searcher, old, {}, {kEnough}).page({}, 10);
    EXPECT_GE(page.about, kEnough);
    Windows::Page const common = Windows(searcher, Query::term("都"), {}, {kEnough}).page({}, 10);
    EXPECT_TRUE(common.older);
    EXPECT_EQ(common.place.window.upto, 4000U);
    EXPECT_GE(common.place.window.above, 4000 - 16 * kEnough);
}

TEST(SearchWindows, WhatIsReplacedKeepsItsPlaceAndWhatIsNewDoesNotMovePages) {
    Index index = lamps(1000);
    Searcher const searcher(index);
    Windows const windows(searcher, Query::term("灯"), {.order = kNewest}, {kEnough});
    Windows::Page const first = windows.page({}, 20);
    EXPECT_EQ(first.hits.back().key, key_of(981));
    index.replace(about(970, {{"灯", 3}}));
    for (int i = 1001; i <= 1100; ++i) index.replace(about(i, {{"灯"}}));
    Windows::Page const second = windows.page(Place{first.place.window, 20}, 20);
    ASSERT_EQ(second.hits.size(), 20U);
    EXPECT_EQ(second.hits.front().key, key_of(980));
    EXPECT_EQ(second.hits[10].key, key_of(970));
    EXPECT_EQ(windows.page({}, 1).hits.front().key, key_of(1100));
}

TEST(SearchWindows, NumbersThatWereRemovedAreNoHits) {
    Index index = lamps(1000);
    for (int i = 1; i <= 1000; ++i)
        if (i % 3 != 0) index.remove(key_of(i));
    Searcher const searcher(index);
    for (Query const& query : {Query::everything(), Query::term("灯")})
        EXPECT_EQ(walk(searcher, query, kNewest, 25).keys.size(), 333U);
}

TEST(SearchWindows, OfAnEmptyIndexAndOfNothing) {
    Index const index = Index::in_memory();
    Searcher const searcher(index);
    EXPECT_TRUE(walk(searcher, Query::term("灯"), kRelevance, 20).keys.empty());
    Index const some = lamps(500);
    Searcher const other(some);
    EXPECT_TRUE(walk(other, Query::nothing(), kRelevance, 20).keys.empty());
    EXPECT_TRUE(walk(other, Query::term("没有"), kNewest, 20).keys.empty());
}

TEST(SearchWindows, DrawnWordsAreFoundOnceEach) {
    std::mt19937 random(7);
    Index index = Index::in_memory();
    std::vector<std::set<std::string>> has(6);
    for (int i = 0; i < 1500; ++i) {
        std::vector<TermCount> terms;
        for (std::size_t term = 0; term < has.size(); ++term)
            if (random() % (1U << (2 * term)) == 0) {
                terms.push_back({fmt::format("t{}", term), static_cast<std::uint32_t>(1 + random() % 3)});
                has[term].insert(key_of(i));
            }
        index.replace(about(i, std::move(terms)));
    }
    Searcher const searcher(index);
    for (std::size_t term = 0; term < has.size(); ++term) {
        Keys const found = walk(searcher, Query::term(fmt::format("t{}", term)), kRelevance, 13).keys;
        EXPECT_EQ(sorted(found), Keys(has[term].begin(), has[term].end())) << term;
    }
}

TEST(SearchIndex, AWindowLetsOnlyItsNumbersThrough) {
    Index const index = lamps(100);
    Searcher const searcher(index);
    EXPECT_EQ(searcher.last_number(), 100U);
    Found const found =
        searcher.find(Query::term("灯"), {.most = 200, .order = kNewest, .window = {.above = 40, .upto = 60}});
    ASSERT_EQ(found.hits.size(), 20U);
    EXPECT_EQ(found.hits.front().key, key_of(60));
    EXPECT_EQ(found.hits.back().key, key_of(41));
}

}  // namespace
}  // namespace banyan::search
