#include "base/time.h"

#include <gtest/gtest.h>

namespace banyan {
namespace {

TEST(Instant, IsWrittenInTheCitysZone) {
    EXPECT_EQ(rfc3339(*parse_rfc3339("2026-10-09T16:00:00Z")), "2026-10-10T00:00:00+08:00");
    EXPECT_EQ(rfc3339(*parse_rfc3339("2026-10-10T00:00:00.25+08:00")), "2026-10-10T00:00:00.25+08:00");
}

TEST(Instant, NeedsAnOffset) {
    for (auto text : {"2026-10-10T00:00:00", "2026-10-10", "2026-02-30T00:00:00Z", "2026-10-10T24:00:00Z",
                      "2026-10-10T00:00:00+0800", "2026-10-10T00:00:00.Z", "", "2026-10-10T00:00:00Zx"})
        EXPECT_FALSE(parse_rfc3339(text)) << text;
}

TEST(Instant, IsReadAsExportsWriteIt) {
    EXPECT_EQ(parse_local("2019-04-24 16:03:40"), parse_rfc3339("2019-04-24T16:03:40+08:00"));
    EXPECT_EQ(parse_local("2019/4/24 6:03"), parse_rfc3339("2019-04-24T06:03:00+08:00"));
    EXPECT_FALSE(parse_local("2019-13-24 16:03:40"));
    EXPECT_FALSE(parse_local("2019-04-24 16:03:40 and more"));
}

TEST(Day, KnowsItsWeekday) {
    EXPECT_EQ(parse_day("2026-10-09")->weekday(), 5);
    EXPECT_TRUE(parse_day("2026-10-10")->weekend());
    EXPECT_EQ(parse_day("1969-12-28")->weekday(), 0);
    EXPECT_FALSE(parse_day("2026-02-29"));
}

TEST(Zone, AnInstantBeforeEightInTheMorningUtcIsStillTheSameDayInBeijing) {
    EXPECT_EQ(iso(kBeijing.day(*parse_rfc3339("2026-10-09T15:59:59Z"))), "2026-10-09");
    EXPECT_EQ(iso(kBeijing.day(*parse_rfc3339("2026-10-09T16:00:00Z"))), "2026-10-10");
    EXPECT_EQ(iso(kBeijing.day(Instant{-1})), "1970-01-01");
}

}  // namespace
}  // namespace banyan
