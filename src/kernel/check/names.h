// kernel/check/names.h: what a rulebook's conditions name must be there to be asked about.
#pragma once
#include "kernel/check/model.h"

namespace banyan::check_model {

/// Fields nobody is asked for, states no share has, limits and steps that do not exist; and a limit whose rows
/// leave some matters without one.
std::vector<Fault> check_names(Procedure const& procedure);

}  // namespace banyan::check_model
