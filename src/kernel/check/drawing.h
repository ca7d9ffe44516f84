// kernel/check/drawing.h: what both pictures of a rulebook show.
#pragma once
#include <string>
#include <vector>

#include "kernel/check/draw.h"

namespace banyan {

/// All that leads from one stage to another in one manner.
struct Arrow {
    Index from = -1;  ///< -1: begins a matter
    Index to = -1;
    enum class Kind { people, clock, by_itself } kind = Kind::people;
    std::vector<std::string> names;  ///< of the steps, as people read them
};

struct Drawing {
    Drawing(Procedure const& procedure, Words const& words);

    std::string word(std::string const& key, std::string const& otherwise) const;
    std::string owner(Stage const& stage) const;  ///< the role, `draw.holder` or the appellant
    std::string limit(Limit limit) const;         ///< by `limit.working_day` = "{n} working days", and so on
    std::string when(Timer const& timer) const;

    std::vector<Arrow> arrows;
    std::vector<std::vector<std::string>> staying,
        timers;                 ///< by stage: steps that lead nowhere else; what the clock does
    std::vector<Index> rows;    ///< the stages that are not final, by the longest way from the opening
    std::vector<Index> finals;  ///< by the first row that leads to them

  private:
    void order();
    Procedure const& procedure_;
    Words const& words_;
};

}  // namespace banyan
