// base/limit.h: "2 working days", "5 working days to closing", as rulebooks and the command line write it.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace banyan {

struct Limit {
    enum class Unit { minute, hour, day, working_hour, working_day };
    int amount = 0;
    Unit unit = Unit::working_day;
    bool to_closing = false;  ///< its last day ends when the office closes, not at 24:00; only of days
    bool operator==(Limit const&) const = default;
    /// Days end with a day; minutes and hours run at once, to the second.
    bool in_days() const { return unit == Unit::day || unit == Unit::working_day; }
};

/// "30 minutes", "4 working hours", "1 working day", "1 working day to closing"; refused: `limit.unreadable`,
/// `limit.out_of_range` (1…3660).
Result<Limit> parse_limit(std::string_view text);
std::string text_of(Limit limit);

}  // namespace banyan
