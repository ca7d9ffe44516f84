#include "kernel/learning/learner.h"

#include <cmath>

#include "kernel/learning/calibration.h"
#include "kernel/learning/folds.h"

namespace banyan::learning {
namespace {

constexpr int kFolds = 5;
/// Share of labels that is taken to be wrong. Not fitted: those who label wrongly do so alike, and what is alike
/// looks right.
constexpr double kWrong = 0.1;
constexpr double kPrior = 2;  ///< rows as all rows are, added to a gram's own

std::vector<float> rarity_of(Corpus const& corpus, std::vector<Labelled> const& rows, std::size_t classes) {
    std::vector<float> with(corpus.grams() * classes, 0);
    std::vector<double> of(classes, 0);
    double all = 0;
    for (Labelled const& row : rows) {
        of[static_cast<std::size_t>(row.label)] += row.weight;
        all += row.weight;
        for (Counted const& each : corpus.row(row.row))
            with[each.gram * classes + static_cast<std::size_t>(row.label)] += row.weight;
    }
    std::vector<float> rarity(corpus.grams(), 0);
    double const least = corpus.least() - 0.1;
    for (std::size_t gram = 0; gram < corpus.grams(); ++gram) {
        double texts = 0, divergence = 0;
        for (std::size_t k = 0; k < classes; ++k) texts += with[gram * classes + k];
        if (texts < least) continue;  // believed rows with it
        for (std::size_t k = 0; k < classes; ++k) {
            if (of[k] <= 0) continue;
            double const prior = of[k] / all,
                         here = (with[gram * classes + k] + kPrior * prior) / (texts + kPrior);
            divergence += here * std::log(here / prior);
        }
        rarity[gram] =
            static_cast<float>((std::log((1 + all) / (1 + texts)) + 1) * std::sqrt(std::max(divergence, 1e-6)));
    }
    return rarity;
}

Cells cells_of(std::vector<Counted> const& row, std::vector<float> const& rarity) {
    Cells cells;
    cells.reserve(row.size());
    float square = 0;
    for (Counted const& each : row) {
        float const value = each.times * rarity[each.gram];
        if (value <= 0) continue;
        cells.push_back({each.gram, value});
        square += value * value;
    }
    if (square > 0)
        for (Cell& cell : cells) cell.value /= std::sqrt(square);
    return cells;
}

/// Probability of the label as it stands, when a share of all labels is wrong.
double likelihood(double probability, double wrong, std::size_t classes) {
    return (1 - wrong) * probability + wrong * (1 - probability) / static_cast<double>(classes - 1);
}

double belief(double probability, double wrong, std::size_t classes) {
    return (1 - wrong) * probability / std::max(1e-12, likelihood(probability, wrong, classes));
}

std::vector<float> probabilities_of_labels(std::vector<Judged> const& judged, double sharpness) {
    std::vector<float> own;
    own.reserve(judged.size());
    for (Judged const& row : judged) {
        std::vector<float> probabilities = row.scores;
        make_probabilities(probabilities, {sharpness, 0});
        own.push_back(probabilities[static_cast<std::size_t>(row.truth)]);
    }
    return own;
}

}  // namespace

std::vector<float> Learnt::scores(std::vector<Counted> const& row) const {
    return linear.scores(cells_of(row, rarity));
}

Learnt learn_from(Corpus const& corpus, std::vector<Labelled> const& rows, std::size_t classes,
                  Learning const& how) {
    std::vector<float> rarity = rarity_of(corpus, rows, classes);
    std::vector<Cells> cells;
    cells.reserve(rows.size());
    for (Labelled const& row : rows) cells.push_back(cells_of(corpus.row(row.row), rarity));
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < rows.size(); ++i) samples.push_back({&cells[i], rows[i].label, rows[i].weight});
    return {std::move(rarity), learn(samples, corpus.grams(), classes, how)};
}

Doubt doubt_of(Corpus const& corpus, std::vector<Labelled> const& rows, std::size_t classes, Learning const& how) {
    Doubt doubt;
    doubt.belief.assign(rows.size(), 1);
    if (classes < 2) return doubt;
    std::vector<Label> labels;
    std::vector<std::size_t> twins;
    for (Labelled const& row : rows) labels.push_back(row.label), twins.push_back(corpus.twins()[row.row]);
    std::vector<int> const fold = stratified_folds(labels, twins, kFolds, how.seed + 17);
    std::vector<Judged> judged(rows.size());
    for (int held_out = 0; held_out < kFolds; ++held_out) {
        std::vector<Labelled> others;
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (fold[i] != held_out) others.push_back(rows[i]);
        Learnt const learnt = learn_from(corpus, others, classes, how);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (fold[i] == held_out) judged[i] = {learnt.scores(corpus.row(rows[i].row)), rows[i].label, 1};
    }
    double best = -1e300;
    for (double sharpness = 0.5; sharpness < 60; sharpness *= 1.1) {
        double sum = 0;
        for (float p : probabilities_of_labels(judged, sharpness)) sum += std::log(likelihood(p, kWrong, classes));
        if (sum > best) best = sum, doubt.sharpness = sharpness;
    }
    std::vector<float> const own = probabilities_of_labels(judged, doubt.sharpness);
    for (std::size_t i = 0; i < rows.size(); ++i)
        doubt.belief[i] = static_cast<float>(belief(own[i], kWrong, classes));
    return doubt;
}

}  // namespace banyan::learning
