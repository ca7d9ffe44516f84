// systems/knowledge/written.h: what a matter of procedures/knowledge.toml has published, made of its events and of
// nothing else; and what has become of a correction.
//
// An entry's number is the receipt number of its matter, its versions are 1, 2, 3 … as they were published. A
// matter that goes on with an entry it did not begin (`entry`, `entry_version`) gives that one its next versions.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/engine/tables.h"
#include "systems/knowledge/stock.h"

namespace banyan::knowledge {

/// Steps after which a matter is to be looked at again. Other rulebooks have some of these names too.
bool concerns_knowledge(std::string_view step);

struct Written {
    MatterId matter;
    std::string entry;            ///< its number
    std::vector<Entry> versions;  ///< published, oldest first
    int through = 0;              ///< the last of them, or what it went on from
    Instant taken_down;           ///< zero: it is not
    bool ended = false;           ///< nothing comes of it any more
};
/// Of all events of one matter, oldest first. Nothing: they cannot be read.
std::optional<Written> written_by(std::span<EventRow const> history, Matter const& matter);

struct Correction {
    MatterId matter;
    std::string entry;
    int version = 0;
    std::string outcome;  ///< adopted, declined; empty: not yet
    bool settled = false;
};
std::optional<Correction> correction_of(std::span<EventRow const> history, Matter const& matter);

}  // namespace banyan::knowledge
