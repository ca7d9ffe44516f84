// main/hints.h: what proposes, and the models it begins with.
#pragma once
#include "main/app.h"
#include "systems/hints/hints.h"

namespace banyan {

/// With the data files of the program; models are in the data folder.
std::unique_ptr<hints::Hints> make_hints(api::House& house, Place const& place);

/// Models learnt from the texts that the program ships (data/demo/lessons.csv), into a folder that has none.
void make_shipped_models(Place const& place);

}  // namespace banyan
