// systems/hall/cases/demo.h: the demo city's cases (data/demo/cases.csv), each taken to where it stands by the
// steps that would have been taken.
#pragma once
#include <functional>

#include "kernel/engine/engine.h"
#include "kernel/procedure/texts.h"
#include "systems/hall/cases/windows.h"

namespace banyan::hall {

struct DemoCases {
    std::string_view csv;
    Sheets const& sheets;
    Windows const& windows;
    Texts const& texts;
    /// A paper of somebody's, taken in; its address.
    std::function<std::string(Actor const&)> paper;
};

/// How many. Throws where a row cannot be told. REQUIRES: the items are there; the engine's timers are off.
int seed_cases(Engine& engine, store::Store& store, DemoCases const& demo);

}  // namespace banyan::hall
