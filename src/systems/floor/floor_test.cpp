// Appointments, numbers, windows and what time does to them. On both databases.
#include "systems/floor/figures.h"
#include "systems/floor/testing.h"

namespace banyan::floor {
namespace {

using namespace testing;

using Appointments = Floor;
using Numbers = Floor;
using Windows = Floor;
using Time = Floor;
BANYAN_ON_BOTH_ENGINES(Appointments);
BANYAN_ON_BOTH_ENGINES(Numbers);
BANYAN_ON_BOTH_ENGINES(Windows);
BANYAN_ON_BOTH_ENGINES(Time);

TEST_P(Appointments, AreOneAServiceAndDay) {
    EXPECT_EQ(book_at("citizen", "2026-10-10 09:00"), "");
    std::string const first = number;
    EXPECT_EQ(book_at("citizen", "2026-10-10 15:00"), "appointment.twice");
    EXPECT_EQ(book_at("citizen", "2026-10-12 15:00"), "") << "another day";
    Booking estate;
    estate.service = "estate";
    EXPECT_EQ(book_at("citizen", "2026-10-10 15:00", estate), "") << "another service";
    EXPECT_EQ(own_appointments(look("citizen")).size(), 3U);
    EXPECT_EQ(own_appointments(look("citizen2")).size(), 0U);
    EXPECT_EQ(as("", [&](Office const& there) { return cancel(there, first); }), "") << "who has its number";
    EXPECT_EQ(as("", [&](Office const& there) { return cancel(there, first); }), "appointment.over");
    EXPECT_EQ(book_at("citizen", "2026-10-10 15:00"), "");
    EXPECT_EQ(as("", [&](Office const& there) { return cancel(there, "NOBODYHAS2"); }), "appointment.unknown");
    std::string spaced = number.substr(0, 5) + "-" + number.substr(5);
    for (char& c : spaced) c = static_cast<char>(std::tolower(c));
    EXPECT_TRUE(seen_appointment(look(""), spaced)) << "as people type it";
}

TEST_P(Appointments, KnowSomebodyByTheTelephoneNumberHoweverItIsWritten) {
    EXPECT_EQ(book_at("", "2026-10-10 09:00"), "field.required");
    EXPECT_EQ(book_for("154 0000 0301", "2026-10-10 09:00"), "");
    EXPECT_EQ(book_for("15400000301", "2026-10-10 10:00"), "appointment.twice");
    EXPECT_EQ(book_for("15400000302", "2026-10-10 10:00"), "");
    EXPECT_EQ(book_at("citizen", "2026-10-10 09:10"), "slot.unknown");
    for (int day : {12, 13, 14, 15}) EXPECT_EQ(book_for("15400000301", fmt::format("2026-10-{} 09:00", day)), "");
    EXPECT_EQ(book_for("15400000301", "2026-10-16 09:00"), "appointment.too_many");
}

TEST_P(Appointments, FillASlotAndGiveAPlaceBack) {
    std::string last;
    for (int person = 0; person < 6; ++person) {  // three windows, two each
        EXPECT_EQ(book_for(fmt::format("1540000100{}", person), "2026-10-10 09:00"), "") << person;
        last = number;
    }
    EXPECT_EQ(book_for("15400001009", "2026-10-10 09:00"), "slot.full");
    EXPECT_EQ(book_for("15400001009", "2026-10-10 09:30"), "");
    EXPECT_EQ(as("", [&](Office const& there) { return cancel(there, last); }), "");
    EXPECT_EQ(book_for("15400001008", "2026-10-10 09:00"), "") << "the place is free again";
    EXPECT_EQ(book_for("15400001007", "2026-10-10 09:00"), "slot.full");
    auto const taken = load_taken(city->reader(), "h", "general", at("2026-10-10 00:00"), at("2026-10-11 00:00"));
    EXPECT_EQ(taken.at(at("2026-10-10 09:00")).size(), 6U);
}

TEST_P(Appointments, AreMadeOnceForARequestThatIsSentTwice) {
    Booking booking;
    booking.who = "citizen";
    booking.once = "a key of theirs";
    EXPECT_EQ(book_at("citizen", "2026-10-10 09:00", booking), "");
    std::string const first = number;
    EXPECT_EQ(book_at("citizen", "2026-10-10 09:00", booking), "");
    EXPECT_EQ(number, first);
    EXPECT_EQ(own_appointments(look("citizen")).size(), 1U);
}

TEST_P(Appointments, LieSealed) {
    EXPECT_EQ(book_for("154 0000 0301", "2026-10-10 09:00"), "");
    auto const one = seen_appointment(look(""), number).value();
    EXPECT_EQ(one.sealed.find("0301"), std::string::npos);
    EXPECT_EQ(one.sealed.find("林一苇"), std::string::npos);
    EXPECT_EQ(one.sealed.find(number), std::string::npos);
    EXPECT_EQ(floor::open(city->keys(), one).name, "林一苇");
    Appointment moved = one;
    moved.id = AppointmentId(one.id.value + 1);
    EXPECT_EQ(floor::open(city->keys(), moved).name, "") << "sealed for its row";
}

TEST_P(Numbers, AreGivenInTheHallAndOneByPhone) {
    EXPECT_EQ(take_one("window1"), "");
    EXPECT_EQ(ticket, "Z001");
    EXPECT_EQ(take_one("window1"), "") << "the kiosk asks nobody who they are";
    EXPECT_EQ(take_one("window1", "estate"), "");
    EXPECT_EQ(ticket, "B001");
    EXPECT_EQ(take_one("citizen"), "");
    EXPECT_EQ(ticket, "Z003");
    EXPECT_EQ(take_one("citizen", "estate"), "ticket.twice");
    EXPECT_EQ(take_one(""), "field.required");
    Taking phone;
    phone.phone = "15400000301";
    EXPECT_EQ(take_one("", "general", phone), "");
    EXPECT_EQ(take_one("", "general", phone), "ticket.twice");
    EXPECT_EQ(take_one("window1", "nothing"), "service.unknown");
    EXPECT_EQ(as("", [&](Office const& there) { return leave(there, key); }), "");
    EXPECT_EQ(as("", [&](Office const& there) { return leave(there, key); }), "ticket.not_waiting");
    EXPECT_EQ(take_one("", "general", phone), "") << "it was given back";
    now("2026-10-09 12:10");
    EXPECT_EQ(take_one("window1"), "ticket.hours");
    now("2026-10-10 08:10");
    EXPECT_EQ(take_one("window1"), "");
    EXPECT_EQ(ticket, "Z001") << "a new day";
}

TEST_P(Numbers, ForAnAppointmentAreGivenNearItsTime) {
    EXPECT_EQ(book_for("15400000301", "2026-10-09 10:00"), "");
    Taking with;
    with.appointment = number;
    EXPECT_EQ(take_one("", "", with), "ticket.too_early");
    now("2026-10-09 09:30");
    EXPECT_EQ(take_one("", "", with), "");
    EXPECT_EQ(ticket, "Z001");
    EXPECT_EQ(seen(key).due, at("2026-10-09 09:50"));
    EXPECT_EQ(take_one("", "", with), "appointment.over") << "it came";
    EXPECT_EQ(book_for("15400000302", "2026-10-09 10:30"), "");
    with.appointment = number;
    now("2026-10-09 11:15");
    EXPECT_EQ(take_one("", "", with), "ticket.too_late");
    EXPECT_EQ(book_for("15400000303", "2026-10-10 10:00"), "");
    with.appointment = number;
    EXPECT_EQ(take_one("", "", with), "ticket.other_day");
    with.appointment = "NOBODYHAS2";
    EXPECT_EQ(take_one("", "", with), "appointment.unknown");
}

TEST_P(Windows, AreOnesOwnAndOne) {
    EXPECT_EQ(next(), "window.none");
    EXPECT_EQ(sit("window1", "W9"), "window.unknown");
    EXPECT_EQ(sit("window1", "W1"), "");
    EXPECT_EQ(sit("window1", "W1"), "") << "as it is";
    EXPECT_EQ(sit("window1", "W2"), "window.one");
    EXPECT_EQ(sit("window2", "W1"), "window.taken");
    EXPECT_EQ(sit("unit-zj", "W3"), "") << "where its items are taken in";
    EXPECT_EQ(sit("unit-water", "W2"), "window.not_yours");
    EXPECT_EQ(sit("citizen", "W2"), "window.not_yours");
    EXPECT_EQ(as("window1", [](Office const& there) { return pause(there, "rest"); }), "");
    EXPECT_EQ(next(), "window.paused");
    EXPECT_EQ(as("window1", [](Office const& there) { return resume(there); }), "");
    EXPECT_EQ(next(), "") << "nobody waits";
    EXPECT_EQ(here(), "");
    EXPECT_EQ(as("window1", [](Office const& there) { return close_window(there); }), "");
    EXPECT_EQ(sit("window2", "W1"), "");
    EXPECT_EQ(as("unit-zj", [](Office const& there) { return close_for(there, "h", "W1"); }), "window.not_yours");
    EXPECT_EQ(as("manager", [](Office const& there) { return close_for(there, "h", "W1"); }), "");
    EXPECT_EQ(next("window2"), "window.none");
}

TEST_P(Windows, NeverCallTheSameNumber) {
    for (int i = 0; i < 4; ++i) take_one("window1");
    sit("window1", "W1");
    sit("window2", "W2");
    EXPECT_EQ(next("window1"), "");
    EXPECT_EQ(next("window2"), "");
    EXPECT_EQ(here("window1"), "Z001");
    EXPECT_EQ(here("window2"), "Z002");
    std::string const at_w1 = own_window(look("window1"))->ticket->id.text();
    auto seeing = [&](std::string_view what) {
        return as("window1", [&](Office const& there) { return call_next(there, what); });
    };
    EXPECT_EQ(seeing(at_w1), "");
    EXPECT_EQ(seeing(at_w1), "window.moved") << "the same request again";
    EXPECT_EQ(here("window1"), "Z003");
    city->restart();
    EXPECT_EQ(here("window1"), "Z003") << "as it was";
    EXPECT_EQ(next("window2"), "");
    EXPECT_EQ(here("window2"), "Z004");
}

TEST_P(Windows, PassWhoDoesNotComeAndLetThemBackOnceBehindThree) {
    std::vector<std::string> keys;
    for (int i = 0; i < 6; ++i) {
        take_one("window1");
        keys.push_back(key);
    }
    sit("window1", "W1");
    next();
    auto pass_it = [&] { return as("window1", [](Office const& there) { return pass(there); }); };
    auto back = [&](std::string const& with) {
        return as("", [&](Office const& there) { return come_back(there, seen_ticket(there, with).value()); });
    };
    EXPECT_EQ(back(keys[0]), "ticket.not_passed");
    EXPECT_EQ(as("window1", [](Office const& there) { return call_again(there); }), "");
    EXPECT_EQ(pass_it(), "");
    EXPECT_EQ(pass_it(), "window.nobody");
    EXPECT_EQ(seen(keys[0]).calls, 2);
    EXPECT_EQ(back(keys[0]), "");
    for (char const* expected : {"Z002", "Z003", "Z004", "Z001"}) {
        EXPECT_EQ(next(), "");
        EXPECT_EQ(here(), expected);
    }
    EXPECT_EQ(pass_it(), "");
    EXPECT_EQ(back(keys[0]), "ticket.back_once");
    EXPECT_EQ(next(), "");
    EXPECT_EQ(here(), "Z005");
}

TEST_P(Windows, TransferANumberThatKeepsItsPlace) {
    take_one("window1", "general");
    std::string const moved = key;
    now("2026-10-09 09:05");
    take_one("window1", "estate");
    take_one("window1", "estate");
    sit("window1", "W1");
    sit("unit-zj", "W3");
    next();
    auto put = [&](std::string_view service, std::string_view window) {
        return as("window1", [&](Office const& there) { return transfer(there, service, window); });
    };
    EXPECT_EQ(as("window1", [](Office const& there) { return pause(there, "rest"); }), "window.serving");
    EXPECT_EQ(put("", ""), "field.required");
    EXPECT_EQ(put("general", ""), "transfer.same");
    EXPECT_EQ(put("nothing", ""), "service.unknown");
    EXPECT_EQ(put("", "W9"), "window.unknown");
    EXPECT_EQ(put("", "W1"), "transfer.same");
    EXPECT_EQ(put("", "W4"), "window.closed");
    EXPECT_EQ(put("estate", ""), "");
    EXPECT_EQ(here(), "");
    EXPECT_EQ(next("unit-zj"), "");
    EXPECT_EQ(here("unit-zj"), "Z001") << "before those who came later";
    EXPECT_EQ(seen(moved).service, "estate");
    auto to_four = [&] { return as("unit-zj", [](Office const& there) { return transfer(there, "", "W4"); }); };
    EXPECT_EQ(to_four(), "window.closed");
    EXPECT_EQ(sit("window2", "W4"), "");
    EXPECT_EQ(to_four(), "");
    EXPECT_EQ(next("unit-zj"), "");
    EXPECT_EQ(here("unit-zj"), "B001") << "the other is for W4 only";
    EXPECT_EQ(as("window2", [](Office const& there) { return close_window(there); }), "");
    EXPECT_EQ(next("unit-zj"), "");
    EXPECT_EQ(here("unit-zj"), "Z001") << "W4 is closed: it waits for its service again";
}

TEST_P(Windows, GiveWhoNeedsItPriority) {
    take_one("window1");
    take_one("window1");
    sit("window1", "W1");
    TicketId const second = seen(key).id;
    auto give = [&](std::string_view login, TicketId which, std::string_view ground) {
        return as(login, [&](Office const& there) { return give_priority(there, which, ground); });
    };
    EXPECT_EQ(give("citizen", second, "elderly"), "ticket.unknown");
    EXPECT_EQ(give("window1", TicketId(99), "elderly"), "ticket.unknown");
    EXPECT_EQ(give("window1", second, "elderly"), "");
    next();
    EXPECT_EQ(here(), "Z002");
    EXPECT_EQ(give("window1", second, ""), "ticket.not_waiting");
}

TEST_P(Time, EndsADayAndCountsWhoDidNotCome) {
    EXPECT_EQ(book_for("15400000301", "2026-10-09 10:00"), "");
    std::string const missed = number;
    take_one("window1");
    take_one("citizen");
    std::string const waiting = key;
    sit("window1", "W1");
    next();
    auto care = [&] {
        Cared cared;
        as("manager", [&](Office const& there) -> Result<void> {
            cared = take_care(there);
            return {};
        });
        return cared;
    };
    EXPECT_FALSE(needs_care(look()));
    now("2026-10-09 10:50");
    EXPECT_TRUE(needs_care(look()));
    EXPECT_EQ(care().no_shows, 1);
    EXPECT_FALSE(needs_care(look()));
    EXPECT_EQ(seen_appointment(look(), missed)->state, Appointment::State::no_show);
    now("2026-10-09 18:29");
    EXPECT_EQ(care().ended, 0) << "whoever waits at closing is still served";
    now("2026-10-09 18:30");
    EXPECT_EQ(care().ended, 2);
    EXPECT_EQ(seen(waiting).state, Ticket::State::passed);
    EXPECT_TRUE(seen(waiting).over);
    EXPECT_EQ(as("", [&](Office const& there) { return come_back(there, seen_ticket(there, waiting).value()); }),
              "ticket.not_passed");
    EXPECT_EQ(next(), "window.none") << "windows are closed too";
    DayFigures const figures = figures_of(load_day(city->reader(), "h", *parse_day("2026-10-09")));
    EXPECT_EQ(figures.all.served, 1);
    EXPECT_EQ(figures.all.ended, 1);
    EXPECT_EQ(figures.all.served_n, 0) << "nobody knows how long it took";
}

TEST_P(Time, RefusesWhoMissedThreeInThirtyDays) {
    for (char const* slot : {"2026-10-09 10:00", "2026-10-10 10:00", "2026-10-12 10:00"})
        EXPECT_EQ(book_for("15400000301", slot), "");
    now("2026-10-12 12:00");
    as("manager", [](Office const& there) -> Result<void> {
        take_care(there);
        return {};
    });
    EXPECT_EQ(book_for("15400000301", "2026-10-13 10:00"), "appointment.no_shows");
    EXPECT_EQ(book_for("15400000302", "2026-10-13 10:00"), "");
    now("2026-11-09 09:00");
    EXPECT_EQ(book_for("15400000301", "2026-11-10 10:00"), "") << "the first is 31 days past";
}

TEST_P(Time, ErasesWhoItWas) {
    EXPECT_EQ(book_for("15400000301", "2026-10-09 10:00"), "");
    std::string const appointment = number;
    EXPECT_EQ(take_one("citizen"), "");
    auto care = [&] {
        as("manager", [](Office const& there) -> Result<void> {
            take_care(there);
            return {};
        });
    };
    now("2026-10-10 00:10");
    care();
    EXPECT_FALSE(seen_ticket(look(), key)) << "a number is nobody's when its day is over";
    now("2026-11-08 23:00");
    care();
    EXPECT_TRUE(seen_appointment(look(), appointment)) << "thirty days after its day";
    now("2026-11-09 00:10");
    EXPECT_TRUE(needs_care(look()));
    care();
    EXPECT_FALSE(needs_care(look()));
    EXPECT_FALSE(seen_appointment(look(), appointment));
    Appointment const left = load_appointments(city->reader(), "h", *parse_day("2026-10-09")).front();
    EXPECT_TRUE(left.sealed.empty() && left.person_token.empty() && left.token.empty() && !left.person);
    EXPECT_EQ(left.state, Appointment::State::no_show) << "it still counts";
}

}  // namespace
}  // namespace banyan::floor
