#include "kernel/engine/tally.h"

#include <utility>

#include "kernel/engine/event_cursor.h"
#include "kernel/engine/rebuild.h"

namespace banyan {
namespace {

constexpr std::size_t kAtOnce = 5'000;

std::string kind_name(Procedure const& procedure, Index kind) {
    return kind < 0 ? std::string() : procedure.kinds[static_cast<std::size_t>(kind)];
}

struct Seen {
    std::shared_ptr<Procedure const> procedure;
    std::string kind;
    EventId before;  ///< of the first event that is counted
};
using SeenMatters = std::unordered_map<std::int64_t, Seen>;

/// What those matters are, and what kind they had before.
void learn_before(store::Session& session, Procedures const& procedures, std::vector<std::int64_t> const& unknown,
                  SeenMatters& seen) {
    for (Matter const& matter : load_matters(session, unknown, procedures))
        seen[matter.id.value].procedure = matter.procedure;
    std::vector<std::int64_t> wanted;
    for (std::int64_t const id : unknown)
        if (Seen const& matter = seen[id]; matter.procedure && matter.before)
            wanted.push_back(matter.before.value);
    go_back(session, std::move(wanted), [&](EventRow const& stored) {
        Seen& matter = seen[stored.matter.value];
        std::optional<Index> kind;
        if (auto event = readable_event(stored, *matter.procedure)) kind = kind_said(*event, *matter.procedure);
        if (kind) matter.kind = kind_name(*matter.procedure, *kind);
        return !kind;
    });
}

/// As the heads know it.
std::int64_t newest_id(store::Session& session) {
    std::int64_t counter = 0;
    session.query("SELECT MAX(counter) FROM head", {}, [&](store::Row const& row) { counter = row.integer(0); });
    return counter * kLanes + kLanes - 1;
}

struct Counting {
    std::int64_t events = 0;
    EventId last;
};

/// Events in the order of their ids, with the kind their matter has after them: enough to count.
template <class Each>
Counting each_event(store::Session& session, Procedures const& procedures, std::int64_t behind,
                    std::int64_t through, Each each) {
    SeenMatters seen;
    Counting counting;
    std::vector<EventRow> rows;
    EventCursor cursor(session, behind, through);
    for (;;) {
        rows.clear();
        while (rows.size() < kAtOnce) {
            EventCursor::Entry const* entry = cursor.next();
            if (entry == nullptr) break;
            rows.push_back(entry->row);
        }
        if (rows.empty()) return counting;
        counting.last = rows.back().id;
        std::vector<std::int64_t> unknown;
        for (EventRow const& row : rows)
            if (!seen.contains(row.matter.value)) {
                seen[row.matter.value].before = row.before;
                unknown.push_back(row.matter.value);
            }
        learn_before(session, procedures, unknown, seen);
        for (EventRow const& row : rows) {
            Seen& matter = seen[row.matter.value];
            if (!matter.procedure) continue;
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
    each_event(session, procedures, 0, EventCursor::kAll,
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
    return each_event(session, procedures, position, newest_id(session),
                      [&](Event const& event, Procedure const& procedure, std::string const& kind,
                          std::string const& before) { tally.add(event, procedure, kind, before); })
        .events;
}

std::int64_t count_on(store::Session& writing, Procedures const& procedures, EventId through) {
    std::int64_t position = 0;
    writing.query("SELECT event FROM tally_position WHERE lane = 0 FOR UPDATE", {},
                  [&](store::Row const& row) { position = row.integer(0) / kLanes; });
    Tally tally;
    Counting const counted =
        each_event(writing, procedures, position * kLanes + kLanes - 1, through.value,
                   [&](Event const& event, Procedure const& procedure, std::string const& kind,
                       std::string const& before) { tally.add(event, procedure, kind, before); });
    if (counted.last) tally.write(writing, counted.last.value / kLanes);
    return counted.events;
}

}  // namespace banyan
