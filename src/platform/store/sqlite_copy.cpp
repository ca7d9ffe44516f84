// Store::copy_to() of the embedded engine: one snapshot, page by page, into a file that is there only when it is
// whole.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "platform/store/sqlite_connection.h"

namespace banyan::store {
namespace {

void sync_path(std::string const& path, int flags) {
    int const fd = ::open(path.c_str(), flags | O_CLOEXEC);
    int const failed = fd < 0 || ::fsync(fd) != 0 ? errno : 0;
    if (fd >= 0) ::close(fd);
    if (failed)
        throw Error(failed == ENOSPC ? Error::Kind::full : Error::Kind::other,
                    "cannot sync " + path + ": " + std::strerror(failed));
}

void copy_pages(SqliteOptions const& options, std::string const& part) {
    auto const from = open_sqlite_connection(options, SqliteRole::reader);
    run_sqlite(from.get(), "BEGIN; SELECT 1 FROM sqlite_schema");
    sqlite3* raw = nullptr;
    int code = sqlite3_open_v2(part.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    SqliteHandle const to(raw);
    if (code != SQLITE_OK) throw_sqlite(raw, code, "open " + part);
    run_sqlite(raw, "PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF");  // synced once, at the end
    auto* const backup = sqlite3_backup_init(raw, "main", from.get(), "main");
    if (!backup) throw_sqlite(raw, sqlite3_errcode(raw), "copy");
    do code = sqlite3_backup_step(backup, 1'024);
    while (code == SQLITE_OK);
    int const finished = sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) throw_sqlite(raw, finished == SQLITE_OK ? code : finished, "copy");
    // The copy would say that it has a log; as one file it can be read from anywhere.
    run_sqlite(raw, "PRAGMA journal_mode=DELETE");
}

}  // namespace

void copy_sqlite(SqliteOptions const& options, std::string const& file) {
    if (std::filesystem::exists(file)) throw Error(Error::Kind::other, file + " is there already");
    auto const part = file + ".part";
    std::filesystem::remove(part);
    try {
        copy_pages(options, part);
        sync_path(part, O_RDONLY);
        std::filesystem::rename(part, file);
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        throw;
    }
    auto const folder = std::filesystem::absolute(file).parent_path();
    sync_path(folder.string(), O_RDONLY | O_DIRECTORY);
}

}  // namespace banyan::store
