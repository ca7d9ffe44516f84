// platform/store/sqlite_gather.h: one write to the file where SQLite makes hundreds.
//
// SQLite writes each page of a commit by itself, its head and its body apart, and then syncs. This VFS lies over
// another, keeps what is written one behind the other, and hands it on in one piece: before a sync, before
// anything that could see the difference (a read there, a size, a lock), and when enough has come together. What
// is durable after a sync is what it was; an error of the disk shows at the sync, where SQLite rolls back as at a
// write.
//
// Thread rule: each connection has a GatheringVfs of its own, and belongs to one thread at a time.
#pragma once
#include <memory>
#include <string>

namespace banyan::store {

class GatheringVfs {
  public:
    /// Over the VFS of that name; empty: the system's. Throws Error::other when there is none.
    explicit GatheringVfs(std::string const& over);
    /// REQUIRES: nothing is open any more.
    ~GatheringVfs();
    GatheringVfs(GatheringVfs const&) = delete;

    std::string const& name() const;

  private:
    struct Layer;
    std::unique_ptr<Layer> layer_;
};

}  // namespace banyan::store
