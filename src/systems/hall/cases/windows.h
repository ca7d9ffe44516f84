// systems/hall/cases/windows.h: who has a hand in a case: the unit that decides, those of a life event, and the
// administrative service centre whose windows take in and hand over.
#pragma once
#include <map>
#include <string>

#include "kernel/people/directory.h"
#include "platform/store/store.h"
#include "systems/hall/cases/application.h"

namespace banyan::hall {

/// Unit of windows by region: [windows] of data/hall.toml.
using Windows = std::map<std::string, std::string, std::less<>>;
Result<Windows> read_windows(std::string_view toml);

/// Refused: item.elsewhere where the item's unit is none of this city's.
Result<Hands> hands_of(store::Session& session, Item const& item, Sheets const& sheets, Windows const& windows,
                       Directory const& directory);

}  // namespace banyan::hall
