// The index follows the journal, survives being stopped anywhere, and is made anew when it is no good. On both
// databases.
#include "kernel/index/matter_index.h"

#include <fstream>
#include <thread>

#include "kernel/index/document.h"
#include "kernel/index/rebuild_index.h"
#include "kernel/index/testing/searched_city.h"

namespace banyan::index {
namespace {

using namespace banyan::index::testing;

namespace fs = std::filesystem;

class Indexing : public store::testing::OnBothEngines {
  protected:
    void SetUp() override { at = std::make_unique<SearchedCity>(GetParam()); }
    MatterId lamp() { return at->file("路灯不亮", "很黑"); }
    std::size_t lamps() { return at->search("seat01", "路灯").size(); }
    bool was_told(std::string const& what) { return at->everything_told().find(what) != std::string::npos; }
    /// Each matter's document is what one made of it now would be.
    void expect_as_made_now() {
        auto const lease = at->index->searcher();
        auto session = at->city.db()->open_reader();
        std::vector<std::int64_t> ids;
        session->query("SELECT id FROM matter", {}, [&](store::Row const& row) { ids.push_back(row.integer(0)); });
        EXPECT_EQ((*lease).count(), ids.size());
        for (Matter const& matter : load_matters(*session, ids, at->city.engine().procedures())) {
            auto wanted = document_of(matter, load_history(*session, matter), reader()).terms;
            std::ranges::sort(wanted, {}, &search::TermCount::text);
            EXPECT_EQ((*lease).terms(matter.id.text()), wanted) << matter.id.text();
        }
    }
    std::unique_ptr<SearchedCity> at;
};
BANYAN_ON_BOTH_ENGINES(Indexing);

TEST_P(Indexing, FollowsWhatHappens) {
    lamp();
    at->start();
    EXPECT_EQ(lamps(), 1U);
    lamp();
    at->catch_up();
    EXPECT_EQ(lamps(), 2U);
    tell_story(at->city);
    at->catch_up();
    expect_as_made_now();
    IndexStatus const status = at->index->status();
    EXPECT_TRUE(status.complete);
    EXPECT_EQ(status.lag_events, 0);
    EXPECT_EQ(status.lag_s, 0);
    EXPECT_EQ(status.faults, 0) << at->everything_told();
    EXPECT_EQ(status.made_anew, 1) << "there was none";
}

TEST_P(Indexing, GoesOnWhereItWas) {
    tell_story(at->city);
    at->start();
    at->stop();
    tell_story(at->city);
    at->start();
    expect_as_made_now();
    EXPECT_EQ(at->index->status().made_anew, 0);
}

TEST_P(Indexing, IsMadeAnewWhenItIsDamagedOrOfAnotherFormat) {
    lamp();
    at->start();
    at->stop();
    fs::path const current = *Folder(at->folder()).current();
    std::ofstream(current / "iamglass", std::ios::trunc) << "broken";
    at->start();
    EXPECT_EQ(lamps(), 1U);
    EXPECT_TRUE(was_told("index.made_anew")) << at->everything_told();
    EXPECT_FALSE(fs::exists(current)) << "what is of no use is gone";
    at->stop();
    {
        search::Index index = search::Index::open(*Folder(at->folder()).current());
        index.set_note("format", "0");
        index.commit(index.position());
    }
    at->start();
    EXPECT_EQ(lamps(), 1U);
    EXPECT_EQ(at->index->status().made_anew, 1);
    at->stop();
    fs::remove_all(at->folder());
    at->start();
    EXPECT_EQ(lamps(), 1U);
}

TEST_P(Indexing, IsMadeAnewWhenASearchFindsItDamaged) {
    lamp();
    at->start();
    at->index->report_damage();
    ASSERT_TRUE(soon([&] { return at->index->status().made_anew >= 2; }));
    at->catch_up();
    EXPECT_EQ(lamps(), 1U);
}

TEST_P(Indexing, NoticesAnotherJournal) {
    lamp();
    at->start();
    at->stop();
    SearchedCity other(GetParam());
    other.file("停水", "没有水");
    fs::copy(at->folder(), other.folder(), fs::copy_options::recursive);
    other.start();
    EXPECT_EQ(other.search("seat01", "路灯").size(), 0U);
    EXPECT_EQ(other.search("seat01", "停水").size(), 1U);
    EXPECT_EQ(other.index->status().made_anew, 1);
}

TEST_P(Indexing, IsNotAheadOfAJournalThatLostItsEnd) {
    lamp();
    at->start();
    at->stop();
    tamper(at->city.db(), "UPDATE event SET hash = $1", {store::Bytes{"something else, of a later past"}});
    at->start();
    EXPECT_EQ(at->index->status().made_anew, 1);
}

TEST_P(Indexing, ARebuiltOneIsTakenIntoUseWhileItRuns) {
    for (int i = 0; i < 20; ++i) lamp();
    at->start();
    std::string const before = Folder(at->folder()).current_name();
    std::vector<RebuildProgress> seen;
    RebuildProgress const done =
        rebuild_index(Folder(at->folder()), {at->city.db().get(), at->city.engine().procedures(), reader()},
                      [&](RebuildProgress const& progress) { seen.push_back(progress); });
    EXPECT_EQ(done.documents, 20U);
    EXPECT_FALSE(seen.empty());
    EXPECT_NE(Folder(at->folder()).current_name(), before);
    lamp();
    EXPECT_TRUE(soon([&] { return was_told("index.switched"); })) << at->everything_told();
    at->catch_up();
    EXPECT_EQ(lamps(), 21U);
    EXPECT_FALSE(fs::exists(at->folder() / before)) << "the old one is removed by who had it";
}

TEST_P(Indexing, IsSearchedWhileAnotherIsTakenIntoUse) {
    for (int i = 0; i < 20; ++i) lamp();
    at->start();
    std::atomic<bool> done = false;
    std::atomic<int> searches = 0;
    std::vector<std::thread> askers;
    askers.reserve(2);
    for (int i = 0; i < 2; ++i)
        askers.emplace_back([&] {
            for (; !done; ++searches) EXPECT_EQ(at->find_as("seat01", "路灯").about, 20U);
        });
    std::string in_use = Folder(at->folder()).current_name();
    for (int made = 0; made < 8; ++made) {
        rebuild_index(Folder(at->folder()), {at->city.db().get(), at->city.engine().procedures(), reader()});
        EXPECT_TRUE(soon([&] { return !fs::exists(at->folder() / in_use); })) << "removed by who had it";
        in_use = Folder(at->folder()).current_name();
    }
    done = true;
    for (std::thread& asker : askers) asker.join();
    EXPECT_GT(searches, 8);
    EXPECT_EQ(at->index->status().made_anew, 1) << at->everything_told();
}

TEST_P(Indexing, AHalfMadeOneIsNeverUsed) {
    lamp();
    at->start();
    at->stop();
    Folder const folder(at->folder());
    std::string const before = folder.current_name();
    fs::path const half = folder.next();
    {
        search::Index index = search::Index::open(half);
        index.commit("walk 0 - 0 0");
    }
    at->start();
    EXPECT_EQ(folder.current_name(), before);
    EXPECT_FALSE(fs::exists(half));
    Folder::Making const making(folder);
    EXPECT_THROW(rebuild_index(folder, {at->city.db().get(), at->city.engine().procedures(), reader()}),
                 std::runtime_error)
        << "one at a time";
}

TEST_P(Indexing, IsSearchedWhileItIsWritten) {
    for (int i = 0; i < 30; ++i) lamp();
    at->start();
    std::atomic<bool> done = false;
    std::thread writer([&] {
        for (int i = 0; i < 100; ++i) lamp();
        done = true;
    });
    while (!done) EXPECT_GE(lamps(), 30U);
    writer.join();
    at->catch_up();
    EXPECT_EQ(at->find_as("seat01", "路灯").about, 130U);
}

}  // namespace
}  // namespace banyan::index
