// The public log: items cancelled, delegated to a level below, merged; proofs that are no longer asked.
#include "systems/hall/item_store.h"

namespace banyan::hall {
namespace {

std::optional<State> ends_as(std::string_view kind) {
    for (State state : {State::cancelled, State::delegated, State::merged})
        if (kind == code_of(state)) return state;
    return std::nullopt;
}

Result<void> end_item(store::Session& writing, Change const& change, State state, Instant now) {
    std::int64_t id = 0, version = 0;
    bool published = false;
    writing.query("SELECT id, version, state FROM hall_item WHERE code = $1", {std::string_view(change.code)},
                  [&](store::Row const& row) {
                      id = row.integer(0);
                      version = row.integer(1);
                      published =
                          row.text(2) == code_of(State::published) || row.text(2) == code_of(State::revising);
                  });
    if (id == 0) return refuse("item.unknown", "code", {{"code", change.code}});
    if (!published) return refuse("change.ended", "code", {{"code", change.code}});
    writing.execute("UPDATE hall_item SET state = $1 WHERE id = $2", {code_of(state), id});
    writing.execute("UPDATE hall_item_version SET ends = $1 WHERE item = $2 AND version = $3",
                    {now.us, id, version});
    return {};
}

}  // namespace

Result<void> put_change(store::Session& writing, Change change, Instant now) {
    auto const state = ends_as(change.kind);
    if (!state && change.kind != "struck") return refuse("change.kind", "kind", {{"value", change.kind}});
    if (change.basis.empty()) return refuse("change.no_basis", "basis");
    if (state && !change.code.empty()) BANYAN_CHECK(end_item(writing, change, *state, now));
    std::int64_t last = 0;
    writing.query("SELECT max(id) FROM hall_change", {}, [&](store::Row const& row) { last = row.integer(0); });
    writing.execute(
        "INSERT INTO hall_change (id, kind, code, name, basis, day, zh, en) VALUES ($1, $2, $3, $4, $5, $6, $7, "
        "$8)",
        {last + 1, std::string_view(change.kind), std::string_view(change.code), std::string_view(change.name),
         std::string_view(change.basis), static_cast<std::int64_t>(change.day.number), std::string_view(change.zh),
         std::string_view(change.en)});
    return {};
}

bool has_change(store::Session& session, Change const& change) {
    bool has = false;
    session.query("SELECT id FROM hall_change WHERE kind = $1 AND name = $2 AND day = $3 AND basis = $4 LIMIT 1",
                  {std::string_view(change.kind), std::string_view(change.name),
                   static_cast<std::int64_t>(change.day.number), std::string_view(change.basis)},
                  [&](store::Row const&) { has = true; });
    return has;
}

std::vector<Change> changes(store::Session& session, std::optional<std::pair<Day, std::int64_t>> before,
                            int most) {
    constexpr std::int64_t kFar = 1'000'000;  // days: no change is of a later one
    std::vector<Change> all;
    std::int64_t const day = before ? before->first.number : kFar, id = before ? before->second : 0;
    session.query(
        "SELECT id, kind, code, name, basis, day, zh, en FROM hall_change WHERE day < $1 OR (day = $1 AND id < "
        "$2) "
        "ORDER BY day DESC, id DESC LIMIT $3",
        {day, id, static_cast<std::int64_t>(most)}, [&](store::Row const& row) {
            all.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                           std::string(row.text(3)), std::string(row.text(4)),
                           Day{static_cast<std::int32_t>(row.integer(5))}, std::string(row.text(6)),
                           std::string(row.text(7))});
        });
    return all;
}

std::map<std::string, std::int64_t> count_changes(store::Session& session) {
    std::map<std::string, std::int64_t> all;
    session.query("SELECT kind, count(*) FROM hall_change GROUP BY kind ORDER BY kind", {},
                  [&](store::Row const& row) { all[std::string(row.text(0))] = row.integer(1); });
    return all;
}

}  // namespace banyan::hall
