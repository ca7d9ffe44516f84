// kernel/calendar/deadline.h: until when.
//
// As the Civil Code counts (art. 201–203): the starting day is not counted, the last one is, to its 24:00, or to
// the office's closing where the limit says so; a last calendar day on a day off moves to the next working day;
// minutes and hours run at once. A due is its last day, which people read, and the instant after it, which
// decides: before it is on time, at it is late. Rule: docs/systems/hotline.md#clock
//
// Pure functions: no clock, no database. Every Limit here REQUIRES amount ≥ 1, as parse_limit gives it.
#pragma once
#include "base/limit.h"
#include "base/time.h"
#include "kernel/calendar/calendar.h"
#include "kernel/calendar/office_hours.h"

namespace banyan {

/// Now, and the days worked: what every rule is told instead of asking a clock.
struct Moment {
    Instant now;
    Calendar const* calendar = nullptr;
    Day today() const { return calendar->zone().day(now); }
};

struct Due {
    Day last_day;              ///< shown: "10月9日 24:00"; for minutes and hours, or to closing, with the instant
    Instant instant;           ///< the first instant that is late
    bool provisional = false;  ///< 暂定: a list it depends on is not published yet
    bool operator==(Due const&) const = default;
};

/// When a last day ends: at 24:00, or at closing.
Instant end_of(Calendar const& calendar, Day last_day, Limit limit, OfficeHours const& office = kOfficeHours);

Due due_after(Calendar const& calendar, Instant from, Limit limit, OfficeHours const& office = kOfficeHours);

/// More time: days count from the last day (from the instant one day would be given away), minutes and hours
/// from the instant.
Due extend(Calendar const& calendar, Due due, Limit more, OfficeHours const& office = kOfficeHours);

/// The due after the clock stood still. For limits in days the days after the one the hold began, up to and
/// including the one it ended, do not count (working days for working days): within one day it changes nothing.
/// Limits in minutes and hours lose exactly the held time, working hours the held office time. `limit` is the one
/// the due came from. A hold that began when the matter was late already changes nothing.
Due after_hold(Calendar const& calendar, Due due, Limit limit, Instant held_from, Instant held_until,
               OfficeHours const& office = kOfficeHours);

/// The days a hold lasted, as people count them: after the day it began, through the day of its last moment (one
/// until 24:00 ends with that day). REQUIRES: a limit in days.
int days_held(Calendar const& calendar, Limit::Unit unit, Instant from, Instant until);

/// For a due that was told and is computed again when a list is published: never earlier than told.
Due later_of(Due told, Due computed);

/// 预警灯. (Yellow and red *cards* are another thing.)
enum class Light { green, yellow, red, grey };

/// Yellow from the start of the last `yellow_days` working days, red at the instant, grey while the clock is
/// stopped. Never stored: asked each time, with the server's time.
Light light(Calendar const& calendar, Due const& due, int yellow_days, Instant now, bool stopped = false);

/// Working days from today on, today included, to the last day; 0 when late.
int working_days_left(Calendar const& calendar, Due const& due, Instant now);

}  // namespace banyan
