// systems/hall/cases/rating.h: 好差评, how somebody found a service of the hall: five levels, reasons with the
// codes that are the same everywhere, words of their own. Pure.
#pragma once
#include "kernel/matter/command.h"
#include "kernel/procedure/texts.h"
#include "systems/hall/cases/windows.h"

namespace banyan::hall {

struct Rating {
    int stars = 0;                     ///< 5 very satisfied … 1 not at all
    std::vector<std::string> reasons;  ///< "209": the first digit is the level
    std::string words;
    bool anonymous = false;  ///< nobody is told who rates, the hall's management neither
};

/// Reasons of a level, the standard's codes (GB/T 39735; facts/hall.md 2.5).
struct Reasons {
    int first = 0, last = 0;
};
Reasons reasons_of(int stars);

/// Of a case that is concluded. The command opens a matter of procedures/rating.toml; one a service: its external
/// number is the case's. Refused: rating.too_early, rating.reasons.
Result<Command> rate(Rating const& rating, Matter const& matter, Actor const& actor, Windows const& windows,
                     Directory const& directory, Texts const& texts);

}  // namespace banyan::hall
