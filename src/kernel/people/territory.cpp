#include "kernel/people/territory.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/csv.h"

namespace banyan {
namespace {

constexpr double kMargin_km = 5, kKmOfADegree = 111.2;

bool number(std::string_view text, double& value) {
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

}  // namespace

Result<Territory> Territory::read(std::string_view divisions, std::string_view outline) {
    Territory made;
    BANYAN_TRY(Csv const codes, Csv::parse(divisions));
    BANYAN_TRY(Csv const corners, Csv::parse(outline));
    if (!codes.has("code")) return refuse("territory.columns", "code");
    for (char const* column : {"part", "lat", "lon"})
        if (!corners.has(column)) return refuse("territory.columns", column);
    for (CsvRow const& row : codes.rows()) made.regions_.emplace(codes.at(row, "code"));
    std::string_view part;
    for (CsvRow const& row : corners.rows()) {
        Corner corner;
        if (!number(corners.at(row, "lat"), corner.lat) || !number(corners.at(row, "lon"), corner.lon))
            return refuse("territory.number", {}, {{"line", std::to_string(row.line)}});
        if (made.parts_.empty() || corners.at(row, "part") != part) made.parts_.emplace_back();
        part = corners.at(row, "part");
        Part& last = made.parts_.back();
        last.south = std::min(last.south, corner.lat);
        last.north = std::max(last.north, corner.lat);
        last.west = std::min(last.west, corner.lon);
        last.east = std::max(last.east, corner.lon);
        last.corners.push_back(corner);
    }
    return made;
}

/// A line to the east crosses the boundary an odd number of times.
bool Territory::inside(Part const& part, double lat, double lon) {
    bool odd = false;
    for (std::size_t i = 0, j = part.corners.size() - 1; i < part.corners.size(); j = i++) {
        Corner const &a = part.corners[i], &b = part.corners[j];
        if ((a.lat > lat) != (b.lat > lat) && lon < a.lon + (lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon))
            odd = !odd;
    }
    return odd;
}

bool Territory::near(Part const& part, double lat, double lon) {
    double const wide = kKmOfADegree * std::cos(lat * 3.14159265358979 / 180);
    for (std::size_t i = 0, j = part.corners.size() - 1; i < part.corners.size(); j = i++) {
        double const ax = (part.corners[i].lon - lon) * wide, ay = (part.corners[i].lat - lat) * kKmOfADegree;
        double const bx = (part.corners[j].lon - lon) * wide, by = (part.corners[j].lat - lat) * kKmOfADegree;
        double const dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;
        double const along = length == 0 ? 0 : std::clamp(-(ax * dx + ay * dy) / length, 0.0, 1.0);
        if (std::hypot(ax + along * dx, ay + along * dy) <= kMargin_km) return true;
    }
    return false;
}

bool Territory::holds(double lat, double lon) const {
    double const margin = 1.5 * kMargin_km / kKmOfADegree;
    for (Part const& part : parts_) {
        if (lat < part.south - margin || lat > part.north + margin || lon < part.west - margin ||
            lon > part.east + margin)
            continue;
        if (inside(part, lat, lon) || near(part, lat, lon)) return true;
    }
    return false;
}

}  // namespace banyan
