// systems/notices/routes.h: /api/v1/notices
#pragma once
#include "api/api.h"

namespace banyan::notices {

void add_operations(api::Api& api, api::House& house);

}  // namespace banyan::notices
