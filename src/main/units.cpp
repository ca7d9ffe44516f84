// banyan units change: a reorganisation, in one transaction.
#include <fmt/core.h>

#include "kernel/people/reorganisation.h"
#include "main/app.h"
#include "main/verbs.h"

namespace banyan {
namespace {

/// People go with the work; matters stay as they are: the heir stands for who had them.
void write_down(store::Session& session, Reorganised const& done) {
    put_units(session, done.changed);
    for (auto const& [ended, heir] : done.succeeded)
        session.execute("UPDATE person SET unit = $1 WHERE unit = $2", {heir.value, ended.value});
}

std::int64_t count(store::Session& session, std::string_view what, UnitId unit) {
    std::int64_t n = 0;
    session.query(what, {unit.value}, [&](store::Row const& row) { n = row.integer(0); });
    return n;
}

}  // namespace

Verb units_change_verb() {
    return {"units change",
            "rename, merge and move units; old matters keep the old names, open work goes on with the heirs",
            {{.name = "<file>", .about = "CSV: what,unit,into,parent,code,zh,en", .required = true},
             {.name = "data", .about = "folder of the city", .required = true},
             {.name = "db", .about = "postgresql://…"},
             {.name = "dry-run", .about = "say what would change, and change nothing", .flag = true}},
            [](Given const& given) {
                std::string const csv = read_file(given.at("file"));
                EngineOptions options;
                options.timers = false;
                options.now = clock_of(given.at("data"));
                Opened city({given.at("data"), given.contains("db") ? given.at("db") : ""}, options);
                auto done = reorganise(*city.installed.rules->directory, csv, city.engine->now());
                if (!done) return say_refused(done.error());
                bool const dry = given.contains("dry-run");
                if (!dry) city.engine->write_now([&](store::Session& session) { write_down(session, *done); });
                auto session = city.store->open_reader();
                for (auto const& [ended, heir] : done->succeeded) {
                    auto const found = std::ranges::find(done->changed, ended, &Unit::id);
                    fmt::print(
                        "  {} ({}): {} open shares\n", found->zh, found->code,
                        count(*session,
                              "SELECT COUNT(*) FROM assignment a JOIN matter m ON m.lane = a.lane AND m.id = "
                              "a.matter WHERE a.unit = $1 AND a.progress <= 3 AND m.open = 1",
                              ended));
                }
                fmt::print("{}{} renamed, {} merged, {} moved\n", dry ? "would be: " : "", done->renamed,
                           done->merged, done->moved);
                return 0;
            }};
}

}  // namespace banyan
