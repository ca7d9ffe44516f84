#include "base/time.h"

#include <fmt/core.h>

#include <array>
#include <charconv>
#include <chrono>

namespace banyan {
namespace {

constexpr std::int64_t kSecond = 1'000'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    std::int64_t q = a / b;
    return (a % b != 0 && (a < 0) != (b < 0)) ? q - 1 : q;
}

/// Reads digits of a text one number after the other; any surprise makes it bad for good.
class Digits {
  public:
    explicit Digits(std::string_view text) : text_(text) {}
    int number(int at_least, int at_most) {
        int value = 0, read = 0;
        while (read < at_most && !text_.empty() && text_[0] >= '0' && text_[0] <= '9') {
            value = value * 10 + (text_[0] - '0');
            text_.remove_prefix(1);
            ++read;
        }
        if (read < at_least) good_ = false;
        return value;
    }
    bool skip(std::string_view any_of) {
        if (text_.empty() || any_of.find(text_[0]) == std::string_view::npos) return good_ = false;
        text_.remove_prefix(1);
        return true;
    }
    char next() const { return text_.empty() ? '\0' : text_[0]; }
    void drop() { text_.remove_prefix(1); }
    bool done() const { return good_ && text_.empty(); }
    bool good() const { return good_; }

  private:
    std::string_view text_;
    bool good_ = true;
};

std::int64_t micros(CivilDay date, int hour, int minute, int second) {
    return (std::int64_t{day_of(date).number} * 86'400 + std::int64_t{hour} * 3600 + std::int64_t{minute} * 60 +
            second) *
           kSecond;
}

/// With zeros in front up to `width`: every step writes some twenty of them, and fmt takes ten times as long.
void put_digits(std::string& text, std::int64_t n, std::size_t width) {
    char digits[24];
    auto const end = std::to_chars(digits, digits + sizeof digits, n < 0 ? -n : n).ptr;
    auto const length = static_cast<std::size_t>(end - digits) + (n < 0 ? 1 : 0);
    if (n < 0) text += '-';
    if (length < width) text.append(width - length, '0');
    text.append(digits, end);
}

void put_date(std::string& text, CivilDay date) {
    put_digits(text, date.year, 4);
    text += '-';
    put_digits(text, date.month, 2);
    text += '-';
    put_digits(text, date.day, 2);
}

}  // namespace

CivilDay civil(Day day) {
    std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{day.number}}};
    return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
            static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

Day day_of(CivilDay date) {
    std::chrono::year_month_day ymd{std::chrono::year{date.year},
                                    std::chrono::month(static_cast<unsigned>(date.month)),
                                    std::chrono::day(static_cast<unsigned>(date.day))};
    return {static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
}

bool valid(CivilDay date) {
    return date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= 31 &&
           civil(day_of(date)).day == date.day;
}

Day Zone::day(Instant at) const {
    return {static_cast<std::int32_t>(floor_div(at.us + offset_s * kSecond, 86'400 * kSecond))};
}
Instant Zone::start_of(Day day) const { return {(std::int64_t{day.number} * 86'400 - offset_s) * kSecond}; }
Span Zone::since_midnight(Instant at) const { return at - start_of(day(at)); }

std::string rfc3339(Instant at, Zone zone) {
    Day day = zone.day(at);
    CivilDay date = civil(day);
    std::int64_t us = zone.since_midnight(at).us;
    std::int64_t s = us / kSecond;
    std::string text;
    text.reserve(32);
    put_date(text, date);
    text += 'T';
    put_digits(text, s / 3600, 2);
    text += ':';
    put_digits(text, s / 60 % 60, 2);
    text += ':';
    put_digits(text, s % 60, 2);
    if (std::int64_t rest = us % kSecond; rest != 0) {
        text += '.';
        put_digits(text, rest, 6);
        while (text.back() == '0') text.pop_back();
    }
    int offset = zone.offset_s < 0 ? -zone.offset_s : zone.offset_s;
    text += zone.offset_s < 0 ? '-' : '+';
    put_digits(text, offset / 3600, 2);
    text += ':';
    put_digits(text, offset / 60 % 60, 2);
    return text;
}

std::string iso(Day day) {
    std::string text;
    put_date(text, civil(day));
    return text;
}

std::optional<Day> parse_day(std::string_view text) {
    Digits in(text);
    CivilDay date{};
    date.year = in.number(4, 4);
    in.skip("-");
    date.month = in.number(2, 2);
    in.skip("-");
    date.day = in.number(2, 2);
    if (!in.done() || date.year < 1 || !valid(date)) return std::nullopt;
    return day_of(date);
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
    Digits in(text);
    CivilDay date{};
    date.year = in.number(4, 4);
    in.skip("-");
    date.month = in.number(2, 2);
    in.skip("-");
    date.day = in.number(2, 2);
    in.skip("Tt");
    int hour = in.number(2, 2);
    in.skip(":");
    int minute = in.number(2, 2);
    in.skip(":");
    int second = in.number(2, 2);
    std::int64_t fraction = 0;
    if (in.good() && in.next() == '.') {
        in.drop();
        std::int64_t unit = 100'000;
        if (in.next() < '0' || in.next() > '9') return std::nullopt;
        while (in.next() >= '0' && in.next() <= '9') {
            fraction += (in.next() - '0') * unit;
            unit /= 10;
            in.drop();
        }
    }
    if (!in.good() || date.year < 1 || !valid(date) || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    std::int64_t offset_s = 0;
    if (in.next() == 'Z' || in.next() == 'z') {
        in.drop();
    } else {
        int sign = in.next() == '-' ? -1 : 1;
        in.skip("+-");
        int oh = in.number(2, 2);
        in.skip(":");
        int om = in.number(2, 2);
        if (!in.good() || oh > 23 || om > 59) return std::nullopt;
        offset_s = sign * (std::int64_t{oh} * 3600 + std::int64_t{om} * 60);
    }
    if (!in.done()) return std::nullopt;
    return Instant{micros(date, hour, minute, second) + fraction - offset_s * kSecond};
}

std::optional<Instant> parse_local(std::string_view text, Zone zone) {
    Digits in(text);
    CivilDay date{};
    date.year = in.number(4, 4);
    in.skip("-/");
    date.month = in.number(1, 2);
    in.skip("-/");
    date.day = in.number(1, 2);
    if (!in.good() || date.year < 1 || !valid(date)) return std::nullopt;
    int hour = 0, minute = 0, second = 0;
    if (!in.done()) {
        in.skip(" T");
        hour = in.number(1, 2);
        in.skip(":");
        minute = in.number(2, 2);
        if (in.good() && in.next() == ':') {
            in.drop();
            second = in.number(2, 2);
        }
    }
    if (!in.done() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return Instant{micros(date, hour, minute, second) - zone.offset_s * kSecond};
}

Instant wall_clock() {
    return {
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count()};
}

}  // namespace banyan
