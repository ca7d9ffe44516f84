// The 334 pairs of tests/yardsticks/alike.csv, whose texts are not ours to ship: skipped where they are not.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/csv.h"
#include "base/testing.h"
#include "kernel/alike/compare.h"

namespace banyan::alike {
namespace {

using banyan::testing::source_text;

struct Judged {
    double score;
    bool alike, hard;
};

double area_under_curve(std::vector<Judged> const& all) {
    double above = 0;
    std::size_t pairs = 0;
    for (Judged const& a : all)
        for (Judged const& b : all)
            if (a.alike && !b.alike) {
                ++pairs;
                above += a.score > b.score ? 1 : a.score == b.score ? 0.5 : 0;
            }
    return above / static_cast<double>(pairs);
}

double f1(std::vector<Judged> const& all, double threshold, std::string_view which) {
    double hit = 0, wrong = 0, missed = 0, square = 0;
    for (Judged const& one : all) {
        bool const said = one.score >= threshold;
        hit += said && one.alike;
        wrong += said && !one.alike;
        missed += !said && one.alike;
        square += (one.score - one.alike) * (one.score - one.alike);
    }
    double const value = 2 * hit / (2 * hit + wrong + missed);
    fmt::print("{:<10} {:3} pairs: precision {:.3f} recall {:.3f} F1 {:.3f} AUC {:.3f} Brier {:.3f}\n", which,
               all.size(), hit / (hit + wrong), hit / (hit + missed), value, area_under_curve(all),
               square / static_cast<double>(all.size()));
    return value;
}

TEST(AlikeYardstick, TellsPairsApart) {
    char const* shared = std::getenv("BANYAN_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "the appeals are not here (BANYAN_SHARED_DATA)";
    std::string const source = banyan::testing::text_at(fmt::format("{}/appeals/unlabelled.csv", shared));
    text::Reader const reader;
    Sketcher const sketcher(reader, *read_words(source_text("data/alike.toml")));
    Counts counts;
    std::map<std::string, std::pair<Reading, Day>, std::less<>> readings;
    auto appeals = Csv::parse(source);
    for (CsvRow const& row : appeals->rows()) {
        Reading reading = sketcher.read(appeals->at(row, "title"), appeals->at(row, "body"));
        counts.add(reading);
        readings.emplace(appeals->at(row, "id"),
                         std::pair(std::move(reading), kBeijing.day(*parse_local(appeals->at(row, "created")))));
    }
    auto sketch = [&](std::string_view id) {
        auto const& [reading, day] = readings.find(id)->second;
        Sketch made = sketcher.sketch(reading, counts);
        made.day = day;
        return made;
    };
    auto pairs = Csv::parse(source_text("tests/yardsticks/alike.csv"));
    std::vector<Judged> all, hard;
    for (CsvRow const& row : pairs->rows()) {
        Likeness const like =
            compare(sketch(pairs->at(row, "a")), sketch(pairs->at(row, "b")), counts, sketcher.words().weights);
        all.push_back({like.score, pairs->at(row, "alike") == "1", pairs->at(row, "hard") == "1"});
        if (all.back().hard) hard.push_back(all.back());
    }
    double const threshold = sketcher.words().weights.threshold;
    EXPECT_GT(f1(all, threshold, "all"), 0.84);
    EXPECT_GT(f1(hard, threshold, "hard ones"), 0.7);
    EXPECT_GT(area_under_curve(all), 0.90);
}

}  // namespace
}  // namespace banyan::alike
