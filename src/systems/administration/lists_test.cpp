// A list is looked through whole: every bad line is said.
#include "systems/administration/lists.h"

#include <gtest/gtest.h>

namespace banyan::administration {
namespace {

constexpr std::string_view kClasses =
    "code,parent,zh,en,convenience\n"
    "road,,市政,Streets,0\n"
    "road.lamp,road,路灯,Lamp,1\n";
std::string const kHead = "code,parent,zh,en,convenience\n";

/// key line, key line …
std::string said(Refusal const& refusal) {
    std::string all;
    auto add = [&](Refusal const& fault) {
        all += (all.empty() ? "" : ", ") + fault.key;
        for (auto const& [name, value] : fault.params)
            if (name == "line") all += " " + value;
    };
    add(refusal);
    for (Refusal const& other : refusal.others) add(other);
    return all;
}
std::string faults(std::string const& rows) {
    auto const made = check_classes(kClasses, kHead + rows);
    return made ? "" : said(made.error());
}
std::string const kBoth = "road,,市政,Streets,0\nroad.lamp,road,路灯,Lamp,1\n";

TEST(Classes, SayWhatWouldChange) {
    auto const made = check_classes(
        kClasses, kHead + "road,,市政设施,Streets,0\nroad.lamp,road,路灯,Lamp,1\nwater,,水,Water,0\n");
    ASSERT_TRUE(made) << made.error().key;
    EXPECT_EQ(made->rows, 3);
    EXPECT_EQ(made->added, 1);
    EXPECT_EQ(made->changed, 1);
    EXPECT_EQ(made->removed, 0);
    EXPECT_EQ(check_classes("", kClasses)->added, 2) << "the first list of a city";
}

TEST(Classes, AreRefusedAtEachLine) {
    EXPECT_EQ(faults(kBoth + "Water,,水,Water,0\nwater,nowhere,水,,2\n"),
              "classes.code 4, classes.name 5, classes.parent 5, classes.convenience 5");
    EXPECT_EQ(faults(kBoth + "road,,市政,Streets,0\n"), "classes.twice 4");
    EXPECT_EQ(faults("road,road.lamp,市政,Streets,0\nroad.lamp,road,路灯,Lamp,1\n"),
              "classes.circle 2, classes.circle 3");
    EXPECT_EQ(check_classes(kClasses, "code,zh\n").error().key, "classes.columns");
}

TEST(Classes, ThatWereOnceThereStay) { EXPECT_EQ(faults("road,,市政,Streets,0\n"), "classes.gone"); }

TEST(Dispatch, NamesALeadOrSaysThatItIsUnclear) {
    Directory const directory(read_units("code,parent,zh,en,level,region,group\ncentre,,中心,Centre,1,3501,"
                                         "centre\ncg,centre,城管,Urban,2,3501,city\n")
                                  .value(),
                              {});
    std::string const head = "class,region,lead,assist,note,unclear\n";
    auto check = [&](std::string const& rows) { return check_dispatch(head, head + rows, kClasses, directory); };
    EXPECT_EQ(check("road,,cg,,,0\nroad.lamp,,,,,1\n")->added, 2);
    EXPECT_EQ(said(check("road,,,,,0\n").error()), "dispatch_catalogue.lead 2");
    EXPECT_EQ(said(check("road,,gone,,,0\nwater,,cg,,,0\nroad,,cg,,,0\n").error()),
              "dispatch_catalogue.unit 2, dispatch_catalogue.class 3, dispatch_catalogue.twice 4");
}

}  // namespace
}  // namespace banyan::administration
