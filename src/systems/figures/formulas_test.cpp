// The formulas as data, points at their edges, bands, and what is too small to be told.
#include "systems/figures/formulas.h"

#include <gtest/gtest.h>

#include "base/testing.h"
#include "systems/figures/month.h"

namespace banyan::figures {
namespace {

using banyan::testing::source_text;

std::string shipped() {
    return source_text("data/figures/indicators.toml") + "\n" + source_text("data/figures/points.toml");
}
Formulas const& formulas() {
    static Formulas const kFormulas = read_formulas(shipped()).value();
    return kFormulas;
}
Figure figure(std::string_view key, Counts const& counts) {
    for (Figure const& one : formulas().figures(counts, true))
        if (one.indicator->key == key) return one;
    throw std::runtime_error("no such indicator");
}
std::string value(std::string_view key, Counts const& counts) {
    auto const percent = figure(key, counts).value();
    return percent ? decimal(*percent) : "—";
}
Points const& points(std::string_view indicator) {
    return *std::ranges::find(formulas().points, indicator, &Points::indicator);
}
std::string fault(std::string toml) {
    auto const read = read_formulas(std::move(toml));
    return read ? "" : read.error().key + " " + read.error().field;
}
std::string replaced(std::string_view what, std::string_view with) {
    std::string text = shipped();
    text.replace(text.find(what), what.size(), with);
    return text;
}

TEST(Percent, IsHalfUpWithTwoDecimals) {
    EXPECT_EQ(percent_of(1, 3), 3333);
    EXPECT_EQ(percent_of(2, 3), 6667);
    EXPECT_EQ(percent_of(1, 800), 13) << "0.125";
    EXPECT_EQ(percent_of(1'000'000'007, 1'000'000'007), 10'000);
    EXPECT_EQ(percent_of(0, 5), 0);
    EXPECT_EQ(percent_of(0, 0), std::nullopt);
    EXPECT_EQ(percent_of(1, -1), std::nullopt);
    EXPECT_EQ(decimal(9805), "98.05");
    EXPECT_EQ(decimal(7), "0.07");
}

TEST(Indicators, AreAsTheirFormulasSay) {
    EXPECT_EQ(value("on_time", {{"on_time", 7}, {"late", 3}}), "70.00");
    EXPECT_EQ(value("on_time", {{"on_time", 7}, {"late", 3}, {"excluded_late", 1}}), "77.78");
    EXPECT_EQ(figure("on_time", {{"late", 3}, {"excluded_late", 1}}).excluded, 1) << "told beside it";
    EXPECT_EQ(value("sign_on_time", {{"signed_on_time", 2}, {"signed", 9}, {"sign_late", 1}}), "66.67");
    EXPECT_EQ(value("dispatch_on_time", {{"dispatched", 4}, {"dispatched_on_time", 3}}), "75.00");
    EXPECT_EQ(
        value("response", {{"responded", 3}, {"dispatched", 4}, {"designated", 1}, {"dispatched_anonymous", 1}}),
        "75.00");
    EXPECT_EQ(value("solved", {{"solved", 2}, {"called_back", 5}, {"declined", 1}}), "50.00");
    EXPECT_EQ(value("satisfied_first", {{"rated_satisfied", 1}, {"rated_fair", 1}, {"rated_unsatisfied", 1}}),
              "66.67");
    EXPECT_EQ(
        value("satisfied_final", {{"final_satisfied", 1}, {"final_unsatisfied", 2}, {"excluded_unsatisfied", 1}}),
        "50.00");
    EXPECT_EQ(value("return", {{"returned_lead", 1}, {"dispatched", 7}, {"designated", 1}}), "12.50");
    EXPECT_EQ(value("wrong_return", {{"return_refused", 1}, {"return_asked", 4}}), "25.00");
    EXPECT_EQ(value("redo", {{"redone", 2}, {"called_back", 7}, {"redone_in_call", 1}}), "25.00");
    EXPECT_EQ(value("extension", {{"extended", 1}, {"dispatched", 10}}), "10.00");
    EXPECT_EQ(value("dispatch_right", {{"returned_lead", 1}, {"dispatched", 8}}), "87.50");
    EXPECT_EQ(value("dispatch_right", {{"returned_lead", 2}, {"dispatched", 1}}), "0.00") << "never below";
    EXPECT_EQ(value("on_the_spot", {{"on_the_spot", 3}, {"accepted", 4}, {"refused", 1}, {"invalid", 9}}),
              "37.50");
    EXPECT_EQ(value("connect", {{"calls_answered", 19}, {"calls_offered", 20}}), "95.00");
    EXPECT_EQ(value("quick", {{"calls_answered", 19}, {"calls_quick", 19}}), "100.00");
    EXPECT_EQ(value("promise_kept", {{"promise_in_time", 1}, {"promise_broken", 1}, {"promise_kept", 2}}),
              "50.00");
    for (Indicator const& one : formulas().indicators) EXPECT_EQ(value(one.key, {}), "—") << one.key;
}

TEST(Indicators, OfTheCityAreNoUnits) {
    for (Figure const& one : formulas().figures({{"dispatched", 1}}, false))
        EXPECT_FALSE(one.indicator->city) << one.indicator->key;
}

TEST(Points, HaveAFloorAndACeiling) {
    Points const satisfied = points("satisfied_final");  // min(25, max(12.5, 25 − 0.5·(98 − rate)))
    EXPECT_EQ(satisfied.of(10'000), 2500) << "100 % must not score 26";
    EXPECT_EQ(satisfied.of(9'800), 2500);
    EXPECT_EQ(satisfied.of(9'799), 2500) << "24.995, half up";
    EXPECT_EQ(satisfied.of(9'798), 2499);
    EXPECT_EQ(satisfied.of(8'750), 1975) << "as published";
    EXPECT_EQ(satisfied.of(8'333), 1767) << "as published";
    EXPECT_EQ(satisfied.of(7'500), 1350) << "as published";
    EXPECT_EQ(satisfied.of(7'300), 1250);
    EXPECT_EQ(satisfied.of(7'299), 1250);
    EXPECT_EQ(satisfied.of(0), 1250);
    Points other = satisfied;
    other.target = 9'500;
    EXPECT_EQ(other.of(7'059), 1280) << "as published";
    Points const on_time = points("on_time");  // max(0, 25 − (100 − rate))
    EXPECT_EQ(on_time.of(10'000), 2500);
    EXPECT_EQ(on_time.of(8'982), 1482) << "as published";
    EXPECT_EQ(on_time.of(6'667), 0) << "as published";
    EXPECT_EQ(points("sign_on_time").of(8'000), 0);
}

TEST(Score, SaysOfHowManyPointsItIs) {
    auto score = [](Counts const& counts) { return formulas().score(formulas().figures(counts, false)); };
    Score const half = score({{"on_time", 1}, {"signed_on_time", 1}});
    EXPECT_EQ(half.points, 5000);
    EXPECT_EQ(half.of, 5000) << "nobody was called back";
    EXPECT_EQ(half.percent(), 10'000);
    EXPECT_EQ(score({}).percent(), std::nullopt);
    EXPECT_EQ(score({{"on_time", 4}, {"late", 1}}).points, 500);
}

TEST(Bands, AreByTheirLeastPercent) {
    for (auto const& [percent, name] : std::vector<std::pair<std::int64_t, std::string_view>>{
             {10'000, "A"}, {9'000, "A"}, {8'999, "B"}, {8'000, "B"}, {7'999, "C"}, {5'999, "D"}, {0, "D"}})
        EXPECT_EQ(formulas().band("town", percent), name) << percent;
    Formulas const own =
        read_formulas(shipped() + "\n[[band]]\nname = \"first\"\ngroup = \"town\"\nleast = 50\n").value();
    EXPECT_EQ(own.band("town", 6'000), "first");
    EXPECT_EQ(own.band("town", 4'000), "");
    EXPECT_EQ(own.band("city", 6'000), "C");
}

TEST(Formulas, ThatDoNotFitAreRefusedByTheirPlace) {
    EXPECT_EQ(fault(shipped()), "");
    EXPECT_EQ(fault(""), "figures.formulas indicator");
    EXPECT_EQ(fault(replaced("key = \"solved\"", "key = \"redo\"")), "figures.formulas redo");
    EXPECT_EQ(fault(replaced("numerator = [\"solved\"]", "numerator = []")),
              "figures.formulas indicator[4].numerator");
    EXPECT_EQ(fault(replaced("numerator = [\"solved\"]", "above = [\"solved\"]")),
              "figures.formulas indicator[4].numerator");
    EXPECT_EQ(fault(replaced("city = true", "town = true")), "figures.formulas indicator[2].town");
    EXPECT_EQ(fault(replaced("[\"solved\"]", "[\"hinted.class\"]")), "figures.formulas hinted.class")
        << "what is not kept";
    EXPECT_EQ(fault(replaced("indicator = \"solved\"", "indicator = \"happy\"")), "figures.formulas happy");
    EXPECT_EQ(fault(replaced("least = 12.5", "least = 25.5")), "figures.formulas satisfied_final");
    EXPECT_EQ(fault(replaced("slope = 1.25", "slope = 1.255")), "figures.formulas points[1].slope");
    EXPECT_EQ(fault(replaced("slope = 1.25", "slope = -1")), "figures.formulas points[1].slope");
    EXPECT_EQ(fault(replaced("league = false", "league = 0")), "figures.formulas units.league");
    EXPECT_EQ(fault(replaced("[small]", "[tiny]")), "figures.formulas small");
    EXPECT_EQ(fault("[[indicator"), "toml.syntax ");
    EXPECT_EQ(read_readers("all = [\"leader\"]").error().field, "readers.district");
    EXPECT_EQ(read_readers(source_text("data/figures/readers.toml"))->every().size(), 8U);
}

TEST(Small, CountsAreHiddenAndNotTheSumLessTheOthers) {
    auto row = [](std::int64_t n, std::int64_t of) {
        return formulas().figures({{"on_time", n}, {"late", of - n}}, false);
    };
    auto a = row(2, 2), b = row(5, 9), c = row(4, 7), none = row(0, 0);
    hide_small({&a, &b, &c, &none}, 3);
    EXPECT_TRUE(a[0].small);
    EXPECT_FALSE(b[0].small);
    EXPECT_TRUE(c[0].small) << "the next smallest";
    EXPECT_FALSE(none[0].small) << "of nothing nothing is told";
    auto d = row(1, 9), e = row(2, 9), f = row(3, 9);
    hide_small({&d, &e, &f}, 3);
    EXPECT_TRUE(d[0].small && e[0].small) << "by their numerators";
    EXPECT_FALSE(f[0].small) << "two are hidden already";
}

TEST(Months, AreReadAndCounted) {
    EXPECT_EQ(parse_month("2026-10")->number, 202610);
    for (char const* wrong : {"", "2026", "2026-13", "2026-00", "26-10", "2026-1", "2026-10-01", "2026/10",
                              "1999-12", "2026-1x", "+026-10", "２０２６"})
        EXPECT_FALSE(parse_month(wrong)) << wrong;
    EXPECT_EQ(parse_month("2026-12")->next().text(), "2027-01");
    EXPECT_EQ(iso(parse_month("2028-02")->last()), "2028-02-29");
    EXPECT_EQ(month_of(*parse_day("2026-09-30")).text(), "2026-09");
}

}  // namespace
}  // namespace banyan::figures
