// kernel/matter/merge.h: matters that are merged, and the steps they take with one another. Private to decide().
#pragma once
#include "kernel/matter/follow.h"

namespace banyan {

/// Which others take a step with it. A number that nobody has is found out when they are loaded.
std::vector<Along> taken_along(Step const& step, View const& view, Directory const& directory);
/// The bond, as the step's word changes it. `event.along` is there already.
void run_merge(Step const& step, View const& view, Event& event);

}  // namespace banyan
