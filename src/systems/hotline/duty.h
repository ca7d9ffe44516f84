// systems/hotline/duty.h: what is a department's is not pushed down to a town or street.
#pragma once
#include <functional>
#include <memory>

#include "kernel/matter/command.h"

namespace banyan::hotline {

/// A unit at the level of towns or below is delegated to only what its duty list names (the list `duties`), or
/// what the form's `duty_confirmed` says it is given all the same. Refused: delegate.not_its_duty.
Result<void> may_go_down(Rules const& rules, Matter const& matter, Form const& form);

/// The check `town_duty`. `rules`: those in force; called by the writer.
Checks checks_of(std::function<std::shared_ptr<Rules const>()> rules);

}  // namespace banyan::hotline
