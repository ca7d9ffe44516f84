// systems/calls/demo.h: the demo city's telephone: yesterday, 1,260 calls with the figures of practice.md ("The
// demo city"), and this morning. Invented, the same each time, and told through the same functions as a real one.
#pragma once
#include "systems/calls/ledger.h"

namespace banyan::calls {

/// A seat of data/demo/seats.csv.
struct DemoSeat {
    std::string login, zh, en, employer, shift;  ///< shift: day, evening, night
};
Result<std::vector<DemoSeat>> read_demo_seats(std::string_view csv);

/// An appeal that somebody may have rung about.
struct DemoMatter {
    MatterId matter;
    Instant filed;
    std::string number;
    bool by_phone = false, on_the_spot = false;
};

struct DemoTelephone {
    PersonId telephone, leader;
    std::map<std::string, std::vector<PersonId>> shifts;  ///< by name of the shift
    std::vector<DemoMatter> matters;                      ///< in the order of time
    Day today;
};

/// In a transaction of the writer, of which `office` is one; its time and actor are given here. Throws when
/// something is refused. Returns how many calls there are.
int seed_demo(Office const& office, DemoTelephone const& demo);

}  // namespace banyan::calls
