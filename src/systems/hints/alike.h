// systems/hints/alike.h: matters that may be about the same thing as a text, while it is being typed.
//
// Rules and figures: docs/alike.md
#pragma once
#include "api/api.h"
#include "kernel/alike/suggest.h"

namespace banyan::hints {

/// `neighbours` and `sketcher` live as long as the server.
void add_alike_operation(api::Api& api, api::House& house, alike::Neighbours const& neighbours,
                         alike::Sketcher const& sketcher);

}  // namespace banyan::hints
