// Units are renamed, merged and moved: what was keeps its name, and whoever has taken over does the work.
#include "kernel/people/reorganisation.h"

#include <gtest/gtest.h>

#include "base/testing.h"

namespace banyan {
namespace {

constexpr std::string_view kUnits =
    "code,parent,zh,en,level,region,group,duties\n"
    "centre,,中心,Centre,1,3501,centre,\n"
    "cg,centre,城管局,Urban,2,3501,city,\n"
    "sz,cg,市政处,Fixtures,3,3501,city,\n"
    "zj,centre,住建局,Housing,2,3501,city,\n"
    "d1,centre,甲区,First,2,350101,district,\n"
    "d1-zj,d1,甲区住建,First housing,3,350101,district_department,\n";
constexpr std::string_view kHead = "what,unit,into,parent,code,zh,en\n";

Directory city() { return {read_units(kUnits).value(), {}}; }

std::string refused(std::string const& lines) {
    auto done = reorganise(city(), std::string(kHead) + lines, Instant{1});
    if (done) return "";
    std::string text = done.error().key;
    for (auto const& [name, value] : done.error().params)
        if (name == "line") text += " " + value;
    return text;
}

/// The city after it.
Directory after(std::string const& lines) {
    Directory const before = city();
    return after(before, reorganise(before, std::string(kHead) + lines, Instant{1}).value());
}

TEST(Reorganisation, ARenamedUnitEndsAndANewOneHasItsWork) {
    Directory const now = after("rename,cg,,,cg2,执法局,Enforcement\n");
    Unit const* old = now.unit("cg");
    Unit const* made = now.unit("cg2");
    ASSERT_TRUE(old != nullptr && made != nullptr);
    EXPECT_EQ(old->zh, "城管局") << "what was keeps its name";
    EXPECT_EQ(now.now(old->id), made->id);
    EXPECT_EQ(now.current("cg"), made);
    EXPECT_TRUE(now.stands_for(made->id, old->id));
    EXPECT_FALSE(now.stands_for(old->id, old->id));
    EXPECT_EQ(now.stood_for(made->id), (std::vector{made->id, old->id}));
    UnitId const below = now.unit("sz")->id;
    EXPECT_EQ(now.unit("sz")->parent, made->id);
    EXPECT_TRUE(now.in_subtree(below, made->id));
    EXPECT_TRUE(now.in_subtree(old->id, made->id));
    EXPECT_EQ(now.subtree(made->id), (std::vector{made->id, below, old->id}));
    EXPECT_EQ(old->ended_at, Instant{1});
}

TEST(Reorganisation, AMergedUnitIsItsHeirsToTheEndOfTheChain) {
    Directory const now = after("merge,cg,zj,,,,\nrename,zj,,,jg,建管局,Construction\n");
    UnitId const heir = now.unit("jg")->id;
    EXPECT_EQ(now.now(now.unit("cg")->id), heir);
    EXPECT_EQ(now.now(now.unit("zj")->id), heir);
    EXPECT_EQ(now.unit("sz")->parent, heir);
    EXPECT_EQ(now.stood_for(heir).size(), 3U);
}

TEST(Reorganisation, AMovedUnitIsBelowAnother) {
    Directory const now = after("move,sz,,d1,,,\n");
    EXPECT_TRUE(now.in_subtree(now.unit("sz")->id, now.unit("d1")->id));
    EXPECT_FALSE(now.in_subtree(now.unit("sz")->id, now.unit("cg")->id));
    EXPECT_EQ(now.centre_of(now.unit("sz")->id), now.unit("d1")->id);
}

TEST(Reorganisation, TheCentreMayBeRenamed) {
    Directory const now = after("rename,centre,,,centre2,新中心,New centre\n");
    EXPECT_EQ(now.city_centre(), now.unit("centre2")->id);
    EXPECT_TRUE(now.in_subtree(now.unit("d1-zj")->id, now.city_centre()));
}

TEST(Reorganisation, BadLinesAreRefusedByNameAndNothingIsDone) {
    EXPECT_EQ(refused(""), "reorganisation.none");
    EXPECT_EQ(refused("abolish,cg,,,,,\n"), "reorganisation.what 2");
    EXPECT_EQ(refused("merge,cg,zj,,,,\nmerge,cg,zj,,,,\n"), "reorganisation.ended 3");
    EXPECT_EQ(refused("merge,moon,zj,,,,\n"), "reorganisation.unit 2");
    EXPECT_EQ(refused("merge,cg,moon,,,,\n"), "reorganisation.into 2");
    EXPECT_EQ(refused("merge,cg,cg,,,,\n"), "reorganisation.circle 2");
    EXPECT_EQ(refused("merge,cg,sz,,,,\n"), "reorganisation.circle 2");
    EXPECT_EQ(refused("merge,centre,cg,,,,\n"), "reorganisation.centre 2");
    EXPECT_EQ(refused("move,cg,,sz,,,\n"), "reorganisation.circle 2");
    EXPECT_EQ(refused("move,cg,,,,,\n"), "reorganisation.parent 2");
    EXPECT_EQ(refused("rename,cg,,,,x,x\n"), "reorganisation.code 2");
    EXPECT_EQ(refused("rename,cg,,,zj,x,x\n"), "reorganisation.code_twice 2");
    EXPECT_EQ(refused("rename,cg,,,new,,x\n"), "reorganisation.name 2");
    EXPECT_EQ(reorganise(city(), "what,unit\nmerge,cg\n", {}).error().key, "reorganisation.no_column");
}

}  // namespace
}  // namespace banyan
