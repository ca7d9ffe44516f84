// A hall edited by its management, and who booked read whole, from outside. What is read and written of a plan:
// src/systems/floor/floor_test.cpp
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "api/demo_city.h"
#include "api/hall.h"

namespace banyan::api_test {
namespace {

std::string const kFloor = "/api/v1/floor/", kHall = kFloor + "halls/xz/", kPlan = kHall + "plan";

std::string fresh_phone() {
    static std::atomic<int> last = 15'450'20'000;
    return std::to_string(++last) + "0";
}
Heard book(std::string const& at, std::string const& service) {
    return as("nobody").post(
        kHall + "appointments",
        {{"service", service}, {"at", at + ":00+08:00"}, {"name", "叶知秋"}, {"phone", fresh_phone()}});
}
json::object plan() { return as("hall01").get(kPlan).body.at("plan").as_object(); }
Heard change(json::object const& wanted, json::object more = {},
             std::string const& version = as("hall01").get(kPlan).at("/version")) {
    more["plan"] = wanted;
    more["version"] = version;
    return as("hall01").post(kPlan, more);
}
std::vector<std::string> faults_of(json::object const& wanted) {
    std::vector<std::string> all;
    Heard const heard = as("hall01").post(kPlan + "/check", {{"plan", wanted}});
    EXPECT_EQ(heard.status, 200) << heard.text;
    for (json::value const& each : heard.body.at("faults").as_array())
        all.push_back(std::string(each.at("field").as_string()) + " " + std::string(each.at("key").as_string()));
    return all;
}

TEST(HallPlan, IsForTheManagementOfThatHall) {
    EXPECT_EQ(as("hall01").get(kPlan).status, 200);
    for (char const* login : {"window01", "mayor", "unit-sj", "citizen"})
        EXPECT_EQ(as(login).get(kPlan).status, 403) << login;
    EXPECT_EQ(as("nobody").get(kPlan).status, 401);
    EXPECT_EQ(as("hall01").get(kFloor + "halls/nowhere/plan").status, 404);
}

TEST(HallPlan, NamesWhatIsWrongByField) {
    json::object wrong = plan();
    wrong["hours"] = "8点到12点";
    wrong["services"].as_array()[1].as_object()["letter"] = "Z";
    wrong["windows"].as_array()[0].as_object()["serves"] = json::array{json::object{{"code", "tea"}}};
    wrong["windows"].as_array()[1].as_object()["code"] = "a 2";
    wrong["closed"] = json::array{json::object{{"day", "2026-10-20"}, {"zh", "盘点"}},
                                  json::object{{"day", "2026-10-20"}, {"zh", "盘点"}}};
    auto const all = faults_of(wrong);
    for (char const* fault : {"plan.hours office_hours.unreadable", "plan.services[1].letter floor.letter_twice",
                              "plan.windows[0].serves floor.serves_unknown",
                              "plan.windows[1].code floor.window_code", "plan.closed[1].day floor.closed_twice"})
        EXPECT_NE(std::ranges::find(all, fault), all.end()) << fault;
    Heard const refused = change(wrong);
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.key(), "office_hours.unreadable");
    EXPECT_EQ(plan(), as("hall01").get(kPlan).body.at("plan").as_object());
    json::object gone = plan();
    gone["zh"] = "";
    EXPECT_EQ(change(gone).key(), "field.required");
    EXPECT_EQ(change(plan(), {}, "0000000000000000").status, 412);
}

TEST(HallPlan, SaysWhichBookingsItBreaksAndDoesWhatIsSaid) {
    std::string const number = book("2026-10-19T09:00", "estate").at("/appointment/number");
    json::object const before = plan();
    json::object closed = before;
    closed["closed"] = json::array{json::object{{"day", "2026-10-19"}, {"zh", "系统升级"}, {"en", "Upgrade"}}};
    Heard const meant = as("hall01").post(kPlan + "/check", {{"plan", closed}});
    ASSERT_GE(meant.body.at("broken").as_array().size(), 1U) << meant.text;
    EXPECT_EQ(meant.at("/broken/0/why"), "closed");
    EXPECT_EQ(meant.at("/broken/0/appointment/name"), "叶**");
    EXPECT_EQ(change(closed).key(), "floor.breaks_bookings");
    ASSERT_EQ(change(closed, {{"bookings", "keep"}}).status, 200);
    EXPECT_EQ(as("nobody").get(kFloor + "appointments/" + number).at("/appointment/state"), "booked");
    EXPECT_EQ(book("2026-10-19T10:00", "estate").key(), "slot.closed") << "in force at once";
    EXPECT_EQ(as("nobody").get(kFloor + "halls").at("/halls/0/closed/0/zh"), "系统升级");
    ASSERT_EQ(change(before).status, 200);
    json::object late = before;
    late["hours"] = "13:00-17:00";
    Heard const cancelled = change(late, {{"bookings", "cancel"}});
    ASSERT_EQ(cancelled.status, 200) << cancelled.text;
    EXPECT_GE(cancelled.number("/cancelled"), 1);
    EXPECT_EQ(as("nobody").get(kFloor + "appointments/" + number).at("/appointment/state"), "cancelled");
    EXPECT_EQ(as("nobody").get(kHall + "slots?service=estate&day=2026-10-19").at("/slots/0/at"),
              "2026-10-19T13:00:00+08:00");
    ASSERT_EQ(change(before).status, 200);
    EXPECT_EQ(book("2026-10-19T09:00", "estate").status, 201) << "its place is free again";
}

/// Those that do not fit.
template <class Gone>
void remove(json::value& list, Gone gone) {
    json::array kept;
    for (json::value const& each : list.as_array())
        if (!gone(each)) kept.push_back(each);
    list = std::move(kept);
}
auto called(std::string_view code) {
    return [code](json::value const& each) { return each.at("code").as_string() == code; };
}

TEST(HallPlan, RemovesNothingThatIsInUse) {
    if (!as("window01").get(kFloor + "desk").has("/own")) {
        EXPECT_EQ(as("window01").post(kHall + "open", {{"window", "A01"}}).status, 200);
    }
    std::string const mine = as("window01").get(kFloor + "desk").at("/own/code");
    json::object gone = plan();
    remove(gone["windows"], called(mine));
    auto const all = faults_of(gone);
    EXPECT_NE(std::ranges::find(all, "plan.windows floor.window_in_use"), all.end());
}

TEST(HallPlan, KeepsNoBookingWhoseServiceIsGone) {
    json::object const before = plan();
    json::object more = before;
    more["services"].as_array().push_back(
        {{"code", "seals"}, {"zh", "印章"}, {"en", "Seals"}, {"letter", "Y"}, {"units", json::array()}});
    more["windows"].as_array()[0].at("serves").as_array().push_back(json::object{{"code", "seals"}});
    ASSERT_EQ(change(more).status, 200);
    std::string const number = book("2026-10-20T09:30", "seals").at("/appointment/number");
    EXPECT_EQ(change(before, {{"bookings", "keep"}}).key(), "floor.cannot_keep");
    EXPECT_EQ(change(before, {{"bookings", "cancel"}}).status, 200);
    EXPECT_EQ(as("nobody").get(kFloor + "appointments/" + number).at("/appointment/state"), "cancelled");
}

}  // namespace

void edit_a_hall() {
    json::object wanted = plan();
    wanted["slot_minutes"] = 30;
    wanted["per_window"] = 2;
    wanted["closed"] = json::array{json::object{{"day", "2026-12-24"}, {"zh", "盘点"}}};
    book("2026-10-21T09:00", "household");
    json::object closed = wanted;
    closed["closed"].as_array().push_back({{"day", "2026-10-21"}, {"zh", "盘点"}});
    closed["hours"] = "";
    as("hall01").post(kPlan + "/check", {{"plan", closed}});
    closed["services"].as_array()[0].as_object()["letter"] = "9";
    as("hall01").post(kPlan + "/check", {{"plan", closed}});
    EXPECT_EQ(change(wanted).status, 200);
    as("hall01").get(kPlan);
    as("nobody").get(kFloor + "halls");
}

void unmask_a_number(std::string const& ticket) {
    std::string const at = kFloor + "desk/tickets/" + ticket + "/personal";
    EXPECT_EQ(as("window01").post(at, json::object{}).key(), "field.required");
    EXPECT_TRUE(as("unit-yb").post(at, {{"reason", "核对身份"}}).key().starts_with("window."))
        << "at no window, or at one for something else";
    Heard const told = as("window01").post(at, {{"reason", "核对身份"}});
    EXPECT_EQ(told.status, 200) << told.text;
    EXPECT_EQ(told.at("/name"), "叶知秋");
    EXPECT_EQ(as("window01").post(kFloor + "desk/tickets/999999/personal", {{"reason", "核对身份"}}).status, 404);
}

}  // namespace banyan::api_test
