// systems/hall/classes.h: the classes and life scenes that items are found by (data/hall/classes.csv, scenes.csv),
// and the divisions they lie in.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace banyan::hall {

struct Scene {
    std::string code, zh, en, icon;
};
struct Class {
    std::string code, zh, en, scene;
};

struct Classes {
    std::vector<Scene> scenes;
    std::vector<Class> classes;
    Scene const* scene(std::string_view code) const;
    Class const* at(std::string_view code) const;
};
/// Refused: what Csv refuses, `csv.no_column`, `scene.unknown` with its line.
Result<Classes> read_classes(std::string_view classes_csv, std::string_view scenes_csv);

/// Administrative divisions by code, down to villages (data/divisions/fujian.csv).
class Regions {
  public:
    explicit Regions(std::string_view csv);
    struct Region {
        std::string code, parent, name;
        int level = 0;  ///< 1 province … 5 village
    };
    Region const* at(std::string_view code) const;
    std::vector<Region> const& all() const { return all_; }  ///< in the file's order
    /// 福建省福州市鼓楼区.
    std::string full_name(std::string_view code) const;

  private:
    std::vector<Region> all_;
    std::unordered_map<std::string, std::size_t, HashText, std::equal_to<>> at_;
};

}  // namespace banyan::hall
