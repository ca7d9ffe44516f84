#include <fmt/core.h>

#include "kernel/engine/redate.h"
#include "main/app.h"
#include "main/verbs.h"

namespace banyan {

Verb calendar_verb() {
    return {"calendar import",
            "take in the State Council's list of a new year; provisional dues are computed again",
            {{.name = "<file>", .about = "CSV: date,name,kind (off or work)", .required = true},
             {.name = "data", .about = "folder of the city", .required = true},
             {.name = "db", .about = "postgresql://…"}},
            [](Given const& given) {
                auto list = Calendar::parse(read_file(given.at("file")));  // refused as a whole: nothing changes
                if (!list) return say_refused(list.error());
                EngineOptions options;
                options.timers = false;
                options.now = clock_of(given.at("data"));
                Opened city({given.at("data"), given.contains("db") ? given.at("db") : ""}, options);
                Calendar merged = city.installed.calendar->merged_with(*list);
                std::size_t before = city.installed.calendar->listed().size();
                city.engine->write_now([&](store::Session& session) {
                    put_catalogue(session, "calendar", merged.csv(), city.engine->now());
                    city.engine->nodes().tell(session, "rules");
                });
                city.reload();
                city.engine->start();
                int const moved = redate(*city.engine, *city.store->open_reader(), [](auto done, auto of) {
                    fmt::print(stderr, "  {} of {} open matters\n", done, of);
                });
                city.engine->stop();
                fmt::print("{} days listed, {} new; {} matters dated again\n", merged.listed().size(),
                           merged.listed().size() - before, moved);
                return 0;
            }};
}

}  // namespace banyan
