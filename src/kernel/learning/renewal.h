// kernel/learning/renewal.h: whether a new model takes the place of the present one.
//
// The newest fifth of the matters is held out. A candidate learns from the rest; both judge the held-out rows. It
// is taken into use only where it is better, and it is the very model that was measured. The present one may have
// seen older matters, never these if it was made before them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "kernel/learning/train.h"

namespace banyan::learning {

struct Renewal {
    enum class Why {
        better,      ///< taken: better than the present one
        first,       ///< taken: there was none, and it beats saying the most frequent class
        not_better,  ///< the present one stays
        too_few,     ///< too few new matters to tell
    };
    Why why = Why::too_few;
    int learnt_from = 0, held_out = 0;
    double present_f1 = 0,
           candidate_f1 = 0;  ///< macro-F1 on the held-out rows; present: of the plain guess when there is none
    double present_accuracy = 0, candidate_accuracy = 0;
    std::optional<Model> model;  ///< to be taken into use

    bool taken() const { return model.has_value(); }
};

/// A stable word for logs and texts: "better", "first", …
std::string_view name(Renewal::Why why);

constexpr std::size_t kLeastHeldOut = 20;

/// `city`: oldest first. `shipped`: further lessons, learnt from and never judged.
/// Refused: as train(); too few matters are an answer, no refusal.
Result<Renewal> renew(Model const* present, std::vector<Lesson> const& city, std::vector<Lesson> const& shipped,
                      Training how);

}  // namespace banyan::learning
