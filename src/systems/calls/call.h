// systems/calls/call.h: one call, and what each report of the telephone makes of it. Pure.
//
// A report is known by what it says: told twice it changes nothing. After `offered` the others may come in any
// order; times decide, so the same reports give the same call.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace banyan::calls {

using CallId = Id<struct CallTag>;

struct Call {
    CallId id;
    PersonId telephone;
    std::string external;
    std::string line, language;
    std::string number, token;  ///< sealed, and its blind index; empty: withheld
    Instant offered, ringing, rang;
    PersonId seat;
    Instant answered, abandoned, ended, finished;
    std::string closing;
    Instant closed;
    PersonId closed_by;
    std::string rating;
    Instant rated;
    Instant asked;  ///< to rate it, by the telephone
    std::string recording;

    bool is_missed() const { return static_cast<bool>(abandoned); }
    bool on_line() const { return answered && !ended; }
};

enum class State { waiting, ringing, talking, ended, abandoned };
std::string_view name(State state);
State state_of(Call const& call);

struct Report {
    enum class What { offered, ringing, answered, ended, abandoned, rated, asked } what = What::offered;
    Instant at;
    PersonId seat;             ///< ringing, answered
    std::string number, line;  ///< offered
    std::string language;      ///< offered
    std::string recording;     ///< answered, ended
    std::string rating;        ///< rated
};
std::string_view name(Report::What what);
std::optional<Report::What> report_named(std::string_view what);

/// What `report` makes of a call that was offered. Refused: call_report.too_early, .after_end, .before_answer,
/// .other, call.answered, call.abandoned, call.not_answered.
Result<void> take(Call& call, Report const& report);

/// Waiting: until somebody answered, or the caller gave up, or now. Ringing, talking, after-call work: nothing
/// where there was none.
struct Times {
    Span waiting;
    std::optional<Span> answering, talking, after;
};
Times times_of(Call const& call, Instant now);

}  // namespace banyan::calls
