// kernel/check/draw.h: a rulebook as a picture, for whoever must agree to it.
//
// Stages are boxes, one below the other, each with its owner, its timers and the steps that stay in it; final
// stages stand on the right. Steps are arrows with their names: dashed where only the clock takes them, thin where
// the matter moves on by itself. `texts`: key → word ("stage.filed" → what people read); a name stands for a
// missing one.
#pragma once
#include <map>
#include <string>

#include "kernel/procedure/procedure.h"

namespace banyan {

using Words = std::map<std::string, std::string>;

/// For Graphviz, which lays it out.
std::string draw_dot(Procedure const& procedure, Words const& texts);
/// A page of its own; no other program is needed.
std::string draw_svg(Procedure const& procedure, Words const& texts);

}  // namespace banyan
