// systems/hints/intake.h: class, kind, urgency, region and unit of an appeal, each with its reason.
//
// Where the model is not certain, or has not seen such words, nothing is proposed: the candidates stand there for
// who wants to choose. Rule: docs/systems/hints.md#intake
#pragma once
#include "systems/hints/hints.h"

namespace banyan::hints {

/// The text of an appeal, as far as the viewer may read it.
struct Appeal {
    std::string title, body, place, region, class_code;
};

/// `tokens` null: nobody is signed in, so nothing is recorded. `staff`: how dispatches went is told too.
json::object intake(Hints& hints, Appeal const& appeal, HintTokens const* tokens, bool staff);
shape::Schema intake_shape();

}  // namespace banyan::hints
