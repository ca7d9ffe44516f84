// systems/floor/testing.h: a small hall with four windows, on a clock set by hand.
#pragma once
#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"
#include "systems/floor/booking.h"
#include "systems/floor/caretaker.h"
#include "systems/floor/counter.h"
#include "systems/floor/tickets.h"

namespace banyan::floor::testing {

using namespace banyan::testing;

inline Handbook const& handbook() {
    static Handbook const kBook = *read_handbook(source_text("data/floor.toml"));
    return kBook;
}

/// The hall `h` of unit cg: general at W1 and W2, estate (of zj) at W3, both at W4.
inline Plan const& plan() {
    static Plan const kPlan = *read_plan(
        "kind,hall,code,zh,en,unit,letter,serves,address,address_en\n"
        "hall,h,h,大厅,Hall,cg,,,,\n"
        "service,h,general,综合,General,,Z,cg,,\n"
        "service,h,estate,不动产,Estate,,B,zj,,\n"
        "window,h,W1,,,,,general,,\n"
        "window,h,W2,,,,,general,,\n"
        "window,h,W3,,,,,estate,,\n"
        "window,h,W4,,,,,general;estate,,\n");
    return kPlan;
}

class Floor : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        static std::string const schema = source_text("src/systems/floor/schema/0070_floor.sql");
        std::vector<store::Migration> all = kernel_migrations();
        all.push_back({70, "0070_floor.sql", schema});
        city->db()->migrate(all);
        now("2026-10-09 09:00");
    }
    void now(std::string_view instant) { city->set_clock(at(instant)); }

    /// window1, window2, manager: the hall's; else as the city has it; empty: nobody.
    Actor actor(std::string_view login) const {
        if (login.empty()) return {};
        UnitId const hall = city->rules().directory->unit("cg")->id;
        if (login == "window1") return {PersonId(901), "window", hall, {}, false};
        if (login == "window2") return {PersonId(902), "window", hall, {}, false};
        if (login == "manager") return {PersonId(903), "hall_manager", hall, {}, false};
        return city->actor(login);
    }
    Office office(store::Session& session, std::string_view login) const {
        return {session,
                handbook(),
                plan(),
                city->keys(),
                *city->rules().directory,
                actor(login),
                city->engine().moment()};
    }
    /// `job` in the writer; the key it is refused with, or nothing.
    template <class Job>
    std::string as(std::string_view login, Job job) {
        std::string refused;
        city->engine().write_now([&](store::Session& session) {
            auto done = job(office(session, login));
            if (!done) refused = done.error().key;
        });
        return refused;
    }
    Office look(std::string_view login = "window1") { return office(city->reader(), login); }

    std::string book_at(std::string_view login, std::string_view time, Booking more = {}) {
        more.hall = "h";
        if (more.service.empty()) more.service = "general";
        more.at = at(time);
        return as(login, [&](Office const& there) {
            auto done = book(there, more);
            if (done) number = floor::open(there.keys, done->appointment).number;
            return done;
        });
    }
    /// Somebody with a name and a number.
    std::string book_for(std::string phone, std::string_view time, std::string service = "general") {
        Booking more;
        more.service = std::move(service);
        more.name = "林一苇";
        more.phone = std::move(phone);
        return book_at("", time, more);
    }
    std::string take_one(std::string_view login, std::string service = "general", Taking more = {}) {
        more.hall = "h";
        if (more.appointment.empty()) more.service = std::move(service);
        return as(login, [&](Office const& there) {
            auto done = take(there, more);
            if (done) {
                key = done->key;
                ticket = done->ticket.number();
            }
            return done;
        });
    }
    std::string sit(std::string_view login, std::string_view window) {
        return as(login, [&](Office const& there) { return open_window(there, "h", window); });
    }
    std::string next(std::string_view login = "window1") {
        return as(login, [&](Office const& there) { return call_next(there, std::nullopt); });
    }
    /// The number at somebody's window.
    std::string here(std::string_view login = "window1") {
        auto const own = own_window(look(login));
        return own && own->ticket ? own->ticket->number() : "";
    }
    Ticket seen(std::string_view with_key) { return seen_ticket(look(), with_key).value(); }

    std::unique_ptr<City> city;
    std::string number, key, ticket;  ///< of the last that was booked or taken
};

}  // namespace banyan::floor::testing
