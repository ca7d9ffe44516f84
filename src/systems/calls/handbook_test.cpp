// The lists of data/calls.toml and what is reckoned with them.
#include "systems/calls/handbook.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "systems/calls/call.h"

namespace banyan::calls {
namespace {

using banyan::testing::source_text;
using What = Report::What;

Instant at(int second) { return *parse_local("2026-10-09 09:00") + seconds(second); }

TEST(Handbook, IsReadAndItsFaultsAreNamed) {
    std::string const good = source_text("data/calls.toml");
    auto book = read_handbook(good);
    ASSERT_TRUE(book) << book.error().key << book.error().field;
    EXPECT_EQ(book->own_line(), "12345");
    EXPECT_EQ(book->quick, seconds(15));
    EXPECT_TRUE(book->knows_line("12333"));
    EXPECT_FALSE(book->knows_line("12399"));
    EXPECT_EQ(book->closing("urged")->matter, Closing::Matter::needed);
    EXPECT_FALSE(book->closing("urged")->valid);
    EXPECT_EQ(book->closing("nonsense"), nullptr);
    struct Row {
        std::string_view was, is;
        char const* field;
    };
    for (Row const& row : {Row{"quick_seconds = 15", "quick_seconds = 0", "level.quick_seconds"},
                           Row{"hours = \"08:30-20:30\"", "hours = \"never\"", "ring_back.hours"},
                           Row{"way = \"own\"", "way = \"whole\"", "line.own"},
                           Row{"code = \"silent\"", "code = \"filed\"", "closing.filed"},
                           Row{"matter = \"none\"", "matter = \"some\"", "closing.silent"},
                           Row{"zh = \"福州话\"", "zh = \"\"", "language.fuzhou"},
                           Row{"logins = [\"telephone\"]", "logins = [7]", "telephone.logins"}}) {
        std::string bad = good;
        bad.replace(bad.find(row.was), row.was.size(), row.is);
        auto read = read_handbook(bad);
        ASSERT_FALSE(read) << row.is;
        EXPECT_EQ(read.error().key, "calls.handbook");
        EXPECT_EQ(read.error().field, row.field);
    }
    EXPECT_EQ(read_handbook("[[").error().key, "toml.syntax");
    EXPECT_EQ(read_handbook("").error().key, "calls.handbook");
}

TEST(Rate, IsOneDivisionHalfUpAndNothingOfNothing) {
    EXPECT_EQ(rate_text(*rate(1203, 1260)), "95.48");  // the demo's yesterday
    EXPECT_EQ(rate_text(*rate(1131, 1203)), "94.01");
    EXPECT_EQ(rate_text(*rate(614, 1203)), "51.04");
    EXPECT_EQ(rate_text(*rate(1, 3)), "33.33");
    EXPECT_EQ(rate_text(*rate(2, 3)), "66.67");
    EXPECT_EQ(rate_text(*rate(1, 20000)), "0.01") << "half goes up";
    EXPECT_EQ(rate_text(*rate(0, 7)), "0.00");
    EXPECT_EQ(rate_text(*rate(7, 7)), "100.00");
    EXPECT_EQ(rate(0, 0), std::nullopt);
}

TEST(PlainNumber, IsAsItIsDialledInTheCountry) {
    for (auto const& [given, plain] :
         std::vector<std::pair<char const*, char const*>>{{"154 0000 0001", "15400000001"},
                                                          {"+86 154-0000-0001", "15400000001"},
                                                          {"008615400000001", "15400000001"},
                                                          {"015400000001", "15400000001"},
                                                          {"0591-0000 0016", "059100000016"},
                                                          {"(0591) 00000016", "059100000016"},
                                                          {"010 0000 0016", "01000000016"},
                                                          {"+852 0000 0001", "85200000001"},
                                                          {"8600000000", "8600000000"},
                                                          {"", ""},
                                                          {"anonymous", ""}})
        EXPECT_EQ(plain_number(given), plain) << given;
}

TEST(RingBackHours, AreOfTheCitysDay) {
    Handbook const book = *read_handbook(source_text("data/calls.toml"));
    for (auto const& [time, may] : std::vector<std::pair<char const*, bool>>{
             {"08:29", false}, {"08:30", true}, {"20:29", true}, {"20:30", false}, {"00:00", false}})
        EXPECT_EQ(book.may_ring_back(*parse_local(std::string("2026-10-09 ") + time)), may) << time;
}

Report said(What what, int second, int seat = 0) {
    Report report;
    report.what = what;
    report.at = at(second);
    report.seat = PersonId(seat);
    if (what == What::rated) report.rating = "fair";
    if (what == What::ended) report.recording = "rec/1";
    return report;
}

std::string told(Call const& call) {
    return std::to_string(call.ringing.us) + "/" + std::to_string(call.rang.us) + "/" + call.seat.text() + "/" +
           std::to_string(call.answered.us) + "/" + std::to_string(call.ended.us) + "/" + call.rating + "/" +
           call.recording;
}

TEST(Call, IsTheSameInWhateverOrderItIsTold) {
    std::vector<Report> const reports{said(What::ringing, 3, 7), said(What::ringing, 9, 8),
                                      said(What::answered, 11, 8), said(What::ended, 40), said(What::rated, 45)};
    std::vector<std::size_t> order{0, 1, 2, 3, 4};
    std::string first;
    int ways = 0;
    do {
        Call call;
        call.offered = at(0);
        for (std::size_t const each : order) ASSERT_TRUE(take(call, reports[each]));
        if (first.empty()) first = told(call);
        EXPECT_EQ(told(call), first);
        EXPECT_EQ(call.seat, PersonId(8));
        EXPECT_EQ(state_of(call), State::ended);
        ++ways;
    } while (std::ranges::next_permutation(order).found);
    EXPECT_EQ(ways, 120);
}

TEST(Call, RefusesByNameWhatCannotBe) {
    struct Row {
        std::vector<Report> before;
        Report report;
        char const* key;
    };
    for (Row const& row :
         std::vector<Row>{{{}, said(What::ringing, -1, 7), "call_report.too_early"},
                          {{}, said(What::offered, 1), "call_report.other"},
                          {{said(What::answered, 5, 7)}, said(What::answered, 6, 7), "call_report.other"},
                          {{said(What::answered, 5, 7)}, said(What::abandoned, 6), "call.answered"},
                          {{said(What::answered, 5, 7)}, said(What::ended, 4), "call_report.before_answer"},
                          {{said(What::abandoned, 5)}, said(What::answered, 6, 7), "call.abandoned"},
                          {{said(What::abandoned, 5)}, said(What::ended, 6), "call.abandoned"},
                          {{said(What::abandoned, 5)}, said(What::abandoned, 6), "call_report.other"},
                          {{said(What::abandoned, 5)}, said(What::ringing, 6, 7), "call_report.after_end"},
                          {{said(What::abandoned, 5)}, said(What::rated, 6), "call.not_answered"},
                          {{said(What::ringing, 5, 7)}, said(What::abandoned, 4), "call_report.too_early"},
                          {{said(What::ended, 5)}, said(What::answered, 6, 7), "call_report.after_end"},
                          {{said(What::ended, 5)}, said(What::ended, 6), "call_report.other"},
                          {{said(What::ended, 5)}, said(What::abandoned, 6), "call_report.other"},
                          {{said(What::rated, 5)}, said(What::rated, 6), "call_report.other"}}) {
        Call call;
        call.offered = at(0);
        for (Report const& before : row.before) ASSERT_TRUE(take(call, before));
        std::string const was = told(call);
        auto done = take(call, row.report);
        ASSERT_FALSE(done) << row.key;
        EXPECT_EQ(done.error().key, row.key);
        EXPECT_EQ(told(call), was) << "nothing half done";
    }
}

TEST(Times, AreOfWhatThereWas) {
    Call call;
    call.offered = at(0);
    EXPECT_EQ(times_of(call, at(9)).waiting, seconds(9)) << "still waiting";
    for (Report const& report : {said(What::ringing, 4, 7), said(What::answered, 12, 7), said(What::ended, 70)})
        ASSERT_TRUE(take(call, report));
    call.finished = at(95);
    Times const times = times_of(call, at(500));
    EXPECT_EQ(times.waiting, seconds(12));
    EXPECT_EQ(times.answering, seconds(8));
    EXPECT_EQ(times.talking, seconds(58));
    EXPECT_EQ(times.after, seconds(25));
    Call missed;
    missed.offered = at(0);
    ASSERT_TRUE(take(missed, said(What::abandoned, 33)));
    EXPECT_EQ(times_of(missed, at(500)).waiting, seconds(33));
    EXPECT_EQ(times_of(missed, at(500)).talking, std::nullopt);
}

}  // namespace
}  // namespace banyan::calls
