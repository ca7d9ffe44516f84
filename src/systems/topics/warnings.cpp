#include "systems/topics/warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace banyan::topics {
namespace {

constexpr std::size_t kDistrict = 6;
constexpr int kWeek = 7;

std::optional<Warning> judged(int n, double expected, Numbers const& numbers) {
    if (n < numbers.least_warning) return std::nullopt;
    Warning warning;
    warning.n = n;
    warning.expected = expected;
    warning.chance = chance_of(n, expected);
    if (warning.chance >= numbers.chance) return std::nullopt;
    return warning;
}

}  // namespace

std::string district_of(std::string_view region) {
    return region.size() < kDistrict ? std::string() : std::string(region.substr(0, kDistrict));
}

void Growth::add(std::string const& class_code, std::string const& region, Day day, int n) {
    std::string const district = district_of(region);
    if (class_code.empty() || district.empty()) return;
    auto& cell = cells_[{class_code, district}];
    int& there = cell[day];
    there += n;
    if (there <= 0) cell.erase(day);
}

std::optional<Warning> Growth::test(std::string const& class_code, std::string const& region, Day day,
                                    Numbers const& numbers) const {
    auto cell = cells_.find({class_code, district_of(region)});
    if (cell == cells_.end()) return std::nullopt;
    int now = 0, before = 0;
    for (auto const& [when, n] : cell->second) {
        if (when == day) now = n;
        if (when < day && when >= day - numbers.history_days) before += n;
    }
    auto warning =
        judged(now, std::max(static_cast<double>(before) / numbers.history_days, numbers.least_expected), numbers);
    if (!warning) return std::nullopt;
    warning->class_code = class_code;
    warning->region = cell->first.second;
    warning->day = day;
    warning->name = fmt::format("class:{}:{}:{}", class_code, warning->region, iso(day));
    return warning;
}

void Growth::forget_before(Day day) {
    for (auto& [key, cell] : cells_) std::erase_if(cell, [&](auto const& one) { return one.first < day; });
    std::erase_if(cells_, [](auto const& one) { return one.second.empty(); });
}

std::optional<Warning> test_topic(TopicId topic, std::span<Member const* const> members, Numbers const& numbers) {
    if (members.empty()) return std::nullopt;
    Day const last = kBeijing.day(members.back()->at);
    int now = 0, before = 0;
    for (Member const* member : members) {
        int const age = last - kBeijing.day(member->at);
        if (age < numbers.topic_days)
            ++now;
        else if (age < numbers.topic_days + numbers.history_days)
            ++before;
    }
    double const a_day = std::max(static_cast<double>(before) / numbers.history_days, numbers.least_expected);
    auto warning = judged(now, a_day * numbers.topic_days, numbers);
    if (!warning) return std::nullopt;
    warning->topic = topic;
    warning->day = last;
    warning->name = fmt::format("topic:{}:{}", topic.value, last.number / kWeek);
    return warning;
}

std::optional<int> concentrated(std::span<Member const* const> members, Numbers const& numbers) {
    if (members.empty()) return std::nullopt;
    Instant const since = members.back()->at - days(numbers.concentrated_days);
    std::set<PersonId> askers;
    int people = 0;
    bool new_to_it = false;  // the newest is of somebody who was not among them
    for (Member const* member : members) {
        if (member->at <= since) continue;
        new_to_it = !member->asker || askers.insert(member->asker).second;
        people += new_to_it ? 1 : 0;
    }
    if (people != numbers.concentrated || !new_to_it) return std::nullopt;
    return people;
}

}  // namespace banyan::topics
