// banyan units change: a reorganisation, in one transaction.
#include <fmt/core.h>

#include "kernel/people/reorganisation.h"
#include "main/app.h"
#include "main/verbs.h"

namespace banyan {

Verb units_change_verb() {
    return {"units change",
            "rename, merge, move and add units; old matters keep the old names, open work goes on with the heirs",
            {{.name = "<file>",
              .about = "CSV: what,unit,into,parent,code,zh,en; more for add and contact",
              .required = true},
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
                if (!dry)
                    city.engine->write_now([&](store::Session& session) {
                        put_reorganised(session, *done);
                        city.engine->nodes().tell(session, "rules");
                    });
                auto session = city.store->open_reader();
                for (auto const& [ended, heir] : done->succeeded) {
                    auto const found = std::ranges::find(done->changed, ended, &Unit::id);
                    fmt::print("  {} ({}): {} open shares\n", found->zh, found->code,
                               open_shares(*session, ended));
                }
                fmt::print("{}{} renamed, {} merged, {} moved, {} added, {} with new contacts\n",
                           dry ? "would be: " : "", done->renamed, done->merged, done->moved, done->added,
                           done->contacts);
                return 0;
            }};
}

}  // namespace banyan
