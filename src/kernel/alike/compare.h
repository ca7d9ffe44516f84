// kernel/alike/compare.h: are two appeals about the same thing? A probability, and why.
//
// What is looked at: the whole wording, the words of the place, the words of the subject, the days between. How
// much each weighs is data (data/alike.toml), fitted on pairs that are no yardstick (docs/alike.md).
#pragma once
#include "kernel/alike/sketch.h"

namespace banyan::alike {

struct Likeness {
    double score = 0;  ///< P(alike)
    /// 0 to 1 each: cosines of all terms and of those that are of no place, and how much of the place's terms of
    /// the one with fewer the other has.
    double whole = 0, place = 0, subject = 0;
    int days = 0;
    bool same_place = false, same_subject = false, same_days = false, same_class = false;
    std::vector<Hash> shared;  ///< the heaviest first, at most eight
};
Likeness compare(Sketch const& a, Sketch const& b, Counts const& counts, Words::Weights const& weights);

}  // namespace banyan::alike
