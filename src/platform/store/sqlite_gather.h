// platform/store/sqlite_gather.h: one write to the file where SQLite makes hundreds.
//
// SQLite writes each page of a commit by itself, its head and its body apart, and then syncs. This VFS lies over
// another, keeps what is written one behind the other, and hands it on in one piece: before a sync, before
// anything that could see the difference (a read there, a size, a lock), and when enough has come together. What
// is durable after a sync is what it was; an error of the disk shows at the sync, where SQLite rolls back as at a
// write.
//
// A commit may also leave its sync to another thread (put_off(), sync_log()): SQLite then believes it done. Once
// such a sync has failed nobody knows what the disk has, and every later one fails too.
//
// Thread rule: each connection has a GatheringVfs of its own, and belongs to one thread at a time; sync_log() from
// any.
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

    /// While it is on, a sync of the log's rows is only noted. That of its head is made: what stands behind an old
    /// head may not be taken for new.
    void put_off(bool on);
    /// Makes the sync that was noted, if any. SQLITE_OK, or why the log is not on the disk.
    int sync_log();

  private:
    struct Layer;
    std::unique_ptr<Layer> layer_;
};

}  // namespace banyan::store
