#include "systems/hall/home/favourites.h"

namespace banyan::hall {

std::vector<Favourite> favourites_of(store::Session& session, PersonId person) {
    std::vector<Favourite> all;
    session.query("SELECT item, name, at FROM hall_favourite WHERE person = $1 ORDER BY at DESC, item LIMIT $2",
                  {person.value, kMostFavourites}, [&](store::Row const& row) {
                      all.push_back({std::string(row.text(0)), std::string(row.text(1)), Instant{row.integer(2)}});
                  });
    return all;
}

Result<void> keep_favourite(store::Session& writing, PersonId person, Favourite const& favourite) {
    std::int64_t others = 0;
    writing.query("SELECT count(*) FROM hall_favourite WHERE person = $1 AND item <> $2",
                  {person.value, std::string_view(favourite.item)},
                  [&](store::Row const& row) { others = row.integer(0); });
    if (others >= kMostFavourites)
        return refuse("favourite.too_many", {}, {{"most", std::to_string(kMostFavourites)}});
    writing.execute(
        "INSERT INTO hall_favourite (person, item, name, at) VALUES ($1, $2, $3, $4) ON CONFLICT (person, item) "
        "DO "
        "NOTHING",
        {person.value, std::string_view(favourite.item), std::string_view(favourite.name), favourite.at.us});
    return {};
}

void drop_favourite(store::Session& writing, PersonId person, std::string_view item) {
    writing.execute("DELETE FROM hall_favourite WHERE person = $1 AND item = $2", {person.value, item});
}

std::optional<Change> end_of(store::Session& session, std::string_view code) {
    std::optional<Change> found;
    session.query(
        "SELECT kind, basis, day, zh, en FROM hall_change WHERE code = $1 AND kind <> 'struck' ORDER BY day DESC, "
        "id "
        "DESC LIMIT 1",
        {code}, [&](store::Row const& row) {
            found.emplace();
            found->kind = std::string(row.text(0));
            found->basis = std::string(row.text(1));
            found->day = Day{static_cast<std::int32_t>(row.integer(2))};
            found->zh = std::string(row.text(3));
            found->en = std::string(row.text(4));
        });
    return found;
}

}  // namespace banyan::hall
