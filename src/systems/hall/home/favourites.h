// systems/hall/home/favourites.h: items somebody keeps at hand (收藏). One that was withdrawn, merged or cancelled
// stays and says so.
#pragma once
#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "platform/store/store.h"
#include "systems/hall/item_store.h"

namespace banyan::hall {

struct Favourite {
    std::string item, name;  ///< code; as it was called when it was kept
    Instant at;
};
inline constexpr std::int64_t kMostFavourites = 200;

std::vector<Favourite> favourites_of(store::Session& session, PersonId person);  ///< the newest first
/// Kept once, however often it is said. Refused: favourite.too_many.
Result<void> keep_favourite(store::Session& writing, PersonId person, Favourite const& favourite);
void drop_favourite(store::Session& writing, PersonId person, std::string_view item);

/// Where an item went: the newest line of the change log that ended it.
std::optional<Change> end_of(store::Session& session, std::string_view code);

}  // namespace banyan::hall
