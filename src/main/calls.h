// main/calls.h: the telephone's lists, and the demo city's calls.
#pragma once
#include "base/embedded.h"
#include "systems/calls/routes.h"

namespace banyan {

/// data/calls.toml of the program. Throws when it cannot be read.
calls::Handbook read_handbook(EmbeddedTable files);

}  // namespace banyan
