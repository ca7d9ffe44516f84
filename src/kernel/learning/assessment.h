// kernel/learning/assessment.h: what judgements are worth: forced choices, probabilities, and keeping silent.
#pragma once
#include <vector>

#include "kernel/learning/calibration.h"
#include "kernel/learning/figures.h"

namespace banyan::learning {

/// One judgement of a row whose label is known.
struct Outcome {
    Label truth = 0, judged = 0;
    double probability = 0;  ///< of what was judged
    double squares = 0;      ///< sum over the classes of (probability - truth)²
    bool certain = false;
};

struct Assessment {
    Figures figures;  ///< of forced choices
    Reliability reliability;
    double brier = 0;     ///< 0 to 2
    double coverage = 0;  ///< share of rows about which something is said
    double right_where_certain = 0;
};

/// `probabilities`: of all classes; certain is left for the caller.
Outcome outcome_of(Label truth, std::vector<float> const& probabilities);
Assessment assess(std::vector<Outcome> const& outcomes, std::size_t classes);

}  // namespace banyan::learning
