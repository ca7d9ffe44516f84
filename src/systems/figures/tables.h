// systems/figures/tables.h: a month by unit as a table, for programs that read tables.
#pragma once
#include "platform/sheet/sheet.h"
#include "systems/figures/shown.h"

namespace banyan::figures {

/// A line of titles, then a unit a line in its class; those nothing was counted of come last, with empty cells.
sheet::Table table_of(Shown const& shown, std::map<std::string, UnitClass> const& classes, Texts const& texts,
                      Language language);
/// With a BOM, so that spreadsheet programs read Chinese; nothing in it is taken for a formula.
std::string csv_of(sheet::Table const& table);

}  // namespace banyan::figures
