#include "kernel/matter/conditions.h"

#include <algorithm>
#include <charconv>

namespace banyan {
namespace {

using What = Condition::What;

std::string as_text(json::value const& value) {
    if (value.is_string()) return std::string(value.as_string());
    if (value.is_bool()) return value.as_bool() ? "true" : "false";
    if (value.is_int64()) return std::to_string(value.as_int64());
    return {};
}

/// 0: no number, or more than a limit can say.
int number_of(std::string const& text) {
    constexpr int kMost = 3660;  // as parse_limit() has it
    int number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc() && end == text.data() + text.size() && number <= kMost ? number : 0;
}

Mark const* mark_of(Condition const& condition, View const& view) {
    Index step = view.matter.procedure->step(condition.name);
    std::vector<Mark> const& marks =
        condition.per_assignment && view.at != nullptr ? view.at->marks : view.matter.marks;
    auto found = std::ranges::find(marks, step, &Mark::step);
    return found == marks.end() ? nullptr : &*found;
}

std::optional<Due> due_at_hand(View const& view) { return view.at != nullptr ? view.at->due : view.matter.due; }

bool assists_done(Matter const& matter) {
    return std::ranges::none_of(matter.assignments,
                                [](Assignment const& s) { return s.share == Share::assist && s.with_unit(); });
}

/// Minutes since midnight, by the city's clock.
int minute_of_day(Moment const& moment) {
    Instant const midnight = moment.calendar->zone().start_of(moment.today());
    return static_cast<int>((moment.now.us - midnight.us) / minutes(1).us);
}

}  // namespace

std::optional<Instant> half_over(Matter const& matter, Calendar const& calendar) {
    if (!matter.due || !matter.limit.in_days()) return std::nullopt;
    int const half = (matter.limit.amount + 1) / 2;
    Day const last = matter.due->last_day;
    return calendar.zone().start_of(matter.limit.unit == Limit::Unit::day ? last - half + 1
                                                                          : calendar.working_day_back(last, half));
}

int days_held(Matter const& matter, Limit const& limit, Moment const& moment) {
    int days = 0;
    for (Hold const& hold : matter.holds) days += days_held(*moment.calendar, limit.unit, hold.from, hold.until);
    if (matter.clock == Clock::held)
        days += days_held(*moment.calendar, limit.unit, matter.held_since, moment.now);
    return days;
}

std::string field_value(View const& view, std::string_view field) {
    if (json::value const* said = view.form.values().if_contains(field)) return as_text(*said);
    Matter const& m = view.matter;
    if (field == "kind") return m.kind < 0 ? "" : m.procedure->kinds[static_cast<std::size_t>(m.kind)];
    if (field == "class") return m.class_code;
    if (field == "region") return m.region;
    if (field == "channel") return m.channel;
    json::value const* fact = m.facts.if_contains(field);
    return fact == nullptr ? "" : as_text(*fact);
}

bool holds(Condition const& condition, View const& view) {
    Matter const& m = view.matter;
    switch (condition.what) {
        case What::before_due: {
            auto due = due_at_hand(view);
            return !due || view.moment.now < due->instant;
        }
        case What::after_due: {
            auto due = due_at_hand(view);
            return due && view.moment.now >= due->instant;
        }
        case What::before_last_day: {
            auto due = due_at_hand(view);
            return !due || view.moment.today() < due->last_day;
        }
        case What::within: {
            Mark const* mark = mark_of(condition, view);
            if (mark == nullptr || !condition.limit) return false;
            return view.moment.now < due_after(*view.moment.calendar, mark->at, *condition.limit).instant;
        }
        case What::offered_within:
            if (view.at == nullptr || !condition.limit) return false;
            return view.moment.now <
                   due_after(*view.moment.calendar, view.at->offered_at, *condition.limit).instant;
        case What::at_most_held: {
            if (!condition.limit) return false;
            int so_far = days_held(m, *condition.limit, view.moment);
            if (so_far >= condition.limit->amount) return false;  // no day is left
            auto last = parse_day(view.form.text(condition.name));
            if (!last) return true;
            Calendar const& calendar = *view.moment.calendar;
            return so_far + days_held(calendar, condition.limit->unit, view.moment.now,
                                      calendar.zone().start_of(*last + 1)) <=
                   condition.limit->amount;
        }
        case What::at_most: {
            Mark const* mark = mark_of(condition, view);
            return mark == nullptr || mark->count < condition.number;
        }
        case What::at_least: {
            Mark const* mark = mark_of(condition, view);
            return mark != nullptr && mark->count >= condition.number;
        }
        case What::at_least_days: {
            Mark const* mark = mark_of(condition, view);
            return mark != nullptr && mark->days >= condition.number;
        }
        case What::between: {
            int const minute = minute_of_day(view.moment);
            return minute >= condition.from && minute < condition.until;
        }
        case What::day_within: {
            auto day = parse_day(view.form.text(condition.name));
            if (!day || !condition.limit) return true;
            Day const last = due_after(*view.moment.calendar, view.moment.now, *condition.limit).last_day;
            return *day >= view.moment.today() && *day <= last;
        }
        case What::half_left: {
            auto const over = half_over(m, *view.moment.calendar);
            return !over || view.moment.now < *over;
        }
        case What::any:
            return std::ranges::any_of(condition.any, [&](Condition const& one) { return holds(one, view); });
        case What::done: {
            Mark const* mark = mark_of(condition, view);
            return mark != nullptr && mark->at >= m.entered_at;
        }
        case What::not_done: {
            Mark const* mark = mark_of(condition, view);
            return mark == nullptr || mark->at < m.entered_at;
        }
        case What::other_person: {
            Mark const* mark = mark_of(condition, view);
            return mark == nullptr || !mark->by || mark->by != view.actor.person;
        }
        case What::field_is:
            return std::ranges::find(condition.values, field_value(view, condition.name)) !=
                   condition.values.end();
        case What::field_is_not:
            return std::ranges::find(condition.values, field_value(view, condition.name)) ==
                   condition.values.end();
        case What::field_in: {
            auto list = view.lists.find(condition.values.front());
            return list != view.lists.end() && list->second.contains(field_value(view, condition.name));
        }
        case What::not_designated:
            return view.at == nullptr || !view.at->designated;
        case What::lead_replied: {
            Assignment const* lead = m.lead();
            return lead != nullptr &&
                   (lead->progress == Progress::replied || lead->progress == Progress::approved);
        }
        case What::not_lead_replied: {
            Assignment const* lead = m.lead();
            return lead == nullptr || lead->with_unit();
        }
        case What::assists_done:
            return assists_done(m);
        case What::delegates_done:
            return view.at == nullptr || std::ranges::none_of(m.assignments, [&](Assignment const& s) {
                       return s.parent == view.at->id && s.with_unit();
                   });
        case What::no_open:
            return std::ranges::none_of(m.assignments, [](Assignment const& s) { return s.open(); });
        case What::no_lead:
            return m.lead() == nullptr || m.lead()->progress == Progress::ended;
        case What::has_assignment:
            return std::ranges::any_of(m.assignments, [](Assignment const& s) { return s.open(); });
        case What::held:
            return m.clock == Clock::held;
        case What::not_held:
            return m.clock != Clock::held;
        case What::asked_return:
            return view.at != nullptr && view.at->asked == Asked::to_return;
        case What::asked_extension:
            return view.at != nullptr && view.at->asked == Asked::extension;
        case What::not_asked:
            return view.at == nullptr || view.at->asked == Asked::nothing;
        case What::replied_on_time: {
            Assignment const* lead = m.lead();
            return lead != nullptr && lead->replied_at && (!lead->due || lead->replied_at < lead->due->instant);
        }
        case What::replied_late: {
            Assignment const* lead = m.lead();
            return lead != nullptr && lead->replied_at && lead->due && lead->replied_at >= lead->due->instant;
        }
        case What::has_merged:
            return !m.merged.empty();
        case What::no_merged:
            return m.merged.empty();
        case What::reopened:
            return m.redone > 0;
        case What::not_reopened:
            return m.redone == 0;
    }
    return false;
}

bool all_hold(std::vector<Condition> const& conditions, View const& view) {
    return std::ranges::all_of(conditions, [&](Condition const& condition) { return holds(condition, view); });
}

std::optional<LimitRow> choose_limit(Procedure const& procedure, std::string_view name, View const& view) {
    auto rows = procedure.limits.find(name);
    if (rows == procedure.limits.end()) return std::nullopt;
    for (LimitRow const& row : rows->second) {
        int const amount = row.amount_of.empty() ? row.limit.amount : number_of(field_value(view, row.amount_of));
        if (amount < 1 || !all_hold(row.when, view)) continue;
        LimitRow chosen{{}, row.limit, row.yellow_days, {}};
        chosen.limit.amount = amount;
        return chosen;
    }
    return std::nullopt;
}

}  // namespace banyan
