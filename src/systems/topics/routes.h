// systems/topics/routes.h: the operations of this system: /api/v1/topics
#pragma once
#include "api/api.h"
#include "systems/topics/seen.h"

namespace banyan::topics {

/// What the operations work with. Lives as long as the server.
struct Desk {
    api::House& house;
    Topics& topics;
    Redact redact = without_numbers;
};

/// Roles that read topics; those that change them.
std::vector<std::string> reading_roles();
std::vector<std::string> acting_roles();
std::vector<std::string> city_roles();  ///< that see every matter

void add_topic_operations(api::Api& api, Desk& desk);  ///< lists, one
void add_act_operations(api::Api& api, Desk& desk);    ///< rename, merge, take out, follow, undo
void add_mood_operations(api::Api& api, Desk& desk);   ///< words, barometer, warnings

std::optional<TopicId> topic_of(std::string_view text);

}  // namespace banyan::topics
