// systems/hall/subjects.h: what a government is asked for, as the generator reads it (data/hall/*.csv): main items
// (主项) of a kind of unit, their situations and materials, and the demo city's change log.
//
// Columns: data/README.md.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "systems/hall/item.h"
#include "systems/hall/item_store.h"

namespace banyan::hall {

struct Situation {
    std::string key, name, name_en;
    bool demo = false;  ///< the demo city offers it
};

struct Subject {
    Item item;                       ///< what all of its items share; without code, unit, region
    int star_from = 1, star_to = 1;  ///< elsewhere than in the demo city
    std::string unit;                ///< kind: a code of data/demo/units.csv, `town` or `village`
    std::vector<Level> levels;
    std::vector<Situation> situations;  ///< at least one
    std::vector<Material> materials;
    std::map<std::string, std::vector<Material>, std::less<>> of_situation;
    bool at(Level level) const;
};

/// Refused with the line: csv.no_column, subject.unreadable (with the field and what it says), material.unknown.
Result<std::vector<Subject>> read_subjects(std::string_view subjects_csv, std::string_view materials_csv);

/// `item` of a change is a name of a subject, or of something that no longer is one.
Result<std::vector<Change>> read_changes(std::string_view csv);

}  // namespace banyan::hall
