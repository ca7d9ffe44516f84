// banyan migrate: a city that outgrew its file moves to PostgreSQL.
#include <fmt/core.h>

#include <chrono>
#include <filesystem>

#include "kernel/engine/backup.h"
#include "kernel/engine/move_city.h"
#include "main/app.h"
#include "main/verbs.h"

namespace banyan {
namespace {

using Clock = std::chrono::steady_clock;

/// A line a second, and one for the end.
class Progress {
  public:
    void say(std::string_view what, std::int64_t done, std::int64_t of) {
        auto const now = Clock::now();
        if (now - said_ < std::chrono::seconds(1) && what == what_) return;
        said_ = now;
        what_ = what;
        std::string const all = of > 0 ? fmt::format(" of {}", std::max(of, done)) : "";
        fmt::print("{}: {}{}\n", what, done, all);
        std::fflush(stdout);
    }
    double seconds() const { return std::chrono::duration<double>(Clock::now() - began_).count(); }

  private:
    Clock::time_point const began_ = Clock::now();
    Clock::time_point said_{};
    std::string what_;
};

int migrate(Given const& given) {
    std::string const from = given.at("from"), to = given.at("to");
    if (!to.starts_with("postgresql://") && !to.starts_with("postgres://"))
        return say_refused({"migrate.not_postgresql", "to", {}, {}});
    if (!std::filesystem::exists(from + "/" + kDatabaseFile))
        return say_refused({"migrate.no_city", "from", {{"folder", from}}, {}});
    DataFolder const folder(from, DataFolder::Use::alone);
    crypto::Keyring const keys = open_keys(folder);
    auto const source = store::open_sqlite({.file = folder.file(kDatabaseFile), .read_only = true, .vfs = {}});
    auto const target = open_store({from, to, given.contains("unsafe")});
    auto const migrated = migrations(banyan_embedded_table);
    Procedures const procedures =
        load_installation(*source->open_reader(), keys,
                          embedded(banyan_embedded_table, "data/roles.toml").value_or(""), {})
            .procedures;
    Progress progress;
    auto const moved = move_city(
        *source, *target, keys, {.migrations = migrated, .procedures = procedures, .folder = folder.path()},
        [&](std::string_view what, std::int64_t done, std::int64_t of) { progress.say(what, done, of); });
    if (!moved) return say_refused(moved.error());
    fmt::print("{} rows in {} tables and {} files, {} of them copied now, in {:.1f} s\n", moved->rows,
               moved->tables, moved->files, moved->copied, progress.seconds());
    if (int const status = say_verified(moved->report); status != 0) {
        fmt::print(stderr,
                   "The new database stays closed. Mend the old city (restore a backup) and move it into an empty "
                   "database.\n");
        return status;
    }
    fmt::print(
        "Serve it with --data {} --db postgresql://… from now on: keys and heads.log stay there. Take {} away.\n",
        from, folder.file(kDatabaseFile));
    return 0;
}

}  // namespace

Verb migrate_verb() {
    return {"migrate",
            "move a city from its folder to an empty PostgreSQL database; goes on where it was cut short",
            {{.name = "from", .about = "folder of the city; nobody serves it meanwhile", .required = true},
             {.name = "to", .about = "postgresql://…", .required = true},
             {.name = "unsafe", .about = "accept a database that may lose what was acknowledged", .flag = true}},
            migrate};
}

}  // namespace banyan
