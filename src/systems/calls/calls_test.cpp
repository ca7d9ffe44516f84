// Calls as the telephone tells them and seats close them; the seats' states; missed calls; figures. On both
// databases.
#include <map>

#include "kernel/engine/blind.h"
#include "systems/calls/figures.h"
#include "systems/calls/testing.h"

namespace banyan::calls {
namespace {

using namespace testing;

using Calls = Exchange;
using Level = Exchange;
BANYAN_ON_BOTH_ENGINES(Calls);
BANYAN_ON_BOTH_ENGINES(Level);

TEST_P(Calls, AreToldOnceAndTwice) {
    EXPECT_EQ(at_seat("c1", What::ringing, 1), "call.unknown") << "never offered";
    talk("c1", 10);
    Call const was = call("c1");
    EXPECT_EQ(offer("c1", 10), "") << "the same again";
    EXPECT_EQ(at_seat("c1", What::answered, 15), "");
    EXPECT_EQ(load_told(city->reader(), was.id).size(), 4U) << "what is repeated is not kept again";
    EXPECT_EQ(offer("c1", 10, "15400000002"), "call_report.other") << "another number";
    EXPECT_EQ(at_seat("c1", What::answered, 16), "call_report.other");
    EXPECT_EQ(at_seat("c1", What::answered, 15, "seat02"), "call_report.other");
    EXPECT_EQ(report("c2", What::ended, 90), "call.unknown");
    Report ahead;
    ahead.what = What::offered;
    ahead.at = city->engine().now() + seconds(61);
    EXPECT_EQ(as("telephone", [&](Office const& office) { return take_report(office, "c3", ahead); }),
              "call_report.in_future");
    city->restart();
    EXPECT_EQ(call("c1").ended, was.ended) << "durable";
    EXPECT_EQ(offer("c1", 10), "") << "and known again after a restart";
    EXPECT_EQ(load_told(city->reader(), was.id).size(), 4U);
}

TEST_P(Calls, KeepTheNumberSealedAndFindTheMattersOfIt) {
    MatterId const matter = file({{"phone", "154 0000 0001"}});
    file({{"phone", "154 0000 0002"}});
    offer("c1", 10, "+86 154-0000-0001");
    Call const one = call("c1");
    EXPECT_EQ(number_of(city->keys(), one), "15400000001");
    EXPECT_EQ(find_blind(city->reader(), one.token, 10), std::vector{matter});
    offer("c2", 11, "15400000001");
    auto const both = load_calls_of(city->reader(), one.token, 10);
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0].external, "c2") << "the newest first";
    EXPECT_NE(call("c2").number, one.number) << "sealed each time anew";
    bool plain = false;
    for (char const* table : {"call", "call_event"})
        city->reader().query(std::string("SELECT ") + (table[4] == '_' ? "digest" : "number") + " FROM " + table,
                             {}, [&](store::Row const& row) {
                                 plain = plain || row.bytes(0).find("15400000001") != std::string_view::npos;
                             });
    EXPECT_FALSE(plain);
    offer("c3", 12, "");
    EXPECT_TRUE(call("c3").token.empty());
    EXPECT_EQ(number_of(city->keys(), call("c3")), "");
}

TEST_P(Calls, AreClosedWithWhatBecameOfThem) {
    offer("c1", 10);
    CallId const id1 = call("c1").id;
    auto attach_to = [&](char const* login, MatterId matter) {
        return as(login, [&](Office const& office) { return attach(office, id1, matter); });
    };
    MatterId const matter = file(), other = file();
    EXPECT_EQ(close_it("c1", "thanks"), "call.unknown") << "nobody's yet";
    EXPECT_EQ(close_it("c1", "thanks", "lead01"), "call.not_answered");
    EXPECT_EQ(attach_to("lead01", matter), "call.not_answered");
    at_seat("c1", What::answered, 15);
    EXPECT_EQ(close_it("c1", "thanks", "seat02"), "call.unknown") << "another's";
    EXPECT_EQ(close_it("c1", "thanks", "sup01"), "call.unknown");
    EXPECT_EQ(close_it("c1", "nonsense"), "call.closing_unknown");
    EXPECT_EQ(close_it("c1", "filed"), "call.needs_matter");
    EXPECT_EQ(attach_to("seat02", matter), "call.unknown");
    EXPECT_EQ(attach_to("seat01", matter), "");
    EXPECT_EQ(attach_to("seat01", matter), "") << "twice is once";
    EXPECT_EQ(attach_to("seat01", other), "") << "one call, several matters";
    EXPECT_EQ(load_matters_of(city->reader(), id1), (std::vector{matter, other}));
    EXPECT_EQ(close_it("c1", "misdialled"), "call.without_matter");
    EXPECT_EQ(as("seat01", [&](Office const& office) { return detach(office, id1, other); }), "");
    EXPECT_EQ(as("seat01", [&](Office const& office) { return detach(office, id1, other); }), "call.not_attached");
    EXPECT_EQ(close_it("c1", "urged"), "");
    EXPECT_EQ(close_it("c1", "filed"), "call.closed");
    EXPECT_EQ(attach_to("seat01", other), "call.closed");
    EXPECT_EQ(close_it("c1", "filed", "lead01"), "") << "a shift leader puts it right";
    EXPECT_EQ(call("c1").closing, "filed");
    auto const acts = load_acts(city->reader(), id1, 10);
    ASSERT_EQ(acts.size(), 5U);
    EXPECT_EQ(acts[0].what, "close");
    EXPECT_EQ(acts[0].before, "urged");
    EXPECT_EQ(acts[2].what, "detach");
    EXPECT_EQ(acts[2].matter, other);
}

TEST_P(Calls, ShowTheirNumberToWhoMayAndSaySo) {
    talk("c1", 10);
    CallId const id1 = call("c1").id;
    std::string number;
    auto unmask_as = [&](char const* login, char const* reason) {
        number.clear();
        return as(login, [&](Office const& office) {
            auto whole = unmask(office, id1, reason);
            if (whole) number = *whole;
            return whole;
        });
    };
    EXPECT_EQ(unmask_as("seat02", "x"), "call.unknown");
    EXPECT_EQ(unmask_as("mayor", "x"), "call.unknown");
    EXPECT_EQ(unmask_as("seat01", ""), "") << "its own open call";
    EXPECT_EQ(number, "15400000001");
    EXPECT_EQ(unmask_as("lead01", ""), "field.required");
    EXPECT_EQ(unmask_as("lead01", "核实"), "");
    close_it("c1", "thanks");
    EXPECT_EQ(unmask_as("seat01", "想看看"), "call.closed");
    auto const acts = load_acts(city->reader(), id1, 10);
    ASSERT_EQ(acts.size(), 3U);
    EXPECT_EQ(acts[1].what, "unmask");
    EXPECT_EQ(acts[1].note, "核实");
    EXPECT_EQ(acts[1].person, id("lead01"));
    offer("c2", 200, "");
    at_seat("c2", What::answered, 205);
    CallId const id2 = call("c2").id;
    EXPECT_EQ(as("seat01", [&](Office const& office) { return unmask(office, id2, ""); }), "call.number_withheld");
}

TEST_P(Calls, AreMarkedWithALanguageAndRated) {
    talk("c1", 10);
    CallId const id1 = call("c1").id;
    auto mark = [&](char const* language) {
        return as("seat01", [&](Office const& office) { return mark_language(office, id1, language); });
    };
    EXPECT_EQ(mark("latin"), "call.language_unknown");
    EXPECT_EQ(mark("fuzhou"), "");
    Report rated;
    rated.rating = "unsatisfied";
    EXPECT_EQ(report("c1", What::rated, 80, rated), "");
    rated.rating = "satisfied";
    EXPECT_EQ(report("c1", What::rated, 81, rated), "call_report.other") << "one call, one rating";
    EXPECT_EQ(call("c1").rating, "unsatisfied");
    EXPECT_EQ(call("c1").language, "fuzhou");
    EXPECT_EQ(call("c1").line, "12345");
}

/// Figures counted again from what the telephone told, by other means.
Counts recounted(store::Session& session) {
    std::map<std::int64_t, std::map<std::string, std::int64_t>> told;
    session.query("SELECT call, what, at FROM call_event ORDER BY id", {},
                  [&](store::Row const& row) { told[row.integer(0)][std::string(row.text(1))] = row.integer(2); });
    Counts counts;
    for (auto& [call, at] : told) {
        ++counts.offered;
        if (at.contains("abandoned")) ++counts.abandoned;
        if (!at.contains("answered")) continue;
        ++counts.answered;
        if (at["answered"] - at["offered"] <= 15'000'000) ++counts.quick;
    }
    return counts;
}

TEST_P(Level, IsCountedFromTheRows) {
    talk("c1", 10, 15);
    close_it("c1", "on_the_spot");
    talk("c2", 100, 16);
    close_it("c2", "thanks");
    talk("c3", 200, 5, 0);
    offer("c4", 3600);
    report("c4", What::abandoned, 3630);
    offer("c5", 3700);
    Report rated;
    rated.rating = "fair";
    report("c1", What::rated, 3701, rated);
    auto count = [&](char const* login) {
        return look(
            [&](Office const& office) {
                Day const day = kBeijing.day(t(0));
                return count_figures(office, {scope_of(office.actor, office.directory), day, day});
            },
            login);
    };
    Figures const all = count("lead01");
    ASSERT_EQ(all.hours.size(), 2U);
    Counts const total = all.total();
    EXPECT_EQ(total.offered, 5);
    EXPECT_EQ(total.answered, 3);
    EXPECT_EQ(total.quick, 2) << "15 s is within 15 s";
    EXPECT_EQ(total.abandoned, 1);
    EXPECT_EQ(total.closed, 2);
    EXPECT_EQ(total.valid, 2);
    EXPECT_EQ(total.on_the_spot, 1);
    EXPECT_EQ(total.satisfied, 1);
    EXPECT_EQ(total.waiting_us, seconds(15 + 16 + 5).us);
    EXPECT_EQ(total.talking_us, seconds(120).us);
    EXPECT_EQ(total.connect(), 6000);
    EXPECT_EQ(total.quickly(), 6667);
    EXPECT_EQ(total.spot(), 3333);
    EXPECT_EQ(all.closings.at("thanks"), 1);
    EXPECT_EQ(all.lines.at("12345"), 5);
    Counts const again = recounted(city->reader());
    EXPECT_EQ(again.offered, total.offered);
    EXPECT_EQ(again.answered, total.answered);
    EXPECT_EQ(again.quick, total.quick);
    EXPECT_EQ(again.abandoned, total.abandoned);
    EXPECT_EQ(count("seat01").total().offered, 3) << "a seat its own";
    EXPECT_EQ(count("seat02").total().offered, 0);
    EXPECT_EQ(count("seat02").total().connect(), std::nullopt);
    EXPECT_EQ(count("mayor").total().offered, 5);
}

TEST_P(Level, IsOfTheDayTheCallWasOffered) {
    now(at("2026-10-09 23:59:50"));
    Report more;
    more.what = What::offered;
    more.at = at("2026-10-09 23:59:50");
    as("telephone", [&](Office const& office) { return take_report(office, "late", more); });
    now(at("2026-10-10 00:00:10"));
    more.what = What::answered;
    more.at = at("2026-10-10 00:00:02");
    more.seat = id("seat01");
    as("telephone", [&](Office const& office) { return take_report(office, "late", more); });
    Day const day = kBeijing.day(at("2026-10-09 12:00"));
    Figures const figures =
        look([&](Office const& office) { return count_figures(office, {"c.id > 0", day, day + 1}); });
    ASSERT_EQ(figures.hours.size(), 1U);
    EXPECT_EQ(figures.hours.begin()->first, (std::pair{day, 23}));
    EXPECT_EQ(figures.total().quick, 1);
}

}  // namespace
}  // namespace banyan::calls
