// systems/topics/warnings.h: what grows faster than its own history. Pure.
#pragma once
#include <map>
#include <optional>
#include <span>

#include "systems/topics/ledger.h"

namespace banyan::topics {

/// The district of a region: its first six digits; empty for a shorter one.
std::string district_of(std::string_view region);

/// How many matters of a class a district had on each day.
class Growth {
  public:
    void add(std::string const& class_code, std::string const& region, Day day, int n);
    /// Of that day against the days before.
    std::optional<Warning> test(std::string const& class_code, std::string const& region, Day day,
                                Numbers const& numbers) const;
    void forget_before(Day day);

  private:
    std::map<std::pair<std::string, std::string>, std::map<Day, int>> cells_;
};

/// A topic's last days against the days before, as of its newest matter.
std::optional<Warning> test_topic(TopicId topic, std::span<Member const* const> members, Numbers const& numbers);

/// How many people asked in the last days, as of the newest (an account is one, who has none is taken for another
/// each time); nothing unless with it there are just as many as make a topic concentrated (集中反映).
std::optional<int> concentrated(std::span<Member const* const> members, Numbers const& numbers);

}  // namespace banyan::topics
