#include "systems/rulebooks/ledger.h"

namespace banyan::rulebooks {

std::vector<Version> load_versions(store::Session& session, std::string_view name) {
    std::vector<Version> all;
    session.query(
        "SELECT hash, name, version, current, at FROM procedure ORDER BY name, version DESC, at DESC, hash", {},
        [&](store::Row const& row) {
            if (!name.empty() && row.text(1) != name) return;
            all.push_back({std::string(row.text(0)), std::string(row.text(1)), static_cast<int>(row.integer(2)),
                           row.integer(3) != 0, Instant{row.integer(4)}});
        });
    return all;
}

std::optional<std::string> load_source(store::Session& session, std::string_view name, std::string_view hash) {
    std::optional<std::string> source;
    session.query("SELECT source FROM procedure WHERE hash = $1 AND name = $2", {hash, name},
                  [&](store::Row const& row) { source = std::string(row.text(0)); });
    return source;
}

std::map<std::string, std::int64_t, std::less<>> count_open(store::Session& session) {
    std::map<std::string, std::int64_t, std::less<>> all;
    session.query("SELECT procedure, COUNT(*) FROM matter WHERE open = 1 GROUP BY procedure", {},
                  [&](store::Row const& row) { all[std::string(row.text(0))] = row.integer(1); });
    return all;
}

void put_taken(store::Session& session, Taken const& taken) {
    session.execute(
        "INSERT INTO rulebook_taken (hash, at, person, note, base, said) VALUES ($1, $2, $3, $4, $5, $6)",
        {std::string_view(taken.hash), taken.at.us, taken.person.value, std::string_view(taken.note),
         std::string_view(taken.base), std::string_view(taken.said)});
}

std::map<std::string, Taken, std::less<>> load_taken(store::Session& session) {
    std::map<std::string, Taken, std::less<>> all;
    session.query("SELECT hash, at, person, note, base, said FROM rulebook_taken ORDER BY at", {},
                  [&](store::Row const& row) {
                      std::string hash(row.text(0));
                      all[hash] = {hash,
                                   Instant{row.integer(1)},
                                   PersonId(row.integer(2)),
                                   std::string(row.text(3)),
                                   std::string(row.text(4)),
                                   std::string(row.text(5))};
                  });
    return all;
}

}  // namespace banyan::rulebooks
