// kernel/engine/succession.h: whether a rulebook may take the place of the one in force, and what rules then hold.
//
// Reading proves its words, kernel/check that it works by itself. Here it is held against the city: versions rise,
// who it names is known, and rulebooks that begin matters of one another still find each other's steps.
#pragma once
#include <memory>

#include "kernel/matter/command.h"

namespace banyan {

/// Refused: rulebook.opens_nothing (a rulebook opens matters of another that is not there, or by a step that the
/// clock does not begin a matter with).
Result<void> openings_fit(Rules const& rules);
/// Refused: rulebook.version_not_above, rulebook.unknown_role, and as openings_fit(). A name that nothing has yet
/// may begin with any version.
Result<void> may_follow(Rules const& rules, std::shared_ptr<Procedure const> const& next);
/// The rules with that one in force; all else as it was.
std::shared_ptr<Rules> with_rulebook(Rules const& rules, std::shared_ptr<Procedure const> next);

}  // namespace banyan
