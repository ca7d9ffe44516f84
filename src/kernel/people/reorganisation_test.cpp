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

TEST(Reorganisation, ANewUnitIsOfTheClassThatFollowsFromAbove) {
    Directory const now = after("add,,,centre,sj,数据局,Data\nadd,,,d1,d1-sj,甲区数据,First data\n");
    Unit const* made = now.unit("sj");
    ASSERT_NE(made, nullptr);
    EXPECT_EQ(made->group, "city");
    EXPECT_EQ(made->level, 2);
    EXPECT_EQ(made->region, "3501");
    EXPECT_EQ(now.unit("d1-sj")->group, "district_department");
    EXPECT_EQ(now.unit("d1-sj")->region, "350101");
    EXPECT_TRUE(now.in_subtree(now.unit("d1-sj")->id, now.unit("d1")->id));
    EXPECT_EQ(refused("add,,,nowhere,sj,数据局,Data\n"), "reorganisation.parent 2");
    EXPECT_EQ(refused("add,,,centre,cg,数据局,Data\n"), "reorganisation.code_twice 2");
    EXPECT_EQ(refused("add,,,centre,,数据局,Data\n"), "reorganisation.code 2");
    EXPECT_EQ(refused("add,,,centre,sj,数据局,\n"), "reorganisation.name 2");
    std::string const with_group = "what,unit,into,parent,code,zh,en,group\nadd,,,centre,sj,数据局,Data,court\n";
    EXPECT_EQ(reorganise(city(), with_group, Instant{1}).error().key, "reorganisation.group");
}

TEST(Reorganisation, ContactsThatAreLeftOutStay) {
    std::string const head = "what,unit,into,parent,code,zh,en,liaison,phone,office_hours\n";
    Directory const before = city();
    auto const first = reorganise(before, head + "contact,cg,,,,,,林青,0591-0000 0101,\n", Instant{1});
    ASSERT_TRUE(first) << first.error().key;
    Directory const once = banyan::after(before, *first);
    Directory const twice =
        banyan::after(once, reorganise(once, head + "contact,cg,,,,,,,0591-0000 0102,\n", Instant{2}).value());
    EXPECT_EQ(twice.unit("cg")->liaison, "林青");
    EXPECT_EQ(twice.unit("cg")->phone, "0591-0000 0102");
    EXPECT_EQ(reorganise(before, head + "contact,cg,,,,,,,,\n", Instant{1}).error().key, "reorganisation.contact");
}

}  // namespace
}  // namespace banyan
