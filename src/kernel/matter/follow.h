// kernel/matter/follow.h: what follows from a step that may be taken. Private to decide().
#pragma once
#include "kernel/matter/command.h"
#include "kernel/matter/conditions.h"

namespace banyan {

/// Where a command stands once it is known which step, on which share, by whom.
struct Standing {
    Procedure const& procedure;
    Step const& step;
    Index step_index;
    Matter const& matter;  ///< an empty one for a step that opens
    Assignment const* at;
};

/// The event: fields set, the clock, the tree, passages, timers, what is counted and told.
Result<Event> follow(Standing const& standing, Command const& command, Form form, Rules const& rules,
                     Moment const& moment);

/// A field as the form says it, else as the matter keeps it; null: neither. For what is handed to another matter.
json::value handed_over(View const& view, std::string_view field, Directory const& directory);

}  // namespace banyan
