// systems/floor/booking.h: appointments (预约): booked, cancelled.
//
// In a transaction of the writer (ledger.h). A person is known by an account, else by a telephone number; nobody
// checks that the number is theirs, so it opens nothing: the appointment's own number does.
#pragma once
#include "systems/floor/ledger.h"

namespace banyan::floor {

struct Booking {
    std::string hall, service;
    Instant at;
    std::string name, phone;   ///< of who has no account; an account has its own
    std::string item, matter;  ///< what it is about: an item's code, a case that there is already
    std::string who, once;     ///< Idempotency-Key of whom; empty: none
};
struct Booked {
    Appointment appointment;
    bool repeated = false;  ///< the same request again
};
/// Refused: hall.unknown, service.unknown, field.required (name, phone), as bookable(), appointment.twice,
/// appointment.too_many, appointment.no_shows (until), slot.full.
Result<Booked> book(Office const& office, Booking const& booking);

/// By its number; of an account's own also by who signed in. Refused: appointment.unknown.
Result<Appointment> seen_appointment(Office const& office, std::string_view number);
/// Refused: appointment.unknown, appointment.over, appointment.begun.
Result<Appointment> cancel(Office const& office, std::string_view number);

/// Who did not come, in the days that count.
int no_shows(Office const& office, std::string_view person_token);
/// Of who is signed in with an account, from today on; empty for everybody else.
std::vector<Appointment> own_appointments(Office const& office);
/// Of an account: keyed by its telephone number, else by itself; empty for who has none.
std::string own_token(Office const& office);

}  // namespace banyan::floor
