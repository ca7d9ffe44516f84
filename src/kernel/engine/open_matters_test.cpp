#include "kernel/engine/open_matters.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "kernel/engine/testing/story.h"

namespace banyan {
namespace {

using namespace banyan::testing;
using Place = OpenMatters::Place;

class OpenMattersTest : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        city->set_clock(at("2026-10-12 09:00"));
    }
    MatterId filed() {
        return city->open("seat01", {{"title", "井盖松动"}, {"body", "车一过就响"}, {"channel", "phone"}}).matter;
    }
    MatterId dispatched(std::string kind, std::string unit) {
        MatterId const id = filed();
        EXPECT_TRUE(city->step("seat01", id, "accept", {{"kind", std::move(kind)}}).ok());
        EXPECT_TRUE(city->step("disp01", id, "dispatch", {{"lead", std::move(unit)}}).ok());
        return id;
    }
    UnitId unit(std::string_view code) const { return city->rules().directory->unit(code)->id; }
    std::vector<MatterId> found(OpenMatters::Asked const& asked) const {
        std::vector<MatterId> ids;
        for (Place const& place : city->engine().open_matters().find(asked, {}, 100)) ids.push_back(place.matter);
        return ids;
    }
    /// Whatever happened: memory says what the database does.
    void expect_as_learned_anew(OpenMatters::Asked const& asked) const {
        OpenMatters anew;
        anew.learn_all(*city->db()->open_reader());
        EXPECT_EQ(city->engine().open_matters().find(asked, {}, 100), anew.find(asked, {}, 100));
    }
    std::unique_ptr<City> city;
};
BANYAN_ON_BOTH_ENGINES(OpenMattersTest);

TEST_P(OpenMattersTest, FollowAMatterFromStageToStageUntilItIsOver) {
    MatterId const first = filed(), second = filed();
    EXPECT_EQ(found({.stage = "filed"}), (std::vector{second, first}));  // the newest first
    ASSERT_TRUE(city->step("seat01", first, "accept", {{"kind", "complaint"}}).ok());
    EXPECT_EQ(found({.stage = "filed"}), std::vector{second});
    EXPECT_EQ(found({.stage = "accepted"}), std::vector{first});
    EXPECT_TRUE(found({.stage = "no_such_stage"}).empty());
    EXPECT_EQ(found({}).size(), 2U);
    ASSERT_TRUE(city->step("lead01", second, "refuse", {{"ground", "litigation"}, {"route", "受理法院"}}).ok());
    EXPECT_EQ(found({}), std::vector{first});
}

TEST_P(OpenMattersTest, KnowTheirKindClassRegionAndChannel) {
    auto of = [&](std::string const& class_code, std::string const& region, std::string const& channel) {
        json::object form{{"title", "井盖松动"}, {"body", "车一过就响"}};
        if (!class_code.empty()) form["class"] = class_code;
        if (!region.empty()) form["region"] = region;
        form["channel"] = channel;
        return city->open("seat01", std::move(form)).matter;
    };
    MatterId const road = of("road", "350102", "phone"), lamp = of("road.lamp", "350102", "counter"),
                   none = of("", "", "phone");
    EXPECT_EQ(found({.class_code = "road"}), std::vector{road}) << "not those below it: as the lists say it";
    EXPECT_EQ(found({.region = "350102"}), (std::vector{lamp, road}));
    EXPECT_EQ(found({.within = "3501"}), (std::vector{lamp, road}));
    EXPECT_EQ(found({.class_code = "road", .within = "350102"}), std::vector{road});
    EXPECT_TRUE(found({.within = "350104"}).empty());
    EXPECT_EQ(found({.channel = "phone"}), (std::vector{none, road}));
    EXPECT_EQ(found({.stage = "filed", .region = "350102", .channel = "counter"}), std::vector{lamp});
    EXPECT_TRUE(found({.class_code = "phone"}).empty()) << "a word of another column";
    EXPECT_TRUE(found({.class_code = "never_said"}).empty());
    ASSERT_TRUE(city->step("seat01", road, "accept", {{"kind", "complaint"}, {"class", "water"}}).ok());
    EXPECT_EQ(found({.kind = "complaint"}), std::vector{road});
    EXPECT_EQ(found({.kind = "complaint", .class_code = "water"}), std::vector{road});
    EXPECT_TRUE(found({.class_code = "road"}).empty());
    for (OpenMatters::Asked const& asked : {OpenMatters::Asked{.kind = "complaint"},
                                            {.class_code = "water"},
                                            {.class_code = "road.lamp"},
                                            {.region = "350102"},
                                            {.channel = "phone"}}) {
        EXPECT_FALSE(found(asked).empty());
        expect_as_learned_anew(asked);
    }
}

TEST_P(OpenMattersTest, KnowWhoseSharesTheyHaveAndHowFarThoseAre) {
    MatterId const complaint = dispatched("complaint", "water"), question = dispatched("consult", "water");
    dispatched("complaint", "cg");
    OpenMatters::Asked const mine{.units = {unit("water")}, .until = Progress::working};
    EXPECT_EQ(found(mine), (std::vector{question, complaint}));
    OpenMatters::Asked urgent = mine;
    urgent.by_due = true;  // a question has two days, a complaint more
    EXPECT_EQ(found(urgent), (std::vector{question, complaint}));
    EXPECT_TRUE(found({.units = {unit("zj")}}).empty());
    expect_as_learned_anew(urgent);
    city->restart();
    EXPECT_EQ(found(urgent), (std::vector{question, complaint}));
}

TEST_P(OpenMattersTest, AreOverdueFromTheInstantOfTheirDue) {
    MatterId const question = dispatched("consult", "water");
    Instant const due = city->matter(question)->due->instant;
    EXPECT_TRUE(found({.overdue_at = due - seconds(1)}).empty());
    EXPECT_EQ(found({.overdue_at = due}), std::vector{question});
    filed();  // has no due yet: not in an order by it
    EXPECT_EQ(found({.by_due = true}), std::vector{question});
    expect_as_learned_anew({.by_due = true});
}

TEST_P(OpenMattersTest, AreInThePoolUntilSomebodyClaimsThemAndAgainWhenThatIsOver) {
    MatterId const first = filed(), second = filed();
    ASSERT_TRUE(city->step("seat01", first, "claim").ok());
    PersonId const me = city->actor("seat01").person, other = city->actor("seat02").person;
    Instant const now = city->engine().now();
    auto of = [&](PersonId person, Instant when) { return OpenMatters::Asked{.claimed_by = person, .now = when}; };
    auto pool = [&](PersonId person, Instant when) {
        OpenMatters::Asked asked = of(person, when);
        asked.unclaimed = true;
        return asked;
    };
    EXPECT_EQ(found(of(me, now)), std::vector{first});
    EXPECT_TRUE(found(of(other, now)).empty());
    EXPECT_EQ(found(pool(other, now)), std::vector{second});
    EXPECT_EQ(found(pool(me, now)), (std::vector{second, first}));
    EXPECT_EQ(found(pool(other, now + minutes(30))), (std::vector{second, first})) << "it ends by itself";
    expect_as_learned_anew(of(me, now));
    city->restart();
    EXPECT_EQ(found(of(me, now)), std::vector{first});
    ASSERT_TRUE(city->step("seat01", first, "accept", {{"kind", "help"}}).ok());
    EXPECT_TRUE(found(of(me, now)).empty()) << "it ends with the stage";
}

TEST_P(OpenMattersTest, KnowWhichOthersAreAttachedTo) {
    MatterId const plain = dispatched("complaint", "water"), incident = dispatched("complaint", "water");
    EXPECT_TRUE(found({.incident = true}).empty());
    ASSERT_TRUE(city->step("disp01", incident, "declare_incident", {{"reason", "整片停水"}}).ok());
    EXPECT_EQ(found({.incident = true}), std::vector{incident});
    EXPECT_EQ(found({}), (std::vector{incident, plain}));
    expect_as_learned_anew({.incident = true});
    city->restart();
    EXPECT_EQ(found({.incident = true}), std::vector{incident});
}

TEST_P(OpenMattersTest, ComeInPagesWithoutAGap) {
    std::vector<MatterId> all;
    for (int i = 0; i < 7; ++i) all.insert(all.begin(), filed());
    OpenMatters const& open = city->engine().open_matters();
    std::vector<MatterId> seen;
    std::optional<Place> after;
    for (auto page = open.find({}, after, 3); !page.empty(); page = open.find({}, after, 3)) {
        EXPECT_LE(page.size(), 3U);
        for (Place const& place : page) seen.push_back(place.matter);
        after = page.back();
    }
    EXPECT_EQ(seen, all);
}

TEST_P(OpenMattersTest, AreWhatTheDatabaseSaysWhateverHappens) {
    std::mt19937 random(20261012);
    Walk walk(*city, [&](std::uint32_t below) { return static_cast<std::uint32_t>(random() % below); });
    walk.go(GetParam() == store::Engine::sqlite ? 1'500 : 400);
    ASSERT_GT(walk.taken_back(), 0);
    OpenMatters anew;
    anew.learn_all(*city->db()->open_reader());
    auto expect_same = [&](OpenMatters::Asked const& asked) {
        EXPECT_EQ(city->engine().open_matters().find(asked, {}, 10'000), anew.find(asked, {}, 10'000));
    };
    std::size_t in_stages = 0;
    std::set<std::string> stages;
    for (auto const& [name, procedure] : city->rules().procedures)
        for (Stage const& stage : procedure->stages) stages.insert(stage.name);
    for (std::string const& stage : stages) {
        expect_same({.stage = stage});
        in_stages += city->engine().open_matters().find({.stage = stage}, {}, 10'000).size();
    }
    EXPECT_EQ(in_stages, anew.ids().size());
    EXPECT_GT(in_stages, 0U);
    for (Unit const& one : city->rules().directory->units()) {
        expect_same({.units = {one.id}, .until = Progress::working, .by_due = true});
        expect_same({.units = {one.id}, .overdue_at = city->engine().now()});
    }
}

}  // namespace
}  // namespace banyan
