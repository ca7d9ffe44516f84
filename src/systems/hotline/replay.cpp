// Real appeals with their real times through all seven steps: accepted when created, answered when replied. The
// file says nothing of ratings, so none is invented: the rating window passes, the call-back is recorded as
// declined.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "kernel/engine/timed.h"
#include "systems/hotline/rows.h"

namespace banyan::hotline {
namespace {

/// The area an anonymised appeal names first ("A3\u533a"): the unit it is dispatched to; else the city's own.
std::string area_of(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] < 'A' || text[i] > 'Z') continue;
        std::size_t end = i + 1;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
        for (std::string_view word : {"\u533a", "\u53bf", "\u5e02"})
            if (text.substr(end).starts_with(word))
                return std::string(text.substr(i, end - i)) + std::string(word);
    }
    return {};
}

std::string unit_code(std::string const& area) {
    return "replay-" + (area.empty() ? std::string("city") : to_hex(area));
}

std::string area_of(Csv const& table, CsvRow const& row) {
    std::string area = area_of(table.at(row, "title"));
    return area.empty() ? area_of(table.at(row, "body")) : area;
}

}  // namespace

void install_replay_units(store::Session& session, std::string_view text) {
    install_plain_city(session);
    auto table = Csv::parse(text);
    if (!table) return;  // replay() says what is wrong with it
    std::int64_t last = 0, centre = 0;
    std::set<std::string> known;
    session.query("SELECT id, parent, code FROM unit", {}, [&](store::Row const& row) {
        last = std::max(last, row.integer(0));
        if (row.integer(1) == 0) centre = row.integer(0);
        known.insert(std::string(row.text(2)));
    });
    std::set<std::string> areas{""};
    for (CsvRow const& row : table->rows()) areas.insert(area_of(*table, row));
    std::vector<Unit> units;
    for (std::string const& area : areas) {
        if (known.contains(unit_code(area))) continue;
        Unit unit;
        unit.id = UnitId(++last);
        unit.parent = UnitId(centre);
        unit.code = unit_code(area);
        unit.zh = unit.en = area.empty() ? "city" : area;
        unit.group = "city";
        units.push_back(std::move(unit));
    }
    if (!units.empty()) put_units(session, units);
}

json::object to_json(Replayed const& r) {
    json::array units, bad;
    for (auto const& unit : r.units)
        units.push_back({{"code", unit.code},
                         {"name", unit.zh},
                         {"answered", unit.answered},
                         {"on_time", unit.on_time},
                         {"late", unit.late}});
    for (BadRow const& row : r.bad)
        bad.push_back({{"line", row.line}, {"key", row.refusal.key}, {"field", row.refusal.field}});
    return {{"accepted", r.accepted},         {"answered", r.answered},
            {"on_time", r.on_time},           {"late", r.late},
            {"median_days", r.median_days},   {"p90_days", r.p90_days},
            {"bad_rows", std::move(bad)},     {"already", r.already},
            {"waiting", r.waiting},           {"rated", r.rated},
            {"tally_agrees", r.tally_agrees}, {"units", std::move(units)}};
}

Result<Replayed> replay(Engine& engine, store::Store& store, std::string_view text, std::string const& source,
                        std::string const& kind, std::function<void(int, int)> const& progress) {
    BANYAN_TRY(Csv table, open_appeals(text, {"id", "title", "created", "replied"}));
    Replayed result;
    Timed timed(engine);
    Directory const& directory = *engine.rules()->directory;
    UnitId centre = directory.city_centre();
    auto of_centre = [&](std::string role) { return Actor{{}, std::move(role), centre, {}, false}; };
    std::map<std::string, Replayed::PerUnit> units;
    std::vector<double> days;
    std::set<std::int64_t> mine;
    int done = 0;
    auto const of = static_cast<int>(table.rows().size());
    for (CsvRow const& cells : table.rows()) {
        if (progress && ++done % 100 == 0) progress(done, of);
        auto row = read_row(table, cells, kind);
        if (!row) {
            result.bad.push_back({cells.line, row.error()});
            continue;
        }
        Unit const* unit = directory.unit(unit_code(area_of(table, cells)));
        if (unit == nullptr) unit = directory.unit("replay-city");
        auto fail = [&](Answer const& answer) {
            result.bad.push_back({cells.line, answer.refusal});
            return false;
        };
        Answer filed = timed.open(of_centre("seat"), "appeal", row->form, row->created, source, row->id);
        if (filed.refusal.key == "matter.already") {
            ++result.already;
            continue;
        }
        if (!filed.ok() && !fail(filed)) continue;
        mine.insert(filed.matter.value);
        auto take = [&](Actor const& actor, std::string step, json::object form, Instant at) {
            Answer answer = timed.step(actor, filed.matter, std::move(step), std::move(form), at);
            return answer.ok() || fail(answer);
        };
        if (!take(of_centre("seat"), "accept", {{"kind", row->kind}}, row->created)) continue;
        ++result.accepted;
        if (!row->replied) {
            ++result.waiting;
            continue;
        }
        // Dispatched, signed and contacted in the time there was; only created and replied are the file's.
        Span between = *row->replied - row->created;
        auto at = [&](std::int64_t percent, Span most) {
            return row->created + Span{std::min(between.us * percent / 100, most.us)};
        };
        Actor clerk{{}, "unit_clerk", unit->id, {}, false}, head{{}, "unit_head", unit->id, {}, false};
        std::string reply = row->reply.empty() ? row->title : std::string(first_characters(row->reply, 5000));
        // Asked why it is late it says what the file has: the reply.
        auto answered = [&] {
            json::object form{{"account", reply}, {"public_reply", reply}};
            Answer answer = timed.step(head, filed.matter, "reply", form, *row->replied);
            if (answer.refusal.key == "reply.why_late") {
                form["why_late"] = std::string(first_characters(reply, 500));
                answer = timed.step(head, filed.matter, "reply", std::move(form), *row->replied);
            }
            return answer.ok() || fail(answer);
        };
        bool through = take(of_centre("dispatcher"), "dispatch", {{"lead", unit->code}}, at(5, minutes(20))) &&
                       take(clerk, "sign", {}, at(10, hours(2))) &&
                       take(clerk, "contact", {{"reached", true}}, at(20, hours(4))) && answered() &&
                       take(of_centre("reviewer"), "approve", {}, *row->replied);
        if (!through) continue;
        Instant called = due_after(*engine.calendar(), *row->replied, {3, Limit::Unit::working_day})
                             .instant;  // the rating window has passed
        if (!take(of_centre("caller_back"), "call_back", {{"outcome", "declined"}}, called)) continue;
        days.push_back(static_cast<double>(between.us) / 86'400e6);
        auto& per = units[unit->code];
        per.code = unit->code;
        per.zh = unit->zh;
    }
    // The figures are the journal's: the answered and on_time counts that its events carry.
    auto session = store.open_reader();
    Procedures procedures = engine.procedures();
    for (std::int64_t id : mine) {
        auto matter = load_matter(*session, MatterId(id), procedures);
        for (EventRow const& event_row : load_history(*session, *matter)) {
            auto event = event_from(event_row, *matter->procedure);
            if (!event) continue;
            for (Counted const& counted : event->counted) {
                Unit const* unit = directory.unit(counted.unit);
                auto& per = units[unit != nullptr ? unit->code : ""];
                if (counted.measure == "answered") ++result.answered, ++per.answered;
                if (counted.measure == "on_time") ++result.on_time, ++per.on_time;
                if (counted.measure == "late") ++result.late, ++per.late;
                if (counted.measure.starts_with("rated_")) ++result.rated;
            }
        }
    }
    std::ranges::sort(days);
    auto rank = [&](double share) {  // nearest rank
        if (days.empty()) return 0.0;
        auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(days.size())));
        return days[std::max<std::size_t>(place, 1) - 1];
    };
    result.median_days = rank(0.5);
    result.p90_days = rank(0.9);
    for (auto& [code, unit] : units)
        if (unit.answered > 0) result.units.push_back(unit);
    std::ranges::sort(result.units, std::greater{}, &Replayed::PerUnit::answered);
    return result;
}

}  // namespace banyan::hotline
