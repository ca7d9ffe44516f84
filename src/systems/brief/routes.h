// systems/brief/routes.h: /api/v1/brief and the page /brief; /api/v1/handovers
#pragma once
#include "api/api.h"
#include "systems/brief/sources.h"

namespace banyan::brief {

/// Lives as long as the server.
struct Desk {
    api::House& house;
    Sources sources;
};
void add_brief_operations(api::Api& api, Desk const& desk);
void add_handover_operations(api::Api& api, Desk const& desk);

using Reading = http::Reply (*)(Desk const& desk, store::Session& session, api::Call& call);
/// On a reader's thread.
std::function<void(api::Call&&, http::Respond)> handled(Desk const& desk, Reading job);

}  // namespace banyan::brief
