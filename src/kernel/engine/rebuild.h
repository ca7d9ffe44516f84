// kernel/engine/rebuild.h: a matter's state, from nothing but its events.
//
// State is a convenience: what is true is the journal, and the same apply() that the writer uses makes a matter
// of it again. `banyan verify` compares the two; tests do so after every story.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "kernel/engine/tables.h"
#include "kernel/matter/command.h"

namespace banyan {

/// After each event: the kind its matter has now, and the one it had (as Tally::add() takes them).
using OnApplied = std::function<void(Event const&, std::string const& kind, std::string const& kind_before)>;

/// REQUIRES: the events of one matter, oldest first, as load_history() gives them. Nothing when there are none,
/// one cannot be read, or they are not 1, 2, 3 … of one matter. Hashes are taken as stored, not judged.
std::optional<Matter> rebuild(std::span<EventRow const> history, std::shared_ptr<Procedure const> const& procedure,
                              OnApplied const& on_applied = {});

/// The last event, and the matter before it. Nothing as above, and for a matter that was only just opened.
std::optional<Past> past_of(std::span<EventRow const> history, std::shared_ptr<Procedure const> const& procedure);

/// An event that apply() and everything after it can work with: a body somebody has touched may name a kind or a
/// step that the rulebook does not have. Refused: event.unreadable, event.newer, event.unknown_step.
Result<Event> readable_event(EventRow const& row, Procedure const& procedure);

/// The hash of the rulebook that an opening event names; empty for any other.
std::string procedure_of(EventRow const& row);
/// What the body commits to of the personal part, in hex; empty when it has none.
std::string commitment_of(EventRow const& row);

}  // namespace banyan
