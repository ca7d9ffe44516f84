// kernel/check/walk.h: every state a rulebook can get into, breadth first, so that the first way found is the
// shortest.
#pragma once
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "kernel/check/model.h"
#include "kernel/check/town.h"

namespace banyan::check_model {

struct Move {
    int to = -1;      ///< -1: more unusual things at once than are walked
    Index step = -1;  ///< -1: time passes
    std::string label;
    bool asker = false;  ///< only who asked can take it
    bool clock = false;
    bool nothing = false;  ///< back where it was, with nothing that counts changed: a note, an attempt
};

struct State {
    Index stage = -1;
    int before = -1;    ///< the state it was first reached from
    std::string label;  ///< by which step
    bool final = false;
    std::vector<Move> moves;
};

class Walk {
  public:
    Walk(std::shared_ptr<Procedure const> procedure, Asks const& asks, Town const& town, int unusual);
    enum class End {
        walked,
        too_large,  ///< more than `most` states
        stopped,    ///< by who watched
    };
    End run(std::size_t most, Watch const& watch);

    std::vector<State> const& states() const { return states_; }
    std::vector<std::string> way(int state) const;
    std::vector<Fault> faults;         ///< what is seen on the way: owners, reminders, timers, passages
    std::set<Index> possible;          ///< steps that were taken at least once
    std::vector<std::string> refused;  ///< by step: why it was refused last
    std::size_t moves = 0;
    bool complete = true;

  private:
    struct Ahead {
        Matter matter;
        Instant now;
    };
    void open();
    void expand(int at);
    void try_step(int at, Matter const& matter, Index step, Assignment const* share);
    void pass_time(int at, Matter const& matter);
    void take(int at, Matter const& matter, Command const& command, Event event, Instant now);
    bool arrive(int at, Matter const& before, Matter next, Move move, Instant now);  ///< true: for the first time
    void take_back(int at, Matter const& before, Matter next, Past const& past, Actor const& actor);
    void look_at(int state, Matter const& matter);
    void fault(std::string key, std::string const& about, int at, std::string const& label,
               std::vector<std::pair<std::string, std::string>> params);
    bool beyond_scope(Step const& step, Matter const& matter) const;

    std::shared_ptr<Procedure const> procedure_;
    Asks const& asks_;
    Town const& town_;
    int unusual_;
    Instant now_;
    std::vector<State> states_;
    std::vector<Ahead> ahead_;  ///< emptied once expanded
    std::unordered_map<std::string, int> known_;
    std::set<std::string> told_;
    std::set<std::string> roles_;
    std::vector<bool> inert_;  ///< by step: a note, an urging: changes nothing, so once is enough
};

}  // namespace banyan::check_model
