#include "kernel/calendar/office_hours.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace banyan {
namespace {

/// "08:30", as minutes since midnight.
std::optional<int> minute_of_day(std::string_view text) {
    auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return std::nullopt;
    int hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[3] - '0') * 10 + text[4] - '0';
    if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
    return hour * 60 + minute;
}

}  // namespace

Result<OfficeHours> OfficeHours::parse(std::string_view text) {
    OfficeHours hours;
    hours.minutes.clear();
    for (std::string const& part : split(text, ",")) {
        std::string_view both = part;
        std::size_t dash = both.find('-');
        if (dash == std::string_view::npos) return refuse("office_hours.unreadable", {}, {{"text", part}});
        auto from = minute_of_day(trim(both.substr(0, dash))), until = minute_of_day(trim(both.substr(dash + 1)));
        if (!from || !until) return refuse("office_hours.unreadable", {}, {{"text", part}});
        if (*from >= *until || (!hours.minutes.empty() && *from < hours.minutes.back().second))
            return refuse("office_hours.order", {}, {{"text", part}});
        hours.minutes.emplace_back(*from, *until);
    }
    if (hours.minutes.empty()) return refuse("office_hours.unreadable", {}, {{"text", std::string(text)}});
    return hours;
}

std::string OfficeHours::text() const {
    std::string all;
    for (auto const& [from, until] : minutes)
        all += fmt::format("{}{:02}:{:02}-{:02}:{:02}", all.empty() ? "" : ",", from / 60, from % 60, until / 60,
                           until % 60);
    return all;
}

Span OfficeHours::a_day() const {
    int open = 0;
    for (auto const& [from, until] : minutes) open += until - from;
    return banyan::minutes(open);
}

Span OfficeHours::until(Span midnight) const {
    Span open;
    for (auto const& [from, to] : minutes)
        open.us +=
            std::clamp<std::int64_t>(midnight.us - banyan::minutes(from).us, 0, banyan::minutes(to - from).us);
    return open;
}

Span OfficeHours::closing() const { return banyan::minutes(minutes.back().second); }

Span OfficeHours::when(Span open) const {
    Span time;
    for (auto const& [from, to] : minutes) {
        std::int64_t long_us = banyan::minutes(to - from).us;
        time.us = banyan::minutes(from).us + std::min(open.us, long_us);
        open.us -= long_us;
        if (open.us <= 0) break;  // exactly used up: the end of this period, not the start of the next
    }
    return time;
}

}  // namespace banyan
