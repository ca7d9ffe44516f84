// systems/brief/day.h: the figures of the daily brief (日报). Rules and sources: docs/systems/brief.md
#pragma once
#include "api/api.h"
#include "systems/brief/sources.h"
#include "systems/brief/standing.h"

namespace banyan::brief {

struct Brief {
    Asked asked;
    std::vector<Section> sections;
};
/// In the order in which they are read.
Brief brief_of(api::House& house, Sources const& sources, store::Session& session, Asked const& asked);

/// What a row's list shows.
struct Listed {
    std::string what;                       ///< filed, near, undispatched, incidents, to_report_up, instructions
    Day day;                                ///< of `filed`
    std::string kind, class_code, channel;  ///< of `filed`; empty: every one; "none": without one
};
/// Those that the viewer may see.
std::vector<Matter> listed(api::House& house, Sources const& sources, store::Session& session, Actor const& viewer,
                           Listed const& wanted);

}  // namespace banyan::brief
