// systems/hall/cases/checks.h: what the rulebook of cases (procedures/application.toml) asks beyond its lists.
#pragma once
#include "kernel/matter/command.h"
#include "systems/hall/shelf.h"

namespace banyan::hall {

/// special_step: one of the item's, and no longer than it says (special.not_of_item, special.too_long);
/// amount_paid: as much as was billed (payment.amount); item_in_force: the version applied for is the one that is
/// published at this moment (item.not_in_force, item.version_changed).
/// REQUIRES: `shelf` outlives the rules.
Checks case_checks(Shelf const& shelf);

}  // namespace banyan::hall
