// main/practice.h: the demo city for a real one's people to practise in (演练): their own accounts, nothing of it
// real.
#pragma once
#include "main/app.h"

namespace banyan {

/// Everybody who works in the real city may sign in here with the password they have there, in the same role; who
/// left it, no more. Nothing else of it is read, and nothing is written there. REQUIRES: the engine has not
/// started. Throws when the real city cannot be read.
void let_in_to_practise(Place const& real, Opened& practice);

}  // namespace banyan
