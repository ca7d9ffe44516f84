// systems/desk/cursor.h: the place after the last row of a page.
#pragma once
#include <cstdint>
#include <string>
#include <utility>

#include "base/result.h"

namespace banyan::desk {

/// Two numbers, sealed against tampering only by being checked.
std::string cursor_text(std::int64_t first, std::int64_t id);
/// Refused: cursor.bad.
Result<std::pair<std::int64_t, std::int64_t>> read_cursor(std::string_view text);

}  // namespace banyan::desk
