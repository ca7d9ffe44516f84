#include "base/limit.h"

#include <fmt/core.h>

#include <array>
#include <charconv>

namespace banyan {
namespace {

struct UnitName {
    std::string_view word;
    Limit::Unit unit;
};
constexpr std::array kUnits{UnitName{"minute", Limit::Unit::minute}, UnitName{"hour", Limit::Unit::hour},
                            UnitName{"day", Limit::Unit::day}, UnitName{"working hour", Limit::Unit::working_hour},
                            UnitName{"working day", Limit::Unit::working_day}};

constexpr std::string_view kToClosing = " to closing";

}  // namespace

Result<Limit> parse_limit(std::string_view text) {
    Limit limit;
    auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), limit.amount);
    std::string_view word = text.substr(static_cast<std::size_t>(rest - text.data()));
    if (error != std::errc{} || word.empty() || word[0] != ' ')
        return refuse("limit.unreadable", "limit", {{"text", std::string(text)}});
    word.remove_prefix(1);
    if (word.ends_with(kToClosing)) {
        limit.to_closing = true;
        word.remove_suffix(kToClosing.size());
    }
    if (word.ends_with('s')) word.remove_suffix(1);
    for (auto const& [name, unit] : kUnits) {
        if (word != name) continue;
        limit.unit = unit;
        if (limit.to_closing && !limit.in_days()) break;  // minutes and hours end to the second
        if (limit.amount < 1 || limit.amount > 3660)
            return refuse("limit.out_of_range", "limit", {{"text", std::string(text)}});
        return limit;
    }
    return refuse("limit.unreadable", "limit", {{"text", std::string(text)}});
}

std::string text_of(Limit limit) {
    for (auto const& [name, unit] : kUnits)
        if (unit == limit.unit)
            return fmt::format("{} {}{}{}", limit.amount, name, limit.amount == 1 ? "" : "s",
                               limit.to_closing ? kToClosing : "");
    return {};
}

}  // namespace banyan
