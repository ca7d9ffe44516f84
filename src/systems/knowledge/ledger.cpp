#include "systems/knowledge/ledger.h"

namespace banyan::knowledge {

bool put_matters(store::Session& writing, std::span<Written const> matters) {
    bool any = false;
    for (Written const& each : matters) {
        writing.execute(
            "INSERT INTO knowledge_matter (matter, entry, ended) VALUES ($1, $2, $3) ON CONFLICT (matter) DO "
            "UPDATE "
            "SET entry = excluded.entry, ended = excluded.ended",
            {each.matter.value, std::string_view(each.entry), std::int64_t{each.ended ? 1 : 0}});
        if (each.taken_down)
            any = writing.execute(
                      "UPDATE knowledge_entry SET taken_down = $1 WHERE id = $2 AND version <= $3 AND taken_down "
                      "= 0",
                      {each.taken_down.us, std::string_view(each.entry), std::int64_t{each.through}}) > 0 ||
                  any;
    }
    return any;
}

void put_corrections(store::Session& writing, std::span<Correction const> corrections) {
    for (Correction const& each : corrections)
        writing.execute(
            "INSERT INTO knowledge_correction (matter, entry, version, outcome, settled) VALUES ($1, $2, $3, $4, "
            "$5) ON CONFLICT (matter) DO UPDATE SET outcome = excluded.outcome, settled = excluded.settled",
            {each.matter.value, std::string_view(each.entry), std::int64_t{each.version},
             std::string_view(each.outcome), std::int64_t{each.settled ? 1 : 0}});
}

bool clear_written(store::Session& writing) {
    std::int64_t rows = writing.execute("DELETE FROM knowledge_entry WHERE origin = 'written'");
    rows += writing.execute("UPDATE knowledge_entry SET taken_down = 0 WHERE taken_down > 0");
    rows += writing.execute("DELETE FROM knowledge_matter");
    writing.execute("DELETE FROM knowledge_correction");
    return rows > 0;
}

Guides::OpenMatters load_open_matters(store::Session& session) {
    Guides::OpenMatters open;
    session.query("SELECT entry, matter FROM knowledge_matter WHERE ended = 0 ORDER BY matter", {},
                  [&](store::Row const& row) { open.emplace(row.text(0), MatterId(row.integer(1))); });
    return open;
}

Opinion load_opinion(store::Session& session, std::string_view entry, int version) {
    Opinion opinion;
    session.query(
        "SELECT helpful, count(*) FROM knowledge_mark WHERE entry = $1 AND version = $2 GROUP BY helpful",
        {entry, std::int64_t{version}}, [&](store::Row const& row) {
            (row.integer(0) != 0 ? opinion.helpful : opinion.not_helpful) = row.integer(1);
        });
    session.query(
        "SELECT settled, count(*) FROM knowledge_correction WHERE entry = $1 AND version = $2 GROUP BY settled",
        {entry, std::int64_t{version}}, [&](store::Row const& row) {
            opinion.corrections += row.integer(1);
            if (row.integer(0) == 0) opinion.open_corrections = row.integer(1);
        });
    return opinion;
}

bool put_mark(store::Session& writing, Mark const& mark) {
    bool before = false;
    writing.query("SELECT helpful FROM knowledge_mark WHERE entry = $1 AND version = $2 AND person = $3",
                  {std::string_view(mark.entry), std::int64_t{mark.version}, mark.person.value},
                  [&](store::Row const&) { before = true; });
    if (before) return false;
    writing.execute("INSERT INTO knowledge_mark (entry, version, person, helpful, at) VALUES ($1, $2, $3, $4, $5)",
                    {std::string_view(mark.entry), std::int64_t{mark.version}, mark.person.value,
                     std::int64_t{mark.helpful ? 1 : 0}, mark.at.us});
    return true;
}

}  // namespace banyan::knowledge
