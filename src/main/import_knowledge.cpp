#include <fmt/core.h>

#include "main/app.h"
#include "main/verbs.h"
#include "systems/knowledge/knowledge_store.h"

namespace banyan {

Verb import_knowledge_verb() {
    return {
        "import knowledge",
        "take in knowledge entries from a CSV file; what is there already as it is stays",
        {{.name = "<file>",
          .about =
              "columns id, version, title, variants, body, area, from, until; en, basis, articles, unit, class "
              "if there are any",
          .required = true},
         {.name = "data", .about = "folder of the city", .required = true},
         {.name = "db", .about = "postgresql://…"}},
        [](Given const& given) {
            auto const entries = knowledge::read_entries(read_file(given.at("file")));
            if (!entries) return say_refused(entries.error());
            Opened city({given.at("data"), given.contains("db") ? given.at("db") : ""}, {});
            knowledge::TakenIn taken;
            city.engine->write_now([&](store::Session& session) {
                taken =
                    knowledge::take_in_entries(session, *entries, knowledge::Origin::imported, city.engine->now());
            });
            fmt::print("{} added, {} changed, {} were there already\n", taken.added, taken.changed,
                       taken.unchanged);
            return 0;
        }};
}

}  // namespace banyan
