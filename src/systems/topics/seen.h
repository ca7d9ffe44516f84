// systems/topics/seen.h: a topic as somebody may see it: of the matters they may find, and no others.
#pragma once
#include <set>

#include "api/api.h"
#include "systems/topics/portrait.h"
#include "systems/topics/topics.h"

namespace banyan::topics {

/// What somebody may know of topics: roles with all rows know every count, the others none below a few.
struct Viewing {
    Actor actor;
    std::shared_ptr<Rules const> rules;
    Instant now;
    Procedures procedures;
    bool sees_all() const { return actor.role != "district_centre"; }
    std::string district() const;  ///< of their unit; empty: the city
};
Viewing viewing_of(api::House const& house, api::Call const& call);

struct Seen {
    TopicId topic;
    std::vector<Member> members;  ///< that the viewer may find, oldest first
    std::set<MatterId> readable;  ///< whose title they may read
    Heat heat;
    Portrait portrait;
};

/// Topics with a matter within the window, the hottest first. Region: only those with a matter there.
struct Wanted {
    int window_days = 30;
    std::string region;
    std::size_t most = 20;
};
std::vector<Seen> seen_topics(store::Session& session, Topics const& topics, Viewing const& viewing,
                              Wanted const& wanted, Redact const& redact);
/// Nothing: there is none, or none for them.
std::optional<Seen> seen_topic(store::Session& session, Topics const& topics, Viewing const& viewing,
                               TopicId topic, Redact const& redact);

}  // namespace banyan::topics
