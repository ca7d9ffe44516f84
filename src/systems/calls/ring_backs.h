// systems/calls/ring_backs.h: missed calls that are rung back (回拨; not 回访, which is the call-back after a
// reply).
//
// A call that is abandoned while it waits or rings goes on the list, one entry a number. It is claimed, tried,
// closed; tried only in the hours of data/calls.toml.
#pragma once
#include "systems/calls/ledger.h"

namespace banyan::calls {

struct RingBack {
    std::int64_t id = 0;
    std::string token;
    CallId call;  ///< the last one missed
    int missed = 0;
    Instant opened;
    PersonId person;  ///< who claimed it
    Instant claimed;
    int attempts = 0;
    std::string outcome;  ///< empty: open
    Instant closed;
    PersonId closed_by;

    bool open() const { return outcome.empty(); }
    bool held(Handbook const& book, Instant now) const { return person && now < claimed + book.claim_lasts; }
};

struct RingBackAct {
    std::string what, outcome, note;
    PersonId person;
    Instant at;
};

struct RingBacksAsked {
    bool open = true;
    PersonId mine;           ///< claimed by
    std::int64_t after = 0;  ///< of open ones ids above (the oldest first), else below
    std::size_t limit = 50;
};
std::optional<RingBack> load_ring_back(store::Session& session, std::int64_t id);
std::vector<RingBack> load_ring_backs(store::Session& session, RingBacksAsked const& asked);
std::vector<RingBackAct> load_ring_back_acts(store::Session& session, std::int64_t id);

/// A call was missed; one of that number was answered.
void missed(Office const& office, Call const& call);
void answered(Office const& office, Call const& call);

/// Refused, each: ring_back.unknown, ring_back.closed, ring_back.taken (by, until), ring_back.not_claimed.
Result<void> claim(Office const& office, std::int64_t id);
Result<void> release(Office const& office, std::int64_t id);
/// reached and wrong_number close it. Refused: ring_back.hours.
Result<void> attempt(Office const& office, std::int64_t id, std::string_view outcome, std::string_view note);
/// not_reached after so many attempts; not_needed by a shift leader. Refused: ring_back.attempts,
/// ring_back.leader.
Result<void> close(Office const& office, std::int64_t id, std::string_view outcome, std::string_view note);
/// Its number, whole, for who claimed it; recorded.
Result<std::string> unmask(Office const& office, std::int64_t id);

}  // namespace banyan::calls
