#include "systems/floor/slots.h"

#include <algorithm>

namespace banyan::floor {

std::vector<Slot> slots_of(Handbook const& book, OfficeHours const& hours, Day day) {
    std::vector<Slot> slots;
    Instant const midnight = kBeijing.start_of(day);
    for (auto const& [from, until] : hours.minutes)
        for (int at = from; at + book.slot_minutes <= until; at += book.slot_minutes)
            slots.push_back({midnight + minutes(at), midnight + minutes(at + book.slot_minutes)});
    return slots;
}

Result<Slot> bookable(Handbook const& book, OfficeHours const& hours, Moment const& moment, Instant at) {
    Day const day = kBeijing.day(at), last = moment.today() + book.days_ahead;
    if (at <= moment.now) return refuse("slot.past", "at");
    if (day > last) return refuse("slot.too_far", "at", {{"last", iso(last)}});
    if (!moment.calendar->working(day)) return refuse("slot.closed", "at", {{"day", iso(day)}});
    auto const slots = slots_of(book, hours, day);
    auto const found = std::ranges::find(slots, at, &Slot::begins);
    if (found == slots.end()) return refuse("slot.unknown", "at");
    return *found;
}

OfficeHours hours_of(std::string_view text) {
    auto hours = OfficeHours::parse(text);
    return hours ? std::move(*hours) : kOfficeHours;
}

bool gives_numbers(Handbook const& book, OfficeHours const& hours, Moment const& moment) {
    if (!moment.calendar->working(moment.today())) return false;
    Span const now = kBeijing.since_midnight(moment.now);
    return std::ranges::any_of(hours.minutes, [&](auto const& open) {
        return now.us >= minutes(open.first).us - book.opening.us && now < minutes(open.second);
    });
}

Instant over_at(Handbook const& book, OfficeHours const& hours, Day day) {
    return std::min(kBeijing.start_of(day) + hours.closing() + book.closing, kBeijing.start_of(day + 1));
}

}  // namespace banyan::floor
