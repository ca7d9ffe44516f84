// systems/floor/figures.h: a hall's day in numbers, from its tickets. Pure.
#pragma once
#include <map>

#include "systems/floor/queue.h"

namespace banyan::floor {

struct Tally {
    std::int64_t taken = 0, waiting = 0, served = 0, passed = 0, ended = 0, left = 0, priority = 0,
                 by_appointment = 0;
    std::int64_t waited_n = 0, served_n = 0;
    Span waited, longest, serving;  ///< of those that were called; of those that were served at a window

    std::optional<Span> average_wait() const;
    std::optional<Span> average_serving() const;
};

struct DayFigures {
    Tally all;
    std::map<std::string, Tally> by_service, by_window;
};

DayFigures figures_of(std::span<Ticket const> day);

/// What one person takes at the service: as today has it, where it knows enough of them.
Span served_span(Handbook const& book, DayFigures const& figures, std::string_view service);

}  // namespace banyan::floor
