// systems/calls/switchboard.h: what the telephone reports, and what people do to the record of a call.
//
// All of it runs in a transaction of the writer (Engine::write), which commits it durably: one at a time, so what
// is read here stays true until it is written.
#pragma once
#include "systems/calls/ledger.h"

namespace banyan::calls {

struct Reported {
    CallId call;
    bool repeated = false;  ///< it was told before
};
/// A report of the telephone `office.actor`. `seat` of the report is known, its words are checked. Refused:
/// call.unknown (never offered), call_report.in_future, and as take() of call.h refuses.
Result<Reported> take_report(Office const& office, std::string_view external, Report const& report);

/// A call that the actor sees; else call.unknown.
Result<Call> seen_call(Office const& office, CallId id);
/// A call that the actor may write to: its seat while it is not closed, a shift leader of the team. Refused:
/// call.unknown, call.closed.
Result<Call> own_call(Office const& office, CallId id);

/// The matter is seen by the actor: who calls has looked. Refused: call.not_answered, call.too_many_matters.
Result<void> attach(Office const& office, CallId id, MatterId matter);
Result<void> detach(Office const& office, CallId id, MatterId matter);  ///< call.not_attached
/// Refused: call.closing_unknown, call.not_answered, call.needs_matter, call.without_matter.
Result<void> close(Office const& office, CallId id, std::string_view closing, std::string_view note);
Result<void> mark_language(Office const& office, CallId id, std::string_view language);  ///< call.language_unknown
/// The caller's number, whole; recorded with its reason. Its seat needs none while the call is open. Refused:
/// call.number_withheld, field.required (reason).
Result<std::string> unmask(Office const& office, CallId id, std::string_view reason);

}  // namespace banyan::calls
