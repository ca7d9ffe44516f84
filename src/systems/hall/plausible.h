// systems/hall/plausible.h: a catalogue that could be Fujian's: units × subjects × situations over its real
// divisions. The same every time: nothing is drawn by lot, what looks like chance is a hash of what an item is
// about.
//
// Fujian counted in 2018 22,972 items without a trip, 104,127 with one at most and 432 with more (127,531), and
// more than nine in ten accepted on line. So many of each kind there are here: star and delivery of some items are
// moved until it comes out. The demo city's 820 (148, 669, 3) are the first of them, with the codes they have
// alone.
#pragma once
#include <functional>
#include <memory>

#include "kernel/people/directory.h"
#include "kernel/procedure/texts.h"
#include "systems/hall/classes.h"
#include "systems/hall/subjects.h"

namespace banyan::hall {

struct Quota {
    int none = 0, one = 0, more = 0;
    int on_line = -1;  ///< star 3 and more; -1: as it comes
    int items() const { return none + one + more; }
};
inline constexpr Quota kDemoQuota{148, 669, 3, -1};
inline constexpr Quota kWholeQuota{22'972, 104'127, 432, 115'290};  ///< with the demo's

/// How a division's own unit is called ([[office]] of data/hall.toml).
struct Office {
    int level = 0;
    std::string ends, unit, en;
};
Result<std::vector<Office>> read_offices(std::string_view toml);

class Plausible {
  public:
    struct Sources {
        std::vector<Subject> subjects;
        std::vector<Unit> units;  ///< of the demo city
        std::vector<Office> offices;
        Regions const& regions;
        Texts const& texts;
        std::string city;  ///< its region
    };
    explicit Plausible(Sources sources);
    ~Plausible();

    using Make = std::function<void(Item)>;
    /// The demo city's own. Throws std::runtime_error when the subjects cannot give what the quota asks.
    void city(Quota const& quota, Make const& make) const;
    /// All that is beside it, up to the quota of the whole. REQUIRES: `city_quota` as city() was asked for.
    void rest(Quota const& whole, Quota const& city_quota, Make const& make) const;

  private:
    class Work;
    std::unique_ptr<Work> work_;
};

}  // namespace banyan::hall
