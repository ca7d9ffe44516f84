#include "systems/notices/readings.h"

namespace banyan::notices {

Instant put_reading(store::Session& writing, MatterId notice, PersonId person, Instant now) {
    Instant at;
    writing.query("SELECT at FROM notice_read WHERE notice = $1 AND person = $2", {notice.value, person.value},
                  [&](store::Row const& row) { at = Instant{row.integer(0)}; });
    if (at) return at;
    writing.execute("INSERT INTO notice_read (notice, person, at) VALUES ($1, $2, $3)",
                    {notice.value, person.value, now.us});
    return now;
}

std::map<PersonId, Instant> load_readings(store::Session& session, MatterId notice) {
    std::map<PersonId, Instant> all;
    session.query("SELECT person, at FROM notice_read WHERE notice = $1 ORDER BY person", {notice.value},
                  [&](store::Row const& row) { all.emplace(PersonId(row.integer(0)), Instant{row.integer(1)}); });
    return all;
}

std::map<MatterId, Instant> load_read_by(store::Session& session, PersonId person) {
    std::map<MatterId, Instant> all;
    session.query("SELECT notice, at FROM notice_read WHERE person = $1 ORDER BY notice DESC LIMIT 1000",
                  {person.value},
                  [&](store::Row const& row) { all.emplace(MatterId(row.integer(0)), Instant{row.integer(1)}); });
    return all;
}

std::vector<Person const*> readers(Directory const& directory, UnitId viewer) {
    std::vector<Person const*> all;
    for (Person const& person : directory.people())
        if ((person.role == "seat" || person.role == "shift_leader") &&
            (viewer == directory.city_centre() || person.unit == viewer))
            all.push_back(&person);
    return all;
}

}  // namespace banyan::notices
