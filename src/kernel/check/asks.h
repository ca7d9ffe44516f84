// kernel/check/asks.h: what a rulebook's conditions can see, and so what makes two matters different.
//
// Only what some condition may still ask, from the stage a matter is in, belongs to its state: truth values
// instead of instants and words, counters up to the highest number asked, persons only where `other_person`
// compares them.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "kernel/matter/conditions.h"

namespace banyan::check_model {

struct Ask {
    std::vector<Condition> conditions;  ///< asked together: only whether all hold is told apart
    bool of_share = false;              ///< asked with a share at hand
    bool weighs = true;                 ///< being otherwise than on an empty matter is unusual
    std::vector<bool> relevant;         ///< by stage: it, or one that follows, asks
    bool aside = false;                 ///< asked only by steps on which nothing else hangs
};

class Asks {
  public:
    explicit Asks(Procedure const& procedure);

    /// The values a field is compared with by needs, passages and timers, or only by limits and the form itself.
    std::map<std::string, std::vector<std::string>> compared, compared_by_limits;
    std::vector<Ask> all;
    bool reads_due_of_matter = false, reads_due_of_share = false;

    /// Steps of which `other_person` compares the taker, with the roles that compare.
    std::map<Index, std::vector<std::string>> takers;

    struct State {
        std::string key;
        int unusual = 0;  ///< what lies aside counts one more beside anything else
    };
    State state(Matter const& matter, Moment const& moment, Directory const& directory, Lists const& lists) const;
    /// The next instants at which a condition changes by time alone.
    std::vector<Instant> boundaries(Matter const& matter, Moment const& moment) const;
    /// Where the stage's passages would lead by what fields say alone; -1: nowhere.
    Index field_passage(Index stage, View const& view) const;

  private:
    void ask(Condition const& condition, bool of_share, std::vector<Index> const& at, bool weighs = true);
    void ask_together(std::vector<Condition> const& conditions, bool of_share, std::vector<Index> const& at,
                      bool weighs);
    void ask_needs(Step const& step);
    void compare(std::vector<Condition> const& conditions, bool by_limits);
    std::vector<bool> leading_to(std::vector<Index> const& stages) const;
    struct Counter {
        Index step;
        bool per_assignment;
        int cap;
        std::vector<bool> relevant;
        bool aside = false;
    };
    void find_aside();
    void count(Condition const& condition, std::vector<Index> const& at);

    Procedure const& procedure_;
    std::vector<std::vector<bool>> reach_;  ///< reach_[a][b]: b can follow a
    std::vector<Counter> counters_;
    std::vector<std::size_t> field_passages_;  ///< by stage: how many of its first passages ask fields only
    std::vector<Ask> by_passage_;              ///< those conditions, for relevance
};

/// The same rulebook with its counts brought down (at_most 10 → 2, an at_least 3 below it kept below): what is
/// bounded stays bounded. `said`: "try_call: 4 stands for 10" for each count that was changed.
struct Smaller {
    std::shared_ptr<Procedure> procedure;
    std::map<std::string, std::string, std::less<>> said;
};
Smaller with_small_counts(Procedure const& procedure);

}  // namespace banyan::check_model
