#include "platform/store/testing/unsynced_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <mutex>
#include <new>
#include <stdexcept>

namespace banyan::store::testing {
namespace {

constexpr std::int64_t kBlock = 4'096;

/// A file as the machine sees it: blocks that the disk does not have yet, over what it has.
struct Content {
    std::map<std::int64_t, std::array<char, kBlock>> unsynced;
    std::int64_t size = 0;
    std::int64_t on_disk = 0;  ///< bytes of the real file that still count; behind them all is zero
};

}  // namespace

struct UnsyncedVfs::Disk {
    std::string name;
    sqlite3_vfs vfs{};
    sqlite3_vfs* real = nullptr;
    std::mutex mutex;  ///< over everything below: this is a test
    std::map<std::string, std::shared_ptr<Content>> files;
    bool cut = false, syncs_fail = false;
    std::int64_t syncs = 0;
    std::int64_t room = -1;
};

namespace {

using Disk = UnsyncedVfs::Disk;

/// SQLite allots szOsFile bytes: ours, then the real file's.
struct File {
    sqlite3_file base;
    Disk* disk;
    std::shared_ptr<Content> content;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(this) + kRealFrom); }
    static constexpr std::size_t kRealFrom = 64;
};
static_assert(sizeof(File) <= File::kRealFrom);

File& mine(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

int read_real(File& file, char* to, std::int64_t length, std::int64_t from) {
    std::memset(to, 0, static_cast<std::size_t>(length));
    auto const there = std::min(length, file.content->on_disk - from);
    if (there <= 0) return SQLITE_OK;
    return file.real()->pMethods->xRead(file.real(), to, static_cast<int>(there), from);
}

int close_file(sqlite3_file* base) {
    auto& file = mine(base);
    int const code = file.real()->pMethods ? file.real()->pMethods->xClose(file.real()) : SQLITE_OK;
    file.~File();
    return code;
}

int read_file(sqlite3_file* base, void* to, int length, sqlite3_int64 from) {
    auto& file = mine(base);
    std::scoped_lock const lock(file.disk->mutex);
    if (file.disk->cut) return SQLITE_IOERR_READ;
    auto& content = *file.content;
    auto* out = static_cast<char*>(to);
    auto const until = from + length;
    while (from < until) {
        auto const block = from / kBlock;
        auto const part = std::min(until, (block + 1) * kBlock) - from;
        if (auto const found = content.unsynced.find(block); found != content.unsynced.end())
            std::memcpy(out, found->second.data() + from % kBlock, static_cast<std::size_t>(part));
        else if (int const code = read_real(file, out, part, from); code != SQLITE_OK)
            return code;
        from += part;
        out += part;
    }
    return until > content.size ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

int write_file(sqlite3_file* base, void const* what, int length, sqlite3_int64 to) {
    auto& file = mine(base);
    std::scoped_lock const lock(file.disk->mutex);
    if (file.disk->cut) return SQLITE_IOERR_WRITE;
    if (auto& room = file.disk->room; room >= 0) {
        if (length > room) return SQLITE_FULL;
        room -= length;
    }
    auto& content = *file.content;
    auto const* in = static_cast<char const*>(what);
    auto const until = to + length;
    while (to < until) {
        auto const block = to / kBlock;
        auto const part = std::min(until, (block + 1) * kBlock) - to;
        auto [found, is_new] = content.unsynced.try_emplace(block);
        if (is_new) {
            int const code = read_real(file, found->second.data(), kBlock, block * kBlock);
            if (code != SQLITE_OK) return code;
        }
        std::memcpy(found->second.data() + to % kBlock, in, static_cast<std::size_t>(part));
        to += part;
        in += part;
    }
    content.size = std::max<std::int64_t>(content.size, until);
    return SQLITE_OK;
}

int truncate_file(sqlite3_file* base, sqlite3_int64 size) {
    auto& file = mine(base);
    std::scoped_lock const lock(file.disk->mutex);
    if (file.disk->cut) return SQLITE_IOERR_TRUNCATE;
    auto& content = *file.content;
    content.unsynced.erase(content.unsynced.lower_bound((size + kBlock - 1) / kBlock), content.unsynced.end());
    if (auto const last = content.unsynced.find(size / kBlock); last != content.unsynced.end())
        std::memset(last->second.data() + size % kBlock, 0, static_cast<std::size_t>(kBlock - size % kBlock));
    content.size = size;
    content.on_disk = std::min<std::int64_t>(content.on_disk, size);
    return SQLITE_OK;
}

int sync_file(sqlite3_file* base, int flags) {
    auto& file = mine(base);
    std::scoped_lock const lock(file.disk->mutex);
    if (file.disk->cut || file.disk->syncs_fail) return SQLITE_IOERR_FSYNC;
    ++file.disk->syncs;
    auto& content = *file.content;
    auto* const real = file.real();
    if (int const code = real->pMethods->xTruncate(real, content.on_disk); code != SQLITE_OK) return code;
    for (auto const& [block, bytes] : content.unsynced) {
        auto const length = std::min(kBlock, content.size - block * kBlock);
        int const code = real->pMethods->xWrite(real, bytes.data(), static_cast<int>(length), block * kBlock);
        if (code != SQLITE_OK) return code;
    }
    if (int const code = real->pMethods->xTruncate(real, content.size); code != SQLITE_OK) return code;
    content.unsynced.clear();
    content.on_disk = content.size;
    return real->pMethods->xSync(real, flags);
}

int size_of_file(sqlite3_file* base, sqlite3_int64* size) {
    auto& file = mine(base);
    std::scoped_lock const lock(file.disk->mutex);
    if (file.disk->cut) return SQLITE_IOERR_FSTAT;
    *size = file.content->size;
    return SQLITE_OK;
}

int lock_file(sqlite3_file* base, int level) {
    auto& file = mine(base);
    {
        std::scoped_lock const lock(file.disk->mutex);
        if (file.disk->cut) return SQLITE_IOERR_LOCK;
    }
    return file.real()->pMethods->xLock(file.real(), level);
}

/// The calls that only pass on. Locks and shared memory are let go even after the cut.
template <auto Method>
struct PassOn;
template <class... Args, int (*sqlite3_io_methods::*Method)(sqlite3_file*, Args...)>
struct PassOn<Method> {
    static int call(sqlite3_file* base, Args... args) {
        auto* const real = mine(base).real();
        return (real->pMethods->*Method)(real, args...);
    }
};
void barrier(sqlite3_file* base) { mine(base).real()->pMethods->xShmBarrier(mine(base).real()); }

constexpr sqlite3_io_methods kMethods = {
    .iVersion = 2,  // without xFetch: nothing is mapped past us
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = lock_file,
    .xUnlock = PassOn<&sqlite3_io_methods::xUnlock>::call,
    .xCheckReservedLock = PassOn<&sqlite3_io_methods::xCheckReservedLock>::call,
    .xFileControl = PassOn<&sqlite3_io_methods::xFileControl>::call,
    .xSectorSize = PassOn<&sqlite3_io_methods::xSectorSize>::call,
    .xDeviceCharacteristics = PassOn<&sqlite3_io_methods::xDeviceCharacteristics>::call,
    .xShmMap = PassOn<&sqlite3_io_methods::xShmMap>::call,
    .xShmLock = PassOn<&sqlite3_io_methods::xShmLock>::call,
    .xShmBarrier = barrier,
    .xShmUnmap = PassOn<&sqlite3_io_methods::xShmUnmap>::call,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

Disk& disk_of(sqlite3_vfs* vfs) { return *static_cast<Disk*>(vfs->pAppData); }

int open_file(sqlite3_vfs* vfs, char const* name, sqlite3_file* base, int flags, int* out_flags) {
    auto& disk = disk_of(vfs);
    base->pMethods = nullptr;
    std::scoped_lock const lock(disk.mutex);
    if (disk.cut) return SQLITE_IOERR;
    auto& file = *new (base) File{{nullptr}, &disk, nullptr};
    file.real()->pMethods = nullptr;
    int code = disk.real->xOpen(disk.real, name, file.real(), flags, out_flags);
    if (code != SQLITE_OK) {
        file.~File();
        return code;
    }
    auto& known = disk.files[name ? name : ""];
    if (!name || !known) {
        file.content = std::make_shared<Content>();
        sqlite3_int64 size = 0;
        code = file.real()->pMethods->xFileSize(file.real(), &size);
        file.content->size = file.content->on_disk = size;
        if (name) known = file.content;
    } else {
        file.content = known;
    }
    file.base.pMethods = &kMethods;
    return code;
}

int delete_file(sqlite3_vfs* vfs, char const* name, int sync_folder) {
    auto& disk = disk_of(vfs);
    std::scoped_lock const lock(disk.mutex);
    if (disk.cut) return SQLITE_IOERR_DELETE;
    disk.files.erase(name);
    return disk.real->xDelete(disk.real, name, sync_folder);
}

int access_file(sqlite3_vfs* vfs, char const* name, int flags, int* result) {
    auto& disk = disk_of(vfs);
    std::scoped_lock const lock(disk.mutex);
    if (disk.cut) return SQLITE_IOERR_ACCESS;
    auto const found = disk.files.find(name);
    if (flags == SQLITE_ACCESS_EXISTS && found != disk.files.end() && found->second) {
        *result = found->second->size > 0;  // an empty file counts as none, as in the system's VFS
        return SQLITE_OK;
    }
    return disk.real->xAccess(disk.real, name, flags, result);
}

}  // namespace

UnsyncedVfs::UnsyncedVfs(std::string name) : disk_(std::make_unique<Disk>()) {
    disk_->name = std::move(name);
    disk_->real = sqlite3_vfs_find(nullptr);
    auto& vfs = disk_->vfs;
    vfs = *disk_->real;  // what is not about files is the system's
    vfs.szOsFile = static_cast<int>(File::kRealFrom) + disk_->real->szOsFile;
    vfs.pNext = nullptr;
    vfs.zName = disk_->name.c_str();
    vfs.pAppData = disk_.get();
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = access_file;
    if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK) throw std::runtime_error("the VFS cannot be registered");
}

UnsyncedVfs::~UnsyncedVfs() { sqlite3_vfs_unregister(&disk_->vfs); }

std::string const& UnsyncedVfs::name() const { return disk_->name; }

void UnsyncedVfs::cut() {
    std::scoped_lock const lock(disk_->mutex);
    disk_->cut = true;
    disk_->files.clear();
}

std::int64_t UnsyncedVfs::syncs() const {
    std::scoped_lock const lock(disk_->mutex);
    return disk_->syncs;
}

std::int64_t UnsyncedVfs::unsynced_bytes() const {
    std::scoped_lock const lock(disk_->mutex);
    std::int64_t blocks = 0;
    for (auto const& [name, content] : disk_->files)
        if (content) blocks += static_cast<std::int64_t>(content->unsynced.size());
    return blocks * kBlock;
}

void UnsyncedVfs::fill_up_after(std::int64_t bytes) {
    std::scoped_lock const lock(disk_->mutex);
    disk_->room = bytes;
}

void UnsyncedVfs::fail_syncs() {
    std::scoped_lock const lock(disk_->mutex);
    disk_->syncs_fail = true;
}

}  // namespace banyan::store::testing
