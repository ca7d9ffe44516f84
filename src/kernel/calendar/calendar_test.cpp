#include "kernel/calendar/calendar.h"

#include <gtest/gtest.h>

#include "kernel/calendar/testing.h"

namespace banyan {
namespace {

using testing::day;
using testing::published;

int working_days_of(Calendar const& calendar, int year) {
    return calendar.working_days(day_of({year - 1, 12, 31}), day_of({year, 12, 31}));
}

Calendar parsed(std::string const& rows) { return Calendar::parse("date,name,kind\n" + rows).value(); }

TEST(Calendar, HasTheWorkingDaysOfEachYear) {
    struct {
        int year, days;
    } rows[] = {{2016, 250}, {2017, 249}, {2018, 250}, {2019, 250}, {2020, 249}, {2021, 250},
                {2022, 249}, {2023, 249}, {2024, 251}, {2025, 248}, {2026, 248}};
    for (auto [year, days] : rows) EXPECT_EQ(working_days_of(published(), year), days) << year;
}

TEST(Calendar, KnowsMakeUpDaysAndHolidays) {
    EXPECT_TRUE(published().working(day("2026-10-10")));   // a Saturday
    EXPECT_FALSE(published().working(day("2026-10-11")));  // the Sunday after it
    EXPECT_FALSE(published().working(day("2026-10-05")));  // a Monday of National Day
    EXPECT_TRUE(published().working(day("2026-10-09")));
}

TEST(Calendar, AYearIsPublishedWhenItsFirstOfJanuaryIsListed) {
    EXPECT_TRUE(published().published(day("2007-01-01")));
    EXPECT_TRUE(published().published(day("2026-12-31")));
    EXPECT_FALSE(published().published(day("2027-01-01")));
    EXPECT_TRUE(published().working(day("2006-12-30")));  // a Saturday: the list of 2007 begins with it
    EXPECT_FALSE(published().published(day("2006-12-30")));
    EXPECT_FALSE(Calendar{}.published(day("2026-10-09")));
}

TEST(Calendar, AnUnpublishedYearHasWeekendsAndTheStatutoryDaysFixedByDate) {
    for (auto off :
         {"2027-01-01", "2027-01-02", "2027-01-03", "2027-05-01", "2027-10-01", "2027-10-02", "2028-05-02"})
        EXPECT_FALSE(published().working(day(off))) << off;
    for (auto worked : {"2027-01-04", "2027-05-03", "2027-10-04", "2028-01-03"})
        EXPECT_TRUE(published().working(day(worked))) << worked;
}

TEST(Calendar, CountsTheSameFarOutsideTheYearsCountedBeforehand) {
    Calendar none;
    for (auto start : {"1989-12-29", "1969-01-03", "2100-12-30", "2150-06-01"}) {
        Day after = none.working_day_after(day(start), 10);
        EXPECT_TRUE(none.working(after)) << start;
        EXPECT_EQ(none.working_days(day(start), after), 10) << start;
        EXPECT_EQ(none.working_days(none.working_day_back(after, 10) - 1, after), 10) << start;
        EXPECT_EQ(none.unpublished_year(day(start), after), civil(day(start) + 1).year);
    }
    EXPECT_FALSE(none.working(day("1989-12-31")));
    EXPECT_FALSE(none.working(day("2101-01-01")));
}

TEST(Calendar, CountsBack) {
    EXPECT_EQ(iso(published().working_day_back(day("2026-10-10"), 1)), "2026-10-10");
    EXPECT_EQ(iso(published().working_day_back(day("2026-10-11"), 1)), "2026-10-10");
    EXPECT_EQ(iso(published().working_day_back(day("2026-10-10"), 4)), "2026-09-30");
}

TEST(Calendar, NamesTheYearThatIsMissing) {
    EXPECT_EQ(published().unpublished_year(day("2026-12-18"), day("2026-12-31")), std::nullopt);
    EXPECT_EQ(published().unpublished_year(day("2026-12-18"), day("2027-01-04")), 2027);
}

TEST(Calendar, RefusesAListThatCannotBeMeant) {
    struct {
        std::string csv, key, line;
    } rows[] = {
        {"", "calendar.no_header", "1"},
        {"2026-01-01,元旦,off\n", "calendar.no_header", "1"},
        {"date,name,kind\n2026-02-30,春节,off\n", "calendar.bad_date", "2"},
        {"date,name,kind\n2026/1/1,元旦,off\n", "calendar.bad_date", "2"},
        {"date,name,kind\n0026-01-01,元旦,off\n", "calendar.bad_date", "2"},
        {"date,name,kind\n2026-01-01,元旦,off\n\n2026-01-04,元旦,working\n", "calendar.unknown_kind", "4"},
        {"date,name,kind\n2026-01-01,元旦,off\n2026-01-01,元旦,work\n", "calendar.date_twice", "3"},
        {"date,name,kind\n2026-01-01,off\n", "calendar.bad_line", "2"},
        {"date,name,kind\n2026-01-01,元旦,off,\n", "calendar.bad_line", "2"},
    };
    for (auto const& [csv, key, line] : rows) {
        auto refused = Calendar::parse(csv);
        ASSERT_FALSE(refused) << csv;
        EXPECT_EQ(refused.error().key, key) << csv;
        EXPECT_EQ(refused.error().params.at(0).second, line) << csv;
    }
}

TEST(Calendar, ReadsWhatASpreadsheetWrites) {
    auto calendar = Calendar::parse(
        "\xEF\xBB\xBF"
        "date,name,kind\r\n2026-01-04,元旦,work\r\n2026-01-01,元旦,off");
    ASSERT_TRUE(calendar);
    EXPECT_TRUE(calendar->working(day("2026-01-04")));
    EXPECT_TRUE(calendar->published(day("2026-06-01")));
    EXPECT_EQ(calendar->csv(), "date,name,kind\n2026-01-01,元旦,off\n2026-01-04,元旦,work\n");
    EXPECT_EQ(Calendar::parse(published().csv())->listed(), published().listed());
}

TEST(Calendar, ANewerListIsRightWhereBothHaveADay) {
    Calendar told = parsed("2027-01-01,元旦,off\n2027-01-04,元旦,off\n");
    Calendar merged = published().merged_with(told).merged_with(parsed("2027-01-04,元旦,work\n"));
    EXPECT_TRUE(merged.working(day("2027-01-04")));
    EXPECT_TRUE(merged.published(day("2027-01-04")));
    EXPECT_TRUE(merged.working(day("2026-10-10")));
    EXPECT_EQ(merged.listed().size(), published().listed().size() + 2);
}

TEST(OfficeHours, AreReadAndWritten) {
    EXPECT_EQ(OfficeHours::parse("08:30-12:00,14:30-17:30"), kOfficeHours);
    EXPECT_EQ(OfficeHours::parse(" 08:00 - 12:00 , 15:00-24:00")->text(), "08:00-12:00,15:00-24:00");
    EXPECT_EQ(kOfficeHours.a_day(), minutes(390));
}

TEST(OfficeHours, RefuseWhatIsNoTimeOrOutOfOrder) {
    for (auto text :
         {"", ",", "08:30", "8:30-12:00", "08:30-12:60", "08:30-24:01", "ab:cd-12:00", "08:30-12:00-13:00"})
        EXPECT_EQ(OfficeHours::parse(text).error().key, "office_hours.unreadable") << text;
    for (auto text : {"12:00-08:30", "08:30-08:30", "14:30-17:30,08:30-12:00", "08:30-12:00,11:00-17:30"})
        EXPECT_EQ(OfficeHours::parse(text).error().key, "office_hours.order") << text;
}

}  // namespace
}  // namespace banyan
