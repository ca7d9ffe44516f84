// kernel/learning/calibration.h: scores made probabilities that mean what they say, and how far they do.
//
// Fitted on judgements of rows the machine had not learnt from. One temperature for all classes: it changes no
// choice.
#pragma once
#include <vector>

#include "kernel/learning/figures.h"

namespace banyan::learning {

struct Calibration {
    double sharpness = 1;  ///< scores times this are logarithms of chances
    double spread =
        0;  ///< part that is spread over all classes evenly: some texts are wrong however clear they look
    bool operator==(Calibration const&) const = default;
};

/// Softmax of the scores times the sharpness, and the spread.
void make_probabilities(std::vector<float>& scores, Calibration const& calibration);

/// Held-out scores of one row and what was right.
struct Judged {
    std::vector<float> scores;
    Label truth = 0;
    double weight = 1;  ///< how far the label is believed
};

/// What makes the truth most likely.
Calibration fit_calibration(std::vector<Judged> const& judged);

/// What was said with which certainty, and whether it was right.
struct Said {
    double probability = 0;
    bool right = false;
    double weight = 1;
};

struct ReliabilityBin {
    double rows = 0, said = 0, right = 0;  ///< how many; mean probability; share that was right
};

struct Reliability {
    std::vector<ReliabilityBin> bins;  ///< ten of equal width
    double ece = 0;                    ///< expected calibration error: mean |said - right|, weighted by rows
};

Reliability reliability_of(std::vector<Said> const& said);

/// The least probability for which all that is said with it or more is right `aim` of the time; 1 when there is
/// none.
double fit_threshold(std::vector<Said> said, double aim);

}  // namespace banyan::learning
