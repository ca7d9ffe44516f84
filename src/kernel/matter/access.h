// kernel/matter/access.h: who finds a matter, and which of its fields they read.
//
// One table (data/roles.toml): role × tie × field class. It is rendered three times: may_see() for one matter, a
// condition of SQL for lists, terms for the search index; a property test draws matters, people and trees and
// compares them. What one may not see does not exist: matter.unknown, the same answer as for any wrong number.
// Whoever is complained about, and all below, finds nothing. Rule: docs/access.md
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/matter/matter.h"
#include "kernel/people/directory.h"

namespace banyan {

struct Actor;

/// Which matters a role finds.
enum class Rows {
    none,
    own,      ///< asked by this person, or bound to this session
    unit,     ///< their unit has, or had, a share that was not returned
    subtree,  ///< so has their unit or one below it; or one below led last and gave it back, and nobody leads
    all,
};

/// What somebody is to a matter, the nearest first.
enum class Tie { nothing, asker, centre, lead, assist, below, above, other };
std::string_view name(Tie tie);

/// Whom a matter concerns: what is left of it to tell that it changed.
struct Concerned {
    MatterId matter;
    PersonId asker;
    UnitId about;
    std::vector<UnitId> units;      ///< whose shares it has
    std::vector<UnitId> gave_back;  ///< while nobody leads: who led; only who is above them finds it
    std::string procedure;          ///< its name
};
Concerned concerned_by(Matter const& matter);

class Access {
  public:
    /// data/roles.toml. Refused: access.<what> with line.
    static Result<Access> read(std::string_view toml);

    bool knows(std::string_view role) const { return roles_.contains(role); }
    /// A role that asks for itself: what it opens is its own.
    bool finds_own(std::string_view role) const;
    std::vector<std::string> roles() const;
    Tie tie(Actor const& actor, Matter const& matter, Directory const& directory) const;
    bool may_see(Actor const& actor, Matter const& matter, Directory const& directory) const {
        return tie(actor, matter, directory) != Tie::nothing;
    }
    bool may_read(Actor const& actor, Tie tie, FieldClass which) const;
    /// may_see() of a matter that is not at hand.
    bool may_hear(Actor const& actor, Concerned const& concerned, Directory const& directory) const;

    /// A condition over the row `m` of matter: `m.asker = 7 AND …`. Only integers of ours and names of rulebooks
    /// are written into it.
    std::string sql(Actor const& actor, Directory const& directory) const;

    /// Index: a matter carries terms_of(); a person finds what one of these rows says, and is to it what `tie`
    /// says, so that a word is only looked for where they may read it. No matter is in two rows of one person.
    struct Sight {
        Tie tie = Tie::nothing;
        bool everything = false;             ///< all but `none`
        std::vector<std::string> any, none;  ///< terms: one of these, and none of those
    };
    static std::vector<std::string> terms_of(Matter const& matter);
    std::vector<Sight> terms(Actor const& actor, Directory const& directory) const;

  private:
    struct Role {
        Rows rows = Rows::none;
        std::map<Tie, std::set<FieldClass>> reads;
        std::set<std::string, std::less<>> without;  ///< rulebooks whose matters it does not find
        std::string without_sql;                     ///< the same as a condition, after " AND "; empty: none
    };
    static bool read_without(json::value const& names, Role& role);
    Role const* role(Actor const& actor) const;
    std::map<std::string, Role, std::less<>> roles_;
};

/// A share through which its unit finds the matter.
bool shows(Assignment const& assignment);
/// Open, and nobody leads: a district's centre finds what a unit below it gave back until somebody else leads.
bool waits_for_lead(Matter const& matter);
/// The units for whom it is about one of theirs: the unit and all above it.
std::vector<UnitId> self_and_above(UnitId unit, Directory const& directory);

}  // namespace banyan
