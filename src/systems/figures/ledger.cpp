#include "systems/figures/ledger.h"

#include <fmt/format.h>

#include <algorithm>

namespace banyan::figures {
namespace {

using store::Type;

/// Another number when counters are made otherwise than before: all are made again then.
constexpr std::string_view kFollower = "figures.1";

store::Table const kFrozenRows{"figure_frozen",
                               {{"month", Type::integer},
                                {"dimension", Type::text},
                                {"unit", Type::integer},
                                {"value", Type::text},
                                {"measure", Type::text},
                                {"no", Type::integer},
                                {"n", Type::integer}},
                               {"month", "dimension", "unit", "value", "measure", "no"}};

/// `columns` of a month's counters and the count, where columns and condition say the whole key: as they are now,
/// as frozen, and as corrected, where several rows are one.
struct Question {
    std::string now, frozen, corrected;
    Question(std::string_view columns, std::string_view condition, int arguments)
        : now(fmt::format("SELECT {}, n FROM figure_count WHERE month = $1 AND {}", columns, condition)),
          frozen(fmt::format("SELECT {}, n FROM figure_frozen WHERE month = $1 AND {} AND no = 0", columns,
                             condition)),
          corrected(fmt::format("SELECT {0}, SUM(n) FROM figure_frozen WHERE month = $1 AND {1} AND no <= ${2} "
                                "GROUP BY {0}",
                                columns, condition, arguments + 2)) {}
    void ask(store::Session& session, Wanted const& wanted, std::vector<store::Cell> args,
             store::OnRow const& on_row) const {
        args.insert(args.begin(), std::int64_t{wanted.month.number});
        if (!wanted.frozen) return session.query(now, args, on_row);
        if (wanted.corrections == 0) return session.query(frozen, args, on_row);
        args.emplace_back(std::int64_t{wanted.corrections});
        session.query(corrected, args, on_row);
    }
};

/// The units' ids, or 0: all of them.
std::vector<std::int64_t> ids_of(std::span<UnitId const> units) {
    std::vector<std::int64_t> ids;
    for (UnitId unit : units) ids.push_back(unit.value);
    if (ids.empty()) ids.push_back(0);
    return ids;
}

void put_frozen(std::vector<store::Cell>& cells, Counter const& key, int no, std::int64_t n) {
    cells.insert(cells.end(), {std::int64_t{key.month}, std::string_view(key.dimension), key.unit,
                               std::string_view(key.value), std::string_view(key.measure), std::int64_t{no}, n});
}

std::string upsert_sql(std::size_t rows) {
    std::string sql = "INSERT INTO figure_count (month, dimension, unit, value, measure, n) VALUES ";
    for (std::size_t i = 0; i < rows; ++i)
        fmt::format_to(std::back_inserter(sql), "{}(${}, ${}, ${}, ${}, ${}, ${})", i == 0 ? "" : ", ", 6 * i + 1,
                       6 * i + 2, 6 * i + 3, 6 * i + 4, 6 * i + 5, 6 * i + 6);
    return sql +
           " ON CONFLICT (month, dimension, unit, value, measure) DO UPDATE SET n = figure_count.n + excluded.n";
}

Frozen frozen_row(store::Row const& row) {
    return {{static_cast<int>(row.integer(0))},
            row.integer(1),
            Instant{row.integer(2)},
            PersonId(row.integer(3)),
            {EventId(row.integer(4)), row.integer(5), std::string(row.text(6))},
            std::string(row.text(7))};
}

}  // namespace

Counts load_whole(store::Session& session, Wanted const& wanted, std::span<UnitId const> units) {
    static Question const kQuestion("measure", "dimension = $2 AND unit = $3 AND value = ''", 2);
    Counts counts;
    for (std::int64_t const unit : ids_of(units))
        kQuestion.ask(session, wanted, {kWhole, unit}, [&](store::Row const& row) {
            if (row.integer(1) != 0) counts[std::string(row.text(0))] += row.integer(1);
        });
    return counts;
}

std::map<UnitId, Counts> load_units(store::Session& session, Wanted const& wanted) {
    static Question const kQuestion("unit, measure", "dimension = $2 AND unit > 0 AND value = ''", 1);
    std::map<UnitId, Counts> all;
    kQuestion.ask(session, wanted, {kWhole}, [&](store::Row const& row) {
        if (row.integer(2) != 0) all[UnitId(row.integer(0))][std::string(row.text(1))] = row.integer(2);
    });
    return all;
}

std::map<std::string, Counts> load_by(store::Session& session, Wanted const& wanted, std::string_view dimension,
                                      std::span<UnitId const> units) {
    static Question const kQuestion("value, measure", "dimension = $2 AND unit = $3", 2);
    std::map<std::string, Counts> all;
    for (std::int64_t const unit : ids_of(units))
        kQuestion.ask(session, wanted, {dimension, unit}, [&](store::Row const& row) {
            if (row.integer(2) != 0) all[std::string(row.text(0))][std::string(row.text(1))] += row.integer(2);
        });
    return all;
}

Counters load_counters(store::Session& session, Wanted const& wanted, std::vector<std::string> const& measures) {
    static Question const kQuestion("dimension, unit, value, measure", "dimension <> 'member'", 0);
    Counters all;
    kQuestion.ask(session, wanted, {}, [&](store::Row const& row) {
        if (row.integer(4) == 0) return;
        if (!measures.empty() && !std::ranges::binary_search(measures, row.text(3), std::less<>())) return;
        all.emplace_hint(all.end(),
                         Counter{wanted.month.number, std::string(row.text(0)), row.integer(1),
                                 std::string(row.text(2)), std::string(row.text(3))},
                         row.integer(4));
    });
    return all;
}

std::optional<std::pair<Month, Month>> load_span(store::Session& session) {
    Month first, last;
    session.query("SELECT coalesce(min(month), 0) FROM figure_count", {},
                  [&](store::Row const& row) { first.number = static_cast<int>(row.integer(0)); });
    session.query("SELECT coalesce(max(month), 0) FROM figure_count", {},
                  [&](store::Row const& row) { last.number = static_cast<int>(row.integer(0)); });
    if (!first) return std::nullopt;
    return std::pair(first, last);
}

EventId load_position(store::Session& session) {
    EventId position;
    session.query("SELECT event FROM follower WHERE name = $1", {kFollower},
                  [&](store::Row const& row) { position = EventId(row.integer(0)); });
    return position;
}

void save_position(store::Session& session, EventId through) {
    session.execute(
        "INSERT INTO follower (name, event) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET event = "
        "excluded.event",
        {kFollower, through.value});
}

void clear_counters(store::Session& session) { session.execute("DELETE FROM figure_count"); }

void add_counters(store::Session& session, Counters const& counters) {
    constexpr std::size_t kRows = 40;  // in one statement; two texts of it, each prepared once
    static std::string const kMany = upsert_sql(kRows), kOne = upsert_sql(1);
    std::vector<store::Cell> cells;
    std::size_t waiting = 0;
    auto write = [&] {
        if (waiting == kRows)
            session.execute(kMany, cells);
        else
            for (std::size_t i = 0; i < waiting; ++i) session.execute(kOne, std::span(cells).subspan(6 * i, 6));
        cells.clear();
        waiting = 0;
    };
    for (auto const& [key, n] : counters) {
        if (n == 0) continue;
        cells.insert(cells.end(), {std::int64_t{key.month}, std::string_view(key.dimension), key.unit,
                                   std::string_view(key.value), std::string_view(key.measure), n});
        if (++waiting == kRows) write();
    }
    write();
}

std::optional<Frozen> load_frozen(store::Session& session, Month month) {
    std::optional<Frozen> frozen;
    session.query(
        "SELECT month, number, at, person, event, events, root, formulas FROM figure_month WHERE month = $1",
        {std::int64_t{month.number}}, [&](store::Row const& row) { frozen = frozen_row(row); });
    return frozen;
}

std::vector<Frozen> load_all_frozen(store::Session& session) {
    std::vector<Frozen> all;
    session.query("SELECT month, number, at, person, event, events, root, '' FROM figure_month ORDER BY month", {},
                  [&](store::Row const& row) { all.push_back(frozen_row(row)); });
    return all;
}

std::vector<Correction> load_corrections(store::Session& session, Month month) {
    std::vector<Correction> all;
    session.query(
        "SELECT no, at, person, event, events, root, reason FROM figure_correction WHERE month = $1 ORDER BY no",
        {std::int64_t{month.number}}, [&](store::Row const& row) {
            all.push_back({month,
                           static_cast<int>(row.integer(0)),
                           Instant{row.integer(1)},
                           PersonId(row.integer(2)),
                           {EventId(row.integer(3)), row.integer(4), std::string(row.text(5))},
                           std::string(row.text(6))});
        });
    return all;
}

std::vector<UnitId> load_changed_units(store::Session& session, Month month, int correction) {
    std::vector<UnitId> units;
    session.query(
        "SELECT DISTINCT unit FROM figure_frozen WHERE month = $1 AND dimension = $2 AND unit > 0 AND no = $3 "
        "ORDER BY unit",
        {std::int64_t{month.number}, kWhole, std::int64_t{correction}},
        [&](store::Row const& row) { units.emplace_back(row.integer(0)); });
    return units;
}

std::int64_t last_number(store::Session& session) {
    std::int64_t last = 0;
    session.query("SELECT coalesce(max(number), 0) FROM figure_month", {},
                  [&](store::Row const& row) { last = row.integer(0); });
    return last;
}

std::map<UnitId, std::string> load_members(store::Session& session, Month month) {
    std::map<UnitId, std::string> all;
    session.query("SELECT unit, value FROM figure_frozen WHERE month = $1 AND dimension = 'member'",
                  {std::int64_t{month.number}},
                  [&](store::Row const& row) { all.emplace(UnitId(row.integer(0)), std::string(row.text(1))); });
    return all;
}

void save_frozen(store::Session& session, Frozen const& frozen) {
    session.execute(
        "INSERT INTO figure_month (month, number, at, person, event, events, root, formulas) VALUES ($1, $2, $3, "
        "$4, $5, $6, $7, $8)",
        {std::int64_t{frozen.month.number}, frozen.number, frozen.at.us, frozen.person.value,
         frozen.stand.event.value, frozen.stand.events, std::string_view(frozen.stand.root),
         std::string_view(frozen.formulas)});
}

void save_correction(store::Session& session, Correction const& correction) {
    session.execute(
        "INSERT INTO figure_correction (month, no, at, person, event, events, root, reason) VALUES ($1, $2, $3, "
        "$4, $5, $6, $7, $8)",
        {std::int64_t{correction.month.number}, std::int64_t{correction.no}, correction.at.us,
         correction.person.value, correction.stand.event.value, correction.stand.events,
         std::string_view(correction.stand.root), std::string_view(correction.reason)});
}

void copy_counters(store::Session& session, Month month) {
    session.execute(
        "INSERT INTO figure_frozen (month, dimension, unit, value, measure, no, n) SELECT month, dimension, unit, "
        "value, measure, 0, n FROM figure_count WHERE month = $1 AND n <> 0",
        {std::int64_t{month.number}});
}

void save_frozen_rows(store::Session& session, Counters const& rows, int no) {
    std::vector<store::Cell> cells;
    for (auto const& [key, n] : rows) put_frozen(cells, key, no, n);
    if (!cells.empty()) session.append(kFrozenRows, cells);
}

}  // namespace banyan::figures
