// systems/floor/views.h: what leaves the house. A screen has numbers and windows and nothing of a person; a name
// or a telephone number is masked wherever it stands, to its owner too.
#pragma once
#include "kernel/procedure/shape.h"
#include "kernel/procedure/texts.h"
#include "systems/floor/counter.h"
#include "systems/floor/figures.h"

namespace banyan::floor {

json::object hall_json(Office const& office, Hall const& hall);
shape::Schema hall_shape();

/// `whose`: with its number, for who may cancel it.
json::object appointment_json(Office const& office, Appointment const& appointment, bool whose);
shape::Schema appointment_shape();

/// A day of the hall as it is now: what everything below is told from.
struct DayNow {
    Hall const& hall;
    std::vector<Ticket> tickets, waiting;
    std::vector<WindowNow> windows;
    DayFigures figures;

    int open_windows(std::string_view service) const;  ///< that call for it now
    std::int64_t waiting_for(std::string_view service) const;
    std::optional<std::int64_t> minutes_for(Office const& office, Ticket const& ticket) const;
};
DayNow day_now(Office const& office, Hall const& hall, Day day);

/// What a ticket says to who has it.
json::object ticket_json(Office const& office, DayNow const& day, Ticket const& ticket, Texts const& texts);
shape::Schema ticket_shape();

json::object screen_json(Office const& office, DayNow const& day, Texts const& texts);
shape::Schema screen_shape();

json::object figures_json(Office const& office, DayNow const& day, std::vector<Appointment> const& appointments);
shape::Schema figures_shape();

/// A clerk's desk: the windows, one's own, its queue in the order of calling, who was passed.
json::object desk_json(Office const& office, Texts const& texts);
shape::Schema desk_shape();

}  // namespace banyan::floor
