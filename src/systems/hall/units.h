// systems/hall/units.h: who holds items: a unit, and the unified credit code with which the codes of its items
// begin.
//
// A unit of the city (kernel/people) becomes one with its first item. An item of elsewhere in the province brings
// its unit's name with it.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "kernel/people/directory.h"
#include "platform/store/store.h"
#include "systems/hall/item.h"

namespace banyan::hall {

struct HallUnit {
    std::string code, credit, zh, en, region;
};
std::vector<HallUnit> load_units(store::Session& session);  ///< by code

class Units {
  public:
    Units(store::Session& session, Directory const& directory);
    /// Knows no others but those that have this code, or this credit code: for one item.
    Units(store::Session& session, Directory const& directory, std::string_view unit, std::string_view credit);
    /// Finds the item's unit by code or name and puts its code and names into the item. Refused: unit.unknown,
    /// code.unit (the code is another unit's, or this unit has another). REQUIRES: the item's code can be read.
    Result<void> settle(Item& item);
    HallUnit const* at(std::string_view code) const;
    /// Those that are new since. Inside a transaction of the writer's.
    void write(store::Session& writing);

  private:
    std::map<std::string, HallUnit, std::less<>> units_;
    std::map<std::string, std::string, std::less<>> by_credit_, by_name_;  ///< → code; two of one name: empty
    std::vector<HallUnit> waiting_;
    Directory const& directory_;
    void know(HallUnit unit);
    Result<HallUnit const*> found(Item const& item, std::string_view credit);
};

}  // namespace banyan::hall
