// kernel/engine/backup.h: a city in one file, taken while it works, and put back where nothing is.
//
// The file is a plain tar that any system unpacks: banyan-backup (the format), banyan.db (one snapshot),
// heads.log, banyan.toml, attachments/…, keys.wrapped (only when a passphrase is given: nobody reads personal data
// with the file alone), then manifest.json with the size and SM3 of each, and manifest.sm3 over that. Every line
// of the copied heads.log has its checkpoint in the copied database, so `banyan verify` passes on what was
// restored.
//
// SQLite only: PostgreSQL has its own tools (pg_dump, a base backup), and beside them the data folder is copied.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "kernel/engine/progress.h"
#include "platform/crypto/keys.h"
#include "platform/store/store.h"

namespace banyan {

inline constexpr int kBackupFormat = 1;
// Below the data folder:
inline constexpr char kDatabaseFile[] = "banyan.db", kHeadsLogFile[] = "heads.log", kConfigFile[] = "banyan.toml",
                      kKeysFolder[] = "keys", kAttachmentsFolder[] = "attachments";

/// manifest.json.
struct Manifest {
    int format = kBackupFormat;
    Instant created;
    std::int64_t schema = 0;  ///< number of the last migration
    bool keys = false;        ///< false: they must come from elsewhere, or nothing personal can be read
    struct File {
        std::string name;
        std::int64_t size = 0;
        std::string sm3;  ///< hex
        bool operator==(File const&) const = default;
    };
    std::vector<File> files;
};

struct BackupPlan {
    std::string folder;                     ///< the data folder
    std::string file;                       ///< is made; not there yet
    std::optional<std::string> passphrase;  ///< none: without keys
    Instant created;
    crypto::PasswordCost cost = crypto::kModerate;
};

/// Needs room for the database twice, beside `file`. Refused: backup.postgresql, backup.exists,
/// backup.passphrase_empty. Throws store::Error, std::system_error (a full disk); then `file` is not there.
Result<Manifest> backup(store::Store& store, crypto::Keyring const& keys, BackupPlan const& plan,
                        OnProgress const& on_progress = {});

struct RestorePlan {
    std::string file, folder;
    std::optional<std::string> passphrase;
};

/// All of it or nothing: written beside the folder and renamed. Refused: restore.not_empty (the folder holds
/// anything), restore.no_file, restore.not_a_backup, restore.newer (format), restore.damaged (what),
/// restore.passphrase_needed, keyring.wrong_passphrase.
Result<Manifest> restore(RestorePlan const& plan, OnProgress const& on_progress = {});

}  // namespace banyan
