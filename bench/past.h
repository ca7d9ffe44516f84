// bench/past.h: a city's past: years of matters, taken through the real kernel in batches, on a clock of its own.
//
// Each goes the seven steps (an eighth where who asked stays unsatisfied); the next step is that of an open matter
// picked at random, so their ages are spread, and at the end so many are open in all stages. Timers do not run:
// the server takes what is due when it starts.
#pragma once
#include "city.h"
#include "mouth.h"

namespace banyan::bench {

struct Past {
    std::size_t matters = 0;  ///< finished and open ones
    std::size_t open = 36'000;
    std::int64_t days = 365;  ///< over so many, until now
};

/// Two calls by each telephone, and a little.
inline std::size_t people_of(std::size_t matters) { return matters * 9 / 20; }

struct MadePast {
    std::size_t steps = 0;
    double seconds = 0;
};
/// REQUIRES: prepare_city(), no server runs, the database holds no matters. Throws when a step is refused.
MadePast make_past(Place const& place, Past const& past, Mouth& mouth);

}  // namespace banyan::bench
