#include "kernel/calendar/deadline.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "kernel/calendar/testing.h"

namespace banyan {

void PrintTo(Due const& due, std::ostream* out) {
    *out << iso(due.last_day) << " / " << rfc3339(due.instant) << (due.provisional ? " provisional" : "");
}

namespace {

using testing::at;
using testing::day;
using testing::limit;
using testing::published;

Due due(std::string_view from, std::string_view within, OfficeHours const& office = kOfficeHours) {
    return due_after(published(), at(from), limit(within), office);
}

/// A firm due to the 24:00 of a day.
Due until(std::string_view last_day, bool provisional = false) {
    return {day(last_day), kBeijing.start_of(day(last_day) + 1), provisional};
}

Calendar with_2027(std::string_view rows) {
    return published().merged_with(Calendar::parse("date,name,kind\n" + std::string(rows)).value());
}

TEST(Due, CountsTheWorkingDaysOfTheStateCouncil) {
    struct {
        std::string_view from, within, due, last_day;
    } rows[] = {
        {"2026-09-30 16:00", "2 working days", "2026-10-10 00:00", "2026-10-09"},
        {"2026-09-30 16:00", "3 working days", "2026-10-11 00:00", "2026-10-10"},
        {"2026-09-30 16:00", "5 working days", "2026-10-14 00:00", "2026-10-13"},
        {"2026-09-30 16:00", "10 working days", "2026-10-21 00:00", "2026-10-20"},
        {"2026-10-03 10:00", "3 working days", "2026-10-11 00:00", "2026-10-10"},
        {"2026-09-18 09:00", "3 working days", "2026-09-23 00:00", "2026-09-22"},
        {"2026-09-18 09:00", "10 working days", "2026-10-10 00:00", "2026-10-09"},
        {"2026-09-20 10:00", "2 working days", "2026-09-23 00:00", "2026-09-22"},
        {"2026-09-24 15:00", "2 working days", "2026-09-30 00:00", "2026-09-29"},
        {"2026-10-09 17:50", "2 working days", "2026-10-13 00:00", "2026-10-12"},
        {"2026-02-13 09:00", "2 working days", "2026-02-25 00:00", "2026-02-24"},
        {"2026-02-13 09:00", "10 working days", "2026-03-06 00:00", "2026-03-05"},
        {"2026-02-17 08:00", "2 working days", "2026-02-26 00:00", "2026-02-25"},
        {"2025-12-31 15:00", "3 working days", "2026-01-07 00:00", "2026-01-06"},
        {"2026-04-30 10:00", "5 working days", "2026-05-12 00:00", "2026-05-11"},
        {"2026-09-30 17:00", "4 working hours", "2026-10-08 12:00", "2026-10-08"},
        {"2026-10-09 16:30", "4 working hours", "2026-10-10 11:30", "2026-10-10"},
        {"2026-10-01 02:10", "30 minutes", "2026-10-01 02:40", "2026-10-01"},
        {"2018-04-17 08:56", "3 working days", "2018-04-21 00:00", "2018-04-20"},
        {"2026-10-12 09:00", "10 working days", "2026-10-27 00:00", "2026-10-26"},
    };
    for (auto const& row : rows)
        EXPECT_EQ(due(row.from, row.within), (Due{day(row.last_day), at(row.due), false}))
            << row.from << row.within;
}

TEST(Due, ALastCalendarDayOnADayOffMovesToTheNextWorkingDay) {
    EXPECT_EQ(due("2026-09-28 09:00", "2 days"), until("2026-09-30"));
    EXPECT_EQ(due("2026-09-28 09:00", "3 days"), until("2026-10-08"));  // 1 October
    EXPECT_EQ(due("2026-10-09 09:00", "1 day"), until("2026-10-10"));   // a Saturday that is worked
    EXPECT_EQ(due("2026-10-09 09:00", "2 days"), until("2026-10-12"));
}

TEST(Due, HoursRunDayAndNight) {
    EXPECT_EQ(due("2026-10-01 20:00", "24 hours"), (Due{day("2026-10-02"), at("2026-10-02 20:00"), false}));
    EXPECT_FALSE(due("2026-12-31 20:00", "24 hours").provisional);
}

TEST(Due, WorkingHoursRunInsideOfficeHoursOnly) {
    struct {
        std::string_view from, within, due;
    } rows[] = {
        {"2026-10-09 08:30", "1 working hour", "2026-10-09 09:30"},
        {"2026-10-09 11:30:20", "1 working hour", "2026-10-09 15:00:20"},  // over noon, to the second
        {"2026-10-09 11:00", "1 working hour", "2026-10-09 12:00"},        // used up at noon, not at 14:30
        {"2026-10-09 13:00", "1 working hour", "2026-10-09 15:30"},
        {"2026-10-09 16:30", "1 working hour", "2026-10-09 17:30"},  // to the end of the day, not the next morning
        {"2026-10-09 18:00", "1 working hour", "2026-10-10 09:30"},
        {"2026-10-11 10:00", "1 working hour", "2026-10-12 09:30"},    // a Sunday off
        {"2026-10-08 00:00", "13 working hours", "2026-10-09 17:30"},  // two whole days of 6.5 hours
        {"2026-10-08 00:00", "14 working hours", "2026-10-10 09:30"},
        {"2026-10-08 12:00", "26 working hours", "2026-10-13 12:00"},  // 3 h of the 8th, then 9, 10, 12, and 3.5 h
    };
    for (auto const& row : rows) {
        EXPECT_EQ(rfc3339(due(row.from, row.within).instant), rfc3339(at(row.due)))
            << row.from << " " << row.within;
        EXPECT_EQ(due(row.from, row.within).last_day, kBeijing.day(at(row.due)));
    }
}

TEST(Due, AnOfficeOpenToMidnightEndsOnThatDay) {
    OfficeHours late = OfficeHours::parse("20:00-24:00").value();
    EXPECT_EQ(due("2026-10-08 12:00", "4 working hours", late), until("2026-10-08"));
}

TEST(Due, IsProvisionalWhenADayOfItIsNotPublished) {  // scenario 14
    EXPECT_EQ(due("2026-12-17 10:00", "10 working days"), until("2026-12-31"));
    EXPECT_EQ(due("2026-12-18 10:00", "10 working days"), until("2027-01-04", true));
    EXPECT_TRUE(due("2026-11-02 10:00", "45 working days").provisional);
    EXPECT_TRUE(due("2026-12-31 17:00", "1 working hour").provisional);
    EXPECT_FALSE(due("2026-12-31 16:00", "1 working hour").provisional);
    EXPECT_EQ(due("2026-12-26 10:00", "5 days"), until("2026-12-31"));
    EXPECT_EQ(due("2026-12-26 10:00", "6 days"), until("2027-01-04", true));
}

TEST(Due, IsNeverEarlierThanToldWhenTheListComes) {  // scenario 14
    Due told = due("2026-12-18 10:00", "10 working days");
    auto computed = [](std::string_view rows) {
        return due_after(with_2027(rows), at("2026-12-18 10:00"), limit("10 working days"));
    };
    std::string const usual =
        "2027-01-01,元旦,off\n2027-01-02,元旦,off\n2027-01-03,元旦,off\n2027-01-04,元旦,work\n";
    EXPECT_EQ(later_of(told, computed(usual)), until("2027-01-04"));
    Due earlier = computed("2027-01-01,元旦,off\n2027-01-02,元旦,work\n");
    EXPECT_EQ(earlier, until("2027-01-02"));
    EXPECT_EQ(later_of(told, earlier), until("2027-01-04"));
    Due later = computed("2027-01-01,元旦,off\n2027-01-04,元旦,off\n");
    EXPECT_EQ(later_of(told, later), until("2027-01-05"));
}

TEST(Extension, IsCountedFromTheLastDay) {
    EXPECT_EQ(extend(published(), until("2026-10-08"), limit("2 working days")), until("2026-10-10"));
    EXPECT_EQ(extend(published(), until("2026-09-30"), limit("1 day")), until("2026-10-08"));
    EXPECT_EQ(extend(published(), until("2026-12-31"), limit("1 working day")), until("2027-01-04", true));
    EXPECT_TRUE(extend(published(), until("2026-10-08", true), limit("1 working day")).provisional);
}

TEST(Extension, OfHoursIsCountedFromTheInstant) {
    Due urgent = due("2026-10-01 02:10", "30 minutes");
    EXPECT_EQ(extend(published(), urgent, limit("2 hours")).instant, at("2026-10-01 04:40"));
    EXPECT_EQ(extend(published(), urgent, limit("1 working day")), until("2026-10-08"));
    Due office = due("2026-10-09 16:30", "4 working hours");
    EXPECT_EQ(extend(published(), office, limit("1 working hour")).instant, at("2026-10-10 15:00"));
}

TEST(ToClosing, TheLastDayEndsWhenTheOfficeCloses) {  // Civil Code art. 203
    struct {
        std::string_view from, within, due, last_day;
    } rows[] = {
        {"2026-09-30 16:00", "2 working days to closing", "2026-10-09 17:30", "2026-10-09"},
        {"2026-09-30 16:00", "3 working days to closing", "2026-10-10 17:30", "2026-10-10"},  // a make-up Saturday
        {"2026-10-12 20:00", "1 working day to closing", "2026-10-13 17:30", "2026-10-13"},  // begun after closing
        {"2026-10-12 09:00", "5 days to closing", "2026-10-19 17:30", "2026-10-19"},  // the 17th is a Saturday
        {"2026-12-31 15:00", "1 working day to closing", "2027-01-04 17:30", "2027-01-04"},  // 暂定
    };
    for (auto const& row : rows) {
        Due found = due(row.from, row.within);
        EXPECT_EQ(found.instant, at(row.due)) << row.from << " " << row.within;
        EXPECT_EQ(found.last_day, day(row.last_day)) << row.from << " " << row.within;
        EXPECT_EQ(found.provisional, row.last_day > "2027") << row.from << " " << row.within;
    }
    OfficeHours summer = OfficeHours::parse("08:00-12:00,15:00-18:00").value();
    EXPECT_EQ(due("2026-10-12 09:00", "1 working day to closing", summer).instant, at("2026-10-13 18:00"));
    OfficeHours always = OfficeHours::parse("00:00-24:00").value();
    EXPECT_EQ(due("2026-10-12 09:00", "1 working day to closing", always).instant, at("2026-10-14 00:00"));
}

TEST(ToClosing, ExtensionsAndHoldsEndThereToo) {
    Due told = due("2026-10-12 09:00", "5 working days to closing");
    EXPECT_EQ(extend(published(), told, limit("2 working days to closing")).instant, at("2026-10-21 17:30"));
    EXPECT_EQ(after_hold(published(), told, limit("5 working days to closing"), at("2026-10-14 10:00"),
                         at("2026-10-20 15:00")),
              (Due{day("2026-10-23"), at("2026-10-23 17:30"), false}));
    EXPECT_EQ(after_hold(published(), told, limit("5 working days to closing"), at("2026-10-19 17:30"),
                         at("2026-10-21 09:00")),
              told);  // it was late already
}

TEST(ToClosing, TheLightIsRedFromClosing) {
    Due told = due("2026-10-12 09:00", "1 working day to closing");
    EXPECT_EQ(light(published(), told, 1, at("2026-10-13 17:29:59")), Light::yellow);
    EXPECT_EQ(light(published(), told, 1, at("2026-10-13 17:30")), Light::red);
    EXPECT_EQ(working_days_left(published(), told, at("2026-10-13 17:29:59")), 1);
    EXPECT_EQ(working_days_left(published(), told, at("2026-10-13 17:30")), 0);
}

TEST(Hold, TakesOutTheWorkingDaysAfterTheDayItBegan) {  // scenario 10
    Limit ten = limit("10 working days");
    Due complaint = due("2026-10-12 09:00", "10 working days");
    auto held = [&](std::string_view from, std::string_view to) {
        return after_hold(published(), complaint, ten, at(from), at(to));
    };
    EXPECT_EQ(held("2026-10-14 10:00", "2026-10-20 15:00"), until("2026-10-30"));  // 15, 16, 19, 20
    EXPECT_EQ(held("2026-10-14 00:00", "2026-10-14 23:59"), complaint);            // one day
    EXPECT_EQ(held("2026-10-16 18:00", "2026-10-18 20:00"), complaint);            // a weekend
    EXPECT_EQ(held("2026-10-27 00:00", "2026-10-29 20:00"), complaint);            // late already
    EXPECT_EQ(held("2026-10-20 15:00", "2026-10-14 10:00"), complaint);
    EXPECT_EQ(held("2026-10-26 23:00", "2026-11-04 08:00"), until("2026-11-04"));  // begun on the last day
}

TEST(Hold, ScenarioFifteenB) {
    auto held = [](std::string_view within) {
        return after_hold(published(), due("2026-10-12 09:00", within), limit(within), at("2026-10-14 10:00"),
                          at("2026-10-20 15:00"));
    };
    EXPECT_EQ(held("5 working days"), until("2026-10-23"));
    EXPECT_EQ(held("20 working days"), until("2026-11-13"));
}

TEST(Hold, OfCalendarDaysTakesOutCalendarDays) {
    Due week = due("2026-10-12 09:00", "10 days");  // to Thursday the 22nd
    EXPECT_EQ(after_hold(published(), week, limit("10 days"), at("2026-10-16 10:00"), at("2026-10-17 10:00")),
              until("2026-10-23"));
    EXPECT_EQ(after_hold(published(), week, limit("10 days"), at("2026-10-16 10:00"), at("2026-10-18 10:00")),
              until("2026-10-26"));  // to a Saturday: moves
}

TEST(Hold, OfHoursLosesExactlyTheHeldTime) {
    Due hour = due("2026-10-09 09:00", "1 hour");
    EXPECT_EQ(after_hold(published(), hour, limit("1 hour"), at("2026-10-09 09:10:05"), at("2026-10-09 23:30:06"))
                  .instant,
              at("2026-10-10 00:20:01"));
    Due office = due("2026-10-09 16:30", "4 working hours");  // to Saturday 11:30
    auto held = [&](std::string_view from, std::string_view to) {
        return after_hold(published(), office, limit("4 working hours"), at(from), at(to)).instant;
    };
    EXPECT_EQ(held("2026-10-09 17:00", "2026-10-10 09:00"), at("2026-10-10 15:00"));  // half an hour each day
    EXPECT_EQ(held("2026-10-09 18:00", "2026-10-10 08:00"), office.instant);          // overnight
    EXPECT_EQ(held("2026-10-10 09:00", "2026-10-12 09:00"), at("2026-10-12 11:30"));  // the Sunday does not count
    Due day_due = due("2026-12-31 15:00", "1 working hour");
    EXPECT_TRUE(
        after_hold(published(), day_due, limit("1 working hour"), at("2026-12-31 15:30"), at("2027-01-05 09:00"))
            .provisional);
}

TEST(Light, TurnsWithTheServersClock) {  // scenario 3
    Due enquiry = due("2026-09-30 16:00", "2 working days");
    struct {
        std::string_view now;
        Light light;
        int days_left;
    } rows[] = {
        {"2026-09-30 16:00", Light::green, 3},     {"2026-10-03 10:00", Light::green, 2},
        {"2026-10-08 09:00", Light::green, 2},     {"2026-10-08 23:59:59", Light::green, 2},
        {"2026-10-09 00:00:00", Light::yellow, 1}, {"2026-10-09 23:59:59", Light::yellow, 1},
        {"2026-10-10 00:00:00", Light::red, 0},    {"2027-10-10 00:00:00", Light::red, 0},
    };
    for (auto const& row : rows) {
        EXPECT_EQ(light(published(), enquiry, 1, at(row.now)), row.light) << row.now;
        EXPECT_EQ(light(published(), enquiry, 1, at(row.now), true), Light::grey) << row.now;
        EXPECT_EQ(working_days_left(published(), enquiry, at(row.now)), row.days_left) << row.now;
    }
}

TEST(Light, IsYellowForTheLastWorkingDaysAsManyAsTheRulebookSays) {
    Due complaint = until("2026-10-12");  // a Monday after a worked Saturday
    EXPECT_EQ(light(published(), complaint, 2, at("2026-10-09 23:59")), Light::green);
    EXPECT_EQ(light(published(), complaint, 2, at("2026-10-10 00:00")), Light::yellow);
    EXPECT_EQ(light(published(), complaint, 1, at("2026-10-11 23:59")), Light::green);
    EXPECT_EQ(light(published(), complaint, 0, at("2026-10-12 23:59")), Light::green);
}

TEST(Light, OfADueThatEndsOnADayOffWarnsOnTheWorkingDayBefore) {
    EXPECT_EQ(light(published(), until("2026-10-11"), 1, at("2026-10-10 08:00")), Light::yellow);
}

// ── Properties ──

Instant any_instant() {  // 2007 to the end of 2028, to the µs: published and not
    return {*rc::gen::inRange<std::int64_t>(at("2007-01-01 00:00").us, at("2029-01-01 00:00").us)};
}
Limit any_limit() {
    return {*rc::gen::inRange(1, 60), *rc::gen::element(Limit::Unit::minute, Limit::Unit::hour, Limit::Unit::day,
                                                        Limit::Unit::working_hour, Limit::Unit::working_day)};
}
Limit working_days(int n) { return {n, Limit::Unit::working_day}; }

RC_GTEST_PROP(AnyDue, IsNoEarlierWhenItBeginsLater, ()) {
    Instant one = any_instant(), other = any_instant();
    Limit within = any_limit();
    if (other < one) std::swap(one, other);
    RC_ASSERT(due_after(published(), one, within).instant <= due_after(published(), other, within).instant);
}

RC_GTEST_PROP(AnyDue, IsNoEarlierWhenTheLimitIsLonger, ()) {
    Instant from = any_instant();
    Limit within = any_limit(), more = within;
    more.amount += *rc::gen::inRange(0, 60);
    RC_ASSERT(due_after(published(), from, within).instant <= due_after(published(), from, more).instant);
    RC_ASSERT(from < due_after(published(), from, within).instant);
}

RC_GTEST_PROP(AnyDue, InDaysEndsWithAWorkingDay, ()) {
    Instant from = any_instant();
    Limit within = any_limit();
    Due found = due_after(published(), from, within);
    if (!within.in_days()) return;
    RC_ASSERT(published().working(found.last_day));
    RC_ASSERT(found.instant == kBeijing.start_of(found.last_day + 1));
}

RC_GTEST_PROP(AnyDue, ToClosingIsTheSameLastDayUntilTheOfficeCloses, ()) {
    Instant from = any_instant();
    Limit within = any_limit(), closing = within;
    if (!within.in_days()) return;
    closing.to_closing = true;
    Due whole = due_after(published(), from, within), found = due_after(published(), from, closing);
    RC_ASSERT(found.last_day == whole.last_day);
    RC_ASSERT(found.provisional == whole.provisional);
    RC_ASSERT(found.instant == kBeijing.start_of(found.last_day) + kOfficeHours.closing());
    RC_ASSERT(from < found.instant);
}

RC_GTEST_PROP(AnyDue, HasExactlyItsWorkingDaysInIt, ()) {  // counted one by one, without the index
    Instant from = any_instant();
    int n = *rc::gen::inRange(1, 400);
    Day last = due_after(published(), from, working_days(n)).last_day;
    int counted = 0;
    for (Day day = kBeijing.day(from) + 1; day <= last; day = day + 1) counted += published().working(day);
    RC_ASSERT(counted == n);
}

RC_GTEST_PROP(AnyDue, GivesExactlyItsWorkingHours, ()) {  // a hold of the whole time is the whole time
    Instant from = any_instant();
    int n = *rc::gen::inRange(1, 60);
    Limit within{n, Limit::Unit::working_hour};
    Due found = due_after(published(), from, within);
    Due held = after_hold(published(), found, within, from, found.instant);
    RC_ASSERT(held.instant == extend(published(), found, within).instant);
}

RC_GTEST_PROP(AnyExtension, OfNAndThenMIsOneOfBoth, ()) {
    Instant from = any_instant();
    int n = *rc::gen::inRange(1, 60), m = *rc::gen::inRange(1, 60);
    auto unit = *rc::gen::element(Limit::Unit::working_day, Limit::Unit::working_hour, Limit::Unit::hour);
    Due first = due_after(published(), from, {n, unit});
    RC_ASSERT(extend(published(), first, {m, unit}) == due_after(published(), from, {n + m, unit}));
}

RC_GTEST_PROP(AnyHold, LeavesTheWorkingDaysThatWereLeft, ()) {
    Instant from = any_instant();
    int n = *rc::gen::inRange(1, 30);
    Due told = due_after(published(), from, working_days(n));
    Instant held_from{*rc::gen::inRange<std::int64_t>(from.us, told.instant.us)};
    Instant until = held_from + hours(*rc::gen::inRange(1, 2000));
    Due later = after_hold(published(), told, working_days(n), held_from, until);
    int used = published().working_days(kBeijing.day(from), kBeijing.day(held_from));
    int left = published().working_days(kBeijing.day(until), later.last_day);
    RC_ASSERT(later.instant >= told.instant);
    RC_ASSERT(used + left == n);
}

RC_GTEST_PROP(AnyLight, OnlyEverTurnsTowardsRed, ()) {
    Due told = due_after(published(), any_instant(), any_limit());
    Instant one = any_instant(), other = any_instant();
    if (other < one) std::swap(one, other);
    int yellow_days = *rc::gen::inRange(0, 5);
    RC_ASSERT(light(published(), told, yellow_days, one) <= light(published(), told, yellow_days, other));
    RC_ASSERT((light(published(), told, yellow_days, one) == Light::red) == (one >= told.instant));
}

}  // namespace
}  // namespace banyan
