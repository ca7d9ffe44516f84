// main/week.h: the rest of the demo city's week: notices that are pinned, and who has read them.
#pragma once
#include "base/embedded.h"
#include "kernel/engine/engine.h"

namespace banyan {

/// Through the same steps as anybody's, at the times of data/demo/notices.csv. Throws when one is refused.
/// REQUIRES: the accounts and the demo's seats are there. Returns how many notices.
int seed_demo_notices(Engine& engine, EmbeddedTable files);

}  // namespace banyan
