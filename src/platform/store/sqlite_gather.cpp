#include "platform/store/sqlite_gather.h"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <mutex>
#include <new>
#include <utility>

#include "platform/store/store.h"

namespace banyan::store {
namespace {

constexpr std::size_t kMostGathered = 1 << 20;
constexpr std::size_t kMostAtOnce = 120 * 1024;  ///< SQLite's own files take 17 bits of a length

struct File;

/// One connection's files. Readers of the log are let in through locks on the database file: those hand on both.
struct Connection {
    sqlite3_vfs* below = nullptr;
    File* log = nullptr;
    bool putting_off = false;
    bool head_written = true;                 ///< since the log was last synced; at first nobody knows
    std::atomic<bool> owed{false};            ///< a sync was noted and not made
    std::atomic<int> sync_failed{SQLITE_OK};  ///< for good
    std::mutex syncing;                       ///< of the log: one at a time
};

/// SQLite allots szOsFile bytes: ours, then those of the file below.
struct File {
    sqlite3_file base;
    Connection* connection;
    std::string gathered;  ///< not handed on yet
    std::int64_t from = 0;
    /// Why something handed on was not written. SQLite passes over what locks and the like answer, so this stays
    /// until a write, a sync or a cut of the file has said it: never may a sync succeed over bytes that are gone.
    int lost = SQLITE_OK;

    sqlite3_file* below() { return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(this) + kBelowFrom); }
    std::int64_t until() const { return from + static_cast<std::int64_t>(gathered.size()); }
    void hand_on() {
        int code = SQLITE_OK;
        for (std::size_t at = 0; at < gathered.size() && code == SQLITE_OK; at += kMostAtOnce)
            code = below()->pMethods->xWrite(below(), gathered.data() + at,
                                             static_cast<int>(std::min(kMostAtOnce, gathered.size() - at)),
                                             from + static_cast<std::int64_t>(at));
        if (code != SQLITE_OK) lost = code;
        gathered.clear();
    }
    int tell_lost() { return std::exchange(lost, SQLITE_OK); }
    static constexpr std::size_t kBelowFrom = 128;
};
static_assert(sizeof(File) <= File::kBelowFrom);

File& mine(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

void hand_on_all(File& file) {
    if (File* const log = file.connection->log; log != nullptr && log != &file) log->hand_on();
    file.hand_on();
}

int close_file(sqlite3_file* base) {
    auto& file = mine(base);
    if (file.connection->log == &file) file.connection->log = nullptr;
    file.hand_on();
    int const code = file.below()->pMethods->xClose(file.below());
    file.~File();
    return code;
}

int read_file(sqlite3_file* base, void* to, int length, sqlite3_int64 from) {
    auto& file = mine(base);
    if (from < file.until() && from + length > file.from) file.hand_on();
    if (file.lost != SQLITE_OK) return file.lost;
    return file.below()->pMethods->xRead(file.below(), to, length, from);
}

/// Under `syncing`.
int sync_now(File& log, int flags) {
    auto& connection = *log.connection;
    connection.owed = false;
    if (connection.sync_failed == SQLITE_OK)
        connection.sync_failed = log.below()->pMethods->xSync(log.below(), flags);
    return connection.sync_failed;
}

int sync_file(sqlite3_file* base, int flags) {
    auto& file = mine(base);
    auto& connection = *file.connection;
    hand_on_all(file);
    if (int const code = file.tell_lost(); code != SQLITE_OK) return code;
    if (connection.log != &file) return file.below()->pMethods->xSync(file.below(), flags);
    if (!std::exchange(connection.head_written, false) && connection.putting_off) {
        connection.owed = true;
        return connection.sync_failed;
    }
    std::scoped_lock const lock(connection.syncing);
    return sync_now(file, flags);
}

int write_file(sqlite3_file* base, void const* what, int length, sqlite3_int64 to) {
    auto& file = mine(base);
    if (to == 0 && file.connection->log == &file) file.connection->head_written = true;
    auto const size = static_cast<std::size_t>(length);
    if (!file.gathered.empty() && to >= file.from && to + length <= file.until()) {
        std::memcpy(file.gathered.data() + (to - file.from), what, size);
        return SQLITE_OK;
    }
    if (to != file.until() || file.gathered.size() + size > kMostGathered) file.hand_on();
    if (int const code = file.tell_lost(); code != SQLITE_OK) return code;
    if (file.gathered.empty()) file.from = to;
    try {
        file.gathered.append(static_cast<char const*>(what), size);
    } catch (std::bad_alloc const&) {
        return SQLITE_IOERR_NOMEM;
    }
    return SQLITE_OK;
}

int size_of_file(sqlite3_file* base, sqlite3_int64* size) {
    auto& file = mine(base);
    file.hand_on();
    if (file.lost != SQLITE_OK) return file.lost;
    return file.below()->pMethods->xFileSize(file.below(), size);
}

void barrier(sqlite3_file* base) {
    auto& file = mine(base);
    hand_on_all(file);
    file.below()->pMethods->xShmBarrier(file.below());
}

/// What only passes on; what could see the difference hands on first; what SQLite relies on says what was lost.
enum class First { nothing, hand_on, tell };
template <auto Method, First>
struct PassOn;
template <class... Args, int (*sqlite3_io_methods::*Method)(sqlite3_file*, Args...), First first>
struct PassOn<Method, first> {
    static int call(sqlite3_file* base, Args... args) {
        auto& file = mine(base);
        if constexpr (first != First::nothing) hand_on_all(file);
        if constexpr (first == First::tell)
            if (int const code = file.tell_lost(); code != SQLITE_OK) return code;
        return (file.below()->pMethods->*Method)(file.below(), args...);
    }
};

constexpr sqlite3_io_methods kMethods = {
    .iVersion = 2,  // without xFetch: nothing is mapped past us
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = PassOn<&sqlite3_io_methods::xTruncate, First::tell>::call,
    .xSync = sync_file,
    .xFileSize = size_of_file,
    .xLock = PassOn<&sqlite3_io_methods::xLock, First::hand_on>::call,
    .xUnlock = PassOn<&sqlite3_io_methods::xUnlock, First::hand_on>::call,
    .xCheckReservedLock = PassOn<&sqlite3_io_methods::xCheckReservedLock, First::nothing>::call,
    .xFileControl = PassOn<&sqlite3_io_methods::xFileControl, First::hand_on>::call,
    .xSectorSize = PassOn<&sqlite3_io_methods::xSectorSize, First::nothing>::call,
    .xDeviceCharacteristics = PassOn<&sqlite3_io_methods::xDeviceCharacteristics, First::nothing>::call,
    .xShmMap = PassOn<&sqlite3_io_methods::xShmMap, First::nothing>::call,
    .xShmLock = PassOn<&sqlite3_io_methods::xShmLock, First::hand_on>::call,
    .xShmBarrier = barrier,
    .xShmUnmap = PassOn<&sqlite3_io_methods::xShmUnmap, First::hand_on>::call,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

/// The file a connection has open under `name`, and the log beside it; anything else goes straight to the VFS
/// below.
constexpr int kGathered = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_DB;

Connection& connection_of(sqlite3_vfs* vfs) { return *static_cast<Connection*>(vfs->pAppData); }
sqlite3_vfs* below(sqlite3_vfs* vfs) { return connection_of(vfs).below; }

int open_file(sqlite3_vfs* vfs, char const* name, sqlite3_file* base, int flags, int* out_flags) {
    base->pMethods = nullptr;
    if ((flags & kGathered) == 0) return below(vfs)->xOpen(below(vfs), name, base, flags, out_flags);
    auto& file = *new (base) File{{nullptr}, &connection_of(vfs), {}, 0};
    file.below()->pMethods = nullptr;
    int const code = below(vfs)->xOpen(below(vfs), name, file.below(), flags, out_flags);
    if (code != SQLITE_OK) {
        if (file.below()->pMethods) file.below()->pMethods->xClose(file.below());
        file.~File();
        return code;
    }
    file.base.pMethods = &kMethods;
    if ((flags & SQLITE_OPEN_WAL) != 0) file.connection->log = &file;
    return code;
}

template <auto Method>
struct PassDown;
template <class Made, class... Args, Made (*sqlite3_vfs::*Method)(sqlite3_vfs*, Args...)>
struct PassDown<Method> {
    static Made call(sqlite3_vfs* vfs, Args... args) { return (below(vfs)->*Method)(below(vfs), args...); }
};

}  // namespace

struct GatheringVfs::Layer {
    std::string name;
    sqlite3_vfs vfs{};
    Connection connection;
};

GatheringVfs::GatheringVfs(std::string const& over) : layer_(std::make_unique<Layer>()) {
    static std::atomic<int> made{0};
    sqlite3_vfs* const under = sqlite3_vfs_find(over.empty() ? nullptr : over.c_str());
    if (under == nullptr) throw Error(Error::Kind::other, "SQLite has no VFS " + over);
    layer_->name = "gathering-" + std::to_string(++made);
    auto& vfs = layer_->vfs;
    vfs = *under;  // what is not about files (time, randomness) needs nothing of it
    vfs.szOsFile = static_cast<int>(File::kBelowFrom) + under->szOsFile;
    vfs.pNext = nullptr;
    vfs.zName = layer_->name.c_str();
    layer_->connection.below = under;
    vfs.pAppData = &layer_->connection;
    vfs.xOpen = open_file;
    vfs.xDelete = PassDown<&sqlite3_vfs::xDelete>::call;
    vfs.xAccess = PassDown<&sqlite3_vfs::xAccess>::call;
    vfs.xFullPathname = PassDown<&sqlite3_vfs::xFullPathname>::call;
    vfs.xGetLastError = PassDown<&sqlite3_vfs::xGetLastError>::call;
    if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
        throw Error(Error::Kind::other, "SQLite's VFS cannot be registered");
}

GatheringVfs::~GatheringVfs() { sqlite3_vfs_unregister(&layer_->vfs); }

std::string const& GatheringVfs::name() const { return layer_->name; }

void GatheringVfs::put_off(bool on) { layer_->connection.putting_off = on; }

int GatheringVfs::sync_log() {
    auto& connection = layer_->connection;
    std::scoped_lock const lock(connection.syncing);
    return connection.owed ? sync_now(*connection.log, SQLITE_SYNC_NORMAL) : connection.sync_failed.load();
}

}  // namespace banyan::store
