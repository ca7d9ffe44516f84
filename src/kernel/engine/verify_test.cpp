#include "kernel/engine/verify.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/journal.h"
#include "kernel/engine/testing/story.h"

namespace banyan {
namespace {

using namespace banyan::testing;

std::string words(Finding const& finding) {
    std::string text = finding.key + " lane " + std::to_string(finding.lane) + " event " + finding.event.text() +
                       " matter " + finding.matter.text();
    for (auto const& [name, value] : finding.params) text += " " + name + "=" + value;
    return text;
}

std::string words(VerifyReport const& report) {
    std::string text = std::to_string(report.faults) + " findings";
    for (std::size_t i = 0; i < report.findings.size() && i < 10; ++i) text += "\n  " + words(report.findings[i]);
    return text;
}

class Verify : public store::testing::OnBothEngines {
  protected:
    VerifyReport look() { return verify(*city.db(), city.engine().procedures(), &city.keys(), city.heads_log()); }
    void expect_only(std::string const& key, EventId event) {
        VerifyReport const report = look();
        EXPECT_FALSE(report.ok);
        ASSERT_EQ(report.faults, 1) << words(report);
        EXPECT_EQ(report.findings[0].key, key) << words(report);
        EXPECT_EQ(report.findings[0].event, event) << words(report);
    }
    std::string param(std::string const& name) {
        Finding const first = look().findings.at(0);
        for (auto const& [key, value] : first.params)
            if (key == name) return value;
        return {};
    }
    void change(std::string const& sql, std::vector<store::Cell> const& args = {}) {
        tamper(city.db(), sql, args);
    }
    std::vector<EventRow> history(MatterId id) { return load_history(city.reader(), *city.matter(id)); }
    void sign() { city.engine().make_checkpoint_now(); }
    std::string hash_at(EventId id) {
        std::string hash;
        city.db()->open_reader()->query("SELECT hash FROM event WHERE id = $1", {id.value},
                                        [&](store::Row const& row) { hash = row.bytes(0); });
        return hash;
    }

    City city{GetParam()};
};
BANYAN_ON_BOTH_ENGINES(Verify);

TEST_P(Verify, FindsNothingInAnEmptyDatabase) {
    VerifyReport const report = look();
    EXPECT_TRUE(report.ok) << words(report);
    EXPECT_EQ(report.events, 0);
}

TEST_P(Verify, FindsNothingAfterAStoryAndARestart) {
    tell_story(city);
    sign();
    VerifyReport report = look();
    EXPECT_TRUE(report.ok) << words(report);
    EXPECT_EQ(report.matters, 20);
    EXPECT_EQ(report.checkpoints, 1);
    city.restart();
    city.open("seat01", {{"title", "还有一件"}, {"body", "重启之后"}, {"channel", "phone"}});
    sign();
    report = look();
    EXPECT_TRUE(report.ok) << words(report);
    EXPECT_EQ(report.matters, 21);
    EXPECT_EQ(report.checkpoints, 2);
    EXPECT_EQ(report.events, static_cast<std::int64_t>(all_events(*city.db()).size()));
}

TEST_P(Verify, SaysHowFarItHasCome) {
    tell_story(city);
    std::int64_t last = 0, all = 0;
    verify(*city.db(), city.engine().procedures(), nullptr, "",
           [&](std::int64_t done, std::int64_t of) { last = done, all = of; });
    EXPECT_EQ(last, all);
    EXPECT_GT(all, 0);
}

TEST_P(Verify, NamesTheEventWhoseBodyWasAltered) {
    EventRow const event = history(tell_story(city)[3])[2];
    sign();
    std::string body = event.body;
    body[body.find("cg")] = 'x';
    change("UPDATE event SET body = $1 WHERE id = $2", {std::string_view(body), event.id.value});
    expect_only("verify.event_hash", event.id);
}

TEST_P(Verify, NamesTheEventWhosePackedBodyWasBent) {
    EventRow const event = history(tell_story(city)[3])[2];
    sign();
    std::string packed;
    city.db()->open_reader()->query("SELECT body, packed FROM event WHERE id = $1", {event.id.value},
                                    [&](store::Row const& row) {
                                        EXPECT_EQ(row.text(0), "");
                                        packed = row.bytes(1);
                                    });
    packed[packed.size() - 3] ^= 1;
    change("UPDATE event SET packed = $1 WHERE id = $2", {store::Bytes{packed}, event.id.value});
    expect_only("verify.event_hash", event.id);
}

TEST_P(Verify, ReadsBodiesFromBeforeTheyWerePacked) {
    EventRow const event = history(tell_story(city)[3])[2];
    sign();
    change("UPDATE event SET body = $1, packed = NULL WHERE id = $2",
           {std::string_view(event.body), event.id.value});
    VerifyReport const report = look();
    EXPECT_TRUE(report.ok) << words(report);
    EXPECT_EQ(history(event.matter)[2].body, event.body);
}

TEST_P(Verify, NamesTheEventWhoseHashWasAltered) {
    EventRow const event = history(tell_story(city)[3])[2];
    sign();
    std::string hash = event.hash;
    hash[7] ^= 1;
    change("UPDATE event SET hash = $1 WHERE id = $2", {store::Bytes{hash}, event.id.value});
    expect_only("verify.event_hash", event.id);
}

TEST_P(Verify, NamesTheEventWhoseInstantWasAltered) {
    EventRow const event = history(tell_story(city)[0]).back();
    change("UPDATE event SET at = at - 3600000000 WHERE id = $1", {event.id.value});
    expect_only("verify.event_hash", event.id);
}

TEST_P(Verify, NamesTheEventThatFollowsAnother) {
    EventRow const event = history(tell_story(city)[3])[2];
    change("UPDATE event SET before = before + 256 WHERE id = $1", {event.id.value});
    expect_only("verify.event_before", event.id);
}

TEST_P(Verify, NamesAnEventThatWasRemoved) {
    EventRow const event = history(tell_story(city)[3])[2];
    sign();
    change("DELETE FROM event WHERE id = $1", {event.id.value});
    expect_only("verify.event_missing", event.id);
}

TEST_P(Verify, NamesTheLastEventOfAMatterThatWasRemoved) {
    EventRow const event = history(tell_story(city)[3]).back();
    sign();
    change("DELETE FROM event WHERE id = $1", {event.id.value});
    expect_only("verify.event_missing", event.id);
}

TEST_P(Verify, NamesTheFirstOfSeveral) {
    std::vector<MatterId> const story = tell_story(city);
    EventId const first = history(story[2])[1].id, second = history(story[12])[1].id;
    for (EventId id : {second, first}) change("UPDATE event SET person = person + 1 WHERE id = $1", {id.value});
    VerifyReport const report = look();
    ASSERT_EQ(report.faults, 2) << words(report);
    EXPECT_EQ(report.findings[0].event, first);
    EXPECT_EQ(report.findings[1].event, second);
}

/// The youngest matter disappears whole: its event, its row, and the lane's head goes back to what it was.
class CutTail : public Verify {
  protected:
    void SetUp() override {
        tell_story(city);
        last_that_stays = all_events(*city.db()).back().id;
        reader = city.db()->open_reader();
        before = load_heads(*reader);
        city.restart();  // so that the tally is written
        gone = city.open("seat01", {{"title", "会不见的"}, {"body", "最后一件"}, {"channel", "phone"}}).matter;
    }
    void cut() {
        auto const lane = static_cast<std::size_t>(gone.lane());
        change("DELETE FROM event WHERE matter = $1", {gone.value});
        change("DELETE FROM matter WHERE id = $1", {gone.value});
        change("UPDATE head SET counter = $1, events = $2, hash = $3 WHERE lane = $4",
               {before[lane].counter, before[lane].events, store::Bytes{crypto::view(before[lane].hash)},
                std::int64_t{gone.lane()}});
        change("UPDATE tally_position SET event = $1", {std::int64_t{0}});
        change("DELETE FROM tally");
    }
    std::unique_ptr<store::Session> reader;
    Heads before{};
    MatterId gone;
    EventId last_that_stays;
};
BANYAN_ON_BOTH_ENGINES(CutTail);

TEST_P(CutTail, IsNotNoticedWhenNothingWasSigned) {  // which is why a checkpoint follows every second
    cut();
    EXPECT_TRUE(look().ok) << words(look());
}

TEST_P(CutTail, IsRememberedByTheCheckpoint) {
    sign();
    cut();
    VerifyReport const report = look();
    ASSERT_EQ(report.faults, 1) << words(report);
    EXPECT_EQ(report.findings[0].key, "verify.journal_cut");
    EXPECT_EQ(report.findings[0].lane, gone.lane());
    EXPECT_EQ(param("by"), "checkpoint");
}

TEST_P(CutTail, IsRememberedByHeadsLogWhenTheCheckpointIsGoneToo) {
    sign();
    cut();
    change("DELETE FROM checkpoint");
    expect_only("verify.heads_log", last_that_stays);
    EXPECT_EQ(param("what"), "missing");
}

TEST_P(CutTail, IsRememberedByTheHead) {
    change("DELETE FROM event WHERE matter = $1", {gone.value});
    change("DELETE FROM matter WHERE id = $1", {gone.value});
    VerifyReport const report = look();
    ASSERT_GE(report.faults, 1) << words(report);
    EXPECT_EQ(report.findings[0].key, "verify.journal_cut");
    EXPECT_EQ(report.findings[0].lane, gone.lane());
}

TEST_P(Verify, ARewrittenPastFitsItselfButNotWhatWasSigned) {
    tell_story(city);
    sign();
    MatterId const id =
        city.open("seat01", {{"title", "原来的标题"}, {"body", "内容"}, {"channel", "phone"}}).matter;
    sign();
    EventRow event = history(id)[0];
    auto rename = [](std::string& text) {
        for (std::size_t at = 0; (at = text.find("原来", at)) != std::string::npos;) text.replace(at, 6, "后来");
    };
    rename(event.body);
    crypto::Digest const hash = hash_of(event, {});
    Head head;
    for (EventRow const& row : all_events(*city.db()))
        if (row.id.lane() == id.lane()) {
            crypto::Digest digest{};
            std::string const bytes = row.id == event.id ? std::string(crypto::view(hash)) : row.hash;
            std::copy(bytes.begin(), bytes.end(), digest.begin());
            head.append(digest);
        }
    std::string state;
    city.db()->open_reader()->query("SELECT state FROM matter WHERE id = $1", {id.value},
                                    [&](store::Row const& row) { state = row.text(0); });
    rename(state);
    std::string const old_hash = crypto::hex(city.matter(id)->last_hash);
    state.replace(state.find(old_hash), old_hash.size(), crypto::hex(hash));
    change("UPDATE event SET body = $1, hash = $2 WHERE id = $3",
           {std::string_view(event.body), store::Bytes{crypto::view(hash)}, event.id.value});
    change("UPDATE matter SET state = $1 WHERE id = $2", {std::string_view(state), id.value});
    change("UPDATE head SET hash = $1 WHERE lane = $2",
           {store::Bytes{crypto::view(head.hash)}, std::int64_t{id.lane()}});
    expect_only("verify.checkpoint_root", event.id);
}

TEST_P(Verify, NamesTheHeadThatIsNotTheChain) {
    tell_story(city);
    change("UPDATE head SET events = events + 1 WHERE lane = $1",
           {std::int64_t{all_events(*city.db())[0].id.lane()}});
    EXPECT_EQ(look().findings.at(0).key, "verify.journal_cut");
    change("UPDATE head SET events = events - 2 WHERE lane = $1",
           {std::int64_t{all_events(*city.db())[0].id.lane()}});
    EXPECT_EQ(look().findings.at(0).key, "verify.head");
    EXPECT_EQ(param("what"), "events");
}

// ── the state ────────────────────────────────────────────────────────────────────────────────────────────────

TEST_P(Verify, NamesTheMatterWhoseStateWasAltered) {
    MatterId const id = tell_story(city)[3];
    change("UPDATE matter SET due = due + 86400000000 WHERE id = $1", {id.value});
    expect_only("verify.matter_differs", city.matter(id)->last_event);
    EXPECT_EQ(param("column"), "due");
}

TEST_P(Verify, NamesTheMatterWhoseRowIsGone) {
    MatterId const id = tell_story(city)[3];
    EventId const last = city.matter(id)->last_event;
    change("DELETE FROM matter WHERE id = $1", {id.value});
    expect_only("verify.matter_missing", last);
}

TEST_P(Verify, NamesAMatterThatNoEventOpened) {
    tell_story(city);
    change(
        "INSERT INTO matter (lane, id, procedure, stage, open, kind, class, region, channel, asker, about, "
        "filed_at, due, wakes, version, state) "
        "SELECT lane, id + 256000, procedure, stage, open, kind, class, region, channel, asker, about, filed_at, "
        "due, wakes, version, state "
        "FROM matter WHERE id = (SELECT min(id) FROM matter)");
    expect_only("verify.matter_unexpected", {});
}

TEST_P(Verify, NamesTheMatterThatWasGivenOtherRules) {
    MatterId const id = tell_story(city)[3];
    EventId const first = history(id).front().id;
    std::string const text = source_text("procedures/appeal.toml") + "\n# another edition\n";
    auto const other = rulebook(text);
    change("UPDATE matter SET procedure = $1 WHERE id = $2", {std::string_view(other->hash), id.value});
    Procedures procedures = city.engine().procedures();
    procedures[other->hash] = other;
    VerifyReport const report = verify(*city.db(), procedures, &city.keys(), city.heads_log());
    ASSERT_EQ(report.faults, 1) << words(report);
    EXPECT_EQ(report.findings[0].key, "verify.matter_procedure");
    EXPECT_EQ(report.findings[0].event, first);
}

TEST_P(Verify, NamesTheShareThatWasAltered) {
    MatterId const id = tell_story(city)[6];
    Matter const matter = *city.matter(id);
    AssignmentId const share = matter.assignments.back().id;
    change("UPDATE assignment SET unit = unit + 1 WHERE id = $1", {share.value});
    expect_only("verify.assignment_differs", matter.last_event);
    EXPECT_EQ(param("assignment"), share.text());
    EXPECT_EQ(param("column"), "unit");
    change("DELETE FROM assignment WHERE id = $1", {share.value});
    expect_only("verify.assignment_missing", matter.last_event);
}

TEST_P(Verify, NamesTheTallyThatCountsOtherwise) {
    tell_story(city);
    city.restart();
    change("UPDATE tally SET n = n + 1 WHERE measure = 'dispatched'");
    VerifyReport const report = look();
    ASSERT_GE(report.faults, 1);
    EXPECT_EQ(report.findings[0].key, "verify.tally") << words(report);
    EXPECT_EQ(param("measure"), "dispatched");
    EXPECT_NE(param("stored"), param("counted"));
}

TEST_P(Verify, TheTallyOfAnEarlierProgramNeedsNoSums) {
    tell_story(city);
    city.restart();
    change("DELETE FROM tally WHERE measure LIKE 'all.%'");
    EXPECT_EQ(look().findings.at(0).key, "verify.tally") << "this program's has them";
    change("DELETE FROM migration WHERE number >= 3");
    EXPECT_TRUE(look().ok);
}

TEST_P(Verify, ATallyThatIsBehindIsNotAFault) {
    tell_story(city);  // nothing but what a second's pause wrote
    EXPECT_TRUE(look().ok) << words(look());
}

// ── the personal part ────────────────────────────────────────────────────────────────────────────────────────

TEST_P(Verify, NamesTheEventsWhosePersonalPartsWereExchanged) {
    std::vector<MatterId> const story = tell_story(city);
    EventId const one = history(story[0])[0].id, other = history(story[2])[0].id;
    std::string sealed;
    city.db()->open_reader()->query("SELECT sealed FROM personal WHERE event = $1", {other.value},
                                    [&](store::Row const& row) { sealed = row.bytes(0); });
    change("UPDATE personal SET sealed = $1 WHERE event = $2", {store::Bytes{sealed}, one.value});
    expect_only("verify.personal_unreadable", one);
}

TEST_P(Verify, NamesTheEventWhosePersonalPartWasSealedAgainWithOtherWords) {
    EventId const event = history(tell_story(city)[0])[0].id;
    std::string const sealed =
        city.keys().seal(crypto::place("personal", event.value, "plain"), commit_to({{"name", "别人"}}).plain);
    change("UPDATE personal SET sealed = $1 WHERE event = $2", {store::Bytes{sealed}, event.value});
    expect_only("verify.personal_differs", event);
}

TEST_P(Verify, AnErasedPersonIsNoFaultButARemovedRowIs) {
    EventId const event = history(tell_story(city)[0])[0].id;
    change("UPDATE personal SET sealed = NULL WHERE event = $1", {event.value});
    EXPECT_TRUE(look().ok) << words(look());
    change("DELETE FROM personal WHERE event = $1", {event.value});
    expect_only("verify.personal_missing", event);
}

TEST_P(Verify, NamesAPersonalPartThatNoEventCommitsTo) {
    EventRow const event = history(tell_story(city)[0])[1];
    change("INSERT INTO personal (lane, event, matter, sealed) VALUES ($1, $2, $3, NULL)",
           {std::int64_t{event.id.lane()}, event.id.value, event.matter.value});
    expect_only("verify.personal_unexpected", event.id);
}

// ── what was signed ──────────────────────────────────────────────────────────────────────────────────────────

class Signed : public Verify {
  protected:
    void SetUp() override {
        for (int i = 0; i < 3; ++i) {
            city.open("seat01", {{"title", "第几件"}, {"body", "内容"}, {"channel", "phone"}});
            sign();
        }
    }
    std::vector<std::string> keys() {
        std::vector<std::string> found;
        VerifyReport const report = look();
        for (Finding const& finding : report.findings) found.push_back(finding.key);
        return found;
    }
};
BANYAN_ON_BOTH_ENGINES(Signed);

TEST_P(Signed, AnAlteredCheckpointIsNamed) {
    change("UPDATE checkpoint SET root = before WHERE id = 2");
    EXPECT_EQ(keys(), (std::vector<std::string>{"verify.checkpoint_hash", "verify.heads_log"}));
    EXPECT_EQ(param("checkpoint"), "2");
}

TEST_P(Signed, ASignatureThatIsNoneIsNamed) {
    change("UPDATE checkpoint SET signature = (SELECT c.signature FROM checkpoint c WHERE c.id = 1) WHERE id = 3");
    EXPECT_EQ(keys(), (std::vector<std::string>{"verify.checkpoint_signature", "verify.heads_log"}));
    change("UPDATE checkpoint SET signer = 'somebody' WHERE id = 3");
    EXPECT_EQ(keys(), (std::vector<std::string>{"verify.checkpoint_signer", "verify.heads_log"}));
}

TEST_P(Signed, ARemovedCheckpointIsNamed) {
    change("DELETE FROM checkpoint WHERE id = 2");
    EXPECT_EQ(keys(), (std::vector<std::string>{"verify.checkpoint_missing", "verify.heads_log"}));
}

TEST_P(Signed, ALostLogIsNamedAndATornLineOnlyInTheMiddle) {
    std::string const log = city.heads_log();
    std::filesystem::resize_file(log,
                                 std::filesystem::file_size(log) - 20);  // the power went while it was written
    EXPECT_EQ(keys(), (std::vector<std::string>{}));
    std::filesystem::remove(log);
    EXPECT_EQ(keys(), (std::vector<std::string>{"verify.heads_log_missing"}));
}

TEST(VerifyOnSqlite, ADatabaseExchangedForAnOlderCopyIsNoticedByHeadsLog) {
    City city(store::Engine::sqlite);
    store::testing::TestFolder folder;
    tell_story(city);
    city.engine().make_checkpoint_now();
    city.restart();
    city.db()->copy_to(folder / "older.db");
    EventId const last_of_copy = all_events(*city.db()).back().id;
    city.open("seat01", {{"title", "副本之后"}, {"body", "内容"}, {"channel", "phone"}});
    city.engine().make_checkpoint_now();
    auto const older = store::open_sqlite({folder / "older.db"});
    EXPECT_TRUE(verify(*older, city.engine().procedures(), &city.keys(), "").ok);
    VerifyReport const report = verify(*older, city.engine().procedures(), &city.keys(), city.heads_log());
    ASSERT_EQ(report.faults, 1) << words(report);
    EXPECT_EQ(report.findings[0].key, "verify.heads_log");
    EXPECT_EQ(report.findings[0].event, last_of_copy);
}

TEST_P(Verify, WorksWhileTheServerWrites) {
    tell_story(city);
    std::atomic<bool> stop = false;
    std::thread writing([&] {
        while (!stop) {
            city.open("seat01", {{"title", "同时写入"}, {"body", "内容"}, {"channel", "phone"}});
            sign();
        }
    });
    for (int i = 0; i < 5; ++i) {
        VerifyReport const report = look();
        EXPECT_TRUE(report.ok) << words(report);
    }
    stop = true;
    writing.join();
}

}  // namespace
}  // namespace banyan
