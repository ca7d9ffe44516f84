// The SQL of numbers.
#include <fmt/core.h>

#include "systems/floor/ledger.h"
#include "systems/floor/rows.h"

namespace banyan::floor {
namespace {

constexpr std::string_view kColumns =
    "id, hall, day, letter, n, service, only_window, way, ground, appointment, due, taken, state, behind, passes, "
    "over, called_at, first_called, last_called, calls, ahead, finished, token, person_token, kept";

Ticket read_ticket(store::Row const& row) {
    using State = Ticket::State;
    Ticket one;
    one.id = TicketId(row.integer(0));
    one.hall = row.text(1);
    one.day = Day{static_cast<std::int32_t>(row.integer(2))};
    one.letter = row.text(3);
    one.n = static_cast<int>(row.integer(4));
    one.service = row.text(5);
    one.only_window = row.text(6);
    one.way = row.text(7) == name(Ticket::Way::hall) ? Ticket::Way::hall : Ticket::Way::phone;
    one.ground = row.text(8);
    one.appointment = AppointmentId(row.integer(9));
    one.due = Instant{row.integer(10)};
    one.taken = Instant{row.integer(11)};
    for (State state : {State::waiting, State::called, State::served, State::passed, State::left})
        if (row.text(12) == name(state)) one.state = state;
    one.behind = static_cast<int>(row.integer(13));
    one.passes = static_cast<int>(row.integer(14));
    one.over = row.integer(15) != 0;
    one.called_at = row.text(16);
    one.first_called = Instant{row.integer(17)};
    one.last_called = Instant{row.integer(18)};
    one.calls = static_cast<int>(row.integer(19));
    one.ahead = row.integer(20) != 0;
    one.finished = Instant{row.integer(21)};
    one.token = row.bytes(22);
    one.person_token = row.bytes(23);
    one.kept = row.integer(24) != 0;
    return one;
}

std::vector<Ticket> tickets(store::Session& session, std::string_view condition,
                            std::initializer_list<store::Cell> args) {
    std::vector<Ticket> all;
    session.query(fmt::format("SELECT {} FROM floor_ticket WHERE {}", kColumns, condition), args,
                  [&](store::Row const& row) { all.push_back(read_ticket(row)); });
    return all;
}

std::optional<Ticket> first(std::vector<Ticket> all) {
    return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

}  // namespace

std::optional<Ticket> load_ticket(store::Session& session, TicketId id) {
    return first(tickets(session, "id = $1", {id.value}));
}
std::optional<Ticket> load_ticket(store::Session& session, std::string_view token) {
    return first(tickets(session, "token = $1 ORDER BY id LIMIT 1", {store::Bytes{token}}));
}
std::vector<Ticket> load_day(store::Session& session, std::string_view hall, Day day) {
    return tickets(session, "day = $2 AND hall = $1 ORDER BY id LIMIT 10000", {hall, std::int64_t{day.number}});
}
std::vector<Ticket> load_open(store::Session& session, std::string_view hall, Day day) {
    return tickets(session, "hall = $1 AND day = $2 AND state IN ('waiting', 'called') ORDER BY id LIMIT 10000",
                   {hall, std::int64_t{day.number}});
}
std::vector<Ticket> load_tickets_of(store::Session& session, std::string_view person_token, Day day) {
    if (person_token.empty()) return {};
    return tickets(session, "person_token = $1 AND day = $2 ORDER BY id LIMIT 100",
                   {store::Bytes{person_token}, std::int64_t{day.number}});
}

int last_number(store::Session& session, std::string_view hall, Day day, std::string_view letter) {
    int last = 0;
    session.query("SELECT coalesce(max(n), 0) FROM floor_ticket WHERE hall = $1 AND day = $2 AND letter = $3",
                  {hall, std::int64_t{day.number}, letter},
                  [&](store::Row const& row) { last = static_cast<int>(row.integer(0)); });
    return last;
}

int load_in_a_row(store::Session& session, std::string_view hall, Day day, std::string_view window, int most) {
    int row_of_them = 0;
    bool going = true;
    session.query(
        "SELECT ahead FROM floor_ticket WHERE hall = $1 AND day = $2 AND called_at = $3 AND last_called > 0 "
        "ORDER BY last_called DESC, id DESC LIMIT $4",
        {hall, std::int64_t{day.number}, window, std::int64_t{most}}, [&](store::Row const& row) {
            going = going && row.integer(0) != 0;
            if (going) ++row_of_them;
        });
    return row_of_them;
}

void save(store::Session& session, Ticket const& one) {
    RowBuffer row;
    row.integer(one.id.value);
    row.text_view(one.hall);
    row.integer(one.day.number);
    row.text_view(one.letter);
    row.integer(one.n);
    row.text_view(one.service);
    row.text_view(one.only_window);
    row.text_view(name(one.way));
    row.text_view(one.ground);
    row.integer(one.appointment.value);
    row.integer(one.due.us);
    row.integer(one.taken.us);
    row.text_view(name(one.state));
    row.integer(one.behind);
    row.integer(one.passes);
    row.integer(one.over);
    row.text_view(one.called_at);
    row.integer(one.first_called.us);
    row.integer(one.last_called.us);
    row.integer(one.calls);
    row.integer(one.ahead);
    row.integer(one.finished.us);
    row.bytes(one.token);
    row.bytes(one.person_token);
    row.integer(one.kept);
    session.write(kTickets, row.cells());
}

}  // namespace banyan::floor
