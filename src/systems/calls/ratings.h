// systems/calls/ratings.h: the rating of the service after a call (话务评价, 一次一评), by seat and day. Apart
// from the rating of a matter (一事一评): two things, counted by two programs.
#pragma once
#include <map>

#include "systems/calls/figures.h"

namespace banyan::calls {

/// Of calls that were answered. Whoever was asked has rated or has not; the others were not asked.
struct Ratings {
    std::int64_t answered = 0, asked = 0, satisfied = 0, fair = 0, unsatisfied = 0;

    void add(Ratings const& other);
    std::int64_t rated() const { return satisfied + fair + unsatisfied; }
    std::int64_t not_asked() const { return answered - asked; }
    std::int64_t not_answered() const { return asked - rated(); }
    std::optional<std::int64_t> satisfied_rate() const { return rate(satisfied + fair, rated()); }
};
using RatingsBySeat = std::map<std::pair<PersonId, Day>, Ratings>;
RatingsBySeat count_ratings(Office const& office, FiguresAsked const& asked);

}  // namespace banyan::calls
