#include "systems/hall/find.h"

#include <gtest/gtest.h>

#include <set>

#include "systems/hall/shelf.h"
#include "systems/hall/testing/find.h"

namespace banyan::hall {
namespace {

using testing::finder_of;
using testing::listing;
using testing::title;

std::vector<std::string> codes(Finder const& finder, std::vector<Finder::Number> const& items) {
    std::vector<std::string> all;
    for (Finder::Number const item : items) all.emplace_back(finder.code(item));
    return all;
}

std::vector<std::string> found(Finder const& finder, Wanted const& wanted) {
    return codes(finder, finder.find(wanted, "", 100)->items);
}

using Codes = std::vector<std::string>;

/// Two titles in a city, two of its areas, and a town; and one in another city.
std::vector<Listing> stock() {
    std::vector<Listing> all{
        listing({"A1"}, title("社会保险登记", "new", "新设")),
        listing({"A2"}, title("社会保险登记", "cancel", "注销")),
        listing({"B1", "350102", Level::county, "gl", "鼓楼区人社局"}, title("社会保险登记", "new", "新设")),
        listing({"B0", "350103", Level::county, "tj", "台江区人社局"}, title("社会保险登记", "new", "新设")),
        listing({"C1", "350102001", Level::town, "town", "东街街道办事处"}, title("食品摊贩备案", "new", "新设")),
        listing({"X1", "3502", Level::city, "xm", "思明人社局"}, title("社会保险登记", "new", "新设"))};
    all[1].star = 5;
    all[1].trips = Trips::none;
    for (Listing& one : all) one.title.classes = {"insurance"};
    all[4].title = {"食品摊贩备案",        "Food stalls",      "new",      "新设", {}, Type::permit,
                    {"person", "company"}, {"food", "market"}, {"company"}};
    return all;
}

TEST(Find, SortsByWhatFitsThenLevelThenCode) {
    auto const finder = finder_of(stock());
    EXPECT_EQ(found(*finder, {}), (Codes{"A1", "A2", "X1", "B0", "B1", "C1"}));
    EXPECT_EQ(found(*finder, {.text = "社会保险登记"}), (Codes{"A1", "X1", "B0", "B1", "A2"}))
        << "who asks for none is shown the first time first";
    EXPECT_EQ(found(*finder, {.text = "社保注销"}).front(), "A2");
}

TEST(Find, FiltersByJustThePlaceOrAllWithin) {
    auto const finder = finder_of(stock());
    EXPECT_EQ(found(*finder, {.region = "350102"}), Codes{"B1"});
    EXPECT_EQ(found(*finder, {.region = "350102", .within = true}), (Codes{"B1", "C1"}));
    EXPECT_EQ(found(*finder, {.region = "3501", .within = true}), (Codes{"A1", "A2", "B0", "B1", "C1"}));
    EXPECT_EQ(found(*finder, {.region = "350100"}), (Codes{"A1", "A2"})) << "the code as cards write it";
    EXPECT_EQ(found(*finder, {.region = "99"}), Codes{});
}

TEST(Find, FiltersByEverythingElse) {
    auto const finder = finder_of(stock());
    EXPECT_EQ(found(*finder, {.unit = "gl"}), Codes{"B1"});
    EXPECT_EQ(found(*finder, {.unit = "nobody"}), Codes{});
    EXPECT_EQ(found(*finder, {.item_class = "market"}), Codes{"C1"});
    EXPECT_EQ(found(*finder, {.scene = "company"}), Codes{"C1"});
    EXPECT_EQ(found(*finder, {.audience = "company"}), Codes{"C1"});
    EXPECT_EQ(found(*finder, {.level = Level::county}), (Codes{"B0", "B1"}));
    EXPECT_EQ(found(*finder, {.type = Type::permit}), Codes{"C1"});
    EXPECT_EQ(found(*finder, {.trips = Trips::none}), Codes{"A2"});
    EXPECT_EQ(found(*finder, {.star = 5}), Codes{"A2"});
    EXPECT_EQ(found(*finder, {.text = "社保", .region = "3501", .star = 5}), Codes{"A2"});
    EXPECT_EQ(found(*finder, {.text = "食品", .region = "3502"}), Codes{});
}

TEST(Find, FindsAnItemByItsCodeAndAUnitsItemsByItsName) {
    auto const finder = finder_of(stock());
    EXPECT_EQ(found(*finder, {.text = "B1"}), Codes{"B1"});
    EXPECT_EQ(found(*finder, {.text = "B1", .region = "3502"}), Codes{});
    EXPECT_EQ(found(*finder, {.text = "东街街道"}), Codes{"C1"});
    EXPECT_EQ(found(*finder, {.text = "人社局"}), (Codes{"A1", "A2", "X1", "B0", "B1"}));
    EXPECT_EQ(found(*finder, {.text = "人社局", .scene = "company"}), Codes{});
}

TEST(Find, FindsNothingForWhatNobodyUnderstands) {
    auto const finder = finder_of(stock());
    for (char const* text : {"今天天气如何", "火锅", "xqzw", "，。！", "hello world", "9999"})
        EXPECT_EQ(found(*finder, {.text = text}), Codes{}) << text;
}

TEST(Find, PagesShowEachItemOnce) {
    auto const finder = finder_of(stock());
    for (char const* text : {"", "社会保险"}) {
        Wanted const wanted{.text = text};
        Codes all;
        std::string cursor;
        do {
            auto const page = finder->find(wanted, cursor, 2);
            for (std::string& code : codes(*finder, page->items)) all.push_back(std::move(code));
            EXPECT_EQ(page->count, text[0] == 0 ? 6U : 5U);
            cursor = page->next;
        } while (!cursor.empty());
        EXPECT_EQ(all, found(*finder, wanted));
    }
}

TEST(Find, ACursorHoldsWhenItemsComeAndGo) {
    std::vector<Listing> items = stock();
    auto const before = finder_of(items);
    auto const page = before->find({}, "", 3);  // A1 A2 X1
    EXPECT_EQ(codes(*before, before->find({}, page->next, 3)->items), (Codes{"B0", "B1", "C1"}));

    std::erase_if(items, [](Listing const& one) { return one.code == "X1" || one.code == "A1"; });
    items.push_back(listing({"A0"}, title("社会保障卡申领", "new", "新设")));
    items.push_back(listing({"A9"}, title("社会保障卡申领", "new", "新设")));
    auto const after = finder_of(items);
    EXPECT_EQ(codes(*after, after->find({}, page->next, 3)->items), (Codes{"B0", "B1", "C1"}))
        << "the item it names is gone, and the rest is where it was";
    auto const other = before->find({}, "", 1);  // A1, which is gone
    EXPECT_EQ(codes(*after, after->find({}, other->next, 1)->items), Codes{"A2"});
}

TEST(Find, RefusesACursorThatIsNone) {
    auto const finder = finder_of(stock());
    for (char const* cursor : {"x", "MQ", "MTo5OmI", "Ojo6"})
        EXPECT_EQ(finder->find({}, cursor, 3).error().key, "cursor.bad") << cursor;
}

TEST(Find, AListingComesBackAsItWasGiven) {
    Listing one = stock()[4];
    one.version = 7;
    one.promised_days = 5;
    one.legal_days = 20;
    one.charged = true;
    one.kind = Kind::promised;
    auto const finder = finder_of({one});
    EXPECT_EQ(finder->listing(0), one);
    EXPECT_EQ(finder->region(0), (Named{"350102001", "鼓东街道", ""}));
    EXPECT_EQ(finder->unit(0), (Named{"town", "东街街道办事处", "town"}));
}

TEST(Find, OfOneCodeTheLastCounts) {
    std::vector<Listing> items = stock();
    items.push_back(listing({"A1"}, title("食品经营许可", "new", "新设")));
    auto const finder = finder_of(items);
    EXPECT_EQ(finder->size(), 6U);
    EXPECT_EQ(found(*finder, {.text = "食品经营"}), Codes{"A1"});
}

TEST(Find, KnowsNoItemOfARegionThatIsNone) {
    EXPECT_THROW(finder_of({listing({"A1", "999999"}, title("登记", "new", ""))}), std::invalid_argument);
}

std::uint64_t of(std::vector<Tallied> const& all, std::string_view code) {
    for (Tallied const& one : all)
        if (one.what.code == code) return one.count;
    return 0;
}

TEST(Facets, CountWhatIsFound) {
    auto const finder = finder_of(stock());
    Facets const all = finder->facets({});
    EXPECT_EQ(all.count, 6U);
    EXPECT_EQ(all.units.front(), (Tallied{{"rs", "人社局", "rs"}, 2}));
    EXPECT_EQ(of(all.classes, "insurance"), 5U);
    EXPECT_EQ(of(all.classes, "market"), 1U);
    EXPECT_EQ(of(all.scenes, "company"), 1U);
    EXPECT_EQ(of(all.trips, "none"), 1U);
    EXPECT_EQ(of(all.trips, "more"), 5U);
    EXPECT_EQ(of(all.levels, "county"), 2U);
    EXPECT_EQ(of(all.types, "XK"), 1U);
    EXPECT_EQ(of(all.audiences, "person"), 6U);
    EXPECT_EQ(of(all.audiences, "company"), 1U);
    EXPECT_EQ(all.regions, (std::vector<Tallied>{{{"3501", "福州市", ""}, 5}, {{"3502", "厦门市", ""}, 1}}));
    EXPECT_TRUE(std::ranges::none_of(all.classes, [](Tallied const& one) { return one.count == 0; }));
}

TEST(Facets, AreOfTheSameItemsAsTheList) {
    auto const finder = finder_of(stock());
    Wanted const wanted{.text = "社会保险", .region = "3501", .within = true};
    Facets const some = finder->facets(wanted);
    EXPECT_EQ(some.count, finder->find(wanted, "", 1)->count);
    EXPECT_EQ(some.regions,
              (std::vector<Tallied>{
                  {{"3501", "福州市", ""}, 2}, {{"350102", "鼓楼区", ""}, 1}, {{"350103", "台江区", ""}, 1}}))
        << "the place's own, then what is below it";
    EXPECT_EQ(finder->facets({.unit = "nobody"}).count, 0U);
}

TEST(HallShelf, ChangesWhatIsFoundAndLeavesTheRest) {
    Shelf shelf(finder_of(stock()));
    auto const before = shelf.finder();
    Listing changed = stock()[0];
    changed.title.name = "食品生产许可";
    changed.version = 2;
    shelf.change({changed, listing({"Z1"}, title("养犬登记", "new", "新设"))}, {"X1"});
    auto const after = shelf.finder();
    EXPECT_EQ(before->size(), 6U) << "who has taken the old one keeps it";
    EXPECT_EQ(after->size(), 6U);
    EXPECT_EQ(found(*after, {.text = "食品生产"}), Codes{"A1"});
    EXPECT_EQ(found(*after, {.text = "社会保险登记"}), (Codes{"B0", "B1", "A2"}));
    EXPECT_EQ(found(*after, {.text = "养犬"}), Codes{"Z1"});
    EXPECT_EQ(after->listing(*after->number("A1")), changed);
    for (Listing const& one : stock()) {
        if (one.code == "A1" || one.code == "X1") continue;
        EXPECT_EQ(after->listing(*after->number(one.code)), one);
    }
}

}  // namespace
}  // namespace banyan::hall
