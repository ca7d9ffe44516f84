// banyan import places: halls and windows people can go to, as the catalogue `places`.
#include <fmt/core.h>

#include "main/app.h"
#include "main/home.h"
#include "main/verbs.h"

namespace banyan {

Verb import_places_verb() {
    return {
        "import places",
        "halls and windows people can go to, in place of those before; a running server has them when it starts "
        "again",
        {{.name = "<file>", .about = "CSV: docs/systems/hall_home.md", .required = true},
         {.name = "data", .about = "folder of the city", .required = true},
         {.name = "db", .about = "postgresql://…"}},
        [](Given const& given) {
            std::string const csv = read_file(given.at("file"));
            auto const places = hall::read_places(csv);
            if (!places) return say_refused(places.error());
            EngineOptions options;
            options.timers = false;
            options.now = clock_of(given.at("data"));
            Opened city({given.at("data"), given.contains("db") ? given.at("db") : ""}, options);
            for (hall::Place const& place : *places)
                if (city.installed.rules->directory->unit(place.unit) == nullptr)
                    return say_refused({"unit.unknown", place.code, {{"unit", place.unit}}, {}});
            city.engine->write_now([&](store::Session& session) {
                put_catalogue(session, kPlacesCatalogue, csv, city.engine->now());
                city.engine->nodes().tell(session, "rules");
            });
            fmt::print("{} places\n", places->size());
            return 0;
        }};
}

}  // namespace banyan
