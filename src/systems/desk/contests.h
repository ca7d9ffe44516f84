// systems/desk/contests.h: matters that are over and whose unit contests what counts against it (考核申诉), until
// somebody has decided. Rule: docs/systems/hotline.md#figures-contested
#pragma once
#include <string>

#include "base/time.h"
#include "platform/store/store.h"

namespace banyan::desk {

inline constexpr std::string_view kContest = "contest";  ///< the step, and what a list asks for

/// The first id of those that can still be contested. A contest comes within days of the call-back, so nothing is
/// looked for among those that came long before: no index knows them.
std::int64_t first_contestable(store::Session& session, Instant now);
/// Conditions on rows `m` of matter.
std::string contested_sql(std::string_view first);

}  // namespace banyan::desk
