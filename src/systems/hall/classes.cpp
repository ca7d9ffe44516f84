#include "systems/hall/classes.h"

#include <algorithm>

#include "base/csv.h"

namespace banyan::hall {

Scene const* Classes::scene(std::string_view code) const {
    auto const found = std::ranges::find(scenes, code, &Scene::code);
    return found == scenes.end() ? nullptr : &*found;
}

Class const* Classes::at(std::string_view code) const {
    auto const found = std::ranges::find(classes, code, &Class::code);
    return found == classes.end() ? nullptr : &*found;
}

Result<Classes> read_classes(std::string_view classes_csv, std::string_view scenes_csv) {
    Classes all;
    BANYAN_TRY(Csv const scenes, Csv::parse(scenes_csv));
    BANYAN_CHECK(scenes.needs({"code", "zh", "en", "icon"}));
    for (CsvRow const& row : scenes.rows())
        all.scenes.push_back({std::string(scenes.at(row, "code")), std::string(scenes.at(row, "zh")),
                              std::string(scenes.at(row, "en")), std::string(scenes.at(row, "icon"))});
    BANYAN_TRY(Csv const classes, Csv::parse(classes_csv));
    BANYAN_CHECK(classes.needs({"code", "zh", "en", "scene"}));
    for (CsvRow const& row : classes.rows()) {
        std::string const scene(classes.at(row, "scene"));
        if (all.scene(scene) == nullptr)
            return refuse("scene.unknown", "scene", {{"value", scene}, {"line", std::to_string(row.line)}});
        all.classes.push_back({std::string(classes.at(row, "code")), std::string(classes.at(row, "zh")),
                               std::string(classes.at(row, "en")), scene});
    }
    return all;
}

Regions::Regions(std::string_view csv) {
    bool header = true;
    for (std::string_view rest = csv; !rest.empty();) {  // 18,763 rows without a quote: no need of Csv
        std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (std::exchange(header, false) || line.empty()) continue;
        auto next = [&line] {
            std::string_view const cell = line.substr(0, line.find(','));
            line.remove_prefix(std::min(line.size(), cell.size() + 1));
            return std::string(trim(cell));
        };
        Region region;
        region.code = next();
        region.parent = next();
        region.name = next();
        std::string const level = next();
        region.level = level.empty() ? 0 : level.front() - '0';
        at_.emplace(region.code, all_.size());
        all_.push_back(std::move(region));
    }
}

Regions::Region const* Regions::at(std::string_view code) const {
    auto const found = at_.find(code);
    return found == at_.end() ? nullptr : &all_[found->second];
}

std::string Regions::full_name(std::string_view code) const {
    std::string name;
    for (Region const* region = at(code); region != nullptr; region = at(region->parent))
        name.insert(0, region->name);
    return name;
}

}  // namespace banyan::hall
