// systems/rulebooks/routes.h: /api/v1/rulebooks
#pragma once
#include "api/api.h"
#include "systems/rulebooks/checking.h"
#include "systems/rulebooks/ledger.h"

namespace banyan::rulebooks {

struct Desk {
    api::House& house;
    Checking& checking;
    Shipped shipped;
    /// A rulebook of this name was taken into force, in place of the version before: told where the city records
    /// what its administrators do. In the transaction.
    std::function<void(store::Session& writing, std::string_view role, std::string_view name, int before, int now,
                       Taken const&)>
        record;
};

void add_operations(api::Api& api, Desk const& desk);

/// The operations of editing: read, check, take into force.
void add_editing_operations(api::Api& api, Desk const& desk);

/// Whoever keeps the rulebooks.
std::vector<std::string> keepers();

/// May it take the place of the one in force: as may_follow(); rulebook.unknown (nothing of that name is in
/// force), rulebook.other_name, rulebook.in_force, rulebook.unknown_check.
Result<void> may_take(Rules const& rules, std::string_view name, Whole const& whole);

json::object check_json(Check const& check, Texts const& texts);
shape::Schema check_shape();

}  // namespace banyan::rulebooks
