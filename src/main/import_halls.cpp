// banyan import halls: what there is where in the city's service halls, as the catalogue `floor`.
#include <fmt/core.h>

#include "main/app.h"
#include "main/floor.h"
#include "main/verbs.h"

namespace banyan {

Verb import_halls_verb() {
    return {
        "import halls",
        "halls, their services and windows, in place of those before; a running server has them when it starts "
        "again",
        {{.name = "<file>", .about = "CSV: docs/systems/floor.md", .required = true},
         {.name = "data", .about = "folder of the city", .required = true},
         {.name = "db", .about = "postgresql://…"}},
        [](Given const& given) {
            std::string const csv = read_file(given.at("file"));
            auto const plan = floor::read_plan(csv);
            if (!plan) return say_refused(plan.error());
            EngineOptions options;
            options.timers = false;
            options.now = clock_of(given.at("data"));
            Opened city({given.at("data"), given.contains("db") ? given.at("db") : ""}, options);
            std::size_t windows = 0, services = 0;
            for (floor::Hall const& hall : plan->halls) {
                if (city.installed.rules->directory->unit(hall.unit) == nullptr)
                    return say_refused({"unit.unknown", hall.code, {{"unit", hall.unit}}, {}});
                windows += hall.windows.size();
                services += hall.services.size();
            }
            city.engine->write_now([&](store::Session& session) {
                put_catalogue(session, floor::kFloorCatalogue, csv, city.engine->now());
                city.engine->nodes().tell(session, "rules");
            });
            fmt::print("{} halls, {} services, {} windows\n", plan->halls.size(), services, windows);
            return 0;
        }};
}

}  // namespace banyan
