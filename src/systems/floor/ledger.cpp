#include "systems/floor/ledger.h"

#include <fmt/core.h>

#include "kernel/engine/blind.h"
#include "platform/crypto/random.h"
#include "systems/floor/rows.h"

namespace banyan::floor {
namespace {

constexpr std::string_view kLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";  // 32, without 0 1 I O
constexpr std::size_t kNumber = 10;
constexpr std::string_view kAppointmentColumns =
    "id, hall, service, day, begins, ends, place, state, counts, token, person_token, person, sealed, kept, item, "
    "booked, changed";

Appointment read_appointment(store::Row const& row) {
    Appointment one;
    one.id = AppointmentId(row.integer(0));
    one.hall = row.text(1);
    one.service = row.text(2);
    one.day = Day{static_cast<std::int32_t>(row.integer(3))};
    one.slot = {Instant{row.integer(4)}, Instant{row.integer(5)}};
    one.place = static_cast<int>(row.integer(6));
    for (auto state : {Appointment::State::booked, Appointment::State::came, Appointment::State::no_show,
                       Appointment::State::cancelled})
        if (row.text(7) == name(state)) one.state = state;
    one.counts = row.integer(8) != 0;
    one.token = row.bytes(9);
    one.person_token = row.bytes(10);
    one.person = PersonId(row.integer(11));
    one.sealed = row.bytes(12);
    one.kept = row.integer(13) != 0;
    one.item = row.text(14);
    one.booked = Instant{row.integer(15)};
    one.changed = Instant{row.integer(16)};
    return one;
}

std::vector<Appointment> appointments(store::Session& session, std::string_view condition,
                                      std::initializer_list<store::Cell> args) {
    std::vector<Appointment> all;
    session.query(fmt::format("SELECT {} FROM floor_appointment WHERE {}", kAppointmentColumns, condition), args,
                  [&](store::Row const& row) { all.push_back(read_appointment(row)); });
    return all;
}

std::optional<Appointment> first(std::vector<Appointment> all) {
    return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

WindowNow read_window(store::Row const& row) {
    return {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
            std::string(row.text(3)), PersonId(row.integer(4)), Instant{row.integer(5)}};
}

}  // namespace

OfficeHours Office::hours(Hall const& hall) const {
    if (!hall.hours.empty()) return hours_of(hall.hours);
    Unit const* unit = directory.current(hall.unit);
    return unit == nullptr ? kOfficeHours : hours_of(unit->office_hours);
}

Handbook Office::book_for(Hall const& hall) const {
    Handbook own = book;
    if (hall.slot_minutes > 0) own.slot_minutes = hall.slot_minutes;
    if (hall.per_window > 0) own.per_window = hall.per_window;
    return own;
}

bool Office::open_on(Hall const& hall, Day day) const {
    return moment.calendar->working(day) && hall.closed_on(day) == nullptr;
}

bool Office::gives_numbers(Hall const& hall) const {
    return hall.closed_on(today()) == nullptr && floor::gives_numbers(book, hours(hall), moment);
}

std::string_view name(Appointment::State state) {
    static constexpr std::string_view kNames[] = {"booked", "came", "no_show", "cancelled"};
    return kNames[static_cast<int>(state)];
}

std::string new_number(crypto::Keyring const& keys, std::string_view who, std::string_view once) {
    std::string bytes = crypto::random_bytes(kNumber);
    if (!once.empty())
        bytes =
            crypto::view(crypto::tag(keys.token_key(), fmt::format("floor\n{}\n{}\n{}", who.size(), who, once)));
    std::string number;
    for (std::size_t i = 0; i < kNumber; ++i) number += kLetters[static_cast<unsigned char>(bytes[i]) % 32];
    return number;
}

std::string token_of(crypto::Keyring const& keys, std::string_view number) {
    return blind_token(keys, "floor", number);
}

std::string person_token(crypto::Keyring const& keys, std::string_view phone, PersonId person) {
    if (!phone.empty()) return blind_token(keys, "phone", phone);
    return person ? blind_token(keys, "floor_person", person.text()) : std::string();
}

void seal(crypto::Keyring const& keys, Appointment& appointment, Personal const& personal) {
    json::object const plain{{"number", personal.number},
                             {"name", personal.name},
                             {"phone", personal.phone},
                             {"matter", personal.matter}};
    appointment.sealed =
        keys.seal(crypto::place("floor_appointment", appointment.id.value, "sealed"), json::serialize(plain));
}

Personal open(crypto::Keyring const& keys, Appointment const& appointment) {
    if (appointment.sealed.empty()) return {};
    auto const plain =
        keys.open(crypto::place("floor_appointment", appointment.id.value, "sealed"), appointment.sealed);
    boost::system::error_code error;
    json::value const value = json::parse(plain.value_or(""), error);
    if (error || !value.is_object()) return {};
    Form const form(value.as_object());
    return {std::string(form.text("number")), std::string(form.text("name")), std::string(form.text("phone")),
            std::string(form.text("matter"))};
}

std::optional<Appointment> load_appointment(store::Session& session, AppointmentId id) {
    return first(appointments(session, "id = $1", {id.value}));
}
std::optional<Appointment> load_appointment(store::Session& session, std::string_view token) {
    return first(appointments(session, "token = $1 ORDER BY id LIMIT 1", {store::Bytes{token}}));
}
std::vector<Appointment> load_appointments(store::Session& session, std::string_view hall, Day day) {
    return appointments(session, "hall = $1 AND day = $2 ORDER BY begins, id LIMIT 5000",
                        {hall, std::int64_t{day.number}});
}
std::vector<Appointment> load_booked(store::Session& session, std::string_view hall, Instant from) {
    return appointments(session, "hall = $1 AND state = 'booked' AND ends > $2 ORDER BY begins, id LIMIT 20000",
                        {hall, from.us});
}
std::vector<Appointment> load_appointments_of(store::Session& session, std::string_view person_token, Day from) {
    if (person_token.empty()) return {};
    return appointments(session, "person_token = $1 AND day >= $2 ORDER BY begins DESC, id DESC LIMIT 100",
                        {store::Bytes{person_token}, std::int64_t{from.number}});
}

std::map<Instant, std::vector<int>> load_taken(store::Session& session, std::string_view hall,
                                               std::string_view service, Instant from, Instant until) {
    std::map<Instant, std::vector<int>> taken;
    session.query(
        "SELECT begins, place FROM floor_appointment WHERE hall = $1 AND service = $2 AND begins >= $3 AND "
        "begins < $4 AND counts = 1 ORDER BY begins, place",
        {hall, service, from.us, until.us}, [&](store::Row const& row) {
            taken[Instant{row.integer(0)}].push_back(static_cast<int>(row.integer(1)));
        });
    return taken;
}

void save(store::Session& session, Appointment const& one) {
    RowBuffer row;
    row.integer(one.id.value);
    row.text_view(one.hall);
    row.text_view(one.service);
    row.integer(one.day.number);
    row.integer(one.slot.begins.us);
    row.integer(one.slot.ends.us);
    row.integer(one.place);
    row.text_view(name(one.state));
    row.integer(one.counts);
    row.bytes(one.token);
    row.bytes(one.person_token);
    row.integer(one.person.value);
    row.bytes(one.sealed);
    row.integer(one.kept);
    row.text_view(one.item);
    row.integer(one.booked.us);
    row.integer(one.changed.us);
    session.write(kAppointments, row.cells());
}

std::vector<WindowNow> load_windows(store::Session& session, Hall const& hall) {
    std::map<std::string, WindowNow> known;
    session.query("SELECT hall, code, state, reason, person, since FROM floor_window WHERE hall = $1",
                  {std::string_view(hall.code)},
                  [&](store::Row const& row) { known[std::string(row.text(1))] = read_window(row); });
    std::vector<WindowNow> all;
    for (Window const& window : hall.windows) {
        auto const found = known.find(window.code);
        if (found != known.end())
            all.push_back(found->second);
        else
            all.push_back({hall.code, window.code, "closed", {}, {}, {}});
    }
    return all;
}

std::optional<WindowNow> load_window_of(store::Session& session, PersonId person) {
    std::optional<WindowNow> found;
    session.query(
        "SELECT hall, code, state, reason, person, since FROM floor_window WHERE person = $1 AND person > 0 AND "
        "state <> 'closed' ORDER BY hall, code LIMIT 1",
        {person.value}, [&](store::Row const& row) { found = read_window(row); });
    return found;
}

void save(store::Session& session, WindowNow const& window) {
    session.execute(
        "INSERT INTO floor_window (hall, code, state, reason, person, since) VALUES ($1, $2, $3, $4, $5, $6) "
        "ON CONFLICT (hall, code) DO UPDATE SET state = excluded.state, reason = excluded.reason, "
        "person = excluded.person, since = excluded.since",
        {std::string_view(window.hall), std::string_view(window.code), std::string_view(window.state),
         std::string_view(window.reason), window.person.value, window.since.us});
}

std::int64_t next_id(store::Session& session, std::string_view table) {
    std::int64_t last = 0;
    session.query(fmt::format("SELECT coalesce(max(id), 0) FROM {}", table), {},
                  [&](store::Row const& row) { last = row.integer(0); });
    return last + 1;
}

void save(Office const& office, Act const& act) {
    office.session.execute(
        "INSERT INTO floor_act (id, hall, day, code, ticket, what, note, person, at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {next_id(office.session, "floor_act"), std::string_view(act.hall), std::int64_t{office.today().number},
         std::string_view(act.window), act.ticket.value, std::string_view(act.what), std::string_view(act.note),
         office.actor.person.value, office.now().us});
}

}  // namespace banyan::floor
