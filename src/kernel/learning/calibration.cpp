#include "kernel/learning/calibration.h"

#include <algorithm>
#include <cmath>

namespace banyan::learning {
namespace {

double loss(std::vector<Judged> const& judged, Calibration const& calibration) {
    double sum = 0;
    for (Judged const& row : judged) {
        double const most = *std::ranges::max_element(row.scores);
        double all = 0;
        for (float score : row.scores) all += std::exp((score - most) * calibration.sharpness);
        double const truth =
            std::exp((row.scores[static_cast<std::size_t>(row.truth)] - most) * calibration.sharpness) / all;
        sum -= row.weight *
               std::log(std::max(1e-12, (1 - calibration.spread) * truth +
                                            calibration.spread / static_cast<double>(row.scores.size())));
    }
    return sum;
}

/// The best sharpness with this spread: golden section over its logarithm.
double sharpness_with(std::vector<Judged> const& judged, double spread) {
    double low = std::log(0.05), high = std::log(200.0);
    double const golden = 0.6180339887498949;
    for (int i = 0; i < 40; ++i) {
        double const a = high - golden * (high - low), b = low + golden * (high - low);
        if (loss(judged, {std::exp(a), spread}) < loss(judged, {std::exp(b), spread}))
            high = b;
        else
            low = a;
    }
    return std::exp((low + high) / 2);
}

}  // namespace

void make_probabilities(std::vector<float>& scores, Calibration const& calibration) {
    if (scores.empty()) return;
    double const most = *std::ranges::max_element(scores);
    double all = 0;
    for (float& score : scores) {
        double const share = std::exp((score - most) * calibration.sharpness);
        score = static_cast<float>(share);
        all += share;
    }
    double const even = calibration.spread / static_cast<double>(scores.size());
    for (float& score : scores) score = static_cast<float>((1 - calibration.spread) * score / all + even);
}

Calibration fit_calibration(std::vector<Judged> const& judged) {
    Calibration best;
    if (judged.empty()) return best;
    double least = 1e300;
    for (double const spread : {0.0, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.13, 0.16, 0.2, 0.25}) {
        Calibration const tried{sharpness_with(judged, spread), spread};
        if (double const tried_loss = loss(judged, tried); tried_loss < least) least = tried_loss, best = tried;
    }
    return best;
}

Reliability reliability_of(std::vector<Said> const& said) {
    Reliability reliability;
    reliability.bins.resize(10);
    double all = 0;
    for (Said const& each : said) {
        ReliabilityBin& bin =
            reliability.bins[std::min<std::size_t>(9, static_cast<std::size_t>(each.probability * 10))];
        bin.rows += each.weight;
        bin.said += each.weight * each.probability;
        bin.right += each.right ? each.weight : 0;
        all += each.weight;
    }
    for (ReliabilityBin& bin : reliability.bins) {
        if (bin.rows <= 0) continue;
        reliability.ece += std::abs(bin.said - bin.right) / all;
        bin.said /= bin.rows;
        bin.right /= bin.rows;
    }
    return reliability;
}

double fit_threshold(std::vector<Said> said, double aim) {
    std::ranges::stable_sort(said, [](Said const& a, Said const& b) { return a.probability > b.probability; });
    double rows = 0, right = 0, threshold = 1;
    for (std::size_t i = 0; i < said.size(); ++i) {
        rows += said[i].weight;
        right += said[i].right ? said[i].weight : 0;
        bool const ends_here = i + 1 == said.size() || said[i + 1].probability < said[i].probability;
        if (ends_here && right >= aim * rows) threshold = said[i].probability;
    }
    return threshold;
}

}  // namespace banyan::learning
