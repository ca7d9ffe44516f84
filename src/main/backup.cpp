#include "kernel/engine/backup.h"

#include <fmt/core.h>

#include "base/text.h"
#include "main/app.h"
#include "main/verbs.h"

namespace banyan {
namespace {

std::optional<std::string> passphrase(Given const& given) {
    if (!given.contains("passphrase-file")) return std::nullopt;
    return std::string(trim(read_file(given.at("passphrase-file"))));
}

Option const kPassphrase{.name = "passphrase-file",
                         .about = "file with the passphrase that wraps the keys; without it the keys stay out"};

int say(Manifest const& manifest) {
    std::int64_t bytes = 0;
    for (Manifest::File const& file : manifest.files) bytes += file.size;
    fmt::print("{} files, {} bytes, of {}, {}\n", manifest.files.size(), bytes, rfc3339(manifest.created),
               manifest.keys ? "keys wrapped inside" : "WITHOUT keys: keep the folder `keys` elsewhere");
    return 0;
}

}  // namespace

Verb backup_verb() {
    return {"backup",
            "a city in one file, while the server runs",
            {{.name = "<file>", .about = "is made", .required = true},
             {.name = "data", .about = "folder of the city", .required = true},
             kPassphrase},
            [](Given const& given) {
                DataFolder folder(given.at("data"), DataFolder::Use::beside);
                crypto::Keyring keys = open_keys(folder);
                auto store =
                    store::open_sqlite({.file = folder.file(kDatabaseFile), .read_only = true, .vfs = {}});
                auto made = backup(*store, keys,
                                   {.folder = folder.path(),
                                    .file = given.at("file"),
                                    .passphrase = passphrase(given),
                                    .created = wall_clock()});
                return made ? say(*made) : say_refused(made.error());
            }};
}

Verb restore_verb() {
    return {"restore",
            "put a backup back into an empty folder",
            {{.name = "<file>", .about = "made by backup", .required = true},
             {.name = "data", .about = "folder, empty or not there", .required = true},
             kPassphrase},
            [](Given const& given) {
                auto made = restore(
                    {.file = given.at("file"), .folder = given.at("data"), .passphrase = passphrase(given)});
                return made ? say(*made) : say_refused(made.error());
            }};
}

}  // namespace banyan
