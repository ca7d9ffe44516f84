// systems/floor/tickets.h: numbers taken (取号, 预约取号), watched, given back.
//
// In a transaction of the writer (ledger.h). In the hall a clerk or a kiosk takes them, signed in; by phone an
// account or a telephone number does, one at a time a hall and day, so that nobody fills the queue from afar.
#pragma once
#include "systems/floor/ledger.h"

namespace banyan::floor {

struct Taking {
    std::string hall, service;  ///< service: empty with an appointment
    std::string appointment;    ///< its number
    std::string ground;         ///< of priority
    std::string phone;          ///< of who has no account and no appointment
    std::string who, once;
};
struct Taken {
    Ticket ticket;
    std::string key;  ///< who has it watches the ticket, comes back, leaves
    bool repeated = false;
};
/// Refused: hall.unknown, service.unknown, field.required (service, phone), ticket.hours, ticket.twice,
/// ticket.too_many; with an appointment: appointment.unknown, appointment.over, ticket.other_hall,
/// ticket.other_day (day), ticket.too_early (from), ticket.too_late.
Result<Taken> take(Office const& office, Taking const& taking);

Result<Ticket> seen_ticket(Office const& office, std::string_view key);  ///< ticket.unknown
/// Refused: ticket.unknown, ticket.not_waiting.
Result<Ticket> leave(Office const& office, std::string_view key);
/// Who was passed waits again, behind a few. Refused: ticket.not_passed, ticket.back_once.
Result<Ticket> come_back(Office const& office, Ticket ticket);

/// Whether the actor takes numbers in the hall itself.
bool in_the_hall(Office const& office, Hall const& hall);

}  // namespace banyan::floor
