// bench/city.h: the city that the load is driven through: the demo's 1,300 units, and one account for each desk
// that takes one of the seven steps; units of the city have a clerk who signs and a head who replies.
#pragma once
#include <string>
#include <vector>

#include "main/app.h"

namespace banyan::bench {

inline constexpr char const* kPassword = "bench-12345";
inline constexpr std::size_t kUnits = 16;  ///< that matters are dispatched to

/// The seven steps, in their order.
enum class Step { file, accept, dispatch, sign, reply, approve, call_back };
inline constexpr std::size_t kSteps = 7;
std::string_view name(Step step);

/// Who takes a step: five desks of the centre (accept is filed by the same), then clerk and head of each unit.
std::vector<std::string> logins();
/// Its place in logins().
std::size_t account_for(Step step, std::size_t unit);
std::string const& unit_code(std::size_t unit);

/// Makes the city where the database has no units; adds the accounts where they are missing. REQUIRES: no server
/// runs.
void prepare_city(Place const& place);

}  // namespace banyan::bench
