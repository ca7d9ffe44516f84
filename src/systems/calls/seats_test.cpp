// The seats' states and missed calls. On both databases.
#include "systems/calls/testing.h"

namespace banyan::calls {
namespace {

using namespace testing;

using Seats = Exchange;
using RingBacks = Exchange;
BANYAN_ON_BOTH_ENGINES(Seats);
BANYAN_ON_BOTH_ENGINES(RingBacks);

TEST_P(Seats, FollowTheTelephone) {
    EXPECT_EQ(state(), "off");
    EXPECT_EQ(set("seat01", "ready"), "");
    EXPECT_EQ(set("seat02", "ready"), "");
    offer("c1", 10);
    EXPECT_EQ(state(), "ready");
    at_seat("c1", What::ringing, 12);
    EXPECT_EQ(state(), "ringing");
    at_seat("c1", What::ringing, 20, "seat02");
    EXPECT_EQ(state(), "ready") << "it rings elsewhere now";
    EXPECT_EQ(state("seat02"), "ringing");
    at_seat("c1", What::answered, 22, "seat02");
    EXPECT_EQ(state("seat02"), "talking");
    EXPECT_EQ(set("seat02", "busy"), "seat.on_call");
    report("c1", What::ended, 82);
    EXPECT_EQ(state("seat02"), "after_call");
    now(t(90));
    EXPECT_EQ(set("seat02", "ready"), "seat.to_close");
    EXPECT_EQ(close_it("c1", "thanks", "seat02"), "");
    EXPECT_EQ(set("seat02", "ready"), "");
    EXPECT_EQ(call("c1").finished, t(90));
    EXPECT_EQ(times_of(call("c1"), t(999)).after, seconds(8));
    offer("c2", 100);
    at_seat("c2", What::ringing, 101);
    report("c2", What::abandoned, 105);
    EXPECT_EQ(state(), "ready") << "the caller gave up";
    std::vector<std::pair<std::string, std::int64_t>> told;
    for (SeatSpan const& span : load_spans(city->reader(), id("seat02"), t(0), t(200)))
        told.emplace_back(span.state, span.ended ? (span.ended - span.began).us / 1'000'000 : -1);
    EXPECT_EQ(told, (std::vector<std::pair<std::string, std::int64_t>>{
                        {"ready", 20}, {"ringing", 2}, {"talking", 60}, {"after_call", 8}, {"ready", -1}}));
    EXPECT_EQ(set("seat01", "off"), "");
    EXPECT_EQ(state(), "off");
    EXPECT_EQ(load_now(city->reader()).size(), 1U);
}

TEST_P(Seats, AreAsTheyWereWhenARingingComesToNothing) {
    set("seat01", "busy");
    offer("c1", 10);
    at_seat("c1", What::ringing, 12);
    at_seat("c1", What::ringing, 20, "seat02");
    EXPECT_EQ(state(), "busy");
    EXPECT_EQ(state("seat02"), "ringing");
    report("c1", What::abandoned, 30);
    EXPECT_EQ(state("seat02"), "off") << "it never signed on";
    set("seat02", "ready");
    offer("c2", 40);
    at_seat("c2", What::ringing, 41, "seat02");
    report("c2", What::abandoned, 50);
    EXPECT_EQ(state("seat02"), "ready");
}

TEST_P(Seats, KeepTheirPastWhenAReportIsLate) {
    set("seat01", "ready");
    offer("c1", 10);
    report("c1", What::ended, 60);
    EXPECT_EQ(state(), "ready");
    now(t(70));
    set("seat01", "busy");
    EXPECT_EQ(at_seat("c1", What::answered, 15), "") << "told late";
    EXPECT_EQ(state(), "busy");
    EXPECT_EQ(call("c1").answered, t(15)) << "the call is right";
    EXPECT_EQ(set("seat01", "ready"), "seat.to_close");
}

TEST_P(Seats, RestWhenALeaderHasGrantedIt) {
    set("seat01", "ready");
    auto ask = [&](int minutes) {
        return as("seat01", [&](Office const& office) { return ask_break(office, minutes, "喝水"); });
    };
    auto decide = [&](char const* login, std::int64_t rest, bool grant) {
        return as(login, [&](Office const& office) { return decide_break(office, rest, grant); });
    };
    EXPECT_EQ(set("seat01", "break"), "seat.break_not_granted");
    EXPECT_EQ(ask(31), "seat.break_too_long");
    EXPECT_EQ(ask(10), "");
    EXPECT_EQ(ask(10), "seat.break_asked");
    std::int64_t const rest = load_asked(city->reader(), 10).at(0).id;
    EXPECT_EQ(set("seat01", "break"), "seat.break_not_granted");
    EXPECT_EQ(decide("seat02", rest, true), "seat.break_unknown") << "not a leader";
    EXPECT_EQ(decide("lead01", 99, true), "seat.break_unknown");
    EXPECT_EQ(decide("lead01", rest, true), "");
    EXPECT_EQ(decide("lead01", rest, false), "seat.break_decided");
    EXPECT_TRUE(load_asked(city->reader(), 10).empty());
    now(t(60));
    EXPECT_EQ(set("seat01", "break"), "");
    EXPECT_EQ(state(), "break");
    EXPECT_EQ(load_now(city->reader(), id("seat01"))->rest, rest);
    now(t(700));
    EXPECT_EQ(set("seat01", "ready"), "");
    EXPECT_EQ(set("seat01", "break"), "seat.break_not_granted") << "once";
    EXPECT_EQ(ask(5), "");
    EXPECT_EQ(decide("lead01", rest + 1, true), "");
    now(t(700 + 31 * 60));
    EXPECT_EQ(set("seat01", "break"), "seat.break_not_granted") << "granted too long ago";
    EXPECT_EQ(as("lead01", [&](Office const& office) { return ask_break(office, 5, "喝水"); }), "");
    EXPECT_EQ(decide("lead01", rest + 2, true), "seat.own_break");
}

TEST_P(Seats, AreSetByALeaderOfTheTeam) {
    offer("c1", 10);
    at_seat("c1", What::answered, 15);
    auto lead = [&](char const* login, char const* whom) {
        return as(login, [&](Office const& office) { return set_state(office, id(whom), "off", "掉线"); });
    };
    EXPECT_EQ(lead("seat02", "seat01"), "seat.unknown");
    EXPECT_EQ(lead("lead01", "disp01"), "seat.unknown") << "no seat";
    EXPECT_EQ(lead("lead01", "seat01"), "") << "also out of a call that hangs";
    EXPECT_EQ(state(), "off");
    auto const spans = load_spans(city->reader(), id("seat01"), t(0), t(100));
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(spans[0].state, "talking");
}

TEST_P(RingBacks, AreClaimedTriedAndClosed) {
    offer("c1", 10);
    report("c1", What::abandoned, 40);
    offer("c2", 50);
    at_seat("c2", What::ringing, 52);
    report("c2", What::abandoned, 70);
    offer("withheld", 55, "");
    report("withheld", What::abandoned, 71);
    auto open = load_ring_backs(city->reader(), {});
    ASSERT_EQ(open.size(), 1U) << "one number, one entry; nobody to ring where it was withheld";
    EXPECT_EQ(open[0].missed, 2);
    EXPECT_EQ(open[0].call, call("c2").id);
    std::int64_t const id1 = open[0].id;
    auto try_it = [&](char const* login, char const* outcome) {
        return as(login, [&](Office const& office) { return attempt(office, id1, outcome, ""); });
    };
    auto end_it = [&](char const* login, char const* outcome) {
        return as(login, [&](Office const& office) { return close(office, id1, outcome, "x"); });
    };
    auto claim_it = [&](char const* login) { return as(login, [&](Office const& o) { return claim(o, id1); }); };
    EXPECT_EQ(try_it("seat01", "no_answer"), "ring_back.not_claimed");
    EXPECT_EQ(claim_it("seat01"), "");
    EXPECT_EQ(claim_it("seat02"), "ring_back.taken");
    EXPECT_EQ(try_it("seat02", "no_answer"), "ring_back.not_claimed");
    EXPECT_EQ(as("seat02", [&](Office const& o) { return unmask(o, id1); }), "ring_back.not_claimed");
    std::string number;
    as("seat01", [&](Office const& o) {
        auto whole = unmask(o, id1);
        number = *whole;
        return whole;
    });
    EXPECT_EQ(number, "15400000001");
    EXPECT_EQ(try_it("seat01", "no_answer"), "");
    EXPECT_EQ(end_it("seat01", "not_reached"), "ring_back.attempts");
    now(t(31 * 60 + 80));
    EXPECT_EQ(try_it("seat01", "busy"), "ring_back.not_claimed") << "the claim is over";
    EXPECT_EQ(claim_it("seat02"), "");
    EXPECT_EQ(as("seat01", [&](Office const& o) { return release(o, id1); }), "ring_back.not_claimed");
    EXPECT_EQ(as("seat02", [&](Office const& o) { return release(o, id1); }), "");
    now(at("2026-10-09 20:29:59"));
    EXPECT_EQ(claim_it("seat01"), "");
    EXPECT_EQ(try_it("seat01", "busy"), "");
    now(at("2026-10-09 20:30"));
    EXPECT_EQ(try_it("seat01", "busy"), "ring_back.hours");
    now(at("2026-10-10 08:29:59"));
    EXPECT_EQ(claim_it("seat01"), "");
    EXPECT_EQ(try_it("seat01", "busy"), "ring_back.hours");
    now(at("2026-10-10 08:30"));
    EXPECT_EQ(try_it("seat01", "no_answer"), "");
    EXPECT_EQ(end_it("seat01", "not_needed"), "ring_back.leader");
    EXPECT_EQ(end_it("seat01", "not_reached"), "");
    EXPECT_EQ(claim_it("seat02"), "ring_back.closed");
    EXPECT_EQ(as("seat01", [&](Office const& o) { return claim(o, 77); }), "ring_back.unknown");
    EXPECT_TRUE(load_ring_backs(city->reader(), {}).empty());
    RingBacksAsked over;
    over.open = false;
    ASSERT_EQ(load_ring_backs(city->reader(), over).size(), 1U);
    EXPECT_EQ(load_ring_backs(city->reader(), over)[0].attempts, 3);
    EXPECT_EQ(load_ring_back_acts(city->reader(), id1).size(), 10U);
}

TEST_P(RingBacks, AreOverWhenTheCallerGetsThrough) {
    offer("c1", 10);
    report("c1", What::abandoned, 40);
    offer("c2", 50, "15400000002");
    report("c2", What::abandoned, 60);
    talk("c3", 100);
    auto const open = load_ring_backs(city->reader(), {});
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].call, call("c2").id);
    EXPECT_EQ(load_ring_back(city->reader(), 1)->outcome, "called_again");
    offer("c4", 300);
    report("c4", What::abandoned, 320);
    EXPECT_EQ(load_ring_backs(city->reader(), {}).size(), 2U) << "and again from the beginning";
    EXPECT_EQ(as("lead01", [&](Office const& office) { return close(office, 2, "not_needed", "测试号"); }), "");
    EXPECT_EQ(as("seat01", [&](Office const& office) { return claim(office, 3); }), "");
    EXPECT_EQ(as("seat01", [&](Office const& office) { return attempt(office, 3, "reached", ""); }), "");
    EXPECT_TRUE(load_ring_backs(city->reader(), {}).empty());
}

}  // namespace
}  // namespace banyan::calls
