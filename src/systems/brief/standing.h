// systems/brief/standing.h: what stands open now, looked at once: lights, overdue units, what must not be
// forgotten.
#pragma once
#include <array>
#include <map>
#include <vector>

#include "kernel/engine/engine.h"
#include "kernel/engine/tables.h"

namespace banyan::brief {

/// Of the appeals that the viewer may see, and the supervision of them. Ids in the order of their dues.
struct Standing {
    std::int64_t open = 0;
    std::array<std::int64_t, 4> lights{};    ///< by Light, of shares that lead units work on
    std::map<UnitId, std::int64_t> overdue;  ///< such shares that are red, by who does the work today
    std::vector<MatterId> undispatched;      ///< accepted, and nobody leads
    std::vector<MatterId> near;              ///< the lead's light is yellow or red
    std::vector<MatterId> incidents;
    std::vector<MatterId> to_report_up;  ///< may touch public safety, and is not reported up
    std::vector<MatterId> instructions;  ///< supervision that a leader's instruction began
};
Standing standing(store::Session& session, Engine& engine, Actor const& viewer);

}  // namespace banyan::brief
