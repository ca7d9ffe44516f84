// systems/rulebooks/detail.h: one rulebook as the pages show it: its limits, its stages and steps, in words.
#pragma once
#include "api/api.h"
#include "systems/rulebooks/words.h"

namespace banyan::rulebooks {

/// Limits, stages, steps and timers of it; lines are those of its text.
json::object detail_json(Procedure const& procedure, Wording const& words);
shape::Schema detail_shape();

/// What another rulebook would change, by name and in words: what is new, what is gone, what a limit was and
/// becomes.
json::object changes_json(Procedure const& before, Wording const& words_before, Procedure const& after,
                          Wording const& words_after);
shape::Schema changes_shape();

}  // namespace banyan::rulebooks
