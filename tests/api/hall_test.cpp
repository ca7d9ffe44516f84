// The service hall's catalogue, for everybody: lists, guides, numbers, open data; what bad input gets. Rules of
// items: src/systems/hall/rules_test.cpp
#include "api/hall.h"

#include <gtest/gtest.h>

#include "api/demo_city.h"

namespace banyan::api_test {
namespace {

std::string const kHall = "/api/v1/hall/";

Heard hall(std::string const& target) { return as("nobody").get(kHall + target); }

std::int64_t number_of(json::value const& list, std::string_view code, char const* member = "code") {
    for (json::value const& row : list.as_array())
        if (row.at(member).as_string() == code) return row.at("n").as_int64();
    return 0;
}

/// Codes of all items, page by page.
std::vector<std::string> codes(std::string const& query = "") {
    std::vector<std::string> all;
    std::string next;
    do {
        Heard const page = hall("items?limit=100" + query + (next.empty() ? "" : "&cursor=" + next));
        EXPECT_EQ(page.status, 200) << page.text;
        for (json::value const& row : page.body.at("items").as_array())
            all.emplace_back(row.at("code").as_string());
        next = page.at("/next");
    } while (!next.empty());
    return all;
}

std::string const& first() {
    static std::string const kFirst = codes("&unit=sj").front();
    return kFirst;
}

/// The guide of an item by its name.
Heard guide_of(std::string const& encoded_name) {
    Heard const found = hall("items?limit=1&q=" + encoded_name);
    return hall("items/" + found.at("/items/0/code"));
}

TEST(Hall, HasTheDemosItemsWithTheirTrips) {
    Heard const counter = hall("counter");
    ASSERT_EQ(counter.status, 200) << counter.text;
    EXPECT_EQ(counter.number("/items"), 820);
    EXPECT_EQ(counter.number("/none"), 148);
    EXPECT_EQ(counter.number("/one"), 669);
    EXPECT_EQ(counter.number("/more"), 3);
    EXPECT_EQ(counter.number("/changes/cancelled"), 3);
    EXPECT_EQ(counter.number("/changes/delegated"), 3);
    EXPECT_EQ(counter.number("/changes/merged"), 2);
    EXPECT_EQ(counter.number("/changes/struck"), 4);
    EXPECT_EQ(counter.number("/share_online_bp"), counter.number("/online") * 10'000 / 820);
    EXPECT_GT(counter.number("/share_online_bp"), 9000);

    Heard const facets = hall("facets");
    EXPECT_EQ(facets.number("/count"), 820);
    EXPECT_EQ(facets.body.at("units").as_array().size(), 43U);
    EXPECT_EQ(number_of(facets.body.at("trips"), "more"), 3);
    EXPECT_EQ(codes("&trips=more").size(), 3U);

    Heard const classes = hall("classes");
    EXPECT_EQ(classes.body.at("scenes").as_array().size(), 9U);
    EXPECT_EQ(classes.body.at("classes").as_array().size(), 21U);
    for (char const* list : {"scenes", "classes"})
        for (json::value const& row : classes.body.at(list).as_array())
            EXPECT_GT(row.at("n").as_int64(), 0) << json::serialize(row);
}

TEST(Hall, ListsEveryItemOnce) {
    auto const all = codes();
    EXPECT_EQ(all.size(), 820U);
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), 820U);
}

TEST(Hall, ShowsTheGuideOfARestaurantsPermit) {
    Heard const guide = guide_of("%E9%A3%9F%E5%93%81%E7%BB%8F%E8%90%A5%E8%AE%B8%E5%8F%AF");  // 食品经营许可
    ASSERT_EQ(guide.status, 200) << guide.text;
    EXPECT_EQ(guide.at("/unit"), "sj");
    EXPECT_EQ(guide.at("/trips"), "none");
    EXPECT_NE(guide.at("/trips_why/zh"), "");
    EXPECT_EQ(guide.number("/legal_days"), 20);
    EXPECT_EQ(guide.number("/promised_days"), 5);
    EXPECT_TRUE(guide.has("/special/0/basis")) << "what stops the clock has a basis";
    EXPECT_TRUE(guide.has("/other_situations/0/code"));
    EXPECT_EQ(guide.number("/version"), 1);
    EXPECT_EQ(guide.number("/versions/0/version"), 1);
    EXPECT_EQ(guide.at("/names/unit/zh"), "市场监管局");
    EXPECT_EQ(guide.at("/state"), "published");
    for (json::value const& material : guide.body.at("materials").as_array())
        EXPECT_TRUE(!material.at("shared").as_bool() || material.at("form").as_string() == "noneed");
    Heard const version = hall("items/" + guide.at("/code") + "?version=1");
    EXPECT_EQ(version.text, guide.text);
}

TEST(Hall, DrawsAQrCodeThatLeadsToTheGuide) {
    Heard const picture = hall("items/" + first() + "/qr");
    EXPECT_EQ(picture.status, 200);
    EXPECT_TRUE(picture.header("content-type").starts_with("image/svg+xml"));
    EXPECT_TRUE(picture.text.starts_with("<svg "));
    EXPECT_NE(hall("items/" + codes().back() + "/qr").text, picture.text);
}

TEST(Hall, TellsWhatWasChangedAndItsRules) {
    Heard const log = hall("changes");
    ASSERT_EQ(log.body.at("changes").as_array().size(), 12U);
    EXPECT_FALSE(log.has("/next"));
    std::string before = "9999";
    for (json::value const& change : log.body.at("changes").as_array()) {
        EXPECT_FALSE(change.at("basis").as_string().empty());
        std::string const day(change.at("day").as_string());
        EXPECT_LE(day, before) << "the newest first";
        before = day;
    }
    std::string const last(log.body.at("changes").as_array().back().at("day").as_string());
    EXPECT_EQ(hall("changes?cursor=" + last + ":1").body.at("changes").as_array().size(), 0U);

    Heard const rules = hall("rules");
    EXPECT_GE(rules.body.at("rules").as_array().size(), 25U);
    for (json::value const& rule : rules.body.at("rules").as_array())
        for (char const* language : {"zh", "en"}) {
            EXPECT_FALSE(rule.at(language).as_string().starts_with("hall.rule.")) << json::serialize(rule);
            EXPECT_FALSE(rule.at("source").at(language).as_string().starts_with("hall.")) << json::serialize(rule);
        }
}

TEST(Hall, GivesItsDataAway) {
    Heard const lines = hall("open-data/items.jsonl"), table = hall("open-data/items.csv");
    EXPECT_EQ(std::ranges::count(lines.text, '\n'), 820);
    EXPECT_EQ(lines.header("link"), "") << "all of it is on one page";
    json::value const one = json::parse(lines.text.substr(0, lines.text.find('\n')));
    EXPECT_TRUE(one.as_object().contains("trips"));
    EXPECT_TRUE(table.text.starts_with("code,catalogue,name,"));
    EXPECT_TRUE(table.header("content-type").starts_with("text/csv"));
    EXPECT_EQ(hall("open-data/items.jsonl?region=3501").text, lines.text);
    EXPECT_EQ(hall("open-data/items.jsonl?region=350100").text, lines.text);
    EXPECT_EQ(hall("open-data/items.jsonl?region=3502").text, "");
    Heard const rest = hall("open-data/items.jsonl?after=800");
    EXPECT_EQ(std::ranges::count(rest.text, '\n'), 20);
}

TEST(Hall, RefusesWhatCannotBe) {
    struct Row {
        std::string target;
        int status;
        char const* key;
    };
    std::string const long_text(201, 'x');
    for (Row const& row : {
             Row{"items/nothing", 404, "item.unknown"},
             Row{"items/nothing/qr", 404, "item.unknown"},
             Row{"items/" + first() + "?version=2", 404, "item.unknown"},
             Row{"items/" + first() + "?version=0", 422, "field.range"},
             Row{"items/" + first() + "?version=x", 422, "field.type"},
             Row{"items/" + std::string(300, 'a'), 404, "item.unknown"},
             Row{"items/%27%20OR%201=1", 404, "item.unknown"},
             Row{"items?cursor=bad", 400, "cursor.bad"},
             Row{"items?limit=0", 422, "field.range"},
             Row{"items?limit=101", 422, "field.range"},
             Row{"items?q=" + long_text, 422, "field.too_long"},
             Row{"items?trips=two", 422, "field.choice"},
             Row{"items?region=9999", 422, "region.unknown"},
             Row{"items?unit=nothing", 422, "unit.unknown"},
             Row{"items?class=nothing", 422, "field.choice"},
             Row{"items?colour=red", 422, "field.unknown"},
             Row{"facets?star=6", 422, "field.range"},
             Row{"changes?cursor=yesterday", 400, "cursor.bad"},
             Row{"changes?cursor=2026-01-01:x", 400, "cursor.bad"},
             Row{"open-data/items.csv?region=9999", 422, "region.unknown"},
             Row{"open-data/items.csv?after=x", 400, "cursor.bad"},
             Row{"open-data/items.xml", 404, "http.not_found"},
         }) {
        Heard const heard = hall(row.target);
        EXPECT_EQ(heard.status, row.status) << row.target << " " << heard.text;
        EXPECT_EQ(heard.key(), row.key) << row.target;
    }
}

}  // namespace

void look_in_the_hall() {
    for (char const* target : {"items?limit=1", "facets", "classes", "counter", "changes", "rules",
                               "open-data/items.csv", "open-data/items.jsonl"})
        hall(target);
    auto const all = codes();
    for (std::size_t i = 0; i < all.size(); i += 2) hall("items/" + all[i]);
    hall("items/" + all.front() + "/qr");
}

}  // namespace banyan::api_test
