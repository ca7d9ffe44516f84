// systems/calls/demo_plan.h: who rings when on a day of the demo city, and what becomes of it. Pure, the same each
// time.
#pragma once
#include "systems/calls/demo.h"

namespace banyan::calls {

/// Numbers that look drawn by lot and are the same everywhere (splitmix64).
class Lot {
  public:
    explicit Lot(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    int below(int n) { return static_cast<int>(next() % static_cast<std::uint64_t>(n)); }
    int between(int least, int most) { return least + below(most - least + 1); }
    template <class T>
    void shuffle(std::vector<T>& all) {
        for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[next() % i]);
    }

  private:
    std::uint64_t state_;
};

struct PlannedCall {
    Instant offered;
    bool missed = false;
    int wait = 0, talk = 0, after = 0;  ///< seconds; of a missed one: until the caller gives up
    std::string closing, number, line, language, rating;
    MatterId matter;
    PersonId seat;  ///< who answers, or where it rings in vain; none: it only waits
    bool rings() const { return static_cast<bool>(seat); }
    Instant picked_up() const { return offered + seconds(wait); }
    Instant rung() const { return offered + seconds(wait > 4 ? wait - 4 : 1); }
    Instant over() const { return picked_up() + seconds(talk); }
    Instant finished() const { return over() + seconds(after); }
};

struct DayAsked {
    Day day;
    int first_hour = 0, hours = 24;
    int quick = 0, slow = 0, missed = 0;
    int on_the_spot = 0;  ///< of those answered
};
/// In the order of time. Throws when the seats of a shift cannot take them all.
std::vector<PlannedCall> plan_day(DemoTelephone const& demo, DayAsked const& asked);

/// Of the hour: 08–16 day, 16–24 evening, else night.
std::string_view shift_at(int hour);

}  // namespace banyan::calls
