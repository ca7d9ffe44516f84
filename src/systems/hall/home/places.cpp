#include "systems/hall/home/places.h"

#include <charconv>

#include "base/csv.h"

namespace banyan::hall {
namespace {

std::optional<double> number(std::string_view text) {
    double value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

Result<std::vector<Place>> read_places(std::string_view csv) {
    BANYAN_TRY(Csv const table, Csv::parse(csv));
    std::vector<Place> all;
    for (CsvRow const& row : table.rows()) {
        auto at = [&](std::string_view column) { return std::string(table.at(row, column)); };
        auto fault = [&](std::string_view column) {
            return refuse("places." + std::string(column), std::string(column),
                          {{"line", std::to_string(row.line)}});
        };
        Place place{at("code"),    at("zh"),         at("en"),  at("unit"), at("region"),
                    at("address"), at("address_en"), at("way"), 0,          0};
        auto const lat = number(at("lat")), lon = number(at("lon"));
        if (place.code.empty()) return fault("code");
        if (place.zh.empty() || place.unit.empty()) return fault("unit");
        if (!lat || *lat < -90 || *lat > 90) return fault("lat");
        if (!lon || *lon < -180 || *lon > 180) return fault("lon");
        place.lat = *lat;
        place.lon = *lon;
        all.push_back(std::move(place));
    }
    return all;
}

OpenNow open_now(Calendar const& calendar, OfficeHours const& hours, Instant now) {
    Day const today = kBeijing.day(now);
    auto at = [](Day day, int minute) { return kBeijing.start_of(day) + minutes(minute); };
    if (calendar.working(today))
        for (auto const& [from, until] : hours.minutes) {
            if (now < at(today, from)) return {false, at(today, from)};
            if (now < at(today, until)) return {true, at(today, until)};
        }
    return {false, at(calendar.working_day_after(today, 1), hours.minutes.front().first)};
}

std::optional<int> nearness(std::string_view place, std::string_view chosen) {
    if (place == chosen) return 0;
    if (place.starts_with(chosen)) return 1;
    if (chosen.starts_with(place)) return 2 + static_cast<int>(chosen.size() - place.size());
    return std::nullopt;
}

}  // namespace banyan::hall
