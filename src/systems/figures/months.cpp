#include "systems/figures/months.h"

#include <algorithm>

#include "systems/figures/keeper.h"

namespace banyan::figures {
namespace {

Counters beside_of(Writing const& writing, Month month) {
    Counters rows;
    for (auto const& [measure, n] : writing.beside(writing.session, month))
        if (n != 0) rows[{month.number, std::string(kWhole), 0, "", measure}] = n;
    return rows;
}

/// The class each unit is of now: units are moved and renamed, the month is not.
Counters members_of(Directory const& directory, Month month) {
    Counters rows;
    for (Unit const& unit : directory.units())
        if (!unit.group.empty()) rows[{month.number, "member", unit.id.value, unit.group, ""}] = 1;
    return rows;
}

}  // namespace

Result<Month> month_asked(std::string_view text, Instant now) {
    auto const month = parse_month(text);
    if (!month) return refuse("month.unreadable", "path.month");
    if (*month > month_of(kBeijing.day(now)))
        return refuse("month.future", "path.month", {{"month", month->text()}});
    return *month;
}

Result<Frozen> freeze(Writing const& writing, Month month, Formulas const& formulas) {
    std::vector<std::pair<std::string, std::string>> const named{{"month", month.text()}};
    if (kBeijing.day(writing.by.at) <= month.last()) return refuse("month.not_over", "path.month", named);
    if (load_frozen(writing.session, month)) return refuse("month.frozen", "path.month", named);
    BANYAN_TRY(Stand stand, catch_up(writing.session));
    Counters const beside = beside_of(writing, month);
    if (beside.empty() && load_whole(writing.session, {month, false, 0}, {}).empty())
        return refuse("month.unknown", "path.month", named);
    Frozen frozen{
        month,        last_number(writing.session) + 1, writing.by.at, writing.by.person, std::move(stand),
        formulas.text};
    save_frozen(writing.session, frozen);
    copy_counters(writing.session, month);
    save_frozen_rows(writing.session, beside, 0);
    save_frozen_rows(writing.session, members_of(writing.directory, month), 0);
    return frozen;
}

Result<Correction> correct(Writing const& writing, Month month, std::string const& reason) {
    std::vector<std::pair<std::string, std::string>> const named{{"month", month.text()}};
    auto const frozen = load_frozen(writing.session, month);
    if (!frozen) return refuse("month.not_frozen", "path.month", named);
    BANYAN_TRY(Formulas const formulas, read_formulas(frozen->formulas));
    BANYAN_TRY(Stand stand, catch_up(writing.session));
    int const last = static_cast<int>(load_corrections(writing.session, month).size());
    std::vector<std::string> const measures = formulas.measures();
    Counters differs = load_counters(writing.session, {month, false, 0}, measures);
    for (auto const& [key, n] : beside_of(writing, month))
        if (std::ranges::binary_search(measures, key.measure)) differs[key] += n;
    for (auto const& [key, n] : load_counters(writing.session, {month, true, last}, measures)) differs[key] -= n;
    std::erase_if(differs, [](auto const& counter) { return counter.second == 0; });
    if (differs.empty()) return refuse("correction.no_difference", "path.month", named);
    Correction correction{month, last + 1, writing.by.at, writing.by.person, std::move(stand), reason};
    save_correction(writing.session, correction);
    save_frozen_rows(writing.session, differs, correction.no);
    return correction;
}

std::vector<Change> changes_of(store::Session& session, Formulas const& formulas, Correction const& correction,
                               bool of_city_only) {
    Wanted const before{correction.month, true, correction.no - 1}, after{correction.month, true, correction.no};
    std::vector<Change> all;
    auto compare = [&](UnitId unit) {
        std::vector<UnitId> units;
        if (unit) units.push_back(unit);
        std::vector<Figure> const old = formulas.figures(load_whole(session, before, units), !unit),
                                  now = formulas.figures(load_whole(session, after, units), !unit);
        for (std::size_t i = 0; i < old.size(); ++i)
            if (!(old[i] == now[i])) all.push_back({unit, old[i], now[i]});
    };
    compare({});
    if (!of_city_only)
        for (UnitId const unit : load_changed_units(session, correction.month, correction.no)) compare(unit);
    return all;
}

}  // namespace banyan::figures
