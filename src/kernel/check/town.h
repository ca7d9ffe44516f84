// kernel/check/town.h: the tiny city in which a rulebook is played, and what its people say.
//
// Units: the centre; departments a and b; a1 below a; the district d with d1 below it. For every role a rulebook
// names there is one person in each unit, and a colleague where `other_person` forbids the same one.
#pragma once
#include <string>
#include <vector>

#include "kernel/check/asks.h"

namespace banyan::check_model {

class Town {
  public:
    Town(std::shared_ptr<Procedure const> const& procedure, Asks const& asks);

    Rules const& rules() const { return rules_; }
    Directory const& directory() const { return *rules_.directory; }
    Calendar const& calendar() const { return calendar_; }
    static Instant morning();  ///< when every matter begins

    /// Who might take the step, those who are not the asker first; may they, decide() says.
    std::vector<Actor> const& actors(Index step) const { return actors_[static_cast<std::size_t>(step)]; }
    /// Whether who takes it is compared with somebody.
    bool personal(Index step) const { return personal_[static_cast<std::size_t>(step)]; }

    /// What may be said: each combination of values that conditions compare; a lead in the city or in the
    /// district; with an assist or without. `at`: the share the step is on.
    std::vector<json::object> forms(Index step, Matter const& matter, Assignment const* at,
                                    Moment const& moment) const;

  private:
    struct Said {  ///< one way to fill a field; absent when `given` is false
        json::value value;
        bool given = true;
    };
    std::vector<Said> ways(Field const& field, bool compared, std::vector<std::string> const& values) const;
    void make_people();
    std::string lead_unit(Matter const& matter) const;

    Procedure const& procedure_;
    Rules rules_;
    Calendar calendar_;
    std::vector<std::vector<Actor>> actors_;
    std::vector<bool> personal_;
    std::vector<std::vector<json::object>> forms_;  ///< by step, without what depends on the matter
};

}  // namespace banyan::check_model
