// kernel/matter/tree.h: what steps do to the assignment tree; fixed, the same for every system.
//
//   offered → signed → working → replied → approved
//   from any of the first three: ask to return → granted (returned) or refused (it stays)
//   an assist may be waived; a delegate recalled; closing ends what is open
//
// Rule: docs/procedures.md#tree
#pragma once
#include <vector>

#include "kernel/matter/command.h"

namespace banyan {

/// The states a word may be applied to; empty: it is not taken on an assignment.
std::vector<Progress> states_for(TreeWord word);

struct TreeInput {
    Matter const& matter;
    Assignment const* at = nullptr;  ///< the share acted on
    Actor const& actor;
    Form const& form;  ///< `lead`, `assist`, `unit`, `due`, `days` by name
    Directory const& directory;
    Moment moment;
    Set& set;                    ///< dues of the matter that follow
    std::optional<Limit> limit;  ///< the step's `limit`: how long a redo or a second answer may take
    /// The matter's, as it will be when the step also starts its clock.
    std::optional<Due> matter_due() const { return set.due ? *set.due : matter.due; }
    Limit matter_limit() const { return set.limit.value_or(matter.limit); }
};

/// The assignments that change, whole. Refused: dispatch.*, assignment.*, delegate.*, extension.*.
Result<std::vector<Assignment>> grow(TreeWord word, TreeInput const& input);

}  // namespace banyan
