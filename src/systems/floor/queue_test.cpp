// Who is next, and the times that can be booked.
#include "systems/floor/queue.h"

#include <gtest/gtest.h>

#include "kernel/calendar/testing.h"
#include "systems/floor/figures.h"
#include "systems/floor/slots.h"

namespace banyan::floor {
namespace {

using testing::at;
using testing::day;

Handbook const& book() {
    static Handbook const kBook = *read_handbook(testing::source_text("data/floor.toml"));
    return kBook;
}
Moment moment(std::string_view now) { return {at(now), &testing::published()}; }

/// "8:05", of 2026-10-09.
Instant t(std::string_view clock) { return at("2026-10-09 " + std::string(clock)); }

struct Line {
    std::int64_t id;
    char const* taken;
    char const* ground = "";
    char const* due = "";
    int behind = 0;
};
std::vector<Ticket> waiting(std::vector<Line> const& lines) {
    std::vector<Ticket> all;
    for (Line const& line : lines) {
        Ticket ticket;
        ticket.id = TicketId(line.id);
        ticket.service = "general";
        ticket.taken = t(line.taken);
        ticket.ground = line.ground;
        ticket.behind = line.behind;
        if (*line.due != '\0') {
            ticket.appointment = AppointmentId(line.id);
            ticket.due = t(line.due);
        }
        all.push_back(std::move(ticket));
    }
    return all;
}
std::vector<std::int64_t> order(std::vector<Ticket> const& all, char const* now) {
    std::vector<std::int64_t> ids;
    for (Ticket const* each : in_order(all, t(now))) ids.push_back(each->id.value);
    return ids;
}

TEST(Queue, GoesByPriorityThenDueAppointmentsThenTime) {
    auto const all = waiting({{1, "08:31"},
                              {2, "08:32"},
                              {3, "08:40", "", "08:50"},
                              {4, "08:45", "elderly"},
                              {5, "08:41", "", "09:20"},
                              {6, "08:30", "", "", 3}});
    EXPECT_EQ(order(all, "08:49"), (std::vector<std::int64_t>{4, 1, 2, 3, 5, 6})) << "nobody's time has come";
    EXPECT_EQ(order(all, "08:50"), (std::vector<std::int64_t>{4, 3, 1, 2, 5, 6})) << "3 is due";
    EXPECT_EQ(before(all[4], all, t("08:50")), 4);
}

TEST(Queue, StarvesNobody) {
    std::vector<Ticket> all = waiting({{1, "08:00"}, {2, "08:01"}, {3, "08:02"}});
    std::vector<std::int64_t> called;
    int in_a_row = 0;
    for (int call = 0; call < 9; ++call) {  // somebody with a ground of priority comes before every call
        auto urgent = waiting({{100 + call, "08:30", "ill"}});
        all.push_back(urgent.front());
        Next const next = next_of(book(), all, in_a_row, t("09:00"));
        in_a_row = next.ahead ? in_a_row + 1 : 0;
        called.push_back(next.ticket->id.value);
        std::erase_if(all, [&](Ticket const& each) { return each.id.value == called.back(); });
    }
    EXPECT_EQ(called, (std::vector<std::int64_t>{100, 101, 1, 102, 103, 2, 104, 105, 3}));
}

TEST(Queue, CallsWhomItMayBeforeTheirTimeOnlyWhenNobodyElseWaits) {
    auto const early = waiting({{1, "08:40", "", "09:20"}});
    EXPECT_EQ(next_of(book(), early, 2, t("08:50")).ticket->id.value, 1);
    auto const both = waiting({{1, "08:40", "", "09:20"}, {2, "08:49"}});
    EXPECT_EQ(next_of(book(), both, 2, t("08:50")).ticket->id.value, 2);
    EXPECT_EQ(next_of(book(), {}, 0, t("08:50")).ticket, nullptr);
}

TEST(Queue, KeepsToWhatAWindowServes) {
    auto all = waiting({{1, "08:00"}, {2, "08:01"}, {3, "08:02"}});
    all[0].service = "estate";
    all[1].only_window = "A02";
    Window const general{"A01", {"general"}}, other{"A02", {"estate"}};
    EXPECT_EQ(for_window(all, general).size(), 1U);
    EXPECT_EQ(for_window(all, general).front().id.value, 3);
    EXPECT_EQ(for_window(all, other).size(), 2U) << "its own, and who was put through to it";
}

TEST(Queue, ReckonsByTheWindowsThatAreOpen) {
    EXPECT_EQ(about(5, 2, minutes(8)), minutes(24));
    EXPECT_EQ(about(5, 0, minutes(8)), std::nullopt);
    DayFigures figures;
    EXPECT_EQ(served_span(book(), figures, "general"), minutes(8));
    figures.by_service["general"].served_n = 3;
    figures.by_service["general"].serving = minutes(15);
    EXPECT_EQ(served_span(book(), figures, "general"), minutes(5));
}

TEST(Slots, AreWholeOnesOfTheOfficeHours) {
    auto const slots = slots_of(book(), *OfficeHours::parse("08:30-12:00,14:30-17:15"), day("2026-10-09"));
    ASSERT_EQ(slots.size(), 12U);
    EXPECT_EQ(slots.front(), (Slot{t("08:30"), t("09:00")}));
    EXPECT_EQ(slots.back().ends, t("17:00"));
}

TEST(Slots, AreRefusedByName) {
    struct Row {
        char const *now, *at, *refused;
    };
    for (Row const& row : std::vector<Row>{
             {"2026-10-09 09:00", "2026-10-09 09:30", ""},
             {"2026-10-09 09:00", "2026-10-09 09:00", "slot.past"},  // it has begun
             {"2026-10-09 09:00", "2026-10-08 09:00", "slot.past"},
             {"2026-10-09 09:00", "2026-10-09 09:40", "slot.unknown"},
             {"2026-10-09 09:00", "2026-10-09 12:30", "slot.unknown"},  // noon
             {"2026-10-09 09:00", "2026-10-10 09:00", ""},              // a make-up Saturday
             {"2026-10-09 09:00", "2026-10-11 09:00", "slot.closed"},   // the Sunday after
             {"2026-09-30 09:00", "2026-10-05 09:00", "slot.closed"},   // National Day
             {"2026-10-09 09:00", "2026-10-23 17:00", ""},
             {"2026-10-09 09:00", "2026-10-24 09:00", "slot.too_far"},
         }) {
        auto const done = bookable(book(), kOfficeHours, moment(row.now), at(row.at));
        EXPECT_EQ(done ? "" : done.error().key, row.refused) << row.at;
    }
}

TEST(Slots, NumbersAreGivenALittleBeforeEachOpeningAndUntilClosing) {
    for (auto const& [now, given] : std::vector<std::pair<char const*, bool>>{{"2026-10-09 07:59", false},
                                                                              {"2026-10-09 08:00", true},
                                                                              {"2026-10-09 11:59", true},
                                                                              {"2026-10-09 12:00", false},
                                                                              {"2026-10-09 14:00", true},
                                                                              {"2026-10-09 17:30", false},
                                                                              {"2026-10-05 09:00", false},
                                                                              {"2026-10-10 09:00", true}})
        EXPECT_EQ(gives_numbers(book(), kOfficeHours, moment(now)), given) << now;
    EXPECT_EQ(over_at(book(), kOfficeHours, day("2026-10-09")), t("18:30"));
}

TEST(Plan, OfTheDemoFits) {
    auto const plan = read_plan(testing::source_text("data/demo/floor.csv"));
    ASSERT_TRUE(plan) << plan.error().key;
    Hall const* hall = plan->hall("xz");
    ASSERT_NE(hall, nullptr);
    EXPECT_EQ(hall->windows_for("general"), 3);
    EXPECT_TRUE(hall->stationed(*hall->window("A05"), "rs"));
    EXPECT_FALSE(hall->stationed(*hall->window("A05"), "sj"));
}

TEST(Plan, IsReadAsItIsWritten) {
    std::string const csv =
        "kind,hall,code,zh,en,unit,letter,serves,address,address_en,lat,lon,hours,slot_minutes,per_window\n"
        "hall,h,h,厅,Hall,xz,,,一层,\"Floor 1, left\",26.0752,119.3062,\"09:00-12:00,13:00-17:00\",20,3\n"
        "service,h,a,甲,A,,A,sj;rs\nwindow,h,W1,,,,,a\nclosed,h,2026-10-20,盘点,\n";
    auto const plan = read_plan(csv);
    ASSERT_TRUE(plan) << plan.error().key;
    auto const again = read_plan(write_plan(*plan));
    ASSERT_TRUE(again) << again.error().key;
    EXPECT_EQ(write_plan(*again), write_plan(*plan));
    Hall const& hall = again->halls.front();
    EXPECT_EQ(hall.hours, "09:00-12:00,13:00-17:00");
    EXPECT_EQ(hall.address_en, "Floor 1, left");
    EXPECT_EQ(hall.slot_minutes, 20);
    EXPECT_NEAR(hall.point->lon, 119.3062, 1e-9);
    EXPECT_EQ(hall.services.front().units, (std::vector<std::string>{"sj", "rs"}));
    ASSERT_NE(hall.closed_on(day("2026-10-20")), nullptr);
    EXPECT_EQ(hall.closed_on(day("2026-10-20"))->zh, "盘点");
}

TEST(Plan, IsRefusedAtItsLine) {
    std::string const head = "kind,hall,code,zh,en,unit,letter,serves\nhall,h,h,厅,Hall,xz,,\n";
    for (char const* line : {"service,h,a,甲,A,,AB,\n", "service,h,a,甲,A,,1,\n", "service,other,a,甲,A,,A,\n",
                             "window,h,W1,,,,,a\n", "window,h,W1,,,,,\n", "hall,h,h,厅,Hall,xz,,\n",
                             "seat,h,a,,,,,\n", "closed,h,2026-13-01,盘点,,,,\n", "closed,h,2026-10-20,,,,,\n"}) {
        auto const plan = read_plan(head + line);
        ASSERT_FALSE(plan) << line;
        EXPECT_EQ(plan.error().params.front().second, "3") << line;
    }
    EXPECT_EQ(read_handbook("[booking]\nslot_minutes = 0\n").error().field, "booking.slot_minutes");
}

}  // namespace
}  // namespace banyan::floor
