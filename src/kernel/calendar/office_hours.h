// kernel/calendar/office_hours.h: when an office is open, for limits in working hours.
//
// Data by season and unit; the default is the demo's, with the long noon break of Fuzhou.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace banyan {

struct OfficeHours {
    /// From–until as minutes since midnight: ascending, apart from each other, at least one.
    std::vector<std::pair<int, int>> minutes{{8 * 60 + 30, 12 * 60}, {14 * 60 + 30, 17 * 60 + 30}};

    /// "08:30-12:00,14:30-17:30"; 24:00 may end a day. Refused: office_hours.unreadable, office_hours.order.
    static Result<OfficeHours> parse(std::string_view text);
    std::string text() const;

    Span a_day() const;               ///< open time of one working day
    Span until(Span midnight) const;  ///< open time from 00:00 until this time of the day
    /// The time of the day at which so much has been open. REQUIRES: 0 < open ≤ a_day().
    Span when(Span open) const;
    Span closing() const;  ///< the time of the day at which the office closes
    bool operator==(OfficeHours const&) const = default;
};

inline OfficeHours const kOfficeHours{};

}  // namespace banyan
