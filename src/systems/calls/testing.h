// systems/calls/testing.h: a telephone and the seats of a small city, on a clock set by hand.
#pragma once
#include <gtest/gtest.h>

#include "base/testing.h"
#include "kernel/engine/testing/city.h"
#include "systems/calls/ring_backs.h"
#include "systems/calls/seats.h"
#include "systems/calls/switchboard.h"

namespace banyan::calls::testing {

using namespace banyan::testing;
using What = Report::What;

inline Handbook const& handbook() {
    static Handbook const kBook = *read_handbook(source_text("data/calls.toml"));
    return kBook;
}

class Exchange : public store::testing::OnBothEngines {
  protected:
    void SetUp() override {
        city = std::make_unique<City>(GetParam());
        static std::string const schema = source_text("src/systems/calls/schema/0030_calls.sql");
        std::vector<store::Migration> all = kernel_migrations();
        static std::string const asked = source_text("src/systems/calls/schema/0061_rating_asked.sql");
        all.push_back({30, "0030_calls.sql", schema});
        all.push_back({61, "0061_rating_asked.sql", asked});
        city->db()->migrate(all);
        now(at("2026-10-09 09:00"));
    }
    void now(Instant instant) { city->set_clock(instant); }
    Instant t(int second) const { return at("2026-10-09 09:00") + seconds(second); }
    PersonId id(std::string_view login) const { return city->rules().directory->person(login)->id; }
    Actor actor(std::string_view login) const {
        if (login == "telephone") return {PersonId(900), "partner", {}, {}, false};
        return city->actor(login);
    }
    /// `job` in the writer, as `login`; the key it is refused with, or nothing.
    template <class Job>
    std::string as(std::string_view login, Job job) {
        std::string key;
        city->engine().write_now([&](store::Session& session) {
            auto done = job(Office{session, handbook(), city->keys(), *city->rules().directory, actor(login),
                                   city->engine().now()});
            if (!done) key = done.error().key;
        });
        return key;
    }
    /// As a reader: what `look` gives.
    template <class Look>
    auto look(Look look_at, std::string_view login = "lead01") {
        return look_at(Office{city->reader(), handbook(), city->keys(), *city->rules().directory, actor(login),
                              city->engine().now()});
    }
    /// The telephone reports at a second after nine, which is now.
    std::string report(std::string_view call, What what, int second, Report more = {}) {
        now(std::max(city->engine().now(), t(second)));
        more.what = what;
        more.at = t(second);
        return as("telephone", [&](Office const& office) { return take_report(office, call, more); });
    }
    std::string offer(std::string_view call, int second, std::string number = "15400000001") {
        Report more;
        more.number = std::move(number);
        return report(call, What::offered, second, more);
    }
    std::string at_seat(std::string_view call, What what, int second, std::string_view login = "seat01") {
        Report more;
        more.seat = id(login);
        return report(call, what, second, more);
    }
    /// Offered, rung after 2 s, answered after `wait`, ended after `talk`.
    void talk(std::string_view call, int second, int wait = 5, int lasts = 60) {
        EXPECT_EQ(offer(call, second), "");
        EXPECT_EQ(at_seat(call, What::ringing, second + 2), "");
        EXPECT_EQ(at_seat(call, What::answered, second + wait), "");
        if (lasts > 0) {
            EXPECT_EQ(report(call, What::ended, second + wait + lasts), "");
        }
    }
    Call call(std::string_view external) {
        auto found = load_call(city->reader(), PersonId(900), external);
        if (!found) throw std::runtime_error("no call " + std::string(external));
        return *found;
    }
    std::string state(std::string_view login = "seat01") {
        auto span = load_now(city->reader(), id(login));
        return span ? span->state : "off";
    }
    std::string set(std::string_view login, std::string_view state_wanted) {
        return as(login, [&](Office const& office) { return set_state(office, id(login), state_wanted, ""); });
    }
    std::string close_it(std::string_view external, std::string_view closing, std::string_view login = "seat01") {
        CallId const which = call(external).id;
        return as(login, [&](Office const& office) { return close(office, which, closing, ""); });
    }
    MatterId file(json::object const& more = {}) {
        json::object form{{"title", "路灯不亮"}, {"body", "三天了"}, {"channel", "phone"}, {"region", "350102"}};
        for (auto const& one : more) form[one.key()] = one.value();
        Answer const answer = city->open("seat01", form);
        EXPECT_TRUE(answer.ok()) << describe(answer.refusal);
        return answer.matter;
    }

    std::unique_ptr<City> city;
};

}  // namespace banyan::calls::testing
