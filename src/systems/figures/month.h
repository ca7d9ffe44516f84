// systems/figures/month.h: a month of the city's calendar. A measure belongs to the month of the day it was
// counted for.
#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace banyan::figures {

struct Month {
    int number = 0;  ///< 202610; as stored
    constexpr auto operator<=>(Month const&) const = default;
    constexpr explicit operator bool() const { return number != 0; }
    Day first() const;
    Day last() const;
    Month next() const;
    std::string text() const;  ///< "2026-10"
};
Month month_of(Day day);
/// "2026-10", from 2000 on; nothing for anything else.
std::optional<Month> parse_month(std::string_view text);

}  // namespace banyan::figures
