// The hall's floor from outside: who may, what bad input gets, two at once. The rules themselves:
// src/systems/floor/*_test.cpp
#include "api/floor.h"

#include <gtest/gtest.h>

#include <barrier>
#include <thread>

#include "api/demo_city.h"
#include "api/hall.h"

namespace banyan::api_test {
namespace {

std::string const kFloor = "/api/v1/floor/", kHall = kFloor + "halls/xz/", kDesk = kFloor + "desk";

bool tells(std::string const& text, std::string_view words) { return text.find(words) != std::string::npos; }

/// A telephone number that nobody had before.
std::string fresh_phone() {
    static std::atomic<int> last = 15'400'20'000;
    return std::to_string(++last) + "0";
}
json::object booking(std::string const& at, std::string const& service = "household") {
    return {{"service", service}, {"at", at + ":00+08:00"}, {"name", "叶知秋"}, {"phone", fresh_phone()}};
}
Heard book(std::string const& at, std::string const& service = "household") {
    return as("nobody").post(kHall + "appointments", booking(at, service));
}
Heard act(std::string const& login, std::string const& what, json::object body = {}) {
    return as(login).post(kDesk + "/" + what, body);
}
/// The key of a number taken by phone.
std::string number_by_phone(std::string const& service, json::object more = {}) {
    more["service"] = service;
    more["phone"] = fresh_phone();
    Heard const heard = as("nobody").post(kHall + "tickets", more);
    EXPECT_EQ(heard.status, 201) << heard.text;
    return heard.at("/key");
}
Heard watch(std::string const& key) { return as("nobody").get(kFloor + "tickets/" + key); }

/// window01 at A01, window02 at A02, both open and with nobody.
void sit_down() {
    for (auto const& [login, window] : {std::pair{"window01", "A01"}, std::pair{"window02", "A02"}}) {
        if (!as(login).get(kDesk).has("/own")) {
            EXPECT_EQ(as(login).post(kHall + "open", {{"window", window}}).status, 200);
        }
        if (as(login).get(kDesk).has("/current")) act(login, "finish");
        EXPECT_EQ(act(login, "resume").status, 200);
    }
}

TEST(Floor, ShowsTheDemosMorning) {
    Heard const screen = as("nobody").get(kHall + "screen");
    ASSERT_EQ(screen.status, 200);
    EXPECT_EQ(screen.body.at("windows").as_array().size(), 8U);
    EXPECT_TRUE(screen.has("/calls/0/voice/zh"));
    std::int64_t waiting = 0;
    for (json::value const& row : screen.body.at("waiting").as_array()) waiting += row.at("waiting").as_int64();
    EXPECT_GE(waiting, 5);
    for (char const* secret : {"林一苇", "1540000", "0301", "window01"}) EXPECT_FALSE(tells(screen.text, secret));
}

TEST(Floor, HasTheDaysTheCalendarHas) {
    Heard const days = as("nobody").get(kHall + "days?service=estate");
    ASSERT_EQ(days.status, 200);
    json::array const& all = days.body.at("days").as_array();
    ASSERT_EQ(all.size(), 15U);
    EXPECT_EQ(all[1].at("day"), "2026-10-10");
    EXPECT_TRUE(all[1].at("open").as_bool()) << "a make-up Saturday";
    EXPECT_FALSE(all[2].at("open").as_bool());
    EXPECT_EQ(as("nobody").get(kHall + "slots?service=estate&day=2026-10-10").body.at("slots").as_array().size(),
              13U);
    EXPECT_EQ(as("nobody").get(kHall + "slots?service=estate&day=2026-10-11").key(), "slot.closed");
    EXPECT_EQ(as("nobody").get(kHall + "slots?service=estate&day=2026-10-24").key(), "slot.too_far");
    EXPECT_EQ(as("nobody").get(kHall + "slots?service=estate&day=2026-10-08").key(), "slot.past");
    EXPECT_EQ(as("nobody").get(kHall + "slots?service=nothing&day=2026-10-10").key(), "service.unknown");
    EXPECT_EQ(as("nobody").get(kFloor + "halls/zz/days?service=estate").status, 404);
}

TEST(Floor, RefusesABookingByName) {
    struct Row {
        char const* at;
        int status;
        char const* key;
    };
    for (Row const& row :
         {Row{"2026-10-08T09:00", 422, "slot.past"}, Row{"2026-10-11T09:00", 422, "slot.closed"},
          Row{"2026-10-24T09:00", 422, "slot.too_far"}, Row{"2026-10-12T12:30", 422, "slot.unknown"}}) {
        Heard const heard = book(row.at);
        EXPECT_EQ(heard.status, row.status) << heard.text;
        EXPECT_EQ(heard.key(), row.key) << row.at;
        EXPECT_EQ(heard.at("/field"), "at");
    }
    json::object good = booking("2026-10-12T09:00");
    for (auto const& [field, value, key] :
         std::vector<std::tuple<char const*, json::value, char const*>>{{"name", nullptr, "field.required"},
                                                                        {"phone", nullptr, "field.required"},
                                                                        {"service", "nothing", "service.unknown"},
                                                                        {"phone", "no number", "field.format"},
                                                                        {"item", "a b", "field.format"},
                                                                        {"case", "<x>", "field.format"},
                                                                        {"colour", "red", "field.unknown"},
                                                                        {"at", "tomorrow", "field.format"}}) {
        json::object bad = good;
        if (value.is_null())
            bad.erase(field);
        else
            bad[field] = value;
        Heard const heard = as("nobody").post(kHall + "appointments", bad);
        EXPECT_EQ(heard.key(), key) << field;
        EXPECT_EQ(heard.at("/field"), field);
    }
    EXPECT_EQ(as("nobody").post(kHall + "appointments", good).status, 201);
    good["at"] = "2026-10-12T10:00:00+08:00";
    EXPECT_EQ(as("nobody").post(kHall + "appointments", good).key(), "appointment.twice");
    EXPECT_EQ(as("nobody").post(kFloor + "halls/zz/appointments", good).key(), "hall.unknown");
}

TEST(Floor, BooksOnceHoweverOftenItIsAsked) {
    json::object const asked = booking("2026-10-13T09:00");
    http::NamedValues const once{{"Idempotency-Key", "0b8f5a52-63d1-4a52-9d53-3f3e8f2c1c11"}};
    Heard const first = as("nobody").post(kHall + "appointments", asked, once);
    Heard const again = as("nobody").post(kHall + "appointments", asked, once);
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(first.at("/appointment/number"), again.at("/appointment/number"));
    EXPECT_EQ(as("nobody").post(kHall + "appointments", asked, {{"Idempotency-Key", "1"}}).key(),
              "header.idempotency_key")
        << "who guesses it would have the number";
}

TEST(Floor, GivesTheLastPlaceToExactlyOne) {
    for (char const* hour : {"09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "14:30", "15:00"}) {
        std::string const at = std::string("2026-10-14T") + hour;
        ASSERT_EQ(book(at).status, 201);  // two places: one window, two people
        constexpr int kAtOnce = 4;
        std::barrier begin(kAtOnce);
        std::array<Heard, kAtOnce> heard;
        std::vector<std::jthread> people;
        for (Heard& mine : heard)
            people.emplace_back([&mine, &begin, asked = booking(at)] {
                Caller caller(port());
                caller.get("/healthz");
                begin.arrive_and_wait();
                mine = caller.post(kHall + "appointments", asked);
            });
        people.clear();
        EXPECT_EQ(std::ranges::count(heard, 201, &Heard::status), 1) << at;
        EXPECT_EQ(std::ranges::count_if(heard, [](Heard const& each) { return each.key() == "slot.full"; }), 3)
            << at;
    }
}

TEST(Floor, NeverCallsOneNumberToTwoWindows) {
    sit_down();
    for (int i = 0; i < 12; ++i) as("hall01").post(kHall + "tickets", {{"service", "general"}});
    std::vector<std::string> called;
    std::mutex mutex;
    std::barrier begin(2);
    {
        std::vector<std::jthread> clerks;
        for (char const* login : {"window01", "window02"})
            clerks.emplace_back([&, token = as(login).token()] {
                Caller caller(port(), token);
                begin.arrive_and_wait();
                for (int i = 0; i < 6; ++i) {
                    Heard const heard = caller.post(kDesk + "/next", json::object{});
                    std::lock_guard const lock(mutex);
                    called.push_back(heard.at("/current/ticket/number"));
                }
            });
    }
    ASSERT_EQ(called.size(), 12U);
    EXPECT_EQ(std::set<std::string>(called.begin(), called.end()).size(), 12U);
    EXPECT_FALSE(std::ranges::count(called, ""));
    for (char const* login : {"window01", "window02"}) act(login, "finish");
}

TEST(Floor, IsForThoseWhoWorkThere) {
    for (auto const& [login, status] : std::vector<std::pair<char const*, int>>{{"window01", 200},
                                                                                {"hall01", 200},
                                                                                {"unit-sj", 200},
                                                                                {"seat01", 403},
                                                                                {"citizen", 403},
                                                                                {"sys", 403},
                                                                                {"nobody", 401}})
        EXPECT_EQ(as(login).get(kDesk).status, status) << login;
    EXPECT_FALSE(as("unit-water").get(kDesk).has("/hall")) << "no window takes in for it";
    for (char const* login : {"window01", "hall01", "mayor", "sup01"})
        EXPECT_EQ(as(login).get(kHall + "figures").status, 200) << login;
    for (char const* login : {"citizen", "unit-cg", "seat01"})
        EXPECT_EQ(as(login).get(kHall + "figures").status, 403) << login;
    EXPECT_EQ(as("unit-yb-head").post(kHall + "open", {{"window", "A08"}}).key(), "window.not_yours");
    EXPECT_EQ(as("nobody").get(kHall + "appointments").status, 401);
    Heard const masked = as("window01").get(kHall + "appointments?day=2026-10-10");
    ASSERT_EQ(masked.status, 200);
    EXPECT_EQ(masked.at("/appointments/0/name"), "卓**");
    EXPECT_EQ(masked.at("/appointments/0/phone"), "154****0311");
    EXPECT_FALSE(tells(masked.text, "number")) << "what opens an appointment is its owner's";
    EXPECT_EQ(watch("NOBODYHAS2").key(), "ticket.unknown");
    EXPECT_EQ(as("nobody").get(kFloor + "appointments/NOBODYHAS2").status, 404);
    EXPECT_EQ(act("window01", "tickets/x/let_back").key(), "ticket.unknown");
}

}  // namespace

void spend_a_morning_in_the_hall() {
    http::EventReader stream("127.0.0.1", port(), kHall + "events", {}, seconds(5));
    EXPECT_TRUE(stream.next());
    as("nobody").get(kFloor + "halls");
    as("nobody").get(kHall + "days?service=general");
    as("nobody").get(kHall + "slots?service=general&day=2026-10-12");
    json::object asked{{"service", "general"},
                       {"at", "2026-10-15T15:00:00+08:00"},
                       {"item", "11350100MB0000001"},
                       {"case", "FJPT26100900001"}};
    std::string const later = as("citizen").post(kHall + "appointments", asked).at("/appointment/number");
    auto const event = stream.next();
    ASSERT_TRUE(event);
    described().hold_event(kHall + "events", json::parse(event->data));
    as("citizen").get(kFloor + "appointments");
    as("nobody").get(kFloor + "appointments/" + later);
    as("nobody").post(kFloor + "appointments/" + later + "/cancel", json::object{});
    sit_down();
    while (as("window01").get(kDesk).has("/queue/0")) act("window01", "next");
    act("window01", "finish");
    Heard const soon = book("2026-10-09T09:30", "general");
    as("nobody").post(kHall + "tickets", {{"appointment", soon.at("/appointment/number")}, {"ground", "ill"}});
    std::vector<std::string> keys;
    for (int i = 0; i < 3; ++i) keys.push_back(number_by_phone("general"));
    EXPECT_TRUE(watch(keys.back()).has("/ticket/minutes"));
    act("window02", "pause", {{"reason", "papers"}});
    as("window01").get(kHall + "appointments");
    Heard const called = act("window01", "next");
    EXPECT_TRUE(called.has("/current/booked"));
    unmask_a_number(called.at("/current/ticket/id"));
    act("window01", "finish");
    act("window01", "next");
    act("window01", "again");
    EXPECT_TRUE(watch(keys[0]).has("/ticket/voice"));
    Heard const passed = act("window01", "pass");
    std::string const id = passed.at("/passed/0/ticket/id");
    as("nobody").get(kHall + "screen");
    as("window01").get(kHall + "appointments");
    act("window01", "tickets/" + id + "/let_back");
    EXPECT_TRUE(watch(keys[0]).has("/ticket/behind"));
    std::string const waiting = as("window01").get(kDesk).at("/queue/0/ticket/id");
    act("window01", "tickets/" + waiting + "/priority", {{"ground", "elderly"}});
    act("window01", "next");
    act("window02", "resume");
    act("window01", "transfer", {{"window", "A02"}});
    EXPECT_TRUE(watch(keys[1]).has("/ticket/only_window"));
    act("window01", "next");
    act("window01", "pass");
    as("nobody").post(kFloor + "tickets/" + keys[2] + "/come_back", json::object{});
    as("nobody").post(kFloor + "tickets/" + keys[2] + "/leave", json::object{});
    http::NamedValues const once{{"Idempotency-Key", "asked again when the answer was lost"}};
    for (int status : {201, 200}) {
        EXPECT_EQ(as("hall01").post(kHall + "tickets", {{"service", "collect"}}, once).status, status);
    }
    as("hall01").get(kHall + "figures");
    act("window01", "close");
    as("hall01").post(kHall + "windows/A02/close", json::object{});
    act("window02", "pause", {{"reason", "rest"}});
    as("window01").post(kHall + "open", {{"window", "A01"}});
}

}  // namespace banyan::api_test
