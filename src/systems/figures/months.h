// systems/figures/months.h: a month is frozen once, with a number, the journal as it stood, the formulas and every
// counter; what changes afterwards is a numbered correction beside it. Rule: docs/systems/figures.md#frozen-months
#pragma once
#include "systems/figures/ledger.h"

namespace banyan::figures {

/// Measures of the city that no matter is counted for (the telephone's), of a month as it is now.
using Beside = std::function<Counts(store::Session&, Month)>;

struct By {
    PersonId person;
    Instant at;
};

/// What a month is written with, inside a transaction of the writer.
struct Writing {
    store::Session& session;
    Directory const& directory;
    Beside const& beside;
    By by;
};
/// Refused: month.not_over, month.frozen, month.unknown (nothing was counted), figures.behind.
Result<Frozen> freeze(Writing const& writing, Month month, Formulas const& formulas);
/// Refused: month.not_frozen, correction.no_difference, figures.behind.
Result<Correction> correct(Writing const& writing, Month month, std::string const& reason);

/// A month in the past or the present, as it is to be shown. Refused: month.unreadable, month.future.
Result<Month> month_asked(std::string_view text, Instant now);

/// A figure that a correction changed, of the city (unit 0) or of a unit.
struct Change {
    UnitId unit;
    Figure before, after;
};
/// Figures point into the formulas.
std::vector<Change> changes_of(store::Session& session, Formulas const& formulas, Correction const& correction,
                               bool of_city_only);

}  // namespace banyan::figures
