// systems/calls/seats.h: what each seat is on now, and was: ready 示闲, ringing, talking, after-call 话后整理,
// busy 示忙, short break 小休. The telephone sets ringing, talking and after-call; a seat the others, a break only
// when a shift leader has granted it. A seat that is signed off is in no state.
#pragma once
#include "systems/calls/ledger.h"

namespace banyan::calls {

struct SeatSpan {
    std::int64_t id = 0;
    PersonId person;
    std::string state;
    Instant began, ended;  ///< ended: zero while it goes on
    CallId call;
    std::int64_t rest = 0;  ///< the break
    PersonId set_by;        ///< none: the telephone
    std::string note;
};

struct Rest {  ///< a short break
    std::int64_t id = 0;
    PersonId person;
    int minutes = 0;
    std::string reason;
    Instant asked;
    std::string state;  ///< asked, granted, refused, taken
    Instant decided;
    PersonId decided_by;
};

/// Who may take calls.
bool is_seat(Person const& person);

std::vector<SeatSpan> load_now(store::Session& session);
std::optional<SeatSpan> load_now(store::Session& session, PersonId person);
/// Those that touch [from, until), the oldest first.
std::vector<SeatSpan> load_spans(store::Session& session, PersonId person, Instant from, Instant until);
std::vector<Rest> load_asked(store::Session& session, std::size_t most);
std::optional<Rest> load_rest(store::Session& session, std::int64_t id);
/// The newest of somebody's breaks.
std::optional<Rest> load_last_rest(store::Session& session, PersonId person);

/// The seats that `call` concerns, after a report on it. What comes late corrects the call, not a seat's past.
void follow(Office const& office, Call const& call);

/// ready, busy, break, off. Of oneself, or by a shift leader of somebody in the team. Refused: seat.unknown,
/// seat.on_call, seat.to_close (call), seat.break_not_granted.
Result<void> set_state(Office const& office, PersonId person, std::string_view state, std::string_view note);
/// Refused: seat.break_too_long, seat.break_asked (one at a time).
Result<std::int64_t> ask_break(Office const& office, int minutes, std::string_view reason);
/// Refused: seat.break_unknown, seat.break_decided, seat.own_break.
Result<void> decide_break(Office const& office, std::int64_t rest, bool grant);

}  // namespace banyan::calls
