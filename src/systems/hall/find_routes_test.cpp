#include "systems/hall/find_routes.h"

#include <gtest/gtest.h>

#include "systems/hall/testing/find.h"

namespace banyan::hall {
namespace {

std::string refusal(json::object const& query) {
    auto const wanted = wanted_of(query, testing::names());
    return wanted ? "" : wanted.error().key + " " + wanted.error().field;
}

TEST(FindRoutes, ReadWhatIsAskedFor) {
    auto const wanted = wanted_of({{"q", " 社保 "},
                                   {"region", "350100"},
                                   {"within", true},
                                   {"unit", "rs"},
                                   {"class", "food"},
                                   {"scene", "work"},
                                   {"audience", "person"},
                                   {"level", "town"},
                                   {"type", "XK"},
                                   {"trips", "none"},
                                   {"star", 5}},
                                  testing::names());
    ASSERT_TRUE(wanted);
    EXPECT_EQ(wanted->text, "社保");
    EXPECT_EQ(wanted->region, "3501");
    EXPECT_TRUE(wanted->within);
    EXPECT_EQ(wanted->item_class, "food");
    EXPECT_EQ(wanted->scene, "work");
    EXPECT_EQ(wanted->level, Level::town);
    EXPECT_EQ(wanted->type, Type::permit);
    EXPECT_EQ(wanted->trips, Trips::none);
    EXPECT_EQ(wanted->star, 5);
}

TEST(FindRoutes, RefuseByNameWhatNothingIs) {
    EXPECT_EQ(refusal({{"region", "3599"}}), "region.unknown query.region");
    EXPECT_EQ(refusal({{"class", "nonsense"}}), "field.choice query.class");
    EXPECT_EQ(refusal({{"scene", "nonsense"}}), "field.choice query.scene");
    auto refused = [](json::object query) {
        auto const read = read_form(find_fields(), std::move(query), "query");
        return read ? "" : read.error().key + " " + read.error().field;
    };
    EXPECT_EQ(refused({{"q", std::string(201, 'x')}}), "field.too_long query.q");
    EXPECT_EQ(refused({{"level", "nonsense"}}), "field.choice query.level");
    EXPECT_EQ(refused({{"star", 6}}), "field.range query.star");
    EXPECT_EQ(refused({{"nonsense", "x"}}), "field.unknown query.nonsense");
}

TEST(FindRoutes, ARowSaysWhatAListNeeds) {
    Listing one = testing::listing({"A1"}, testing::title("社会保险登记", "new", "新设"));
    one.promised_days = 3;
    one.star = 4;
    one.trips = Trips::one;
    auto const finder = testing::finder_of({one});
    json::object const row = row_json(*finder, 0);
    EXPECT_EQ(row.at("code"), "A1");
    EXPECT_EQ(row.at("unit"), (json::object{{"code", "rs"}, {"zh", "人社局"}, {"en", "rs"}}));
    EXPECT_EQ(row.at("region"), (json::object{{"code", "3501"}, {"zh", "福州市"}}));
    EXPECT_EQ(row.at("trips"), "one");
    EXPECT_EQ(row.at("legal_days"), -1);
    EXPECT_EQ(row.at("fee"), false);
    EXPECT_EQ(facets_json(finder->facets({})).at("units"),
              (json::array{json::object{{"unit", {{"code", "rs"}, {"zh", "人社局"}, {"en", "rs"}}}, {"n", 1}}}));
}

}  // namespace
}  // namespace banyan::hall
