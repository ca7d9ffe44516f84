#include "platform/store/sqlite_connection.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

#include "platform/store/sqlite_gather.h"
#include "platform/store/sqlite_page_cache.h"
#include "platform/store/table_sql.h"

namespace banyan::store {
namespace {

constexpr std::int64_t kReaderCacheKib = 16'384;

Error::Kind kind_of(int code, int system_error) {
    bool const not_allowed = system_error == EACCES || system_error == EPERM || system_error == EROFS;
    switch (code & 0xff) {
        case SQLITE_FULL:
            return Error::Kind::full;
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return Error::Kind::read_only;
        case SQLITE_CANTOPEN:
            if (system_error == ENOSPC || system_error == EDQUOT) return Error::Kind::full;
            return not_allowed ? Error::Kind::read_only : Error::Kind::other;
        case SQLITE_IOERR:
            if (system_error == ENOSPC || system_error == EDQUOT) return Error::Kind::full;
            return not_allowed ? Error::Kind::read_only : Error::Kind::other;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Error::Kind::busy;
        case SQLITE_CONSTRAINT:
            return Error::Kind::constraint;
        case SQLITE_INTERRUPT:
            return Error::Kind::timeout;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Error::Kind::corrupt;
        default:
            return Error::Kind::other;
    }
}

void configure_once() {
    // Statistics of memory would put one lock around every allocation of every thread. Refused (and not
    // missed) when somebody in the process has used SQLite before.
    static std::once_flag once;
    std::call_once(once, [] {
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        install_page_cache();
    });
}

std::string first_value(sqlite3* db, char const* sql) {
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v2(db, sql, -1, &raw, nullptr);
    SqliteStatement const statement(raw);
    if (code == SQLITE_OK) code = sqlite3_step(raw);
    if (code != SQLITE_ROW && code != SQLITE_DONE) throw_sqlite(db, code, sql);
    auto const* text = code == SQLITE_ROW ? sqlite3_column_text(raw, 0) : nullptr;
    return text ? reinterpret_cast<char const*>(text) : std::string();
}

/// The first switch of a new file to the log needs it alone, and SQLite does not wait for that by itself.
void switch_to_log(sqlite3* db) {
    auto const until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kBusyMs);
    for (;;) {
        try {
            auto const mode = first_value(db, "PRAGMA journal_mode=WAL");
            if (mode == "wal") return;
            throw Error(Error::Kind::other, "SQLite keeps no write-ahead log here (journal_mode " + mode + ")");
        } catch (Error const& error) {
            if (error.kind() != Error::Kind::busy || std::chrono::steady_clock::now() > until) throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

SqliteHandle open_handle(std::string const& file, int flags, std::string const& vfs) {
    sqlite3* raw = nullptr;
    int const code = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                     vfs.empty() ? nullptr : vfs.c_str());
    SqliteHandle db(raw);
    if (code != SQLITE_OK) throw_sqlite(raw, code, "open " + file);
    sqlite3_busy_timeout(raw, kBusyMs);
    return db;
}

/// SQLite says only that it cannot open it when a new file may not be made here.
bool folder_may_be_written(std::string const& file) {
    auto const folder = std::filesystem::absolute(file).parent_path();
    return ::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0 || errno == ENOENT;
}

/// A folder that cannot be written has no room for the log's index; a file closed in order needs none.
SqliteHandle open_unchanging(std::string const& file) {
    std::string uri = "file:";
    for (char const c : file) {
        if (c == '%' || c == '?' || c == '#') {
            constexpr char kDigits[] = "0123456789ABCDEF";
            uri += {'%', kDigits[(c >> 4) & 15], kDigits[c & 15]};
        } else {
            uri += c;
        }
    }
    return open_handle(uri + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, {});
}

/// A log that is left has rows the file lacks: then there is no way around writing. Unknown counts as yes.
bool log_holds_rows(std::string const& file) {
    std::error_code error;
    auto const size = std::filesystem::file_size(file + "-wal", error);
    if (error) return error != std::errc::no_such_file_or_directory;
    return size > 0;
}

SqliteHandle open_reading(SqliteOptions const& options) {
    try {
        auto db = open_handle(options.file, SQLITE_OPEN_READONLY, options.vfs);
        first_value(db.get(), "PRAGMA schema_version");  // reads the file, so that a bad one is found here
        return db;
    } catch (Error const& error) {
        bool const corrupt = error.kind() == Error::Kind::corrupt;
        if (!options.read_only || corrupt || folder_may_be_written(options.file))
            throw Error(error.kind(), options.file + ": " + error.what());
        if (log_holds_rows(options.file))
            throw Error(Error::Kind::read_only,
                        options.file + ": its folder cannot be written, and " + options.file +
                            "-wal holds rows that are not in it yet: copy the folder to where it "
                            "can be written");
        auto db = open_unchanging(options.file);
        first_value(db.get(), "PRAGMA schema_version");
        return db;
    }
}

}  // namespace

void throw_sqlite(sqlite3* db, int code, std::string_view doing) {
    int const system_error = db ? sqlite3_system_errno(db) : 0;
    std::string what = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    what += " (";
    what += shortened(doing);
    what += ")";
    throw Error(kind_of(code, system_error), what);
}

void run_sqlite(sqlite3* db, char const* sql) {
    int const code = sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw_sqlite(db, code, sql);
}

SqliteHandle open_sqlite_connection(SqliteOptions const& options, SqliteRole role) {
    configure_once();
    if (role == SqliteRole::reader) {
        auto db = open_reading(options);
        run_sqlite(db.get(), "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY");
        run_sqlite(db.get(), ("PRAGMA cache_size=-" + std::to_string(kReaderCacheKib)).c_str());
        return db;
    }
    if (options.read_only) throw Error(Error::Kind::read_only, options.file + " is open for reading only");
    if (!folder_may_be_written(options.file))  // the log needs it, whether the file is there or not
        throw Error(Error::Kind::read_only,
                    std::filesystem::absolute(options.file).parent_path().string() + " cannot be written");
    auto gathering = std::make_shared<GatheringVfs>(options.vfs);
    auto db = open_handle(options.file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, gathering->name());
    db.get_deleter().vfs = std::move(gathering);
    // SQLite quietly opens for reading what it may not write.
    if (sqlite3_db_readonly(db.get(), "main") == 1)
        throw Error(Error::Kind::read_only, options.file + " cannot be written");
    switch_to_log(db.get());
    // No mmap: an I/O error would be a signal instead of an Error, and mapped pages count as memory per thread.
    run_sqlite(db.get(),
               "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
               "PRAGMA wal_autocheckpoint=65536; PRAGMA journal_size_limit=536870912");
    auto const cache_kib = role == SqliteRole::writer ? options.cache_kib : 2'048;
    run_sqlite(db.get(), ("PRAGMA cache_size=-" + std::to_string(cache_kib)).c_str());
    return db;
}

}  // namespace banyan::store
