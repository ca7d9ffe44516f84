// platform/store/testing/unsynced_vfs.h: a disk that forgets, as a disk does when the power goes.
//
// An SQLite VFS over the system's: what was written to a file since its last sync is kept from the file
// (readers of the same VFS see it) and reaches it only by the next sync. So also a process that is killed loses
// it. Open a store with SqliteOptions::vfs = vfs.name(), cut(), then open the same file without it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

namespace banyan::store::testing {

class UnsyncedVfs {
  public:
    explicit UnsyncedVfs(std::string name = "unsynced");
    /// REQUIRES: nothing is open any more.
    ~UnsyncedVfs();
    UnsyncedVfs(UnsyncedVfs const&) = delete;

    std::string const& name() const;
    /// The power goes: unsynced writes are lost, everything from now on fails.
    void cut();
    std::int64_t syncs() const;
    std::int64_t unsynced_bytes() const;
    /// The disk is full after so many more bytes; -1: it has room again.
    void fill_up_after(std::int64_t bytes);
    /// From now on a sync fails, and what it should have brought to the disk stays away from it.
    void fail_syncs();

    struct Disk;

  private:
    std::unique_ptr<Disk> disk_;
};

}  // namespace banyan::store::testing
