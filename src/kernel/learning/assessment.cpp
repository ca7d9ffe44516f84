#include "kernel/learning/assessment.h"

#include <algorithm>

namespace banyan::learning {

Outcome outcome_of(Label truth, std::vector<float> const& probabilities) {
    Outcome outcome;
    outcome.truth = truth;
    outcome.judged = static_cast<Label>(std::ranges::max_element(probabilities) - probabilities.begin());
    outcome.probability = probabilities[static_cast<std::size_t>(outcome.judged)];
    if (static_cast<std::size_t>(truth) >= probabilities.size())
        outcome.squares = 1;  // a class that was not to be had
    for (std::size_t k = 0; k < probabilities.size(); ++k) {
        double const off = probabilities[k] - (k == static_cast<std::size_t>(truth) ? 1.0 : 0.0);
        outcome.squares += off * off;
    }
    return outcome;
}

Assessment assess(std::vector<Outcome> const& outcomes, std::size_t classes) {
    Assessment assessment;
    std::vector<Label> truth, judged;
    std::vector<Said> said;
    int spoken = 0, right = 0;
    for (Outcome const& each : outcomes) {
        truth.push_back(each.truth);
        judged.push_back(each.judged);
        said.push_back({each.probability, each.truth == each.judged, 1});
        assessment.brier += each.squares;
        spoken += each.certain;
        right += each.certain && each.truth == each.judged;
    }
    assessment.figures = figures_of(truth, judged, classes);
    assessment.reliability = reliability_of(said);
    if (!outcomes.empty()) {
        assessment.brier /= static_cast<double>(outcomes.size());
        assessment.coverage = static_cast<double>(spoken) / static_cast<double>(outcomes.size());
    }
    if (spoken > 0) assessment.right_where_certain = static_cast<double>(right) / spoken;
    return assessment;
}

}  // namespace banyan::learning
