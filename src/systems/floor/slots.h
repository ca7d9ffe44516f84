// systems/floor/slots.h: which times can be booked: whole slots within the office hours of working days, as the
// calendar of the city has them (so a make-up Saturday is open and a holiday is not). Pure.
#pragma once
#include <vector>

#include "kernel/calendar/deadline.h"
#include "systems/floor/plan.h"

namespace banyan::floor {

struct Slot {
    Instant begins, ends;
    bool operator==(Slot const&) const = default;
};

/// The slots of any working day; a piece of office time that is no whole slot is none.
std::vector<Slot> slots_of(Handbook const& book, OfficeHours const& hours, Day day);

/// Refused: slot.past (it has begun), slot.too_far (last), slot.closed (day), slot.unknown (not one of the day's).
Result<Slot> bookable(Handbook const& book, OfficeHours const& hours, Moment const& moment, Instant at);

/// The hours of a unit as the units' list has them; the house's own where it has none that can be read.
OfficeHours hours_of(std::string_view text);

/// When numbers are given: office hours of a working day, and a little before each opening.
bool gives_numbers(Handbook const& book, OfficeHours const& hours, Moment const& moment);
/// The day's queue is over from then on.
Instant over_at(Handbook const& book, OfficeHours const& hours, Day day);

}  // namespace banyan::floor
