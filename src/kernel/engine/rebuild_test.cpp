#include "kernel/engine/rebuild.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "kernel/engine/testing/story.h"
#include "kernel/engine/verify.h"

namespace banyan {
namespace {

using namespace banyan::testing;

std::optional<Matter> rebuilt(City& city, MatterId id) {
    Matter const stored = *city.matter(id);
    return rebuild(load_history(city.reader(), stored), stored.procedure);
}

std::map<Tally::Key, std::int64_t> difference(std::map<Tally::Key, std::int64_t> a,
                                              std::map<Tally::Key, std::int64_t> const& b) {
    for (auto const& [key, n] : b) a[key] -= n;
    std::erase_if(a, [](auto const& entry) { return entry.second == 0; });
    return a;
}

class Rebuild : public store::testing::OnBothEngines {};
BANYAN_ON_BOTH_ENGINES(Rebuild);

TEST_P(Rebuild, GivesTheStateOfEveryMatterOfAStory) {
    City city(GetParam());
    for (MatterId id : tell_story(city)) {
        std::optional<Matter> const again = rebuilt(city, id);
        ASSERT_TRUE(again);
        EXPECT_EQ(*again, *city.matter(id)) << state_text(*again) << "\n" << state_text(*city.matter(id));
        EXPECT_EQ(again->last_hash, city.matter(id)->last_hash);
    }
}

TEST(RebuildOf, NothingOrAGapIsNoMatter) {
    City city(store::Engine::sqlite);
    MatterId const id = tell_story(city)[0];
    Matter const stored = *city.matter(id);
    std::vector<EventRow> history = load_history(city.reader(), stored);
    EXPECT_FALSE(rebuild({}, stored.procedure));
    history.erase(history.begin() + 2);
    EXPECT_FALSE(rebuild(history, stored.procedure));
}

TEST(RebuildOf, ABodyThatNamesWhatTheRulebookHasNotIsNoMatter) {
    City city(store::Engine::sqlite);
    Matter const stored = *city.matter(tell_story(city)[0]);
    std::vector<EventRow> const history = load_history(city.reader(), stored);
    std::pair<char const*, char const*> const changes[] = {
        {"\"set\":{\"kind\":\"complaint\"", "\"set\":{\"kind\":\"nonsense\""},
        {"\"to\":\"accepted\"", "\"to\":\"nowhere\""},
        {"{\"v\":1", "{\"v\":3"},
        {"\"v\"", "\"w"}};
    for (auto const& [is, becomes] : changes) {
        std::vector<EventRow> changed = history;
        std::string& body = changed[1].body;
        ASSERT_NE(body.find(is), std::string::npos) << is << body;
        body.replace(body.find(is), std::string_view(is).size(), becomes);
        EXPECT_FALSE(rebuild(changed, stored.procedure)) << becomes;
    }
}

/// Of all that was taken back: the matter is what it was, but for its place in the journal and versions.
void compare_what_was_taken_back(std::span<EventRow const> history,
                                 std::shared_ptr<Procedure const> const& procedure) {
    for (std::size_t i = 2; i < history.size(); ++i) {
        if (history[i].step != kUndo) continue;
        Matter before = *rebuild(history.first(i - 1), procedure),
               after = *rebuild(history.first(i + 1), procedure);
        RC_ASSERT(after.version == before.version + 2);
        RC_ASSERT(after.last_event == history[i].id);
        for (Matter* matter : {&before, &after}) {
            matter->version = 0;
            matter->last_event = {};
            matter->last_at = {};
            matter->last_hash = {};
            for (Assignment& share : matter->assignments) share.version = 0;
        }
        RC_ASSERT(state_text(after) == state_text(before));
        RC_ASSERT(after.assignments == before.assignments);
        Event const taken = *readable_event(history[i - 1], *procedure),
                    back = *readable_event(history[i], *procedure);
        RC_ASSERT(back.undoes == taken.id);
        RC_ASSERT(back.counted.size() == taken.counted.size());
    }
}

int taken_back_in_all = 0;

/// Steps drawn at random, on a city of their own; then everything that was stored is what its events say.
void walk_and_compare(store::Engine engine, std::vector<std::uint32_t> const& picks) {
    City city(engine);
    std::size_t place = 0;
    Walk walk(city, [&](std::uint32_t below) { return picks[place++ % picks.size()] * 2654435761U / 7 % below; });
    walk.go(200);
    if (walk.taken() < 20) RC_DISCARD("nothing happened");
    taken_back_in_all += walk.taken_back();
    auto const reader = city.db()->open_reader();
    for (MatterId id : walk.matters()) {
        std::optional<Matter> const again = rebuilt(city, id);
        RC_ASSERT(again.has_value());
        RC_ASSERT(state_text(*again) == state_text(*city.matter(id)));
        RC_ASSERT(again->assignments == city.matter(id)->assignments);
        RC_ASSERT(again->last_hash == city.matter(id)->last_hash);
        compare_what_was_taken_back(load_history(*reader, *again), again->procedure);
    }
    city.restart();  // writes what waits of the tally
    Procedures const procedures = city.engine().procedures();
    RC_ASSERT(difference(tally_from_journal(*reader, procedures), tally_as_stored(*reader)).empty());
    VerifyReport const report = verify(*city.db(), procedures, &city.keys(), city.heads_log());
    RC_ASSERT(report.ok);
}

void draw_walks(store::Engine engine, int walks) {
    auto const property = [engine](std::vector<std::uint32_t> const& picks) { walk_and_compare(engine, picks); };
    rc::detail::TestParams params = rc::detail::configuration().testParams;
    params.maxSuccess = walks;
    auto const drawn = [property] {
        property(*rc::gen::container<std::vector<std::uint32_t>>(
            997, rc::gen::resize(100, rc::gen::arbitrary<std::uint32_t>())));
    };
    rc::detail::TestMetadata metadata;
    metadata.id = metadata.description = "what is stored is what the events say";
    rc::detail::TestResult const result = rc::detail::checkTestable(drawn, metadata, params);
    std::ostringstream words;
    rc::detail::printResultMessage(result, words);
    EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << words.str();
}

TEST(AnyWalk, LeavesTheStateThatItsEventsSayOnSqlite) {
    draw_walks(store::Engine::sqlite, 8);
    EXPECT_GT(taken_back_in_all, 0);  // drawn too, or nothing of it was shown
}
TEST(AnyWalk, LeavesTheStateThatItsEventsSayOnPostgresql) { draw_walks(store::Engine::postgresql, 3); }

/// What a program that was killed leaves behind: events after the tally's position.
TEST_P(Rebuild, TheTallyOfAKilledProgramIsCaughtUpExactly) {
    City city(GetParam());
    MatterId const id =
        city.open("seat01", {{"title", "路灯不亮"}, {"body", "整排不亮"}, {"channel", "phone"}}).matter;
    city.restart();
    std::map<Tally::Key, std::int64_t> before;
    std::int64_t position = 0;
    {
        auto const reader = city.db()->open_reader();
        before = tally_as_stored(*reader);
        reader->query("SELECT min(event) FROM tally_position", {},
                      [&](store::Row const& row) { position = row.integer(0); });
    }
    ASSERT_GT(position, 0);
    ASSERT_TRUE(city.step("seat01", id, "accept", {{"kind", "complaint"}}).ok());
    ASSERT_TRUE(city.step("disp01", id, "dispatch", {{"lead", "cg"}}).ok());
    city.engine().stop();
    tamper(city.db(), "DELETE FROM tally");
    for (auto const& [key, n] : before) {
        auto const& [day, unit, kind, measure] = key;
        tamper(city.db(), "INSERT INTO tally (day, unit, kind, measure, n) VALUES ($1, $2, $3, $4, $5)",
               {std::int64_t{day}, unit, std::string_view(kind), std::string_view(measure), n});
    }
    tamper(city.db(), "UPDATE tally_position SET event = $1 + lane", {position / kLanes * kLanes});
    city.restart();
    city.engine().stop();
    auto const reader = city.db()->open_reader();
    EXPECT_EQ(difference(tally_from_journal(*reader, city.engine().procedures()), tally_as_stored(*reader)),
              (std::map<Tally::Key, std::int64_t>{}));
}

}  // namespace
}  // namespace banyan
