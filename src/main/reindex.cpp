#include <fmt/core.h>

#include "kernel/index/rebuild_index.h"
#include "main/app.h"
#include "main/verbs.h"

namespace banyan {
namespace {

void say(index::RebuildProgress const& progress) {
    double const rate = progress.seconds > 0 ? static_cast<double>(progress.documents) / progress.seconds : 0;
    fmt::print("{} of {} matters, {:.0f} a second{}\n", progress.documents,
               std::max(progress.of, progress.documents), rate,
               progress.walking ? "" : "; now what has happened meanwhile");
    std::fflush(stdout);
}

int reindex(Place const& place) {
    DataFolder const folder(place.data, DataFolder::Use::beside);
    crypto::Keyring const keys = open_keys(folder);
    auto const store = place.db.empty()
                           ? store::open_sqlite({.file = folder.file("banyan.db"), .read_only = true, .vfs = {}})
                           : open_store(place);
    Procedures const procedures =
        load_installation(*store->open_reader(), keys,
                          embedded(banyan_embedded_table, "data/roles.toml").value_or(""), {})
            .procedures;
    text::Reader const reader;
    index::RebuildProgress const made =
        index::rebuild_index(index::Folder(folder.file("index")), {*store, procedures, reader}, say);
    fmt::print("{} matters in {:.1f} s; the new index is in use\n", made.documents, made.seconds);
    return 0;
}

}  // namespace

Verb reindex_verb() {
    return {"reindex",
            "make the search index anew from the journal; may run beside a server, which takes it into use",
            {{.name = "data", .about = "folder of the city", .required = true},
             {.name = "db", .about = "postgresql://…"},
             {.name = "unsafe", .about = "accept a database that may lose what was acknowledged", .flag = true}},
            [](Given const& given) {
                return reindex({given.at("data"), given.contains("db") ? given.at("db") : "",
                                given.contains("unsafe") && given.at("unsafe") == "true"});
            }};
}

}  // namespace banyan
