#include "systems/hall/cases/today.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "kernel/engine/event_body.h"
#include "kernel/engine/tables.h"
#include "systems/hall/cases/case_desk.h"

namespace banyan::hall {
namespace {

constexpr std::size_t kAtOnce = 500;  ///< matters loaded together
constexpr char const* kClockRuns =
    "FROM matter m JOIN assignment a ON a.lane = m.lane AND a.matter = m.id WHERE m.open = 1 AND m.stage IN "
    "('case_examining', 'case_deciding') AND a.share = 0 AND a.progress <= 3 AND a.due IS NOT NULL AND m.due IS "
    "NOT NULL";

std::vector<Procedure const*> rulebooks(Engine& engine, std::string_view name = kCaseRulebook) {
    std::vector<Procedure const*> all;
    for (auto const& [hash, procedure] : engine.procedures())
        if (procedure->name == name) all.push_back(procedure.get());
    return all;
}

/// How many last days are yellow, of each case, as SQL: the state says it in words of ours.
std::string yellow_sql(Engine& engine) {
    std::set<int> days;
    for (Procedure const* procedure : rulebooks(engine))
        for (auto const& [name, rows] : procedure->limits)
            for (LimitRow const& row : rows) days.insert(row.yellow_days);
    std::string sql = "CASE";
    for (int each : days)
        fmt::format_to(std::back_inserter(sql), " WHEN m.state LIKE '%\"yellow_days\":{0},%' THEN {0}", each);
    return days.empty() ? std::string("1") : sql + " ELSE 1 END";
}

Due due_at(Instant instant) { return {kBeijing.day(Instant{instant.us - 1}), instant, false}; }

// ── what was counted today ────────────────────────────────────────────────────────────────────────────────────

/// Which measures an event must have counted, and which not.
struct Measured {
    std::string_view measure;
    std::vector<std::string_view> not_with = {};
    std::string_view rulebook = kCaseRulebook;
};
std::optional<Measured> measured(std::string_view what) {
    if (what == "received") return Measured{"case_received"};
    if (what == "accepted") return Measured{"case_accepted"};
    if (what == "decided") return Measured{"case_decided"};
    if (what == "delivered") return Measured{"case_delivered"};
    if (what == "instant") return Measured{"case_instant"};
    if (what == "early") return Measured{"case_early"};
    if (what == "on_time") return Measured{"case_on_time", {"case_instant", "case_early"}};
    if (what == "late") return Measured{"case_late"};
    if (what == "saved") return Measured{"trips_saved"};
    if (what.starts_with("rated_")) return Measured{what, {}, "rating"};
    return std::nullopt;
}

/// Names of the steps that may count it, as SQL: all of them of our rulebooks.
std::string steps_sql(Engine& engine, Measured const& wanted) {
    std::set<std::string> steps;
    for (Procedure const* procedure : rulebooks(engine, wanted.rulebook))
        for (Step const& step : procedure->steps)
            if (std::ranges::find(step.counts, wanted.measure, &Count::measure) != step.counts.end())
                steps.insert(step.name);
    std::string sql;
    for (std::string const& step : steps)
        fmt::format_to(std::back_inserter(sql), "{}'{}'", sql.empty() ? "" : ", ", step);
    return sql.empty() ? std::string("''") : sql;
}

/// The first of those written at `from` or later: ids are given in the order of writing.
std::int64_t first_written(store::Session& session, Instant from) {
    std::int64_t low = 0, high = 0;
    session.query("SELECT id FROM event ORDER BY id DESC LIMIT 1", {},
                  [&](store::Row const& row) { high = row.integer(0) + 1; });
    while (low < high) {
        std::int64_t const middle = low + (high - low) / 2;
        std::int64_t id = high, written = from.us;
        session.query("SELECT id, recorded FROM event WHERE id >= $1 ORDER BY id LIMIT 1", {middle},
                      [&](store::Row const& row) {
                          id = row.integer(0);
                          written = row.integer(1);
                      });
        if (written >= from.us)
            high = middle;
        else
            low = id + 1;
    }
    return low;
}

bool counted(std::string_view body, std::string_view measure) {
    return body.find(fmt::format("\"measure\":\"{}\"", measure)) != std::string_view::npos;
}

std::vector<std::int64_t> of_today(store::Session& session, Engine& engine, Measured const& wanted) {
    Day const today = engine.moment().today();
    Instant const begins = kBeijing.start_of(today), ends = kBeijing.start_of(today + 1);
    std::vector<std::int64_t> ids;
    std::set<std::int64_t> seen;
    session.query(
        fmt::format(
            "SELECT matter, body, packed FROM event WHERE id >= $1 AND at >= $2 AND at < $3 AND step IN ({}) "
            "ORDER BY id DESC LIMIT 100000",
            steps_sql(engine, wanted)),
        {first_written(session, begins), begins.us, ends.us}, [&](store::Row const& row) {
            std::string const body = body_of(row, 1, 2);
            bool const fits =
                counted(body, wanted.measure) &&
                std::ranges::none_of(wanted.not_with, [&](auto each) { return counted(body, each); });
            if (fits && seen.insert(row.integer(0)).second) ids.push_back(row.integer(0));
        });
    return ids;
}

// ── what is open ──────────────────────────────────────────────────────────────────────────────────────────────

/// Of overdue ones, or those that may be near: the most urgent first.
std::vector<std::int64_t> by_due(store::Session& session, Instant from, Instant until) {
    std::vector<std::int64_t> ids;
    session.query(
        fmt::format("SELECT m.id, a.due {} AND a.due > $1 AND a.due <= $2 ORDER BY a.due, m.id LIMIT 100000",
                    kClockRuns),
        {from.us, until.us}, [&](store::Row const& row) { ids.push_back(row.integer(0)); });
    return ids;
}

std::vector<std::int64_t> open_cases(store::Session& session, Engine& engine, std::string_view stage) {
    std::set<std::string> stages;
    for (Procedure const* procedure : rulebooks(engine))
        for (Stage const& each : procedure->stages)
            if (!each.final && (stage.empty() || each.name == stage)) stages.insert(each.name);
    std::vector<std::int64_t> ids;
    for (std::string const& each : stages)
        session.query("SELECT id FROM matter WHERE stage = $1 AND open = 1 ORDER BY id DESC LIMIT 100000",
                      {std::string_view(each)}, [&](store::Row const& row) { ids.push_back(row.integer(0)); });
    std::ranges::sort(ids, std::greater{});
    return ids;
}

std::vector<std::int64_t> ids_of(store::Session& session, Engine& engine, CaseList const& list) {
    constexpr int kNearDays = 40;  ///< no yellow days reach so far, holidays and all
    if (auto const wanted = measured(list.what)) return of_today(session, engine, *wanted);
    Instant const now = engine.moment().now;
    if (list.what == "overdue") return by_due(session, Instant{0}, now);
    if (list.what == "near") return by_due(session, now, now + days(kNearDays));
    return open_cases(session, engine, list.stage);
}

bool fits(Matter const& matter, CaseList const& list, Directory const& directory, Moment const& moment) {
    if (matter.procedure->name != (list.what.starts_with("rated_") ? "rating" : kCaseRulebook)) return false;
    if (!list.way.empty() && matter.channel != list.way) return false;
    if (list.unit && directory.now(matter.lead_unit()) != list.unit) return false;
    return list.what != "near" || promised_light(matter, moment) == Light::yellow;
}

}  // namespace

Light promised_light(Matter const& matter, Moment const& moment) {
    Assignment const* lead = matter.lead();
    if (lead == nullptr || !lead->due || !matter.open() || matter.clock == Clock::none) return Light::grey;
    return light(*moment.calendar, *lead->due, matter.yellow_days, moment.now, matter.clock != Clock::running);
}

Today today_of(store::Session& session, Engine& engine) {
    Today today;
    auto const rules = engine.rules();
    Moment const moment = engine.moment();
    session.query(
        "SELECT measure, sum(n) FROM tally WHERE day = $1 AND unit <> 0 GROUP BY measure ORDER BY measure LIMIT "
        "1000",
        {std::int64_t{moment.today().number}},
        [&](store::Row const& row) { today.counted[std::string(row.text(0))] = row.integer(1); });
    session.query(
        "SELECT kind, measure, sum(n) FROM tally WHERE day = 0 GROUP BY kind, measure ORDER BY kind, measure "
        "LIMIT 5000",
        {}, [&](store::Row const& row) {
            bool const good = row.text(0) == "good";  // a rating that asks for nothing
            if (row.text(1).starts_with("in.") && !good)
                today.standing[std::string(row.text(1).substr(3))] += row.integer(2);
        });
    session.query(fmt::format("SELECT a.unit, a.due, {} AS yellow, count(*) {} GROUP BY a.unit, a.due, yellow "
                              "ORDER BY a.unit, a.due, "
                              "yellow LIMIT 1000000",
                              yellow_sql(engine), kClockRuns),
                  {}, [&](store::Row const& row) {
                      UnitLoad& load = today.units[rules->directory->now(UnitId(row.integer(0)))];
                      Light const lit = light(*moment.calendar, due_at(Instant{row.integer(1)}),
                                              static_cast<int>(row.integer(2)), moment.now);
                      load.open += row.integer(3);
                      if (lit == Light::yellow) load.near += row.integer(3);
                      if (lit == Light::red) load.overdue += row.integer(3);
                  });
    return today;
}

std::vector<Matter> listed_cases(store::Session& session, Engine& engine, CaseList const& list) {
    std::vector<std::int64_t> const ids = ids_of(session, engine, list);
    auto const rules = engine.rules();
    Moment const moment = engine.moment();
    std::vector<Matter> all;
    for (std::size_t from = 0; from < ids.size(); from += kAtOnce) {
        std::span const some(ids.data() + from, std::min(kAtOnce, ids.size() - from));
        std::map<std::int64_t, Matter> loaded;
        for (Matter& matter : load_matters(session, some, engine.procedures()))
            loaded.emplace(matter.id.value, std::move(matter));
        for (std::int64_t id : some)
            if (auto found = loaded.find(id);
                found != loaded.end() && fits(found->second, list, *rules->directory, moment))
                all.push_back(std::move(found->second));
    }
    return all;
}

}  // namespace banyan::hall
