// systems/floor/demo.h: the demo city's hall on the morning of 2026-10-09: who has booked, who took a number, who
// was called. Invented, the same each time, and done through the same functions as by people.
#pragma once
#include "systems/floor/ledger.h"

namespace banyan::floor {

/// A line of data/demo/floor_morning.csv. `what`: book (code: service; who: a name or a login), open (code:
/// window; who: a login; more: minutes a number takes), number (code: service; more: ground), come (who: as
/// booked), pass (code: window).
struct MorningRow {
    std::string what;
    Instant at;
    std::string code, who, phone, more;
};
/// Refused: floor.morning, with the line.
Result<std::vector<MorningRow>> read_morning(std::string_view csv);

/// In a transaction of the writer, of which `office` is one; its time and actor are given here, until the minute
/// before `until`. Throws when something is refused. Returns how many numbers were taken.
int seed_demo(Office const& office, std::vector<MorningRow> const& rows, Instant until);

}  // namespace banyan::floor
