// systems/hall/home/places.h: halls and windows people can go to (附近): where they are, when they are open.
//
// The city's catalogue `places` (CSV, as data/demo/places.csv). How far each is from who asks is reckoned where
// they are: nobody's position is sent to the server. Pure. Rule: docs/systems/hall_home.md#places
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/calendar/calendar.h"
#include "kernel/calendar/office_hours.h"

namespace banyan::hall {

struct Place {
    std::string code, zh, en;
    std::string unit;    ///< whose windows they are: its telephone and office hours
    std::string region;  ///< whose items it takes in
    std::string address, address_en, way;
    double lat = 0, lon = 0;  ///< WGS 84
};
/// Columns code, zh, en, unit, region, address, address_en, way, lat, lon. Refused with the line: places.<column>.
Result<std::vector<Place>> read_places(std::string_view csv);

/// Open now, until when; else when next, by the city's calendar.
struct OpenNow {
    bool open = false;
    Instant until_or_from;
};
OpenNow open_now(Calendar const& calendar, OfficeHours const& hours, Instant now);

/// How near a place's region is to one that was chosen: 0 that one, then what lies in it, then what it lies in;
/// nothing: elsewhere.
std::optional<int> nearness(std::string_view place, std::string_view chosen);

}  // namespace banyan::hall
