// systems/figures/counting.h: what events were counted for, added up by month and by what their matter was. Pure.
//
// The tally (kernel/engine/tally.h) has no class, region or channel. These counters have: each count is added for
// the city and for its unit, as a whole and by kind, class, region (the district) and channel of the matter after
// the event; what is taken back, by those before it, as it was counted. From the bodies of events alone.
#pragma once
#include <map>
#include <string>
#include <tuple>

#include "kernel/engine/tables.h"
#include "systems/figures/month.h"

namespace banyan::figures {

/// By what figures are told: the whole, or a trait of the matter. As stored in `dimension`.
inline constexpr std::string_view kWhole = "all", kKind = "kind", kClass = "class", kRegion = "region",
                                  kChannel = "channel";

struct Traits {
    std::optional<std::string> kind, class_code, region, channel;
    /// Of what was said earlier, where this says nothing.
    void fill_from(Traits const& earlier);
    bool complete() const { return kind && class_code && region && channel; }
};

struct Counter {
    int month = 0;
    std::string dimension;
    std::int64_t unit = 0;  ///< 0: all units, and what belongs to none
    std::string value, measure;
    auto operator<=>(Counter const&) const = default;
};
using Counters = std::map<Counter, std::int64_t>;

/// What an event says of its matter; `whole`: nothing before it matters (it opens the matter, or restores a
/// state).
struct Said {
    Traits traits;
    bool whole = false;
};
Said said_of(EventRow const& event);

/// Adds what the event counted; `traits`: before it, and then after it. An unreadable body counts nothing.
void count_event(EventRow const& event, Traits& traits, Counters& into);

}  // namespace banyan::figures
