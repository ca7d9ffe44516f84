#include "systems/hall/home/places.h"

#include <gtest/gtest.h>

namespace banyan::hall {
namespace {

Instant at(std::string const& text) { return *parse_rfc3339(text + ":00+08:00"); }

Calendar october() {
    return *Calendar::parse(
        "date,name,kind\n2026-01-01,x,off\n2026-10-01,x,off\n2026-10-02,x,off\n2026-10-10,x,work\n");
}

TEST(Places, AreOpenByTheCitysCalendar) {
    struct {
        char const* now;
        bool open;
        char const* then;
    } const rows[] = {
        {"2026-10-09T09:00", true, "2026-10-09T12:00"},  {"2026-10-09T12:00", false, "2026-10-09T14:30"},
        {"2026-10-09T08:00", false, "2026-10-09T08:30"}, {"2026-10-09T17:30", false, "2026-10-10T08:30"},
        {"2026-10-10T15:00", true, "2026-10-10T17:30"},  // a Saturday that is worked
        {"2026-10-11T10:00", false, "2026-10-12T08:30"}, {"2026-10-01T10:00", false, "2026-10-05T08:30"},
    };
    for (auto const& row : rows) {
        OpenNow const now = open_now(october(), kOfficeHours, at(row.now));
        EXPECT_EQ(now.open, row.open) << row.now;
        EXPECT_EQ(now.until_or_from, at(row.then)) << row.now;
    }
}

TEST(Places, OfARegionThenInItThenAroundIt) {
    EXPECT_EQ(nearness("350102", "350102"), 0);
    EXPECT_EQ(nearness("350102004", "350102"), 1);
    EXPECT_GT(*nearness("3501", "350102"), 1);
    EXPECT_GT(*nearness("3501", "350102004"), *nearness("350102", "350102004"));
    EXPECT_EQ(nearness("350103", "350102"), std::nullopt);
}

TEST(Places, NameTheLineThatIsWrong) {
    std::string const head = "code,zh,en,unit,region,address,address_en,way,lat,lon\n";
    auto const good = read_places(head + "a,甲,A,xz,3501,路,Road,,26.07,119.29\n");
    ASSERT_TRUE(good) << good.error().key;
    EXPECT_EQ(good->front().lat, 26.07);
    auto const bad = read_places(head + "a,甲,A,xz,3501,路,Road,,26.07,119.29\nb,乙,B,xz,3501,路,Road,,96,119\n");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().key, "places.lat");
    EXPECT_EQ(bad.error().params.front().second, "3");
}

}  // namespace
}  // namespace banyan::hall
