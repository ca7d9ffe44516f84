#include "systems/hall/shelf.h"

#include <algorithm>

namespace banyan::hall {

std::shared_ptr<Finder const> Shelf::finder() const {
    std::lock_guard const lock(mutex_);
    return now_;
}

void Shelf::put(std::shared_ptr<Finder const> next) {
    std::lock_guard const lock(mutex_);
    now_ = std::move(next);
}

void Shelf::change(std::vector<Listing> const& published, std::vector<std::string> const& withdrawn) {
    auto const before = finder();
    std::vector<std::string> gone = withdrawn;
    for (Listing const& listing : published) gone.push_back(listing.code);
    std::ranges::sort(gone);
    Finder::Builder builder(before->names());
    builder.add_all(*before, gone);
    for (Listing const& listing : published) builder.add(listing);
    put(builder.finish());
}

}  // namespace banyan::hall
