// base/time.h: instants and days.
//
// An Instant is µs since 1970 UTC, as it is stored. A Day is a calendar day of the city, without an hour. A
// city has one zone; China has had one offset without summer time since 1992, so a zone is an offset here.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace banyan {

struct Span {  ///< a length of time
    std::int64_t us = 0;
    constexpr auto operator<=>(Span const&) const = default;
};
constexpr Span seconds(std::int64_t n) { return {n * 1'000'000}; }
constexpr Span minutes(std::int64_t n) { return seconds(n * 60); }
constexpr Span hours(std::int64_t n) { return minutes(n * 60); }
constexpr Span days(std::int64_t n) { return hours(n * 24); }

struct Instant {
    std::int64_t us = 0;  ///< µs since 1970-01-01T00:00Z
    constexpr auto operator<=>(Instant const&) const = default;
    constexpr explicit operator bool() const { return us != 0; }
    constexpr Instant operator+(Span s) const { return {us + s.us}; }
    constexpr Instant operator-(Span s) const { return {us - s.us}; }
    constexpr Span operator-(Instant other) const { return {us - other.us}; }
};

/// A day of the city's calendar, as days since 1970-01-01.
struct Day {
    std::int32_t number = 0;
    constexpr auto operator<=>(Day const&) const = default;
    constexpr Day operator+(int n) const { return {number + n}; }
    constexpr Day operator-(int n) const { return {number - n}; }
    constexpr int operator-(Day other) const { return number - other.number; }
    constexpr int weekday() const { return static_cast<int>(((number % 7) + 11) % 7); }  ///< 0 = Sunday
    constexpr bool weekend() const { return weekday() == 0 || weekday() == 6; }
};

struct CivilDay {
    int year, month, day;
};
CivilDay civil(Day day);
Day day_of(CivilDay date);  ///< any proleptic Gregorian date
bool valid(CivilDay date);

/// The city's offset from UTC; +08:00 for every city of China.
struct Zone {
    std::int32_t offset_s = 8 * 3600;
    Day day(Instant at) const;
    Instant start_of(Day day) const;  ///< its 00:00
    Span since_midnight(Instant at) const;
};
inline constexpr Zone kBeijing{};

/// "2026-10-10T00:00:00+08:00"; fractions are written only when there are any.
std::string rfc3339(Instant at, Zone zone = kBeijing);
std::string iso(Day day);  ///< "2026-10-09"
/// RFC 3339 with an offset (`Z` or ±hh:mm) required; nullopt for anything else.
std::optional<Instant> parse_rfc3339(std::string_view text);
std::optional<Day> parse_day(std::string_view text);
/// "2019-04-24 16:03:40" or "2019/4/24 16:03" in the zone, as exports write times.
std::optional<Instant> parse_local(std::string_view text, Zone zone = kBeijing);

Instant wall_clock();  ///< now, by the machine; everything else takes the time as an argument

}  // namespace banyan
