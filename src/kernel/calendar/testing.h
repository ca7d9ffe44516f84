// kernel/calendar/testing.h: the published calendar and short words for times, for tests.
#pragma once
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

#include "kernel/calendar/deadline.h"

namespace banyan::testing {

inline std::string published_csv() {
    std::ifstream file(BANYAN_SOURCE_DIR "/data/calendar/holidays.csv", std::ios::binary);
    if (!file) throw std::runtime_error("data/calendar/holidays.csv is missing");
    return {std::istreambuf_iterator<char>(file), {}};
}

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
