// systems/calls/call_checks.h: the quality check of calls (质检): what was drawn, and what became of it.
//
// Each check is a matter of procedures/call_check.toml, found by its call's id (source "call_check"). The matter
// does not say whose call it is: that is asked of the call, here, and so who may see and do what.
#pragma once
#include "kernel/engine/engine.h"
#include "kernel/procedure/texts.h"
#include "systems/calls/ledger.h"
#include "systems/calls/score_card.h"

namespace banyan::calls {

inline constexpr std::string_view kCheckSource = "call_check";

struct CallCheck {
    CallId call;
    Day day;
    PersonId seat;
    MatterId matter;
};

struct ChecksAsked {
    std::string scope;  ///< of scope_of()
    Day first, last;    ///< of the calls
    PersonId seat;      ///< none: all
    std::size_t limit = 1000;
};
std::vector<CallCheck> load_checks(store::Session& session, ChecksAsked const& asked);
/// One that the actor may know of: of an own call, of the team's, of any for an examiner. Else call_check.unknown.
Result<CallCheck> seen_check(Office const& office, CallId call);

/// Calls of that day that were answered and are over, in the actor's scope.
std::vector<CallId> load_answered(Office const& office, Day day);

/// Who acts on a check, as the rulebook calls them. Refused: call_check.own_call; call_check.not_yours.
Result<Actor> examiner_of(Actor const& actor, CallCheck const& check);
Result<Actor> call_taker_of(Actor const& actor, PersonId seat, std::string_view otherwise);

/// The call was drawn: a step of the clock, named by the call, so that none is drawn twice.
Command drawing(Texts const& texts, CallCheck const& check, std::string const& asked_by);

struct Marked {  ///< of checks, by seat
    std::int64_t drawn = 0, marked = 0, passed = 0, objected = 0, changed = 0, left_out = 0, points = 0;
    void add(Matter const& check);
    /// Hundredths of a point: one division, half up. Nothing for none.
    std::optional<std::int64_t> average() const;
};

/// Kept numbers and flags of a check.
std::optional<std::int64_t> points_of(Matter const& check);
bool flag_of(Matter const& check, std::string_view flag);
std::string_view stage_of(Matter const& matter);

}  // namespace banyan::calls
