// An item as JSON, every fault named; and the trips that follow from it.
#include "systems/hall/item.h"

#include <gtest/gtest.h>

#include <functional>

#include "systems/hall/testing.h"

namespace banyan::hall {
namespace {

using testing::good_item;

std::vector<std::string> faults(json::object const& from) {
    auto const item = read_item(from);
    std::vector<std::string> all;
    if (item) return all;
    all.push_back(item.error().key + " " + item.error().field);
    for (Refusal const& other : item.error().others) all.push_back(other.key + " " + other.field);
    return all;
}

TEST(Item, GivesBackWhatWasWritten) {
    Item const item = good_item();
    auto const back = read_item(item_json(item));
    ASSERT_TRUE(back) << back.error().key << " " << back.error().field;
    EXPECT_EQ(*back, item);
    EXPECT_EQ(json::serialize(item_json(*back)), json::serialize(item_json(item)));
    EXPECT_EQ(item_written(item_json(item)), item);
    EXPECT_EQ(item_written({}), Item{});
}

TEST(Item, NamesEachFaultByItsPath) {
    struct Row {
        char const* fault;
        std::function<void(json::object&)> spoil;
    };
    Row const rows[] = {
        {"name.missing name", [](json::object& item) { item["name"] = " "; }},
        {"unit.unknown unit", [](json::object& item) { item.erase("unit"); }},
        {"type.unknown type", [](json::object& item) { item["type"] = "XY"; }},
        {"field.required level", [](json::object& item) { item.erase("level"); }},
        {"field.choice level", [](json::object& item) { item["level"] = "country"; }},
        {"field.required star", [](json::object& item) { item.erase("star"); }},
        {"field.range star", [](json::object& item) { item["star"] = 6; }},
        {"field.type star", [](json::object& item) { item["star"] = "5"; }},
        {"field.range legal_days", [](json::object& item) { item["legal_days"] = -2; }},
        {"field.unknown colour", [](json::object& item) { item["colour"] = "red"; }},
        {"field.type audience", [](json::object& item) { item["audience"] = "person"; }},
        {"field.choice audience[0]", [](json::object& item) { item["audience"] = {"people"}; }},
        {"field.required audience", [](json::object& item) { item["audience"] = json::array(); }},
        {"field.required classes", [](json::object& item) { item.erase("classes"); }},
        {"field.type keywords[1]", [](json::object& item) { item["keywords"] = {"a", 1}; }},
        {"field.twice keywords[1]", [](json::object& item) { item["keywords"] = {"a", "a"}; }},
        {"field.required conditions[0]", [](json::object& item) { item["conditions"] = {" "}; }},
        {"field.choice options[0]", [](json::object& item) { item["options"] = {"magic"}; }},
        {"field.choice materials[0].form",
         [](json::object& item) { item["materials"].as_array()[0].as_object()["form"] = "verbal"; }},
        {"field.required materials[1].name",
         [](json::object& item) { item["materials"].as_array()[1].as_object().erase("name"); }},
        {"field.unknown materials[0].size",
         [](json::object& item) { item["materials"].as_array()[0].as_object()["size"] = 1; }},
        {"field.type materials", [](json::object& item) { item["materials"] = "申请表"; }},
        {"field.required special[0].name",
         [](json::object& item) { item["special"] = json::array{json::object()}; }},
        {"field.required basis[0].law", [](json::object& item) { item["basis"] = json::array{json::object()}; }},
        {"field.required fee.charged",
         [](json::object& item) { item["fee"] = json::object{{"standard", "1 元"}}; }},
        {"field.choice result.type", [](json::object& item) { item["result"].as_object()["type"] = "paper"; }},
        {"field.range window.point.lat", [](json::object& item) { item["window"].as_object()["lat"] = 91; }},
        {"field.type window.point", [](json::object& item) { item["window"].as_object().erase("lat"); }},
        {"field.format valid_from", [](json::object& item) { item["valid_from"] = "2026-13-01"; }},
        {"trips.contradiction trips", [](json::object& item) { item["trips"] = "one"; }},
        {"trips.contradiction trips", [](json::object& item) { item["trips"] = 0; }},
    };
    for (Row const& row : rows) {
        json::object item = item_json(good_item());
        row.spoil(item);
        EXPECT_EQ(faults(item), std::vector<std::string>{row.fault});
    }
}

TEST(Item, NamesAllFaultsAtOnce) {
    json::object item = item_json(good_item());
    item["star"] = 0;
    item["options"] = {"magic"};
    item["kind"] = "slow";
    EXPECT_EQ(faults(item),
              (std::vector<std::string>{"field.choice options[0]", "field.choice kind", "field.range star"}));
}

TEST(Item, LetsByWhatTheApiAddsToIt) {
    json::object item = item_json(good_item());
    item["version"] = 3;
    item["trips"] = "none";
    item["trips_why"] = {{"key", "electronic"}};
    item["names"] = json::object();
    EXPECT_TRUE(faults(item).empty());
}

TEST(Item, OfAPlaceIsReadByItsLongCodeToo) {
    json::object item = item_json(good_item());
    item["region"] = "350100";
    EXPECT_EQ(read_item(item)->region, "3501");
    EXPECT_EQ(region_code("350000"), "35");
    EXPECT_EQ(region_code("350102"), "350102");
    EXPECT_EQ(region_code("3501"), "3501");
}

struct Case {
    int star, in_person;
    Kind kind;
    char const* result;
    bool electronic;
    std::vector<std::string> delivery;
    Trips trips;
    char const* why;
};

TEST(Trips, FollowFromStarsVisitsAndDelivery) {
    constexpr auto kPromised = Kind::promised, kInstant = Kind::instant;
    Case const cases[] = {
        // 一趟不用跑: all of it on line, and nothing that has to be fetched
        {5, 0, kPromised, "licence", true, {"electronic"}, Trips::none, "electronic"},
        {5, 0, kPromised, "licence", false, {"pickup", "courier"}, Trips::none, "courier"},
        {5, 0, kInstant, "none", false, {}, Trips::none, "nothing_to_collect"},
        {5, 0, kPromised, "licence", true, {"courier"}, Trips::none, "courier"},
        // an electronic licence that nobody delivers is none
        {5, 0, kPromised, "licence", true, {"pickup"}, Trips::one, "collected"},
        {5, 0, kPromised, "licence", false, {"electronic"}, Trips::one, "collected"},
        {5, 0, kPromised, "licence", false, {"pickup"}, Trips::one, "collected"},
        // 最多跑一趟
        {4, 0, kPromised, "licence", true, {"courier"}, Trips::one, "papers_when_collecting"},
        {2, 0, kInstant, "licence", false, {"pickup"}, Trips::one, "on_the_spot"},
        {1, 0, kInstant, "none", false, {}, Trips::one, "on_the_spot"},
        // who must appear never has none (marriage), and more than once is more (a first passport)
        {5, 1, kInstant, "none", false, {}, Trips::one, "in_person_once"},
        {3, 1, kPromised, "licence", false, {"pickup"}, Trips::one, "in_person_once"},
        {5, 2, kPromised, "none", false, {}, Trips::more, "in_person_often"},
        {4, 3, kInstant, "none", false, {}, Trips::more, "in_person_often"},
        // neither
        {3, 0, kPromised, "licence", false, {"courier"}, Trips::more, "papers_then_collecting"},
        {2, 0, kPromised, "none", false, {}, Trips::more, "not_on_line"},
        {1, 0, kPromised, "licence", true, {"electronic"}, Trips::more, "not_on_line"},
    };
    for (Case const& each : cases) {
        Item item;
        item.star = each.star;
        item.in_person = each.in_person;
        item.kind = each.kind;
        item.result = {"证", {}, each.result, each.electronic};
        item.delivery = each.delivery;
        EXPECT_EQ(trips_of(item), each.trips) << each.star << " " << each.in_person << " " << each.why;
        EXPECT_EQ(trips_why(item), each.why) << each.star << " " << each.in_person;
    }
}

TEST(Trips, HaveASentenceForEachReason) {
    for (char const* language : {"zh", "en"}) {
        std::string const texts = banyan::testing::source_text(std::string("texts/") + language + "_hall.json");
        for (char const* why :
             {"in_person_often", "in_person_once", "nothing_to_collect", "electronic", "courier", "collected",
              "papers_when_collecting", "on_the_spot", "papers_then_collecting", "not_on_line"})
            EXPECT_NE(texts.find(std::string("\"hall.trips_why.") + why + "\""), std::string::npos) << why;
    }
}

}  // namespace
}  // namespace banyan::hall
