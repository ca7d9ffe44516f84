// kernel/matter/undo.h: the last step is taken back.
//
// Within the time its step names, and only while nothing else has happened to the matter, who took a step may take
// it back. That is an event of its own: nothing in the journal is changed or gone. What the matter was before is
// in the event, whole; only versions go on, so that nobody acts on what they have not seen. Rule:
// docs/procedures.md#undo
#pragma once
#include "kernel/matter/command.h"

namespace banyan {

/// Until when the actor may take back the matter's last event. Refused: undo.nothing, undo.not_yours,
/// undo.too_late.
Result<Instant> may_take_back(Actor const& actor, Matter const& matter, Event const& last, Moment const& moment);

/// The event that does. `past` null: nothing is known of what was before (undo.nothing).
Result<Event> take_back(Command const& command, Matter const& matter, Past const* past, Moment const& moment);

}  // namespace banyan
