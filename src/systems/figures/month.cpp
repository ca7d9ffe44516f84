#include "systems/figures/month.h"

#include <fmt/format.h>

namespace banyan::figures {

Day Month::first() const { return day_of({number / 100, number % 100, 1}); }
Day Month::last() const { return next().first() - 1; }
Month Month::next() const { return {number % 100 == 12 ? number + 89 : number + 1}; }
std::string Month::text() const { return fmt::format("{:04}-{:02}", number / 100, number % 100); }

Month month_of(Day day) {
    CivilDay const date = civil(day);
    return {date.year * 100 + date.month};
}

std::optional<Month> parse_month(std::string_view text) {
    if (text.size() != 7 || text[4] != '-') return std::nullopt;
    auto const first = parse_day(std::string(text) + "-01");
    if (!first || civil(*first).year < 2000) return std::nullopt;
    return month_of(*first);
}

}  // namespace banyan::figures
