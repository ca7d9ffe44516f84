#include "systems/hints/routing.h"

#include <gtest/gtest.h>

#include "kernel/engine/testing/city.h"

namespace banyan::hints {
namespace {

constexpr char const* kClasses = "code,parent\nroad,\nroad.lamp,road\nroad.rail,road\nroad.private,road\n";

DispatchCatalogue catalogue(Directory const& directory) {
    return *DispatchCatalogue::read(
        "class,region,lead,assist,note,unclear\nroad.lamp,,cg,,lamps,0\nroad.rail,,@zj,,rails,0\n"
        "road.private,,,,nobody knows,1\n",
        kClasses, directory);
}

class RoutingOf : public store::testing::OnBothEngines {
  protected:
    /// Files an appeal of the class and dispatches it to the unit; `returned`: it hands it back and is granted.
    void lead(std::string const& class_code, std::string const& region, std::string const& unit, bool returned) {
        Answer const filed = city.open("seat01", {{"title", "报修"},
                                                  {"body", "坏了三天"},
                                                  {"class", class_code},
                                                  {"region", region},
                                                  {"channel", "phone"}});
        ASSERT_TRUE(filed.ok()) << filed.refusal.key;
        ASSERT_TRUE(city.step("seat01", filed.matter, "accept", {{"kind", "complaint"}}).ok());
        ASSERT_TRUE(city.step("disp01", filed.matter, "dispatch", {{"lead", unit}}).ok());
        if (!returned) return;
        Answer const asked = city.step(unit == "cg" ? "unit-cg-head" : "unit-zj-head", filed.matter, "ask_return",
                                       {{"ground", "not_our_duty"}, {"reason", "不属本单位职责"}});
        ASSERT_TRUE(asked.ok()) << asked.refusal.key << " " << asked.refusal.field;
        Answer const granted = city.step("review01", filed.matter, "grant_return", {{"reason", "同意"}});
        ASSERT_TRUE(granted.ok()) << granted.refusal.key << " " << granted.refusal.field;
    }
    void count() { experience.count(city.reader()); }

    testing::City city{GetParam()};
    Experience experience;
};

BANYAN_ON_BOTH_ENGINES(RoutingOf);

TEST_P(RoutingOf, FollowsTheCatalogueAndTellsHowItWent) {
    lead("road.lamp", "350111", "cg", false);
    lead("road.lamp", "350111", "cg", true);
    lead("road.lamp", "350102", "cg", false);
    count();
    Directory const& units = *city.rules().directory;
    Routing const here = route(catalogue(units), experience, units, "road.lamp", "350111001");
    EXPECT_EQ(here.lead->code, "cg");
    EXPECT_TRUE(here.past_in_area);
    ASSERT_EQ(here.past.size(), 1U);
    EXPECT_EQ(here.past[0].led, 2);
    EXPECT_EQ(here.past[0].returned, 1);
    Routing const anywhere = route(catalogue(units), experience, units, "road.lamp", "");
    EXPECT_FALSE(anywhere.past_in_area);
    EXPECT_EQ(anywhere.past.at(0).led, 3);
}

TEST_P(RoutingOf, GoesByExperienceOnlyWhereTheCatalogueNamesNobody) {
    Directory const& units = *city.rules().directory;
    for (int i = 0; i < 4; ++i) lead("road.private", "350111", "cg", false);
    count();
    EXPECT_EQ(route(catalogue(units), experience, units, "road.private", "350111").lead, nullptr)
        << "four are few";
    lead("road.private", "350111", "cg", false);
    count();
    DispatchCatalogue const said = catalogue(units);
    Routing const now = route(said, experience, units, "road.private", "350111");
    ASSERT_NE(now.lead, nullptr);
    EXPECT_EQ(now.lead->code, "cg");
    EXPECT_TRUE(now.by_experience);
    EXPECT_EQ(now.said.row->note, "nobody knows");
    lead("road.private", "350111", "cg", true);
    count();
    EXPECT_EQ(route(catalogue(units), experience, units, "road.private", "350111").lead, nullptr)
        << "one of six went back";
}

TEST_P(RoutingOf, DoesNotLetOtherAreasDecideWhatTheAreaDecides) {
    Directory const& units = *city.rules().directory;
    for (int i = 0; i < 6; ++i) lead("road.rail", "350111", "zj", false);
    count();
    EXPECT_EQ(route(catalogue(units), experience, units, "road.rail", "").lead, nullptr);
    EXPECT_EQ(route(catalogue(units), experience, units, "road.rail", "350111").lead->code, "350111-zj");
}

}  // namespace
}  // namespace banyan::hints
