// systems/hall/cases/today.h: the hall's day (今日大厅): cases by the way they came, how they were in time, where
// they are late, ratings; and the cases behind each figure.
//
// Figures are the city's, from the tally and the open shares; a list is what its viewer may find, by access, and
// goes by the events that counted, so that it has those that the figure has. Rules: docs/systems/hall_cases.md,
// "Today"
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "kernel/engine/engine.h"

namespace banyan::hall {

/// What is open with the unit that decides, by the due of its share: what binds it.
struct UnitLoad {
    std::int64_t open = 0, near = 0, overdue = 0;
};

struct Today {
    std::map<std::string, std::int64_t, std::less<>> counted;  ///< measure → today
    std::map<std::string, std::int64_t, std::less<>>
        standing;  ///< stage → cases (and bad ratings) that are there now
    std::map<UnitId, UnitLoad> units;
};
Today today_of(store::Session& session, Engine& engine);

/// Which cases a list has.
struct CaseList {
    /// received accepted decided delivered instant early on_time late saved, rated_2 rated_1: of today; open near
    /// overdue: of now.
    std::string what;
    std::string way;    ///< web, counter; empty: both
    std::string stage;  ///< of what=open; empty: every one
    UnitId unit;        ///< that decides; none: every one
};
/// What may be in it, the newest first; of near and overdue the most urgent. Who looks is still to be asked.
std::vector<Matter> listed_cases(store::Session& session, Engine& engine, CaseList const& list);
/// The light of a case by the share of the unit that decides, replied or not: its promise runs until the decision.
Light promised_light(Matter const& matter, Moment const& moment);

}  // namespace banyan::hall
