// systems/floor/counter.h: a window and who sits at it: open, pause, next, again, pass, transfer, finish.
//
// In a transaction of the writer (ledger.h). One person has one window, one window one number at a time.
#pragma once
#include "systems/floor/ledger.h"

namespace banyan::floor {

/// Reasons of a pause (暂停服务).
inline constexpr std::array<std::string_view, 4> kPauses{"rest", "papers", "system", "other"};

/// The hall's windows and clerks: those of its unit anywhere, a unit's people where its items are taken in.
bool may_work(Office const& office, Hall const& hall, Window const& window);
/// The hall somebody works in; null: none.
Hall const* hall_of(Office const& office);
/// The window that is the actor's now.
struct OwnWindow {
    Hall const* hall = nullptr;
    Window const* window = nullptr;
    WindowNow now;
    std::optional<Ticket> ticket;  ///< at it
};
Result<OwnWindow> own_window(Office const& office);  ///< window.none

/// Refused: hall.unknown, window.unknown, window.not_yours, window.taken (by), window.one (window).
Result<void> open_window(Office const& office, std::string_view hall, std::string_view window);
/// Refused, all below: window.none; window.serving while a number is at it.
Result<void> pause(Office const& office, std::string_view reason);
Result<void> resume(Office const& office);
Result<void> close_window(Office const& office);
/// By the hall's management: whatever is at it is finished. Refused: hall.unknown, window.unknown,
/// window.not_yours.
Result<void> close_for(Office const& office, std::string_view hall, std::string_view window);

/// Finishes whom it has and calls the next; nobody waits: none. `at`: the number the clerk sees at the window (""
/// none), so that a request sent twice calls one. Refused: window.paused, window.moved.
Result<void> call_next(Office const& office, std::optional<std::string_view> at);
/// Refused, each: window.nobody.
Result<void> call_again(Office const& office);
Result<void> pass(Office const& office);
Result<void> finish(Office const& office);
/// To another service, or to a window. Refused: window.nobody, service.unknown, window.unknown, window.closed,
/// transfer.same.
Result<void> transfer(Office const& office, std::string_view service, std::string_view window);

/// A number of the hall, of today. Refused: ticket.unknown, as come_back(); ticket.not_waiting.
Result<void> let_back(Office const& office, TicketId ticket);
Result<void> give_priority(Office const& office, TicketId ticket, std::string_view ground);

}  // namespace banyan::floor
