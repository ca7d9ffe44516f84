// systems/rota/routes.h: /api/v1/rota
#pragma once
#include "api/api.h"

namespace banyan::rota {

void add_operations(api::Api& api, api::House& house);

/// Seats who are on duty then, as persons: for the wall of the seats.
std::set<PersonId> seats_on_duty(store::Session& session, Directory const& directory, Instant now);

}  // namespace banyan::rota
