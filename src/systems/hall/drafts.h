// systems/hall/drafts.h: items of the generator before they are written out, and how they are made to fit its
// quota.
#pragma once
#include <cstdint>
#include <vector>

#include "systems/hall/plausible.h"

namespace banyan::hall {

struct Draft {
    std::uint32_t subject = 0, situation = 0, place = 0;
    std::uint64_t chance = 0;  ///< a hash of the three
    Level level = Level::city;
    std::uint8_t star = 1, in_person = 0;
    bool courier = false, electronic = false;  ///< delivery that is added to the subject's
};

Trips trips_of(Draft const& draft, Item const& shared);

/// Drops what is too many, of villages more than of towns, of those more than of counties. Throws when there are
/// too few.
void cut(std::vector<Draft>& drafts, int items);
/// Moves stars, delivery and visits until the counts are the quota's. Throws when they cannot be.
void balance(std::vector<Draft>& drafts, std::vector<Subject> const& subjects, Quota const& quota);

}  // namespace banyan::hall
