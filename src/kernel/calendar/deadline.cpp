#include "kernel/calendar/deadline.h"

#include <algorithm>
#include <utility>

namespace banyan {
namespace {

Due at_once(Calendar const& calendar, Instant instant, bool provisional) {
    return {calendar.zone().day(instant), instant, provisional};
}

Due days_after(Calendar const& calendar, OfficeHours const& office, Day start, Limit limit) {
    bool worked = limit.unit == Limit::Unit::working_day;
    Day known_after = worked ? start : start + (limit.amount - 1);  // the list matters from there on
    Day last = calendar.working_day_after(known_after, worked ? limit.amount : 1);
    return {last, end_of(calendar, last, limit, office), !calendar.published(known_after, last)};
}

/// So much office time after `from`. REQUIRES: open > 0.
Due office_time_after(Calendar const& calendar, OfficeHours const& office, Instant from, Span open) {
    Day start = calendar.zone().day(from);
    // Counted from the first opening of the starting day, or of the working day after it.
    Span used = calendar.working(start) ? office.until(calendar.zone().since_midnight(from)) : office.a_day();
    open.us += used.us;
    int whole_days = static_cast<int>((open.us - 1) / office.a_day().us);  // the last day is never an empty one
    Day last = calendar.working_day_after(start, whole_days);
    Span rest{open.us - whole_days * office.a_day().us};
    return {last, calendar.zone().start_of(last) + office.when(rest), !calendar.published(start - 1, last)};
}

Span office_time_between(Calendar const& calendar, OfficeHours const& office, Instant from, Instant until) {
    auto open_before = [&](Instant at) {
        Day day = calendar.zone().day(at);
        return calendar.working(day) ? office.until(calendar.zone().since_midnight(at)) : Span{};
    };
    Day first = calendar.zone().day(from), last = calendar.zone().day(until);
    // Whole days from the first through the day before the last, less what was over, plus what has begun.
    std::int64_t whole = calendar.working_days(first - 1, last - 1);
    return {whole * office.a_day().us - open_before(from).us + open_before(until).us};
}

Due running_after(Calendar const& calendar, OfficeHours const& office, Instant from, Limit limit) {
    switch (limit.unit) {
        case Limit::Unit::minute:
            return at_once(calendar, from + minutes(limit.amount), false);
        case Limit::Unit::hour:
            return at_once(calendar, from + hours(limit.amount), false);
        default:
            return office_time_after(calendar, office, from, hours(limit.amount));
    }
}

Due days_after_hold(Calendar const& calendar, OfficeHours const& office, Due due, Limit limit,
                    std::pair<Day, Day> held) {
    auto [from, until] = held;
    bool worked = limit.unit == Limit::Unit::working_day;
    limit.amount = worked ? calendar.working_days(from, until) : until - from;
    if (limit.amount <= 0) return due;
    Due later = days_after(calendar, office, due.last_day, limit);
    later.provisional |= due.provisional || (worked && !calendar.published(from, until));
    return later;
}

}  // namespace

Instant end_of(Calendar const& calendar, Day last_day, Limit limit, OfficeHours const& office) {
    return limit.to_closing ? calendar.zone().start_of(last_day) + office.closing()
                            : calendar.zone().start_of(last_day + 1);
}

Due due_after(Calendar const& calendar, Instant from, Limit limit, OfficeHours const& office) {
    if (limit.in_days()) return days_after(calendar, office, calendar.zone().day(from), limit);
    return running_after(calendar, office, from, limit);
}

Due extend(Calendar const& calendar, Due due, Limit more, OfficeHours const& office) {
    Due later = more.in_days() ? days_after(calendar, office, due.last_day, more)
                               : running_after(calendar, office, due.instant, more);
    later.provisional |= due.provisional;
    return later;
}

Due after_hold(Calendar const& calendar, Due due, Limit limit, Instant held_from, Instant held_until,
               OfficeHours const& office) {
    if (held_until <= held_from || held_from >= due.instant) return due;
    if (limit.in_days())
        return days_after_hold(calendar, office, due, limit,
                               {calendar.zone().day(held_from), calendar.zone().day(held_until)});
    if (limit.unit != Limit::Unit::working_hour)
        return at_once(calendar, due.instant + (held_until - held_from), due.provisional);

    Span open = office_time_between(calendar, office, held_from, held_until);
    Day first = calendar.zone().day(held_from), last = calendar.zone().day(held_until);
    due.provisional |= !calendar.published(first - 1, last);
    if (open <= Span{}) return due;
    Due later = office_time_after(calendar, office, due.instant, open);
    later.provisional |= due.provisional;
    return later;
}

int days_held(Calendar const& calendar, Limit::Unit unit, Instant from, Instant until) {
    if (until <= from) return 0;
    Day first = calendar.zone().day(from), last = calendar.zone().day(Instant{until.us - 1});
    return unit == Limit::Unit::working_day ? calendar.working_days(first, last) : last - first;
}

Due later_of(Due told, Due computed) {
    if (computed.instant >= told.instant) return computed;
    told.provisional = computed.provisional;
    return told;
}

Light light(Calendar const& calendar, Due const& due, int yellow_days, Instant now, bool stopped) {
    if (stopped) return Light::grey;
    if (now >= due.instant) return Light::red;
    if (yellow_days < 1) return Light::green;
    Day warned = calendar.working_day_back(due.last_day, yellow_days);
    return now >= calendar.zone().start_of(warned) ? Light::yellow : Light::green;
}

int working_days_left(Calendar const& calendar, Due const& due, Instant now) {
    if (now >= due.instant) return 0;
    return calendar.working_days(calendar.zone().day(now) - 1, due.last_day);
}

}  // namespace banyan
