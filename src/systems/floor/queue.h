// systems/floor/queue.h: numbers, and who is next.
//
// First those with a ground of priority, then appointments that are due, then the others, each by the time since
// which they wait. A window that has called so many in a row before somebody who had waited longer calls the
// longest waiting of all: so nobody starves. Who was passed and came back is behind a few. Pure.
#pragma once
#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <vector>

#include "base/id.h"
#include "systems/floor/plan.h"

namespace banyan::floor {

using TicketId = Id<struct TicketTag>;
using AppointmentId = Id<struct AppointmentTag>;

struct Ticket {
    enum class State { waiting, called, served, passed, left };
    enum class Way { hall, phone };

    TicketId id;
    std::string hall;
    Day day;
    std::string letter;
    int n = 0;
    std::string service, only_window;
    Way way = Way::hall;
    std::string ground;  ///< of priority; empty: none
    AppointmentId appointment;
    Instant due;  ///< an appointment's
    Instant taken;
    State state = State::waiting;
    int behind = 0, passes = 0;
    bool over = false;
    std::string called_at;  ///< a window
    Instant first_called, last_called;
    int calls = 0;
    bool ahead = false;
    Instant finished;
    std::string token, person_token;
    bool kept = true;  ///< whose it is is still known

    std::string number() const;  ///< Z001
    /// Since when it stands where it stands: an appointment not before it is due.
    Instant since() const { return std::max(taken, due); }
};
std::string_view name(Ticket::State state);
std::string_view name(Ticket::Way way);

/// Grounds of priority: the old, with children, ill, disabled, pregnant (老幼病残孕), the military (军人, 优待证).
inline constexpr std::array<std::string_view, 6> kGrounds{"elderly",  "with_child", "ill",
                                                          "disabled", "pregnant",   "military"};

/// Those waiting, as they would be called now.
std::vector<Ticket const*> in_order(std::span<Ticket const> waiting, Instant now);

struct Next {
    Ticket const* ticket = nullptr;  ///< null: nobody
    bool ahead = false;              ///< somebody who has waited longer stays waiting
};
/// `in_a_row`: how many the window has called so before.
Next next_of(Handbook const& book, std::span<Ticket const> waiting, int in_a_row, Instant now);

/// Of `waiting`, those that this window may call.
std::vector<Ticket> for_window(std::span<Ticket const> waiting, Window const& window);

/// How many of the same service would be called before it.
int before(Ticket const& ticket, std::span<Ticket const> waiting, Instant now);
/// Roughly how long still, given how many windows serve now. Zero windows: nothing.
std::optional<Span> about(int before, int windows, Span served);

}  // namespace banyan::floor
