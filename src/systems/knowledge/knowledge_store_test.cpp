#include "systems/knowledge/knowledge_store.h"

#include <gtest/gtest.h>

#include "platform/store/testing/stores.h"
#include "systems/knowledge/testing.h"

namespace banyan::knowledge {
namespace {

std::vector<store::Migration> const& schema() {
    static std::string const kSql = testing::source_text("src/systems/knowledge/schema/0010_knowledge.sql");
    static std::string const kEntries = testing::source_text("src/systems/knowledge/schema/0011_entries.sql");
    static std::vector<store::Migration> const kAll{{10, "0010_knowledge.sql", kSql},
                                                    {11, "0011_entries.sql", kEntries}};
    return kAll;
}

class KnowledgeStore : public store::testing::OnBothEngines {
  protected:
    std::int64_t count(std::string const& sql) {
        std::int64_t n = -1;
        session->query(sql, {}, [&](store::Row const& row) { n = row.integer(0); });
        return n;
    }
    TakenIn entries(std::vector<Entry> const& all, Origin origin = Origin::shipped) {
        session->begin_write();
        TakenIn const taken = take_in_entries(*session, all, origin, now);
        session->commit();
        return taken;
    }
    TakenIn laws(Stock const& all) {
        session->begin_write();
        TakenIn const taken = take_in_laws(*session, all, Origin::shipped, now);
        session->commit();
        return taken;
    }

    store::testing::TestStore db = fresh(schema());
    std::unique_ptr<store::Session> session = db->open_writer();
    Instant now{1'791'507'600'000'000};
    Stock stock = testing::small();
};
BANYAN_ON_BOTH_ENGINES(KnowledgeStore);

TEST_P(KnowledgeStore, GivesBackWhatWasTakenIn) {
    EXPECT_EQ(entries(stock.entries).added, 3);
    EXPECT_EQ(laws(stock).added, 4);
    Stock const back = load_stock(*session);
    ASSERT_EQ(back.entries.size(), stock.entries.size());
    for (std::size_t i = 0; i < back.entries.size(); ++i) {
        Entry const &was = stock.entries[i], &is = back.entries[i];
        EXPECT_EQ(is.name(), was.name());
        EXPECT_EQ(is.variants, was.variants);
        EXPECT_EQ(is.body, was.body);
        EXPECT_EQ(is.basis, was.basis);
        EXPECT_EQ(is.articles, was.articles);
        EXPECT_EQ(is.force.area, was.force.area);
        EXPECT_EQ(is.force.from, was.force.from);
        EXPECT_EQ(is.force.until, was.force.until);
    }
    ASSERT_EQ(back.articles.size(), stock.articles.size());
    for (std::size_t i = 0; i < back.articles.size(); ++i) {
        EXPECT_EQ(back.name(back.articles[i]), stock.name(stock.articles[i]));
        EXPECT_EQ(back.articles[i].text, stock.articles[i].text);
        EXPECT_EQ(back.articles[i].wordings, stock.articles[i].wordings);
    }
    for (Law const& was : stock.laws) {
        Law const* is = back.law(was.id);
        ASSERT_NE(is, nullptr);
        EXPECT_EQ(is->title, was.title);
        EXPECT_EQ(is->sure, was.sure);
        EXPECT_EQ(is->made, was.made);
        EXPECT_EQ(is->count, was.count);
        EXPECT_EQ(is->superseded_by, was.superseded_by);
    }
}

TEST_P(KnowledgeStore, LeavesTheSameAsItIs) {
    entries(stock.entries);
    laws(stock);
    EXPECT_EQ(entries(stock.entries).unchanged, 3);
    EXPECT_EQ(laws(stock).unchanged, 4);
    EXPECT_EQ(count("SELECT COUNT(*) FROM knowledge_law"), 4);
    EXPECT_EQ(count("SELECT COUNT(*) FROM knowledge_entry"), 3);
}

TEST_P(KnowledgeStore, KeepsTheOldEditionOfWhatChanged) {
    laws(stock);
    stock.articles.front().text += "!";
    stock.laws[stock.articles.front().law].note = "mended";
    TakenIn const taken = laws(stock);
    EXPECT_EQ(taken.changed, 1);
    EXPECT_EQ(taken.unchanged, 3);
    EXPECT_EQ(count("SELECT COUNT(*) FROM knowledge_law"), 5);
    EXPECT_EQ(count("SELECT MAX(edition) FROM knowledge_law WHERE replaced = 0"), 2);
    Stock const back = load_stock(*session);
    EXPECT_EQ(back.laws.size(), 4U);
    EXPECT_EQ(back.articles.size(), stock.articles.size());
    EXPECT_EQ(back.articles.front().text, stock.articles.front().text);
}

TEST_P(KnowledgeStore, EndsWhatNoLongerShipsAndTakesItInAgain) {
    entries(stock.entries);
    std::vector<Entry> fewer(stock.entries.begin(), stock.entries.end() - 1);
    EXPECT_EQ(entries(fewer).ended, 1);
    EXPECT_EQ(load_stock(*session).entries.size(), 2U);
    EXPECT_EQ(entries(fewer).ended, 0) << "once";
    EXPECT_EQ(entries(stock.entries).changed, 1);
    EXPECT_EQ(load_stock(*session).entries.size(), 3U);
}

TEST_P(KnowledgeStore, DoesNotEndWhatWasImported) {
    Entry own = stock.entries.front();
    own.id = "our-own";
    EXPECT_EQ(entries({own}, Origin::imported).added, 1);
    EXPECT_EQ(entries(stock.entries).ended, 0);
    own.body = "another";
    EXPECT_EQ(entries({own}, Origin::imported).changed, 1);
    EXPECT_EQ(load_stock(*session).entry("our-own", 1)->body, "another");
    EXPECT_EQ(load_stock(*session).entries.size(), 4U);
}

TEST_P(KnowledgeStore, RemembersWhatItTookIn) {
    session->begin_write();
    EXPECT_FALSE(same_source(*session, "laws", "a"));
    note_source(*session, "laws", "a", now);
    EXPECT_TRUE(same_source(*session, "laws", "a"));
    note_source(*session, "laws", "b", now);
    EXPECT_FALSE(same_source(*session, "laws", "a"));
    EXPECT_TRUE(same_source(*session, "laws", "b"));
    session->commit();
}

TEST_P(KnowledgeStore, IsEmptyBeforeAnythingWasTakenIn) {
    Stock const none = load_stock(*session);
    Library const library(none, testing::lexicon());
    EXPECT_TRUE(library.find({"路灯", "00", *parse_day("2026-10-09"), true, true, 10}).empty());
}

}  // namespace
}  // namespace banyan::knowledge
