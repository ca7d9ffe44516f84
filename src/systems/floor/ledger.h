// systems/floor/ledger.h: the SQL of appointments, numbers and windows. On both databases.
//
// Whoever writes is in a transaction of the engine's writer (Engine::write), one at a time: what is read here
// stays true until it is written, so two who want the last place, and two windows that call, never get the same.
// Indexes of the tables say so again.
#pragma once
#include "kernel/engine/engine.h"
#include "systems/floor/queue.h"
#include "systems/floor/slots.h"

namespace banyan::floor {

/// What a piece of work has: in a transaction of the writer, or of a reader.
struct Office {
    store::Session& session;
    Handbook const& book;
    Plan const& plan;
    crypto::Keyring const& keys;
    Directory const& directory;
    Actor actor;
    Moment moment;
    std::shared_ptr<Plan const> kept = {};  ///< keeps `plan` where another one may take its place

    Instant now() const { return moment.now; }
    Day today() const { return moment.today(); }
    OfficeHours hours(Hall const& hall) const;
    Handbook book_for(Hall const& hall) const;  ///< with what the hall says itself
    bool open_on(Hall const& hall, Day day) const;
    bool gives_numbers(Hall const& hall) const;  ///< now
};

/// Sealed, and erased after a time.
struct Personal {
    std::string number;  ///< of the appointment: who has it sees and cancels it
    std::string name, phone, matter;
};

struct Appointment {
    enum class State { booked, came, no_show, cancelled };
    AppointmentId id;
    std::string hall, service;
    Day day;
    Slot slot;
    int place = 0;
    State state = State::booked;
    bool counts = true;
    std::string token, person_token;
    PersonId person;
    std::string sealed, item;
    bool kept = true;
    Instant booked, changed;
};
std::string_view name(Appointment::State state);

struct WindowNow {
    std::string hall, code, state = "closed", reason;
    PersonId person;
    Instant since;
};

struct Act {
    std::string hall, window, what, note;
    TicketId ticket;
};

/// Ten letters and digits that nobody guesses, none like another. `once`: an Idempotency-Key, which gives the same
/// again to the same.
std::string new_number(crypto::Keyring const& keys, std::string_view who, std::string_view once);
/// As people type it: small letters, spaces and hyphens are passed over.
std::string token_of(crypto::Keyring const& keys, std::string_view number);
/// Of a telephone number, else of an account.
std::string person_token(crypto::Keyring const& keys, std::string_view phone, PersonId person);
void seal(crypto::Keyring const& keys, Appointment& appointment, Personal const& personal);
Personal open(crypto::Keyring const& keys, Appointment const& appointment);

std::optional<Appointment> load_appointment(store::Session& session, AppointmentId id);
std::optional<Appointment> load_appointment(store::Session& session, std::string_view token);
/// Of a day of a hall, by time; of a person, the latest day first.
std::vector<Appointment> load_appointments(store::Session& session, std::string_view hall, Day day);
/// Booked ones of a hall that are not over, by time.
std::vector<Appointment> load_booked(store::Session& session, std::string_view hall, Instant from);
std::vector<Appointment> load_appointments_of(store::Session& session, std::string_view person_token, Day from);
/// How many places of each slot of these days are taken: begin → places.
std::map<Instant, std::vector<int>> load_taken(store::Session& session, std::string_view hall,
                                               std::string_view service, Instant from, Instant until);
void save(store::Session& session, Appointment const& appointment);

std::optional<Ticket> load_ticket(store::Session& session, TicketId id);
std::optional<Ticket> load_ticket(store::Session& session, std::string_view token);
std::vector<Ticket> load_day(store::Session& session, std::string_view hall, Day day);
/// Waiting and called ones.
std::vector<Ticket> load_open(store::Session& session, std::string_view hall, Day day);
std::vector<Ticket> load_tickets_of(store::Session& session, std::string_view person_token, Day day);
int last_number(store::Session& session, std::string_view hall, Day day, std::string_view letter);
/// Of the window's last calls of the day, how many in a row were ahead of somebody; counts to `most`.
int load_in_a_row(store::Session& session, std::string_view hall, Day day, std::string_view window, int most);
void save(store::Session& session, Ticket const& ticket);

std::vector<WindowNow> load_windows(store::Session& session, Hall const& hall);  ///< all that the plan has
std::optional<WindowNow> load_window_of(store::Session& session, PersonId person);
void save(store::Session& session, WindowNow const& window);

std::int64_t next_id(store::Session& session, std::string_view table);
void save(Office const& office, Act const& act);

}  // namespace banyan::floor
