#include "kernel/people/dispatch_catalogue.h"

#include <gtest/gtest.h>

#include "base/testing.h"

namespace banyan {
namespace {

using Why = DispatchCatalogue::Proposal::Why;

constexpr char const* kClasses =
    "code,parent\nroad,\nroad.lamp,road\nroad.rail,road\nroad.private,road\ncity,\ncity.tree,city\n";

Directory directory() {
    std::vector<Unit> units;
    auto add = [&](std::int64_t id, std::string code, std::string region) {
        Unit unit;
        unit.id = UnitId(id);
        unit.parent = UnitId(id == 1 ? 0 : 1);
        unit.code = std::move(code);
        unit.region = std::move(region);
        unit.group = id == 1 ? "centre" : "city";
        units.push_back(std::move(unit));
    };
    add(1, "centre", "3501");
    add(2, "cg", "3501");
    add(3, "lamp", "3501");
    add(4, "350102-cg", "350102");
    add(5, "350121-cg", "350121");
    return {units, {}};
}

DispatchCatalogue catalogue() {
    auto read = DispatchCatalogue::read(
        "class,region,lead,assist,note,unclear\n"
        "road,,cg,,rest,0\n"
        "road.lamp,,cg,lamp;@cg,city,0\n"
        "road.lamp,350121,350121-cg,,county,0\n"
        "road.rail,,@cg,,area,0\n"
        "road.private,,,,nobody knows,1\n",
        kClasses, directory());
    if (!read) throw std::runtime_error(read.error().key);
    return *read;
}

TEST(DispatchCatalogue, GoesByTheAreaBeforeTheCity) {
    Directory const units = directory();
    DispatchCatalogue const said = catalogue();
    EXPECT_EQ(said.find("road.lamp", "350121001", units).lead->code, "350121-cg");
    auto const city = said.find("road.lamp", "350102004", units);
    EXPECT_EQ(city.lead->code, "cg");
    ASSERT_EQ(city.assist.size(), 2U);
    EXPECT_EQ(city.assist[1]->code, "350102-cg");
    EXPECT_EQ(said.find("road.lamp", "", units).lead->code, "cg");
}

TEST(DispatchCatalogue, GoesByLevelOneWhereTheClassHasNoRow) {
    auto read = DispatchCatalogue::read("class,region,lead,assist,note,unclear\nroad,,cg,,rest,0\n", kClasses,
                                        directory());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->find("road.rail", "", directory()).lead->code, "cg");
    EXPECT_EQ(read->top("road.rail"), "road");
    EXPECT_EQ(read->top("road"), "road");
    EXPECT_EQ(read->top("sea"), "");
}

TEST(DispatchCatalogue, SaysWhyItProposesNobody) {
    Directory const units = directory();
    DispatchCatalogue const said = catalogue();
    EXPECT_EQ(said.find("road.private", "350102", units).why, Why::unclear);
    EXPECT_EQ(said.find("road.private", "350102", units).row->note, "nobody knows");
    EXPECT_EQ(said.find("road.rail", "", units).why, Why::needs_area);
    EXPECT_EQ(said.find("road.rail", "3501", units).why, Why::needs_area);
    EXPECT_EQ(said.find("road.rail", "350105", units).why, Why::no_unit);
    EXPECT_EQ(said.find("city.tree", "350102", units).why, Why::no_row);
    EXPECT_EQ(said.find("sea", "350102", units).why, Why::no_row);
}

TEST(DispatchCatalogue, RefusesByLine) {
    auto refused = [](std::string const& rows, char const* classes = kClasses) {
        auto read =
            DispatchCatalogue::read("class,region,lead,assist,note,unclear\n" + rows, classes, directory());
        return read ? std::string() : read.error().key;
    };
    EXPECT_EQ(refused("sea,,cg,,,0\n"), "dispatch_catalogue.class");
    EXPECT_EQ(refused("road,,nobody,,,0\n"), "dispatch_catalogue.unit");
    EXPECT_EQ(refused("road,,cg,nobody,,0\n"), "dispatch_catalogue.unit");
    EXPECT_EQ(refused("road,,cg,,,0\nroad,,cg,,,0\n"), "dispatch_catalogue.twice");
    EXPECT_EQ(refused("", "code,parent\na,b\nb,a\n"), "classes.circle");
    EXPECT_EQ(DispatchCatalogue::read("class,region\n", kClasses, directory()).error().key,
              "dispatch_catalogue.columns");
}

}  // namespace
}  // namespace banyan
