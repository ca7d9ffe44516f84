// kernel/engine/redate.h: a new year's calendar is known: what was dated provisionally is dated again.
//
// Every open matter whose due is provisional takes the clock's step `redate`: one event each, told later, never
// earlier (practice.md, "Days the State Council has not published").
#pragma once
#include "kernel/engine/engine.h"
#include "kernel/engine/progress.h"

namespace banyan {

/// How many were dated again. `on_progress` may throw to end it: what was done stays done, and it may be begun
/// again. REQUIRES: the engine runs and has the new calendar.
int redate(Engine& engine, store::Session& session, OnProgress const& on_progress);

}  // namespace banyan
