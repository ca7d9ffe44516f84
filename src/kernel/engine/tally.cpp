#include "kernel/engine/tally.h"

#include <utility>

#include "kernel/engine/rebuild.h"

namespace banyan {
namespace {

std::string kind_name(Procedure const& procedure, Index kind) {
    return kind < 0 ? std::string() : procedure.kinds[static_cast<std::size_t>(kind)];
}

/// The kind that a matter had after this event, which was counted already.
std::string kind_at(store::Session& session, EventId last, Procedure const& procedure) {
    while (last) {
        std::optional<Index> kind;
        std::int64_t const id = std::exchange(last, EventId{}).value;
        session.load(kEventTable, "id", {&id, 1}, [&](store::Row const& row) {
            EventRow const stored = event_row(row);
            if (auto event = readable_event(stored, procedure)) kind = kind_said(*event, procedure);
            last = stored.before;
        });
        if (kind) return kind_name(procedure, *kind);
    }
    return {};
}

struct Counting {
    std::int64_t events = 0;
    EventId last;
};

/// Events in the order of their ids, with the kind their matter has after them: enough to count.
template <class Each>
Counting each_event(store::Session& session, Procedures const& procedures, std::int64_t behind, Each each) {
    struct Seen {
        std::shared_ptr<Procedure const> procedure;
        std::string kind;
        bool begun = false;
    };
    std::unordered_map<std::int64_t, Seen> seen;
    Counting counting;
    std::vector<EventRow> rows;
    for (std::int64_t from = behind;;) {
        rows.clear();
        session.query(
            "SELECT lane, id, matter, no, before, step, person, at, recorded, body, hash FROM event WHERE id > $1 "
            "ORDER BY id LIMIT 5000",
            {from}, [&](store::Row const& row) { rows.push_back(event_row(row)); });
        if (rows.empty()) return counting;
        counting.last = rows.back().id;
        from = counting.last.value;
        std::vector<std::int64_t> unknown;
        for (EventRow const& row : rows)
            if (!seen.contains(row.matter.value)) {
                seen[row.matter.value] = {};
                unknown.push_back(row.matter.value);
            }
        for (Matter const& matter : load_matters(session, unknown, procedures))
            seen[matter.id.value].procedure = matter.procedure;
        for (EventRow const& row : rows) {
            Seen& matter = seen[row.matter.value];
            if (!matter.procedure) continue;
            if (!std::exchange(matter.begun, true)) matter.kind = kind_at(session, row.before, *matter.procedure);
            auto event = readable_event(row, *matter.procedure);
            if (!event) continue;
            std::string before = matter.kind;
            if (auto kind = kind_said(*event, *matter.procedure))
                matter.kind = kind_name(*matter.procedure, *kind);
            each(*event, *matter.procedure, matter.kind, before);
            ++counting.events;
        }
    }
}

void count_into(std::map<Tally::Key, std::int64_t>& into, Event const& event, Procedure const& procedure,
                std::string const& kind, std::string const& kind_before) {
    // What is taken back was counted for the kind the matter had then.
    std::string const& counted_for = event.undoes ? kind_before : kind;
    for (Counted const& counted : event.counted)
        into[{counted.day.number, counted.unit.value, counted_for, counted.measure}] += counted.n;
    bool moved = event.stage != event.stage_before || kind != kind_before || event.no == 1;
    if (!moved) return;
    if (event.no > 1) into[{0, 0, kind_before, "in." + procedure.at(event.stage_before).name}] -= 1;
    into[{0, 0, kind, "in." + procedure.at(event.stage).name}] += 1;
}

/// With the sums over all days and units.
std::map<Tally::Key, std::int64_t> with_sums(std::map<Tally::Key, std::int64_t> counters) {
    std::map<Tally::Key, std::int64_t> sums;
    for (auto const& [key, n] : counters)
        if (auto const& [day, unit, kind, measure] = key; day != 0) sums[{0, 0, kind, "all." + measure}] += n;
    counters.merge(sums);
    return counters;
}

}  // namespace

std::map<Tally::Key, std::int64_t> Tally::waiting() const { return with_sums(waiting_); }

void Tally::add(Event const& event, Procedure const& procedure, std::string const& kind,
                std::string const& kind_before) {
    count_into(waiting_, event, procedure, kind, kind_before);
}

void Tally::write(store::Session& session, std::int64_t counter) {
    for (auto const& [key, n] : waiting()) {
        auto const& [day, unit, kind, measure] = key;
        if (n == 0) continue;
        session.execute(
            "INSERT INTO tally (day, unit, kind, measure, n) VALUES ($1, $2, $3, $4, $5) "
            "ON CONFLICT (day, unit, kind, measure) DO UPDATE SET n = tally.n + excluded.n",
            {std::int64_t{day}, unit, std::string_view(kind), std::string_view(measure), n});
    }
    RowBuffer positions;
    for (std::int64_t lane = 0; lane < kLanes; ++lane) {
        positions.integer(lane);
        positions.integer(counter * kLanes + lane);
    }
    session.write(kTallyPositionTable, positions.cells());
}

std::map<Tally::Key, std::int64_t> tally_from_journal(store::Session& session, Procedures const& procedures) {
    std::map<Tally::Key, std::int64_t> all;
    each_event(session, procedures, 0,
               [&](Event const& event, Procedure const& procedure, std::string const& kind,
                   std::string const& before) { count_into(all, event, procedure, kind, before); });
    all = with_sums(std::move(all));
    std::erase_if(all, [](auto const& entry) { return entry.second == 0; });
    return all;
}

std::map<Tally::Key, std::int64_t> tally_as_stored(store::Session& session) {
    std::map<Tally::Key, std::int64_t> all;
    session.query("SELECT day, unit, kind, measure, n FROM tally WHERE n <> 0", {}, [&](store::Row const& row) {
        all[{static_cast<std::int32_t>(row.integer(0)), row.integer(1), std::string(row.text(2)),
             std::string(row.text(3))}] = row.integer(4);
    });
    return all;
}

std::int64_t tally_position(store::Session& session) {
    std::int64_t position = 0;
    session.query("SELECT MIN(event) FROM tally_position", {},
                  [&](store::Row const& row) { position = row.integer(0); });
    return position / kLanes;
}

std::int64_t catch_up(Tally& tally, store::Session& session, Procedures const& procedures) {
    // A position says that every id with its counter is in, whatever the lane: lane 0's alone would count the last
    // event a second time.
    std::int64_t const position = tally_position(session) * kLanes + kLanes - 1;
    return each_event(session, procedures, position,
                      [&](Event const& event, Procedure const& procedure, std::string const& kind,
                          std::string const& before) { tally.add(event, procedure, kind, before); })
        .events;
}

std::int64_t count_on(store::Session& writing, Procedures const& procedures) {
    std::int64_t position = 0;
    writing.query("SELECT event FROM tally_position WHERE lane = 0 FOR UPDATE", {},
                  [&](store::Row const& row) { position = row.integer(0) / kLanes; });
    Tally tally;
    Counting const counted =
        each_event(writing, procedures, position * kLanes + kLanes - 1,
                   [&](Event const& event, Procedure const& procedure, std::string const& kind,
                       std::string const& before) { tally.add(event, procedure, kind, before); });
    if (counted.last) tally.write(writing, counted.last.value / kLanes);
    return counted.events;
}

}  // namespace banyan
