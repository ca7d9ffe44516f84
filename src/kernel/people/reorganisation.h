// kernel/people/reorganisation.h: units are renamed, merged and moved each year, and nothing that was is
// rewritten.
//
// A unit that ends keeps its row, its name and all that was ever given to it; its heir does its work from then on
// (Directory::now()). So old matters say who it was then, open ones go on with the heir's people, and figures can
// be added up either way. Rules: docs/operate.md#reorganisation
#pragma once
#include <array>
#include <string_view>

#include "kernel/people/directory.h"

namespace banyan {

/// Classes of comparison that a new unit may be of, with their level.
struct UnitGroup {
    std::string_view name;
    int level;
};
inline constexpr std::array<UnitGroup, 6> kNewUnitGroups{
    {{"city", 2}, {"company", 2}, {"district", 2}, {"district_department", 3}, {"town", 3}, {"village", 4}}};

struct Reorganised {
    std::vector<Unit> changed;                         ///< rows to write; new ones have new ids
    std::vector<std::pair<UnitId, UnitId>> succeeded;  ///< who ended, and the heir
    int renamed = 0, merged = 0, moved = 0, added = 0, contacts = 0;
};

/// CSV, one change a line, each on what the lines before it have made:
///     what,unit,into,parent,code,zh,en
///     rename,cg,,,cg2026,城市综合执法局,Urban Enforcement Bureau       a new code; all else as before
///     merge,350111-zj,350111-cg,,,,                              its work is the other's from now on
///     move,350111-zj,,350102-centre,,,                           below another unit
///     add,,,centre,dsj,大数据局,Data Bureau                         a new one; also columns region and group
/// and with the columns liaison, phone, office_hours, of which an empty one leaves what is there:
///     contact,cg,,,,,,林青,0591-0000 0101,                        who answers for it
/// A new unit has its region and group from the one above where they are left out. Refused as a whole, with the
/// line: reorganisation.what, .unit, .ended, .into, .parent, .circle, .code, .code_twice, .name, .centre, .group,
/// .contact; reorganisation.no_column, .none.
Result<Reorganised> reorganise(Directory const& directory, std::string_view csv, Instant now);
/// The directory as it is then: people go with the work.
Directory after(Directory const& before, Reorganised const& done);

}  // namespace banyan
