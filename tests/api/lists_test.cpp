// Lists that a map and the appraisal open: a region with all below it, contests that nobody has decided, where
// released matters are.
#include <gtest/gtest.h>

#include <thread>

#include "api/demo_city.h"
#include "api/released.h"

namespace banyan::api_test {
namespace {

std::string const kMatters = "/api/v1/matters";

std::string id_of(json::value const& row) { return std::string(row.at("id").as_string()); }

std::string filed(std::string const& region, json::object more = {}) {
    json::object form{
        {"title", "井盖松动"}, {"body", "车一过就响。"}, {"channel", "app"}, {"class", "road.manhole"}};
    if (!region.empty()) form["region"] = region;
    for (auto const& [name, value] : more) form[name] = value;
    return id_of(as("citizen").file(std::move(form)));
}

/// All pages of it.
std::vector<std::string> listed(char const* login, std::string const& query) {
    std::vector<std::string> ids;
    std::string next;
    do {
        Heard const page =
            as(login).get(kMatters + "?limit=100&" + query + (next.empty() ? "" : "&cursor=" + next));
        EXPECT_EQ(page.status, 200) << page.text;
        for (json::value const& row : page.body.at("matters").as_array()) ids.push_back(id_of(row));
        next = page.at("/next");
    } while (!next.empty());
    return ids;
}
bool holds(std::vector<std::string> const& ids, std::string const& id) {
    return std::ranges::find(ids, id) != ids.end();
}

TEST(Lists, OfARegionHaveAllThatLiesBelowIt) {
    std::string const street = filed("350102004"), district = filed("350102"), other = filed("350104"),
                      nowhere = filed("");
    for (char const* more : {"&open=true", "&stage=filed", ""}) {
        auto const within = listed("seat01", std::string("within=350102") + more);
        EXPECT_TRUE(holds(within, street)) << more;
        EXPECT_TRUE(holds(within, district)) << more;
        EXPECT_FALSE(holds(within, other)) << more;
        EXPECT_FALSE(holds(within, nowhere)) << more;
    }
    as("seat01").take(street, "accept", {{"kind", "complaint"}});  // from then on it has a due
    EXPECT_TRUE(holds(listed("seat01", "within=350102&order=due"), street));
    EXPECT_FALSE(holds(listed("seat01", "within=350104&order=due"), street));
    auto const city = listed("seat01", "within=3501&open=true");
    for (std::string const& each : {street, district, other}) EXPECT_TRUE(holds(city, each));
    EXPECT_FALSE(holds(city, nowhere));
    auto const exact = listed("seat01", "region=350102&open=true");
    EXPECT_FALSE(holds(exact, street)) << "region= is that region and nothing below it";
    EXPECT_TRUE(listed("seat01", "within=350102&region=350104&open=true").empty());
    EXPECT_EQ(as("seat01").get(kMatters + "?within=Fuzhou").status, 422);
}

TEST(Lists, OfARegionHideWhatTheViewerMayNotSee) {
    std::string const& secret = about_the_street().id;
    EXPECT_TRUE(holds(listed("seat01", "within=350102&open=true"), secret));
    EXPECT_FALSE(holds(listed("street-ry", "within=350102&open=true"), secret));
    EXPECT_FALSE(holds(listed("street-ry", "within=350102"), secret));
}

TEST(Lists, OfContestsHaveThoseThatNobodyHasDecided) {
    std::string const id = filed("350102");
    as("seat01").take(id, "accept", {{"kind", "complaint"}});
    as("disp01").take(id, "dispatch", {{"lead", "cg"}});
    as("unit-cg").take(id, "sign");
    as("unit-cg-head").take(id, "reply", {{"account", "已固定"}, {"public_reply", "井盖已固定。"}});
    as("review01").take(id, "approve");
    as("citizen").take(id, "rate", {{"rating", "satisfied"}});
    as("callback01").take(id, "call_back", {{"way", "message"}, {"outcome", "solved"}, {"final", "satisfied"}});
    EXPECT_FALSE(holds(listed("sup01", "asked=contest"), id));
    as("unit-cg-head").take(id, "contest", {{"contested", "unreasonable"}, {"reason", "已尽职"}});
    EXPECT_TRUE(holds(listed("sup01", "asked=contest"), id));
    EXPECT_TRUE(holds(listed("unit-cg-head", "asked=contest&mine=true"), id));
    EXPECT_FALSE(holds(listed("unit-water-head", "asked=contest"), id));
    EXPECT_FALSE(holds(listed("sup01", "asked=return"), id));
    as("sup01").take(id, "refuse_contest", {{"reason", "诉求合理"}});
    EXPECT_FALSE(holds(listed("sup01", "asked=contest"), id));
}

TEST(Lists, OfCardsHaveTheCardThatWasGivenLast) {
    std::string const id = filed("350102");
    as("seat01").take(id, "accept", {{"kind", "complaint"}});
    as("mayor").take(id, "instruct", {{"reason", "请尽快固定"}});
    std::string const supervised = listed("sup01", "stage=opened").at(0);
    as("sup01").take(supervised, "order", {{"kind", "ordinary"}, {"lead", "cg"}, {"demand", "固定井盖"}});
    EXPECT_FALSE(holds(listed("sup01", "card=yellow"), supervised));
    as("sup01").take(supervised, "give_card", {{"card", "yellow"}, {"reason", "超期"}});
    EXPECT_TRUE(holds(listed("sup01", "card=yellow&stage=ordered"), supervised));
    EXPECT_FALSE(holds(listed("sup01", "card=red"), supervised));
    as("sup01").take(supervised, "give_card", {{"card", "red"}, {"reason", "长期超期"}});
    EXPECT_FALSE(holds(listed("sup01", "card=yellow"), supervised));
    EXPECT_TRUE(holds(listed("sup01", "card=red"), supervised));
    EXPECT_FALSE(holds(listed("unit-water-head", "card=red"), supervised));
    EXPECT_EQ(as("sup01").get(kMatters + "?card=green").status, 422);
}

TEST(Heat, IsOfReleasedMattersAndNeverOfFewerThanThree) {
    constexpr double kLat = 26.4512, kLon = 119.7312;  // nothing else of the tests is there
    for (double step : {0.0, 0.001}) release_at(kLat + step, kLon);
    for (int each = 1; each <= 3; ++each) release_at(kLat, kLon - 0.03 * each);  // one by one, far from each other
    for (int each = 0; each < 3; ++each)
        filed("350111", {{"may_publish", true}, {"point", {{"lat", kLat}, {"lon", kLon}}}});  // not released
    std::this_thread::sleep_for(std::chrono::seconds(2));  // a thread behind the journal
    EXPECT_EQ(told_near(kLat, kLon), 0) << "two are too few, and three that nobody released are none";
    release_at(kLat - 0.001, kLon);
    EXPECT_TRUE(are_told_near(kLat, kLon));
    EXPECT_EQ(told_near(kLat, kLon), 3);
    EXPECT_EQ(as("unit-cg").get("/api/v1/figures/heat").status, 403);
    EXPECT_EQ(as("mayor").get("/api/v1/figures/heat?days=400").status, 422);
}

}  // namespace
}  // namespace banyan::api_test
