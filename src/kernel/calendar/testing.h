// kernel/calendar/testing.h: the published calendar and short words for times, for tests.
#pragma once
#include <string>

#include "base/testing.h"
#include "kernel/calendar/deadline.h"

namespace banyan::testing {

inline std::string published_csv() { return source_text("data/calendar/holidays.csv"); }

/// The State Council's lists of 2007 to 2026.
inline Calendar const& published() {
    static Calendar const calendar = Calendar::parse(published_csv()).value();
    return calendar;
}

/// "2026-09-30 16:00", in Beijing.
inline Instant at(std::string_view text) { return parse_local(text).value(); }
inline Day day(std::string_view text) { return parse_day(text).value(); }
inline Limit limit(std::string_view text) { return parse_limit(text).value(); }

}  // namespace banyan::testing
