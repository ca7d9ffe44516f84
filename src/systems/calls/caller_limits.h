// systems/calls/caller_limits.h: callers who only harass (骚扰来电): limited for a time, never blocked.
//
// A limit is a matter of procedures/caller_limit.toml, found by the call it was proposed from (source
// "caller_limit"); that call's blind index finds the others of the number. The number itself is in no matter.
#pragma once
#include "kernel/engine/engine.h"
#include "kernel/procedure/texts.h"
#include "systems/calls/ledger.h"

namespace banyan::calls {

inline constexpr std::string_view kLimitSource = "caller_limit";

/// Of a number, proposed or running. What is over is none.
struct CallerLimit {
    MatterId matter;
    bool running = false;  ///< else it waits for a second person
    std::string harassment;
    std::string until, handling;   ///< while it runs
    std::int64_t calls_a_day = 0;  ///< so many are answered as any
    std::int64_t calls_today = 0;  ///< of the number, those offered so far
    /// A call of now is one of those behind them.
    bool applies() const { return running && calls_today > calls_a_day; }
};
/// `token`: the blind index of a number; empty: withheld, never limited.
std::optional<CallerLimit> limit_of(store::Session& session, Procedures const& procedures, std::string_view token,
                                    Day today);

/// What `office.actor` proposes for the caller of a call, as a command. Refused: call.unknown,
/// caller_limit.not_yours, .not_harassing, .already (number), call.number_withheld.
struct Proposal {
    CallId call;
    std::string harassment, account;
};
Result<Command> proposing(Office const& office, Texts const& texts, Procedures const& procedures,
                          Proposal const& proposal);

}  // namespace banyan::calls
