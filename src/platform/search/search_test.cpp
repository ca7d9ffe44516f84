#include "platform/search/search.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <atomic>
#include <fstream>
#include <thread>

namespace banyan::search {
namespace {

namespace fs = std::filesystem;

struct Folder {
    fs::path path;
    Folder() {
        std::string name = (fs::temp_directory_path() / "banyan_search_XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~Folder() { fs::remove_all(path); }
    Folder(Folder const&) = delete;
};

Document lamp(std::string key, double day = 1) {
    return {.key = std::move(key), .terms = {{"路灯", 2}, {"不亮"}}, .values = {{0, day}}, .data = "lamp"};
}
Document water(std::string key, double day = 2) {
    return {.key = std::move(key), .terms = {{"停水"}, {"不亮"}}, .values = {{0, day}}, .data = "water"};
}

std::vector<std::string> keys(Found const& found) {
    std::vector<std::string> keys;
    for (Hit const& hit : found.hits) keys.push_back(hit.key);
    return keys;
}
using Keys = std::vector<std::string>;

Index three() {
    Index index = Index::in_memory();
    index.replace(lamp("a", 1));
    index.replace(water("b", 2));
    index.replace({.key = "c", .terms = {{"路灯"}, {"路口"}, {"停水"}}, .values = {{0, 3.0}}, .data = {}});
    return index;
}

TEST(SearchIndex, FindsByTermsBestFirst) {
    Index const index = three();
    Searcher const searcher(index);
    EXPECT_EQ(keys(searcher.find(Query::term("路灯"))), (Keys{"a", "c"}));
    EXPECT_EQ(searcher.find(Query::term("路灯")).hits[0].data, "lamp");
    EXPECT_GT(searcher.find(Query::term("路灯")).hits[0].score, 0);
    EXPECT_EQ(keys(searcher.find(Query::term("nowhere"))), Keys{});
    EXPECT_EQ(searcher.find(Query::term("路灯")).about, 2u);
}

TEST(SearchIndex, KnowsTheTreeOfAQuery) {
    Index const index = three();
    Searcher const searcher(index);
    auto const lamps = Query::term("路灯"), dry = Query::term("停水"), dark = Query::term("不亮");
    FindOptions const rising{.order = FindOptions::Order::slot_rising, .slot = 0};
    EXPECT_EQ(keys(searcher.find(Query::any({lamps, dry}), rising)), (Keys{"a", "b", "c"}));
    EXPECT_EQ(keys(searcher.find(Query::all({lamps, dry}))), Keys{"c"});
    EXPECT_EQ(keys(searcher.find(Query::and_not(lamps, dry))), Keys{"a"});
    EXPECT_EQ(keys(searcher.find(Query::filter(lamps, dark))), Keys{"a"});
    EXPECT_EQ(keys(searcher.find(Query::and_maybe(dark, Query::scaled(dry, 100)))), (Keys{"b", "a"}));
    EXPECT_EQ(keys(searcher.find(Query::wildcard("路"), rising)), (Keys{"a", "c"}));
    EXPECT_EQ(keys(searcher.find(Query::range(0, 2, 3), rising)), (Keys{"b", "c"}));
    EXPECT_EQ(keys(searcher.find(Query::recent())), (Keys{"c", "b", "a"}));
    EXPECT_EQ(keys(searcher.find(Query::everything(), rising)), (Keys{"a", "b", "c"}));
    EXPECT_EQ(keys(searcher.find(Query::nothing())), Keys{});
}

TEST(SearchIndex, AFilterAndARangeHaveNoScore) {
    Index const index = three();
    Searcher const searcher(index);
    double const alone = searcher.find(Query::term("停水")).hits[0].score;
    EXPECT_EQ(searcher.find(Query::filter(Query::term("停水"), Query::term("不亮"))).hits[0].score, alone);
    EXPECT_EQ(searcher.find(Query::all({Query::term("停水"), Query::range(0, 2, 2)})).hits[0].score, alone);
}

TEST(SearchIndex, WhatWasAddedLaterIsScoredHigher) {
    Index index = three();
    index.replace(lamp("a"));
    Searcher const searcher(index);
    Found const found = searcher.find(Query::scaled(Query::recent(), 3));
    ASSERT_EQ(keys(found), (Keys{"c", "b", "a"})) << "what is replaced is as old as before";
    EXPECT_DOUBLE_EQ(found.hits[0].score, 3);
    EXPECT_DOUBLE_EQ(found.hits[2].score, 1);
    EXPECT_EQ(keys(searcher.find(Query::and_maybe(Query::term("路灯"), Query::scaled(Query::recent(), 9)))),
              (Keys{"c", "a"}));
    EXPECT_EQ(searcher.bounds(0), (std::pair(1.0, 3.0)));
}

TEST(SearchIndex, EmptyPartsOfAQueryAreWhatTheyShouldBe) {
    EXPECT_TRUE(Query::any({}).is_nothing());
    EXPECT_EQ(Query::all({}), Query::everything());
    EXPECT_TRUE(Query::all({Query::term("a"), Query::nothing()}).is_nothing());
    EXPECT_EQ(Query::any({Query::term("a"), Query::nothing()}), Query::term("a"));
    EXPECT_TRUE(Query::filter(Query::term("a"), Query::nothing()).is_nothing());
    EXPECT_EQ(Query::and_not(Query::term("a"), Query::nothing()), Query::term("a"));
}

TEST(SearchIndex, PagesInAGivenOrder) {
    Index const index = three();
    Searcher const searcher(index);
    FindOptions options{.most = 2, .order = FindOptions::Order::slot_falling, .slot = 0};
    EXPECT_EQ(keys(searcher.find(Query::everything(), options)), (Keys{"c", "b"}));
    options.from = 2;
    EXPECT_EQ(keys(searcher.find(Query::everything(), options)), Keys{"a"});
}

TEST(SearchIndex, OfFewerThanAskedForNoHitsAreRead) {
    Index const index = three();
    Searcher const searcher(index);
    Found const few = searcher.find(Query::term("路灯"), {.fewest = 3});
    EXPECT_TRUE(few.hits.empty());
    EXPECT_EQ(few.about, 2U);
    EXPECT_EQ(searcher.find(Query::term("路灯"), {.fewest = 2}).hits.size(), 2U);
}

TEST(SearchIndex, TheNewestAreThoseAddedLast) {
    Index index = three();
    index.replace(lamp("b"));
    index.replace(lamp("d"));
    Searcher const searcher(index);
    FindOptions const newest{.order = FindOptions::Order::newest};
    EXPECT_EQ(keys(searcher.find(Query::term("路灯"), newest)), (Keys{"d", "c", "b", "a"}));
    EXPECT_EQ(searcher.find(Query::term("路灯"), newest).hits[0].score, 0);
}

TEST(SearchIndex, ReplacesAndRemovesByKey) {
    Index index = three();
    index.replace(water("a"));
    index.remove("c");
    index.remove("never there");
    Searcher const searcher(index);
    EXPECT_EQ(index.count(), 2u);
    EXPECT_EQ(keys(searcher.find(Query::term("路灯"))), Keys{});
    EXPECT_EQ(searcher.data("a"), "water");
    EXPECT_FALSE(searcher.has("c"));
}

TEST(SearchIndex, TellsTermsAndTheirFrequency) {
    Index const index = three();
    Searcher const searcher(index);
    EXPECT_EQ(searcher.terms("a"), (std::vector<TermCount>{{"不亮", 1}, {"路灯", 2}}));
    EXPECT_EQ(searcher.frequency("停水"), 2u);
    EXPECT_EQ(searcher.terms_with("路", 10), (std::vector<TermCount>{{"路口", 1}, {"路灯", 2}}));
    EXPECT_EQ(searcher.terms_with("路", 1).size(), 1u);
}

TEST(SearchIndex, SaysHowManyMatchAtMost) {
    Index const index = three();
    Searcher const searcher(index);
    auto const lamps = Query::term("路灯"), dry = Query::term("停水"), none = Query::term("没有");
    for (Query const& query :
         {lamps, none, Query::nothing(), Query::everything(), Query::recent(), Query::wildcard("路"),
          Query::range(0, 1, 2), Query::any({lamps, dry}), Query::any({lamps, none}), Query::all({lamps, dry}),
          Query::all({lamps, none}), Query::and_not(lamps, dry), Query::filter(lamps, dry),
          Query::and_maybe(lamps, dry), Query::scaled(dry, 0.5)})
        EXPECT_GE(searcher.bound(query).most, searcher.find(query).about);
    EXPECT_EQ(searcher.bound(Query::any({lamps, dry})).most, 3U) << "no more than there are";
    EXPECT_EQ(searcher.bound(Query::all({lamps, none})).most, 0U);
    EXPECT_EQ(searcher.bound(Query::and_maybe(Query::scaled(lamps, 2), dry)).most, 2U);
    EXPECT_TRUE(searcher.bound(Query::and_maybe(Query::scaled(lamps, 2), dry)).near);
    EXPECT_FALSE(searcher.bound(Query::any({lamps, Query::all({lamps, dry})})).near);
}

TEST(SearchIndex, BadKeysAreRefusedAndLongTermsCut) {
    Index index = Index::in_memory();
    EXPECT_THROW(index.replace(lamp("")), Error);
    EXPECT_THROW(index.replace(lamp(std::string("a\0b", 3))), Error);
    EXPECT_THROW(index.replace(lamp(std::string(201, 'a'))), Error);
    std::string const longest(100'000, 'x'), zeros(500, '\0');
    index.replace({.key = "k", .terms = {{longest}, {zeros}, {""}}, .values = {}, .data = {}});
    Searcher const searcher(index);
    EXPECT_EQ(keys(searcher.find(Query::term(longest))), Keys{"k"});
    EXPECT_EQ(keys(searcher.find(Query::term(zeros))), Keys{"k"});
}

TEST(SearchIndexFolder, DocumentsAndPositionAreCommittedTogether) {
    Folder const folder;
    {
        Index index = Index::open(folder.path / "index");
        EXPECT_EQ(index.position(), "");
        index.set_note("format", "1");
        index.replace(lamp("a"));
        index.commit("17");
        index.replace(lamp("b"));
        Searcher const searcher(folder.path / "index");
        EXPECT_EQ(searcher.count(), 1u);
        EXPECT_EQ(searcher.position(), "17");
        EXPECT_EQ(searcher.note("format"), "1");
    }
    EXPECT_EQ(Index::open(folder.path / "index").position(), "17");
}

TEST(SearchIndexFolder, ASnapshotMovesOnWhenAsked) {
    Folder const folder;
    Index index = Index::open(folder.path);
    index.replace(lamp("a"));
    index.commit("1");
    Searcher searcher(folder.path);
    EXPECT_FALSE(searcher.refresh());
    index.replace(lamp("b"));
    index.commit("2");
    EXPECT_EQ(searcher.count(), 1u);
    EXPECT_EQ(searcher.frequency("路灯"), 1u);
    EXPECT_TRUE(searcher.refresh());
    EXPECT_EQ(searcher.count(), 2u);
    EXPECT_EQ(searcher.frequency("路灯"), 2u);
    EXPECT_EQ(searcher.position(), "2");
}

TEST(SearchIndexFolder, IsWrittenByOneOnly) {
    Folder const folder;
    Index const index = Index::open(folder.path);
    try {
        Index::open(folder.path);
        FAIL() << "opened twice";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind, Error::Kind::locked) << error.what();
    }
}

TEST(SearchIndexFolder, SaysWhatIsMissingOrDamaged) {
    Folder const folder;
    auto const kind_of = [](auto&& work) {
        try {
            work();
        } catch (Error const& error) {
            return error.kind;
        }
        return Error::Kind::other;
    };
    EXPECT_EQ(kind_of([&] { Searcher const searcher(folder.path / "nowhere"); }), Error::Kind::missing);
    {
        Index index = Index::open(folder.path / "index");
        for (int i = 0; i < 2000; ++i) index.replace(lamp(std::to_string(i)));
        index.commit("1");
    }
    EXPECT_TRUE(is_sound(folder.path / "index"));
    std::ofstream(folder.path / "index" / "iamglass", std::ios::trunc) << "not an index";
    EXPECT_EQ(kind_of([&] { Searcher const searcher(folder.path / "index"); }), Error::Kind::damaged);
    EXPECT_EQ(kind_of([&] { Index::open(folder.path / "index"); }), Error::Kind::damaged);
    EXPECT_FALSE(is_sound(folder.path / "index"));
}

TEST(SearchIndexFolder, DamagedBlocksAreAnErrorAndNoWrongAnswer) {
    Folder const folder;
    {
        Index index = Index::open(folder.path);
        for (int i = 0; i < 5000; ++i) index.replace(lamp(std::to_string(i)));
        index.commit("1");
    }
    fs::resize_file(folder.path / "postlist.glass", fs::file_size(folder.path / "postlist.glass") / 2);
    EXPECT_FALSE(is_sound(folder.path));
    try {
        Searcher const searcher(folder.path);
        for (int i = 0; i < 5000; ++i) (void)searcher.find(Query::key(std::to_string(i)));
        FAIL() << "half of it is not there";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind, Error::Kind::damaged) << error.what();
    }
}

TEST(SearchIndexFolder, ReadersGoOnWhileItIsWritten) {
    Folder const folder;
    Index index = Index::open(folder.path);
    for (int i = 0; i < 200; ++i) index.replace(lamp(std::to_string(i)));
    index.commit("0");
    Searcher const searcher(folder.path);  // never refreshed: what it stands on is overwritten again and again
    std::atomic<bool> done = false;
    std::thread writer([&] {
        for (int round = 1; round < 40; ++round) {
            for (int i = 0; i < 200; ++i) index.replace(lamp(std::to_string(i), round));
            index.commit(std::to_string(round));
        }
        done = true;
    });
    int searches = 0;
    for (; !done; ++searches) EXPECT_EQ(searcher.find(Query::term("路灯"), {.most = 200}).hits.size(), 200u);
    writer.join();
    EXPECT_GT(searches, 0);
}

TEST(SearchIndexFolder, CompactedItIsTheSame) {
    Folder const folder;
    {
        Index index = Index::open(folder.path / "a");
        for (int i = 0; i < 300; ++i) index.replace(lamp(std::to_string(i)));
        index.set_note("format", "1");
        index.commit("9");
    }
    compact(folder.path / "a", folder.path / "b");
    Index const index = Index::open(folder.path / "b");
    EXPECT_EQ(index.count(), 300u);
    EXPECT_EQ(index.position(), "9");
    EXPECT_EQ(index.note("format"), "1");
    EXPECT_TRUE(is_sound(folder.path / "b"));
}

}  // namespace
}  // namespace banyan::search
