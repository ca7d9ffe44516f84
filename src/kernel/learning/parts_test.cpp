#include <gtest/gtest.h>

#include <cmath>

#include "kernel/learning/calibration.h"
#include "kernel/learning/characters.h"
#include "kernel/learning/figures.h"
#include "kernel/learning/folds.h"
#include "kernel/learning/grams.h"

namespace banyan::learning {
namespace {

std::u32string signs_of(std::string_view text, std::size_t most = 1000) {
    Characters characters;
    read_characters(text, most, characters);
    EXPECT_EQ(characters.signs.size(), characters.places.size());
    return {characters.signs.begin(), characters.signs.end()};
}

TEST(Characters, AreFoldedToOneForm) {
    EXPECT_EQ(signs_of("ＡＢｃ１２"), U"abc00");
    EXPECT_EQ(signs_of(" 路\u3000灯\r\n不 亮\t"), U"路灯不亮");
    EXPECT_EQ(signs_of("路，灯！a。"), (std::u32string{U'路', kMark, U'灯', kMark, U'a', kMark}));
    EXPECT_EQ(signs_of("<p class=\"x\">路灯</p><br/>1<2"), (std::u32string{U'路', U'灯', U'0', kMark, U'0'}));
}

TEST(Characters, PassOverWhatIsNoUtf8) {
    EXPECT_EQ(signs_of("路\xFF\xC0\x80灯\xE8\xB7"), U"路灯");
    EXPECT_EQ(signs_of(""), U"");
}

TEST(Characters, KnowWhereTheyCameFrom) {
    Characters characters;
    read_characters("a 路", 10, characters, 100);
    EXPECT_EQ(characters.places, (std::vector<std::uint32_t>{100, 102}));
    EXPECT_EQ(signs_of("路灯不亮", 2), U"路灯");
}

TEST(Grams, DoNotGoOverTheSeamOfTitleAndBody) {
    Reading const reading{.longest = 2, .most = 10, .title_times = 3};
    int pairs = 0;
    std::uint32_t times = 0;
    for_grams(read({"路灯", "不亮"}, reading), reading,
              [&](std::uint64_t, std::size_t, std::size_t length, std::uint32_t each) {
                  pairs += length == 2;
                  times += each;
              });
    EXPECT_EQ(pairs, 2);
    EXPECT_EQ(times, 3U * 3 + 3);
}

TEST(Figures, AreThoseOfScikitLearn) {
    // f1_score([0,0,1,1,2], [0,1,1,1,0], average='macro') = 0.4333…: class 2 is never judged and counts as 0.
    Figures const figures = figures_of({0, 0, 1, 1, 2}, {0, 1, 1, 1, 0}, 4);
    EXPECT_DOUBLE_EQ(figures.accuracy, 0.6);
    EXPECT_NEAR(figures.macro_f1, (0.5 + 0.8 + 0) / 3, 1e-12);
    EXPECT_DOUBLE_EQ(figures.classes[1].precision, 2.0 / 3);
    EXPECT_DOUBLE_EQ(figures.classes[1].recall, 1);
    EXPECT_EQ(figures.confusion[2][0], 1);
    EXPECT_EQ(figures.classes[3].support, 0);  // occurs nowhere: not in the mean
}

TEST(Folds, SpreadEveryLabelAndKeepTwinsTogether) {
    std::vector<Label> labels;
    std::vector<std::size_t> twins;
    for (std::size_t i = 0; i < 100; ++i) {
        labels.push_back(i < 20 ? 1 : 0);
        twins.push_back(i == 99 ? 50 : i);
    }
    auto const folds = stratified_folds(labels, twins, 5, 3);
    std::vector<int> rare(5, 0);
    for (std::size_t i = 0; i < 20; ++i) ++rare[static_cast<std::size_t>(folds[i])];
    for (int n : rare) EXPECT_EQ(n, 4);
    EXPECT_EQ(folds[99], folds[50]);
    EXPECT_EQ(folds, stratified_folds(labels, twins, 5, 3));
    EXPECT_NE(folds, stratified_folds(labels, twins, 5, 4));
}

TEST(Calibration, FindsTheSharpnessThatWasHidden) {
    Dice dice(9);
    std::vector<Judged> judged;
    for (int i = 0; i < 4000; ++i) {
        float const score = static_cast<float>(dice.below(1000)) / 500 - 1;
        double const right = 1 / (1 + std::exp(-3.0 * 2 * score));  // scores ±score, sharpness 3
        judged.push_back({{score, -score}, static_cast<double>(dice.below(100000)) < right * 100000 ? 0 : 1, 1});
    }
    Calibration const calibration = fit_calibration(judged);
    EXPECT_NEAR(calibration.sharpness, 3, 0.4);
    EXPECT_LT(calibration.spread, 0.03);
    std::vector<Said> said;
    for (Judged& row : judged) {
        make_probabilities(row.scores, calibration);
        int const best = row.scores[0] >= row.scores[1] ? 0 : 1;
        said.push_back({row.scores[static_cast<std::size_t>(best)], best == row.truth, 1});
    }
    EXPECT_LT(reliability_of(said).ece, 0.03);
}

TEST(Calibration, LeavesRoomForWhatLooksClearAndIsWrong) {
    std::vector<Judged> judged;
    for (int i = 0; i < 1000; ++i) judged.push_back({{2, -2}, i % 10 == 0 ? 1 : 0, 1});
    for (int i = 0; i < 1000; ++i) judged.push_back({{0.2F, -0.2F}, i % 10 < 3 ? 1 : 0, 1});
    Calibration const calibration = fit_calibration(judged);
    std::vector<float> clear{2, -2}, unclear{0.2F, -0.2F};
    make_probabilities(clear, calibration);
    make_probabilities(unclear, calibration);
    EXPECT_NEAR(clear[0], 0.9, 0.02);
    EXPECT_NEAR(unclear[0], 0.7, 0.02);
}

TEST(Threshold, IsTheLeastThatKeepsThePromise) {
    std::vector<Said> said;
    for (int i = 0; i < 100; ++i) said.push_back({0.9, i != 0, 1});
    for (int i = 0; i < 100; ++i) said.push_back({0.5, i % 2 == 0, 1});
    EXPECT_DOUBLE_EQ(fit_threshold(said, 0.95), 0.9);
    EXPECT_DOUBLE_EQ(fit_threshold(said, 0.7), 0.5);
    EXPECT_DOUBLE_EQ(fit_threshold(said, 0.995), 1);
    EXPECT_DOUBLE_EQ(fit_threshold({}, 0.9), 1);
}

}  // namespace
}  // namespace banyan::learning
