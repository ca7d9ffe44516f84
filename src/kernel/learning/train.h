// kernel/learning/train.h: from lessons to a model, and what it is worth.
//
// Labels may be wrong: what the other rows contradict weighs less (learner.h). What the model is worth, how sure
// it may be and from where on it speaks are from rows it had not learnt from: repeated stratified cross-validation
// of the lessons that are not weak. The same lessons give the same bytes.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "kernel/learning/assessment.h"
#include "kernel/learning/learner.h"
#include "kernel/learning/model.h"

namespace banyan::learning {

/// A text and what it is. Weak: so labelled by a machine or in a hurry; learnt from, never a yardstick.
struct Lesson {
    Text text;
    std::string_view label;
    bool weak = false;
};

struct Training {
    Reading reading;
    Learning learning;
    double right = 0.9;  ///< how often what it says must be right; it is silent on the rest
    int folds = 5, repeats = 2;
    std::vector<Text> unlabelled;                               ///< they help too
    std::function<std::string(std::string_view label)> parent;  ///< its level above, when there are levels
    std::string made;                                           ///< when, for Model::about()
    std::size_t most_bytes = 28'000'000;                        ///< of the model
};

struct Trained {
    Model model;
    Assessment assessment;         ///< by cross-validation, all repeats together
    std::vector<double> macro_f1;  ///< of each repeat
    int lessons = 0, weak = 0;
    int guessed = 0;     ///< texts without a label that helped
    double doubted = 0;  ///< share of labels whose weight was halved at least
};

/// Refused: learning.no_lessons, learning.one_label, learning.label_missing.
Result<Trained> train(std::vector<Lesson> const& lessons, Training const& how);

/// The model against rows it has not learnt from. What is labelled as the model knows no class counts as an error;
/// its label follows the model's own in `labels`.
struct Examined {
    std::vector<std::string> labels;
    Assessment assessment;
};
/// Refused: learning.no_lessons, learning.label_missing.
Result<Examined> examine(Model const& model, std::vector<Lesson> const& rows);

}  // namespace banyan::learning
