// kernel/learning/learner.h: from counted texts with labels to weights; and which labels are to be doubted.
//
// A gram's value in a text is how often it occurs, times its rarity (inverse document frequency), times how much
// it tells of the class (the square root of the divergence of the classes among its texts from all texts); the
// length is 1.
#pragma once
#include <vector>

#include "kernel/learning/corpus.h"
#include "kernel/learning/linear.h"

namespace banyan::learning {

/// A row of a corpus with what it is said to be.
struct Labelled {
    std::size_t row = 0;
    Label label = 0;
    float weight = 1;
};

struct Learnt {
    std::vector<float> rarity;  ///< of each gram; 0: not used
    Linear linear;

    std::vector<float> scores(std::vector<Counted> const& row) const;
};

Learnt learn_from(Corpus const& corpus, std::vector<Labelled> const& rows, std::size_t classes,
                  Learning const& how);

/// How far labels are believed.
struct Doubt {
    double sharpness = 1;       ///< of the held-out scores
    std::vector<float> belief;  ///< for each row, 0 to 1: that its label is right
};

/// What a learner of the other rows says of each row; a label it finds very unlikely loses its weight. One label
/// in ten is taken to be wrong, and then to be any other with the same chance.
Doubt doubt_of(Corpus const& corpus, std::vector<Labelled> const& rows, std::size_t classes, Learning const& how);

}  // namespace banyan::learning
