#include "systems/hall/cases/windows.h"

#include <algorithm>

#include "platform/config/toml.h"

namespace banyan::hall {
namespace {

/// The unit that offers the main item in that place; empty: nobody does.
std::string unit_offering(store::Session& session, std::string_view catalogue, std::string_view region) {
    std::string unit;
    session.query(
        "SELECT unit FROM hall_item WHERE region = $1 AND catalogue = $2 AND state = $3 ORDER BY id LIMIT 1",
        {region, catalogue, code_of(State::published)},
        [&](store::Row const& row) { unit = std::string(row.text(0)); });
    return unit;
}

}  // namespace

Result<Windows> read_windows(std::string_view toml) {
    BANYAN_TRY(TomlDocument const document, parse_toml(toml));
    Windows windows;
    if (json::value const* table = document.root.if_contains("windows"); table != nullptr && table->is_object())
        for (auto const& [region, unit] : table->as_object()) {
            if (!unit.is_string()) return refuse("procedure.not_text", "windows." + std::string(region));
            windows[std::string(region)] = std::string(unit.as_string());
        }
    return windows;
}

Result<Hands> hands_of(store::Session& session, Item const& item, Sheets const& sheets, Windows const& windows,
                       Directory const& directory) {
    if (directory.unit(item.unit) == nullptr)
        return refuse("item.elsewhere", "item", {{"unit", item.unit_name.empty() ? item.unit : item.unit_name}});
    Hands hands{item.unit, {}, {}};
    for (std::string const& catalogue : sheets.together(item)) {
        std::string unit = unit_offering(session, catalogue, item.region);
        if (!unit.empty() && unit != hands.lead && directory.unit(unit) != nullptr &&
            std::ranges::find(hands.assist, unit) == hands.assist.end())
            hands.assist.push_back(std::move(unit));
    }
    auto const window = windows.find(item.region);
    if (window != windows.end() && window->second != hands.lead && directory.unit(window->second) != nullptr)
        hands.informed.push_back(window->second);
    return hands;
}

}  // namespace banyan::hall
