// main/demo_week.h: the rest of the demo city's week: notices and who has read them, calls that were checked,
// callers who are limited, the rota.
#pragma once
#include "base/embedded.h"
#include "kernel/engine/engine.h"

namespace banyan {

/// Through the same steps as anybody's, at the times of data/demo/notices.csv. Throws when one is refused.
/// REQUIRES: the accounts and the demo's seats are there. Returns how many notices.
int seed_demo_notices(Engine& engine, EmbeddedTable files);

/// Of yesterday's calls. REQUIRES: they are there, and the rules have the check of the card. Returns how many
/// checks.
int seed_demo_checks(Engine& engine, store::Store& store, crypto::Keyring const& keys, EmbeddedTable files);
/// data/demo/rota.csv. Throws when a row is bad. Returns how many rows.
int seed_demo_rota(Engine& engine, EmbeddedTable files);
/// Two callers of yesterday: one limited, one proposed. Returns how many.
int seed_demo_limits(Engine& engine, store::Store& store, crypto::Keyring const& keys, EmbeddedTable files);

}  // namespace banyan
