// kernel/check/model.h: proves that a rulebook works before a single matter moves.
//
// Reading a rulebook proves its words. Here a tiny city (a centre, two departments, a sub-unit, a district) plays
// it with the real decide() and apply(), breadth first, over stages × shares (lead, assist, one delegate) ×
// counters × what conditions can see of fields and time. Matters that no condition can tell apart are one state,
// so the walk ends. Combinations of more than a few unusual things at once (a hazard, an assist, a second hold …)
// are left out and taken to be well: what is reported is real, with the shortest way to it.
//
// What is checked and how each fault is called: docs/procedures.md#check
#pragma once
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "kernel/procedure/procedure.h"

namespace banyan {

struct Fault {
    std::string key;  ///< `check.dead_end`; its sentence is texts/*.json `refusal.<key>`
    std::vector<std::string>
        path;  ///< step names; `sign@assist` on a share other than the lead's, `wait` for time alone
    std::vector<std::pair<std::string, std::string>> params;
};
std::string describe(Fault const& fault);  ///< one line: key, parameters, the way

struct Report {
    std::vector<Fault> faults;
    std::size_t states = 0, moves = 0;
    int unusual = 0;        ///< how many unusual things at once were walked
    bool complete = false;  ///< nothing was left out
    bool stopped = false;   ///< whoever watched had enough: it says nothing about the rulebook
};

/// Asked now and then while it walks: how many states it knows, how many unusual things at once it walks. False:
/// it stops.
using Watch = std::function<bool(std::size_t states, int unusual)>;

/// `known_texts_*`: the keys of texts/zh.json and texts/en.json. `unusual`: how many unusual things at once are
/// walked at least, when that is not too much.
Report check(Procedure const& procedure, std::set<std::string> const& known_texts_zh,
             std::set<std::string> const& known_texts_en, int unusual = 3, Watch const& watch = {});

}  // namespace banyan
