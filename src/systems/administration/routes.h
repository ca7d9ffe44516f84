// systems/administration/routes.h: /api/v1/people, /units/…, /keys, /lists, /calendar, /journal,
// /administrative_acts
#pragma once
#include "systems/administration/desk.h"

namespace banyan::administration {

void add_operations(api::Api& api, Desk& desk);

}  // namespace banyan::administration
