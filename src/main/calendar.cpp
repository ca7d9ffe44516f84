#include <fmt/core.h>

#include "main/app.h"
#include "main/verbs.h"

namespace banyan {
namespace {

/// Every open matter whose due is provisional takes the clock's step `redate`: one event each, told later, never
/// earlier.
int redate(Opened& city) {
    auto session = city.store->open_reader();
    std::vector<std::int64_t> ids;
    session->query("SELECT id FROM matter WHERE open = 1", {},
                   [&](store::Row const& row) { ids.push_back(row.integer(0)); });
    int moved = 0;
    for (std::size_t from = 0; from < ids.size(); from += 1000) {
        std::span<std::int64_t const> part(ids.data() + from, std::min<std::size_t>(1000, ids.size() - from));
        for (Matter const& matter : load_matters(*session, part, city.engine->procedures())) {
            bool provisional = matter.due && matter.due->provisional;
            for (Assignment const& share : matter.assignments)
                provisional = provisional || (share.open() && share.due && share.due->provisional);
            if (!provisional || matter.procedure->step("redate") < 0) continue;
            Request request;
            request.what = Command{Actor::time(), {}, matter.id, {}, "redate", {}, {}, {}, {}, {}};
            moved += city.engine->run(std::move(request)).ok() ? 1 : 0;
        }
        fmt::print(stderr, "  {} of {} open matters\n", std::min(from + 1000, ids.size()), ids.size());
    }
    return moved;
}

}  // namespace

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
                });
                city.reload();
                city.engine->start();
                int moved = redate(city);
                city.engine->stop();
                fmt::print("{} days listed, {} new; {} matters dated again\n", merged.listed().size(),
                           merged.listed().size() - before, moved);
                return 0;
            }};
}

}  // namespace banyan
