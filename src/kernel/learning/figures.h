// kernel/learning/figures.h: how good judgements were: accuracy, macro-F1 as scikit-learn has it, who is taken for
// whom.
#pragma once
#include <string>
#include <vector>

namespace banyan::learning {

/// The label of a class by its number among the labels.
using Label = int;

struct ClassFigures {
    int support = 0, judged = 0, right = 0;  ///< truly of it, said to be of it, both
    double precision = 0, recall = 0, f1 = 0;
};

struct Figures {
    int rows = 0;
    double accuracy = 0;
    double macro_f1 = 0;  ///< over labels that occur as truth or judgement; 0 where it is not defined
    std::vector<ClassFigures> classes;
    std::vector<std::vector<int>> confusion;  ///< [truth][judgement]
};

/// REQUIRES: both of one length, each below `classes`.
Figures figures_of(std::vector<Label> const& truth, std::vector<Label> const& judged, std::size_t classes);

}  // namespace banyan::learning
