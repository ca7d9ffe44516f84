#include <fmt/core.h>

#include "kernel/calendar/deadline.h"
#include "main/app.h"
#include "main/verbs.h"

namespace banyan {

Verb due_verb() {
    return {
        "due",
        "until when: the end of the last day, by the State Council's calendar",
        {{.name = "<limit>",
          .about = "\"3 working days\", \"3 working days to closing\", \"4 working hours\", \"30 minutes\"",
          .required = true},
         {.name = "from", .about = "RFC 3339 with an offset [now]"},
         {.name = "data", .about = "a city's folder: its calendar instead of the one that came with the program"}},
        [](Given const& given) {
            auto limit = parse_limit(given.at("limit"));
            if (!limit) return say_refused(limit.error());
            Instant from = wall_clock();
            if (given.contains("from")) {
                auto parsed = parse_rfc3339(given.at("from"));
                if (!parsed) return say_refused({"field.format", "from", {{"type", "RFC 3339"}}, {}});
                from = *parsed;
            }
            std::string csv(embedded(banyan_embedded_table, "data/calendar/holidays.csv").value_or(""));
            if (given.contains("data")) {
                auto session = open_store({given.at("data"), ""})->open_reader();
                session->query("SELECT text FROM catalogue WHERE name = 'calendar'", {},
                               [&](store::Row const& row) { csv = row.text(0); });
            }
            auto calendar = Calendar::parse(csv);
            if (!calendar) return say_refused(calendar.error());
            Due due = due_after(*calendar, from, *limit);
            if (due.provisional) {
                auto year = calendar->unpublished_year(calendar->zone().day(from), due.last_day);
                fmt::print(stderr, "the calendar of {} is not published yet; provisionally {} (last day {})\n",
                           year.value_or(civil(due.last_day).year), rfc3339(due.instant), iso(due.last_day));
                return 3;
            }
            std::string instant = rfc3339(due.instant);
            bool whole_day = limit->in_days() && !limit->to_closing;
            fmt::print("{} last day {} {}\n", instant, iso(due.last_day),
                       whole_day ? "24:00" : instant.substr(11, 5));
            return 0;
        }};
}

}  // namespace banyan
