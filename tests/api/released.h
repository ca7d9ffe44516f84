// api/released.h: matters that appellant and centre released with a point, and what the heat tells of them.
#pragma once
#include <cstdint>

namespace banyan::api_test {

/// Filed, accepted and released.
void release_at(double lat, double lon);
/// So many are told within some ten kilometres.
std::int64_t told_near(double lat, double lon);
/// Waits until some are: a thread behind the journal counts them.
bool are_told_near(double lat, double lon);

}  // namespace banyan::api_test
