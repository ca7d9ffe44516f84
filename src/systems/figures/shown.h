// systems/figures/shown.h: a month as somebody may see it: the city, their district or their unit; as frozen where
// it is. Roles: data/figures/readers.toml
#pragma once
#include "api/api.h"
#include "systems/figures/months.h"

namespace banyan::figures {

/// What the operations work with. Lives as long as the server.
struct Desk {
    api::House& house;
    Formulas formulas;
    Readers readers;
    Beside beside;  ///< in any session
};

struct Scope {
    enum class Of { city, district, unit } of = Of::unit;
    UnitId root;
    std::vector<UnitId> units;  ///< with all below a district centre; empty: the city
    bool city() const { return of == Of::city; }
    bool holds(UnitId unit) const;
};
std::string_view name(Scope::Of of);
Scope scope_of(Readers const& readers, Actor const& actor, Directory const& directory);

struct Shown {
    Month month;
    std::optional<Frozen> frozen;
    Formulas formulas;  ///< as they were, of a frozen month
    Scope scope;
    std::shared_ptr<Directory const> directory;
    bool today =
        false;  ///< by the units of today: what was counted of those whose work they have taken over is theirs
    Wanted wanted() const { return {month, frozen.has_value(), 0}; }
};
/// Refused: month.unreadable, month.future, month.unknown.
Result<Shown> shown_of(Desk const& desk, store::Session& session, std::string_view month, Scope scope);

/// The same by the units of today, of a frozen month too: what was frozen is added up, not counted again.
Shown as_today(Shown shown);

/// Of the whole scope.
std::vector<Figure> figures_of(Desk const& desk, store::Session& session, Shown const& shown);

struct UnitRow {
    Unit const* unit = nullptr;
    std::vector<Figure> figures;
    Score score;
    std::string_view band;    ///< empty: nothing to score
    std::optional<int> rank;  ///< in its class, where a league table is switched on
};
/// Units that can be compared with each other, and those nothing was counted of.
struct UnitClass {
    std::vector<UnitRow> units;
    std::vector<Unit const*> apart;
};
std::map<std::string, UnitClass> classes_of(store::Session& session, Shown const& shown);
/// All of a class together.
std::map<std::string, std::vector<Figure>> sums_of_classes(store::Session& session, Shown const& shown);

struct ValueRow {
    std::string value;
    std::vector<Figure> figures;
};
/// By kind, class, region or channel; outside the centre without small counts.
std::vector<ValueRow> values_of(store::Session& session, Shown const& shown, std::string_view dimension);

}  // namespace banyan::figures
