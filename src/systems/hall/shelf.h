// systems/hall/shelf.h: the items that are found now. Who changes them puts a new Finder in the old one's place;
// who asks keeps the one it has taken.
//
// Thread rule: any; change() one at a time, its caller sees to that.
#pragma once
#include <memory>
#include <mutex>

#include "systems/hall/find.h"

namespace banyan::hall {

class Shelf {
  public:
    explicit Shelf(std::shared_ptr<Finder const> first) : now_(std::move(first)) {}
    std::shared_ptr<Finder const> finder() const;
    void put(std::shared_ptr<Finder const> next);
    /// What was published, as it is now, and the codes of what no longer is.
    void change(std::vector<Listing> const& published, std::vector<std::string> const& withdrawn);

  private:
    mutable std::mutex mutex_;  ///< of the pointer
    std::shared_ptr<Finder const> now_;
};

}  // namespace banyan::hall
