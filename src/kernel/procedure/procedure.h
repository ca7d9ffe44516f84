// kernel/procedure/procedure.h: a rulebook, compiled.
//
// A procedure says which stages a matter of one sort has, which steps lead from one to the next, who may take
// them, what they ask, what they need and what they do. It is data (procedures/*.toml); the lists of words below
// are closed, and each word is something the kernel knows how to do. What the words mean:
// docs/procedures.md. A matter keeps the procedure it began with, found by the hash of its text.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/limit.h"
#include "base/result.h"
#include "kernel/procedure/fields.h"

namespace banyan {

using Index = int;  ///< of a stage, step or kind in its procedure; -1: none

/// The kernel's own step, in every rulebook with a step that may be taken back.
inline constexpr std::string_view kUndo = "undo";

/// Who somebody is to the matter or assignment a step is taken on. `role@relation` in a rulebook.
enum class Relation {
    anyone,    ///< it does not matter
    asker,     ///< who asked (by account, or signed in with number and query code)
    centre,    ///< of the centre, or of a district centre whose subtree holds the assignment or the lead
    city,      ///< of the centre of the whole city
    holder,    ///< of the unit that holds the assignment the step is on
    lead,      ///< of the unit that leads
    superior,  ///< of the unit that holds the assignment above, or the district centre above it
    clock,     ///< nobody: time itself
    along,     ///< who took a step of another matter that takes this one along
};

struct ActorRule {
    std::string role;  ///< empty for the clock
    Relation relation = Relation::anyone;
};

/// A condition, in `needs`, `when` and `passes`. Each has the refusal it answers with when it does not hold.
struct Condition {
    enum class What {
        before_due,  ///< of the assignment at hand, else of the matter
        after_due,
        before_last_day,  ///< the day it is due has not begun
        within,           ///< `limit` since the step `name`
        offered_within,   ///< `limit` since the assignment at hand was offered
        at_most_held,     ///< held less than `limit` in all, and not longer with the form's day `name` as its end
        at_most,          ///< fewer than `number` times the step `name` so far (`per_assignment`)
        at_least,         ///< `number` times or more
        at_least_days,    ///< on so many different days
        done,
        not_done,  ///< the step `name` has been taken (since the stage was entered last)
        field_is,  ///< the form's or the matter's field `name` has one of `values`
        field_is_not,
        field_in,        ///< … is in the list `values[0]` of the catalogue (the convenience list)
        not_designated,  ///< the assignment at hand
        lead_replied,
        not_lead_replied,
        assists_done,    ///< every assist has replied or was waived
        delegates_done,  ///< nothing below the assignment at hand is open
        no_open,         ///< no assignment is open
        no_lead,         ///< nobody leads: returned, or not dispatched yet
        has_assignment,  ///< at least one is open
        other_person,    ///< not who took the step `name` last
        held,
        not_held,  ///< the clock is stopped
        asked_return,
        asked_extension,
        not_asked,        ///< what the assignment at hand waits for
        replied_on_time,  ///< the lead's reply came before its due
        replied_late,
        reopened,
        not_reopened,  ///< the matter was redone at least once
        between,       ///< the city's clock shows `from` or later, and is before `until`
        has_merged,
        no_merged,   ///< other matters are merged into this one
        day_within,  ///< the form's day `name` comes within `limit` from today, or is not said
        half_left,   ///< at least half of the matter's limit, which is in days
        any,         ///< at least one of `any`
    };
    What what;
    std::string name;
    std::vector<std::string> values;
    std::optional<Limit> limit;
    int number = 0;
    bool per_assignment = false;
    std::string key;          ///< refusal
    int from = 0, until = 0;  ///< `between`: minutes since midnight
    std::vector<Condition> any;
};

/// Visits the condition, or those it is made of.
template <class AnyCondition, class Visit>
void each_inside(AnyCondition& condition, Visit const& visit) {
    if (condition.what != Condition::What::any) return visit(condition);
    for (auto& inner : condition.any) each_inside(inner, visit);
}

/// What a step does to the assignment tree (kernel/matter/tree.h).
enum class TreeWord {
    none,
    offer,
    sign,
    contact,
    reply,
    approve,
    send_back,
    ask_return,
    grant_return,
    refuse_return,
    designate,
    delegate,
    recall,
    assist,
    waive,
    ask_extension,
    grant_extension,
    refuse_extension,
    redo,
    close,
};

/// `redate`: dues that were provisional are computed again on the calendar as it is now, never earlier than told.
enum class ClockWord { none, start, hold, resume, extend, stop, redate };

struct Tell {
    std::string whom;  ///< asker, lead, unit (of the assignment at hand), centre
    std::string text;  ///< key in texts/*.json below `tell.`
};

struct Count {
    std::string measure;
    std::string unit;     ///< assignment, lead, own, or empty: the whole city
    bool by_due = false;  ///< counted for the month of the due's last day, not for today
    std::vector<Condition> when;
};

/// Another matter that begins with a step, or one for each element of a list: by the step of its own rulebook that
/// the clock takes.
struct OpeningRule {
    std::string procedure, step;
    std::vector<std::string> with;  ///< fields handed over: as the form says them, else as the matter keeps them
    std::map<std::string, std::string> says;  ///< fields that are the same each time
    std::string each;    ///< the list of the form whose elements add fields of their own; empty: one matter
    bool asker = false;  ///< who asked here asks there: account, query code and personal fields go along
    std::vector<Condition> when;  ///< asked after the step
};

/// A step that other matters take with this one: all of them, or none.
struct AlongRule {
    enum class Whom {
        named,   ///< the matter whose number is in the form's `field`
        main,    ///< which it is merged into; nobody when it is in none
        merged,  ///< all that are merged into it
    };
    Whom whom = Whom::named;
    std::string field, step;
    std::vector<std::string> with;  ///< fields handed over, as OpeningRule's
};

/// What a step does to the bond between merged matters. `into`: joins the named one; `take`, `let_go`: the other
/// side of it; `part`: leaves the one it is merged into, and lets go of all that are merged into it.
enum class MergeWord { none, into, take, let_go, part };

/// What a step does to a claim (认领): `take`: whoever takes it works on the matter alone of those in the same
/// role, until the step's limit is over or the stage is left; `give_back`: by who claimed it; `end`: by whom it
/// may be.
enum class ClaimWord { none, take, give_back, end };

/// Why a step cannot be taken in a stage it does not lead from, in better words than "not now".
struct Otherwise {
    std::vector<Index> stages;
    std::vector<Condition> when;
    std::string key;  ///< refusal
};

struct Step {
    std::string name;
    std::vector<Index> from;  ///< empty with `opens`: begins a matter
    bool opens = false;
    bool on_assignment = false;    ///< names the assignment it is taken on
    std::set<std::string> states;  ///< of that assignment; empty: any open one
    Index to = -1;                 ///< -1: the stage stays
    std::vector<ActorRule> by;
    std::vector<Field> form;
    std::vector<Condition> needs;
    std::map<std::string, bool> sets;  ///< flags the matter keeps from then on, though no form asks them
    TreeWord tree = TreeWord::none;
    ClockWord clock = ClockWord::none;
    std::string clock_limit;     ///< `start`, `take`: which limit
    std::string no_later;        ///< `start`: a field with a day that the due never lies behind
    bool since_entered = false;  ///< `start`: counted from when the stage was entered, not from now
    std::string share_limit;     ///< `start`: which limit open shares get that have no due yet
    std::vector<Tell> tells;
    std::vector<Count> counts;
    std::vector<OpeningRule> openings;
    std::vector<AlongRule> along;
    MergeWord merge = MergeWord::none;
    ClaimWord claim = ClaimWord::none;
    std::vector<Otherwise> otherwise;
    std::optional<Limit> undo;        ///< for how long who took it may take it back
    std::vector<std::string> checks;  ///< named checks of a system
    bool marks = false;               ///< some condition asks about it, so that the state remembers it
    bool marks_days = false;          ///< … and on how many days
    bool repeats_freely = false;      ///< a step of the asker or one that changes nothing: needs no bound
};

/// "a limit, then the clock takes the step".
struct Timer {
    std::string name;
    Index stage = -1;   ///< runs while the matter is there; neither stage nor state: while it is open
    std::string state;  ///< or while an assignment is in this state (`with_unit`: any the unit works in)
    /// Which limit, from entering; `due`: the due itself; `field.x`: the end of the day in the kept field x.
    std::string limit;
    std::optional<Limit> later;  ///< so long after the due or the day
    Index step = -1;
    std::vector<Condition> when;
};

/// Moves on by itself when the conditions hold after a step.
struct Passage {
    Index to = -1;
    std::vector<Condition> when;
};

struct Stage {
    std::string name;
    bool final = false;
    std::string owner;  ///< role whose desk shows it; for the stage with assignments: "holder"
    std::vector<Passage> passes;
    bool closes_tree = false;  ///< a final stage ends what is open
};

/// A named limit: the first row whose conditions hold.
struct LimitRow {
    std::vector<Condition> when;
    Limit limit;
    int yellow_days = 1;
    /// A kept integer field whose number of `limit`'s unit it is; while it is not there or 0 the row is passed
    /// over.
    std::string amount_of;
};

class Procedure {
  public:
    std::string name;
    int version = 1;
    std::string hash;  ///< SM3 of its text, hex; set by who stores it
    std::string source;
    std::vector<std::string> kinds;
    std::vector<Stage> stages;
    std::vector<Step> steps;
    std::vector<Timer> timers;
    std::map<std::string, std::vector<LimitRow>, std::less<>> limits;
    std::string matter_limit;  ///< the limit of the matter's own clock

    Index stage(std::string_view stage_name) const;
    Index step(std::string_view step_name) const;
    Stage const& at(Index stage_index) const { return stages[static_cast<std::size_t>(stage_index)]; }
    Step const& step_at(Index step_index) const { return steps[static_cast<std::size_t>(step_index)]; }
};

/// Reads a rulebook. Refused: procedure.<what is wrong> with `path` and `line` in the parameters; all faults at
/// once, the first as the refusal. Reading proves the words; kernel/check proves that it works.
Result<std::shared_ptr<Procedure>> read_procedure(std::string_view toml);

/// Whether the condition is about a step taken before, named by `name`.
bool asks_step(Condition const& condition);
std::string_view name(TreeWord word);
std::string_view name(Relation relation);
/// Every word texts/*.json must have a sentence for: `stage.…`, `step.…`, `field.…`, `refusal.…`, `tell.…`.
std::set<std::string> texts_of(Procedure const& procedure);

}  // namespace banyan
