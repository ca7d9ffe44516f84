#include "systems/figures/shown.h"

#include <algorithm>

namespace banyan::figures {
namespace {

bool says_nothing(std::vector<Figure> const& figures) {
    return std::ranges::all_of(figures,
                               [](Figure const& one) { return one.numerator == 0 && one.denominator == 0; });
}

/// The class of each unit: of a frozen month as it was then, unless it is asked for by the units of today.
std::map<UnitId, std::string> members_of(store::Session& session, Shown const& shown) {
    if (shown.frozen && !shown.today) return load_members(session, shown.month);
    std::map<UnitId, std::string> members;
    for (Unit const& unit : shown.directory->units())
        if (!unit.group.empty() && (!shown.today || shown.directory->now(unit.id) == unit.id))
            members.emplace(unit.id, unit.group);
    return members;
}

std::map<UnitId, Counts> counts_of(store::Session& session, Shown const& shown) {
    std::map<UnitId, Counts> counts = load_units(session, shown.wanted());
    if (!shown.today) return counts;
    std::map<UnitId, Counts> added;
    for (auto const& [id, of_unit] : counts) add(added[shown.directory->now(id)], of_unit);
    return added;
}

/// Those with the same percent share a place.
void rank(std::vector<UnitRow>& units) {
    auto percent = [](UnitRow const& row) { return row.score.percent().value_or(-1); };
    std::ranges::stable_sort(units, std::greater<>(), percent);
    for (std::size_t i = 0; i < units.size() && units[i].score.percent(); ++i)
        units[i].rank =
            i > 0 && percent(units[i]) == percent(units[i - 1]) ? units[i - 1].rank : static_cast<int>(i) + 1;
}

}  // namespace

bool Scope::holds(UnitId unit) const { return city() || std::ranges::find(units, unit) != units.end(); }

std::string_view name(Scope::Of of) {
    switch (of) {
        case Scope::Of::city:
            return "city";
        case Scope::Of::district:
            return "district";
        case Scope::Of::unit:
            return "unit";
    }
    return "";
}

Scope scope_of(Readers const& readers, Actor const& actor, Directory const& directory) {
    auto among = [&](std::vector<std::string> const& roles) {
        return std::ranges::find(roles, actor.role) != roles.end();
    };
    if (among(readers.all)) return {Scope::Of::city, directory.city_centre(), {}};
    if (among(readers.district)) return {Scope::Of::district, actor.unit, directory.subtree(actor.unit)};
    return {Scope::Of::unit, actor.unit, {actor.unit}};
}

Result<Shown> shown_of(Desk const& desk, store::Session& session, std::string_view month, Scope scope) {
    Instant const now = desk.house.engine.now();
    Shown shown;
    BANYAN_TRY(shown.month, month_asked(month, now));
    shown.frozen = load_frozen(session, shown.month);
    shown.scope = std::move(scope);
    shown.directory = desk.house.engine.rules()->directory;
    shown.formulas = desk.formulas;
    if (shown.frozen) {
        BANYAN_TRY(shown.formulas, read_formulas(shown.frozen->formulas));
        return shown;
    }
    auto const span = load_span(session);
    bool const present = shown.month == month_of(kBeijing.day(now));
    if (!present && (!span || shown.month < span->first))
        return refuse("month.unknown", "path.month", {{"month", shown.month.text()}});
    return shown;
}

Shown as_today(Shown shown) {
    shown.today = true;
    if (shown.scope.of == Scope::Of::unit) shown.scope.units = shown.directory->stood_for(shown.scope.root);
    return shown;
}

std::vector<Figure> figures_of(Desk const& desk, store::Session& session, Shown const& shown) {
    Counts counts = load_whole(session, shown.wanted(), shown.scope.units);
    if (shown.scope.city() && !shown.frozen) add(counts, desk.beside(session, shown.month));
    return shown.formulas.figures(counts, shown.scope.city());
}

std::map<std::string, UnitClass> classes_of(store::Session& session, Shown const& shown) {
    std::map<UnitId, Counts> const counts = counts_of(session, shown);
    std::map<std::string, UnitClass> classes;
    for (auto const& [id, group] : members_of(session, shown)) {
        Unit const* unit = shown.directory->unit(id);
        if (unit == nullptr || !shown.scope.holds(id)) continue;
        auto of_unit = counts.find(id);
        UnitRow row{unit, {}, {}, {}, {}};
        if (of_unit != counts.end()) row.figures = shown.formulas.figures(of_unit->second, false);
        if (says_nothing(row.figures)) {
            classes[group].apart.push_back(unit);
            continue;
        }
        row.score = shown.formulas.score(row.figures);
        if (auto percent = row.score.percent()) row.band = shown.formulas.band(group, *percent);
        classes[group].units.push_back(std::move(row));
    }
    if (shown.formulas.league)
        for (auto& [group, units] : classes) rank(units.units);
    return classes;
}

std::map<std::string, std::vector<Figure>> sums_of_classes(store::Session& session, Shown const& shown) {
    std::map<UnitId, std::string> const members = members_of(session, shown);
    std::map<std::string, Counts> sums;
    for (auto const& [id, counts] : counts_of(session, shown))
        if (auto group = members.find(id); group != members.end()) add(sums[group->second], counts);
    std::map<std::string, std::vector<Figure>> all;
    for (auto const& [group, counts] : sums) {
        std::vector<Figure> figures = shown.formulas.figures(counts, false);
        if (!says_nothing(figures)) all.emplace(group, std::move(figures));
    }
    return all;
}

std::vector<ValueRow> values_of(store::Session& session, Shown const& shown, std::string_view dimension) {
    std::vector<ValueRow> rows;
    for (auto const& [value, counts] : load_by(session, shown.wanted(), dimension, shown.scope.units)) {
        std::vector<Figure> figures = shown.formulas.figures(counts, shown.scope.city());
        if (!says_nothing(figures)) rows.push_back({value, std::move(figures)});
    }
    if (shown.scope.city()) return rows;
    std::vector<std::vector<Figure>*> all;
    for (ValueRow& row : rows) all.push_back(&row.figures);
    hide_small(all, shown.formulas.least_small);
    return rows;
}

}  // namespace banyan::figures
