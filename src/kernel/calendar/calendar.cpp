#include "kernel/calendar/calendar.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace banyan {
namespace {

// The days that are counted beforehand. Outside (nobody's matter lies there) days are walked one by one.
constexpr Day kFirst{7'305};  // 1990-01-01
constexpr Day kLast{47'846};  // 2100-12-31

/// For a year without a list. Days fixed by date in 全国年节及纪念日放假办法 (2024) art. 2; the lunar festivals
/// and Qingming are left to the list, so a provisional due may move later, never earlier.
bool provisionally_off(Day day) {
    if (day.weekend()) return true;
    CivilDay date = civil(day);
    return (date.month == 1 && date.day == 1) || (date.month == 5 && date.day <= 2) ||
           (date.month == 10 && date.day <= 3);
}

bool is_new_year(Day day) {
    CivilDay date = civil(day);
    return date.month == 1 && date.day == 1;
}

std::string_view next_line(std::string_view& rest) {
    std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// The three cells of a line, or nothing when there are more or fewer.
std::optional<std::array<std::string_view, 3>> cells(std::string_view line) {
    std::array<std::string_view, 3> found;
    for (std::size_t i = 0; i < found.size(); ++i) {
        std::size_t comma = line.find(',');
        if ((comma == std::string_view::npos) != (i + 1 == found.size())) return std::nullopt;
        found[i] = trim(line.substr(0, comma));
        if (comma != std::string_view::npos) line.remove_prefix(comma + 1);
    }
    return found;
}

Result<ListedDay> read_line(std::string_view line) {
    auto cell = cells(line);
    if (!cell) return refuse("calendar.bad_line");
    auto const& [date, name, kind] = *cell;
    auto day = parse_day(date);
    if (!day || *day < kFirst || *day > kLast) return refuse("calendar.bad_date", "date");
    if (kind != "off" && kind != "work") return refuse("calendar.unknown_kind", "kind");
    return ListedDay{*day, std::string(name), kind == "work"};
}

}  // namespace

Result<Calendar> Calendar::parse(std::string_view csv, Zone zone) {
    if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
    auto header = cells(next_line(csv));
    if (!header || *header != std::array<std::string_view, 3>{"date", "name", "kind"})
        return refuse("calendar.no_header", {}, {{"line", "1"}});

    std::vector<ListedDay> listed;
    std::set<Day> seen;
    for (int number = 2; !csv.empty(); ++number) {
        std::string_view line = next_line(csv);
        if (trim(line).empty()) continue;
        auto day = read_line(line);
        if (day && !seen.insert(day->day).second) day = refuse("calendar.date_twice", "date");
        if (!day)
            return refuse(std::move(day.error())
                              .with("line", std::to_string(number))
                              .with("text", std::string(first_characters(line, 60))));
        listed.push_back(std::move(*day));
    }
    std::ranges::sort(listed, {}, &ListedDay::day);
    return Calendar(std::move(listed), zone);
}

Calendar::Calendar(std::vector<ListedDay> listed, Zone zone) : listed_(std::move(listed)), zone_(zone) {
    counted_.reserve(static_cast<std::size_t>(kLast - kFirst) + 1);
    auto next = listed_.begin();
    Counted counted{0, 0};
    bool published = false;
    for (Day day = kFirst; day <= kLast; day = day + 1) {
        bool named = next != listed_.end() && next->day == day;
        if (is_new_year(day)) published = named;
        bool worked = named ? next->work : published ? !day.weekend() : !provisionally_off(day);
        if (named) ++next;
        if (worked) worked_.push_back(day);
        counted.working += worked;
        counted.unpublished += !published;
        counted_.push_back(counted);
    }
}

bool Calendar::indexed(Day day) { return day >= kFirst && day <= kLast; }

Calendar::Counted Calendar::through(Day day) const {
    return day < kFirst ? Counted{0, 0} : counted_[static_cast<std::size_t>(day - kFirst)];
}

bool Calendar::working(Day day) const {
    return indexed(day) ? through(day).working != through(day - 1).working : !provisionally_off(day);
}

bool Calendar::published(Day day) const {
    return indexed(day) && through(day).unpublished == through(day - 1).unpublished;
}

Day Calendar::working_day_after(Day day, int n) const {
    if (n <= 0) return day;
    if (indexed(day)) {
        std::size_t nth = static_cast<std::size_t>(through(day).working) + static_cast<std::size_t>(n);
        if (nth <= worked_.size()) return worked_[nth - 1];
    }
    while (n > 0) {
        day = day + 1;
        n -= working(day);
    }
    return day;
}

Day Calendar::working_day_back(Day day, int n) const {
    if (indexed(day))
        if (int nth = through(day).working - (n - 1); nth >= 1) return worked_[static_cast<std::size_t>(nth - 1)];
    for (day = day + 1; n > 0;) {
        day = day - 1;
        n -= working(day);
    }
    return day;
}

int Calendar::working_days(Day after, Day through_day) const {
    if (after >= through_day) return 0;
    if (indexed(after) && indexed(through_day)) return through(through_day).working - through(after).working;
    int found = 0;
    for (Day day = after + 1; day <= through_day; day = day + 1) found += working(day);
    return found;
}

bool Calendar::published(Day after, Day through_day) const {
    if (after >= through_day) return true;
    return indexed(after + 1) && indexed(through_day) &&
           through(through_day).unpublished == through(after).unpublished;
}

std::optional<int> Calendar::unpublished_year(Day after, Day through_day) const {
    if (published(after, through_day)) return std::nullopt;
    Day day = after + 1;
    while (published(day)) day = day + 1;
    return civil(day).year;
}

Calendar Calendar::merged_with(Calendar const& newer) const {
    std::vector<ListedDay> both = newer.listed_;
    for (ListedDay const& old : listed_)
        if (!std::ranges::binary_search(newer.listed_, old.day, {}, &ListedDay::day)) both.push_back(old);
    std::ranges::sort(both, {}, &ListedDay::day);
    return Calendar(std::move(both), zone_);
}

std::string Calendar::csv() const {
    std::string text = "date,name,kind\n";
    for (ListedDay const& listed : listed_)
        text += fmt::format("{},{},{}\n", iso(listed.day), listed.name, listed.work ? "work" : "off");
    return text;
}

}  // namespace banyan
