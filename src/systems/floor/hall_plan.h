// systems/floor/hall_plan.h: a hall as its management wants it (名称, 地址, 上班时间, 窗口, 业务, 停办日): what is
// wrong with it, by field; which bookings it would break; what is in use this minute.
//
// The plan of the city is the catalogue `floor`; who edits one hall changes its part. Rules:
// docs/systems/floor.md, "Edited on a page"
#pragma once
#include "systems/floor/ledger.h"

namespace banyan::floor {

std::vector<Field> hall_fields();  ///< what is said of a hall
json::object plan_json(Hall const& hall);
shape::Schema plan_shape();
/// Of what a hall is now: who edits says what they edited.
std::string version_of(Hall const& hall);

struct Wanted {
    Hall hall;
    std::vector<Refusal> faults;  ///< fields as paths of what was said
};
/// REQUIRES: `said` has gone through hall_fields().
Wanted wanted_hall(Hall const& now, json::object const& said, Directory const& directory);
/// Somebody sits at a window, or waits for a service, that would be gone. At `windows`, `services`.
std::vector<Refusal> in_use(Office const& office, Hall const& wanted);

struct Broken {
    Appointment appointment;
    std::string_view why;  ///< service, closed, hours, places
};
inline constexpr std::string_view kWhyBroken[] = {"service", "closed", "hours", "places"};
/// Appointments to come that the hall as wanted has no place for, by time.
std::vector<Broken> broken_by(Office const& office, Hall const& wanted);

}  // namespace banyan::floor
