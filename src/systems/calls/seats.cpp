#include "systems/calls/seats.h"

#include <fmt/format.h>

#include <algorithm>

namespace banyan::calls {
namespace {

constexpr std::string_view kSpan = "id, person, state, began, ended, call, rest, set_by, note";
constexpr std::string_view kRest = "id, person, minutes, reason, asked, state, decided, decided_by";

SeatSpan read_span(store::Row const& row) {
    return {row.integer(0),          PersonId(row.integer(1)), std::string(row.text(2)),
            Instant{row.integer(3)}, Instant{row.integer(4)},  CallId(row.integer(5)),
            row.integer(6),          PersonId(row.integer(7)), std::string(row.text(8))};
}

Rest read_rest(store::Row const& row) {
    return {row.integer(0),           PersonId(row.integer(1)), static_cast<int>(row.integer(2)),
            std::string(row.text(3)), Instant{row.integer(4)},  std::string(row.text(5)),
            Instant{row.integer(6)},  PersonId(row.integer(7))};
}

std::vector<SeatSpan> spans(store::Session& session, std::string_view condition,
                            std::vector<store::Cell> const& args) {
    std::vector<SeatSpan> all;
    session.query(fmt::format("SELECT {} FROM seat_span WHERE {}", kSpan, condition), args,
                  [&](store::Row const& row) { all.push_back(read_span(row)); });
    return all;
}

std::optional<Rest> rest_where(store::Session& session, std::string_view condition, std::int64_t arg) {
    std::optional<Rest> rest;
    session.query(fmt::format("SELECT {} FROM seat_break WHERE {}", kRest, condition), {arg},
                  [&](store::Row const& row) { rest = read_rest(row); });
    return rest;
}

void save_span(store::Session& session, SeatSpan const& span) {
    session.execute(
        "INSERT INTO seat_span (id, person, state, began, ended, call, rest, set_by, note) VALUES ($1, $2, $3, "
        "$4, "
        "$5, $6, $7, $8, $9)",
        {span.id, span.person.value, std::string_view(span.state), span.began.us, span.ended.us, span.call.value,
         span.rest, span.set_by.value, std::string_view(span.note)});
}

/// Ends what goes on and begins `next`, unless it is older than what goes on; an empty state: signed off.
void change(store::Session& session, std::optional<SeatSpan> const& now, SeatSpan next) {
    if (now) {
        if (next.began < now->began) return;
        session.execute("UPDATE seat_span SET ended = $1 WHERE id = $2", {next.began.us, now->id});
        if (now->state == "after_call") save_finished(session, now->call, next.began);
    }
    if (next.state.empty()) return;
    next.id = next_id(session, "seat_span");
    save_span(session, next);
}

SeatSpan span_of(PersonId person, std::string_view state, Instant at, CallId call = {}) {
    SeatSpan span;
    span.person = person;
    span.state = state;
    span.began = at;
    span.call = call;
    return span;
}

/// As it was before the call rang, or ready where that is over: after the call nobody knows.
SeatSpan span_before(store::Session& session, SeatSpan const& now, Instant at) {
    SeatSpan next = span_of(now.person, "ready", at);
    if (now.state != "ringing") return next;
    auto const before =
        spans(session, "person = $1 AND began <= $2 AND id < $3 ORDER BY began DESC, id DESC LIMIT 1",
              {now.person.value, now.began.us, now.id});
    if (before.empty() || before[0].ended != now.began)
        next.state.clear();  // it was signed off
    else if (before[0].state == "busy" || before[0].state == "break") {
        next.state = before[0].state;
        next.rest = before[0].rest;
        next.note = before[0].note;
    }
    return next;
}

/// What the call makes of a seat: a state and since when; an empty one: nothing (any more).
std::pair<std::string_view, Instant> state_by(Call const& call, PersonId person) {
    if (call.seat != person) return {"", call.answered ? call.answered : call.rang};
    if (call.abandoned) return {"", call.abandoned};
    if (call.answered && call.ended) return {"after_call", call.ended};
    if (call.answered) return {"talking", call.answered};
    if (call.ended) return {"", call.ended};
    return {"ringing", call.rang};
}

Result<std::int64_t> granted_rest(Office const& office, PersonId person) {
    auto rest = load_last_rest(office.session, person);
    if (!rest || rest->state != "granted" || rest->decided + office.book.break_valid < office.now)
        return refuse("seat.break_not_granted", "state");
    return rest->id;
}

void save_rest_state(Office const& office, std::int64_t rest, std::string_view state) {
    office.session.execute("UPDATE seat_break SET state = $1 WHERE id = $2", {state, rest});
}

}  // namespace

bool is_seat(Person const& person) { return person.role == "seat" || person.role == "shift_leader"; }

std::vector<SeatSpan> load_now(store::Session& session) {
    return spans(session, "ended = 0 ORDER BY person, id", {});
}

std::optional<SeatSpan> load_now(store::Session& session, PersonId person) {
    auto all = spans(session, "person = $1 AND ended = 0 ORDER BY id", {person.value});
    return all.empty() ? std::nullopt : std::optional(std::move(all.back()));
}

std::vector<SeatSpan> load_spans(store::Session& session, PersonId person, Instant from, Instant until) {
    constexpr Span kLongest = hours(7 * 24);  // nobody is in one state longer
    return spans(
        session,
        "person = $1 AND began >= $2 AND began < $3 AND (ended = 0 OR ended > $4) ORDER BY began, id LIMIT "
        "2000",
        {person.value, (from - kLongest).us, until.us, from.us});
}

std::vector<Rest> load_asked(store::Session& session, std::size_t most) {
    std::vector<Rest> all;
    session.query(fmt::format("SELECT {} FROM seat_break WHERE state = 'asked' ORDER BY id LIMIT $1", kRest),
                  {static_cast<std::int64_t>(most)},
                  [&](store::Row const& row) { all.push_back(read_rest(row)); });
    return all;
}

std::optional<Rest> load_rest(store::Session& session, std::int64_t id) {
    return rest_where(session, "id = $1", id);
}

std::optional<Rest> load_last_rest(store::Session& session, PersonId person) {
    return rest_where(session, "person = $1 ORDER BY id DESC LIMIT 1", person.value);
}

void follow(Office const& office, Call const& call) {
    bool holds = false;
    for (SeatSpan const& now : spans(office.session, "call = $1 AND ended = 0 ORDER BY id", {call.id.value})) {
        auto const [state, at] = state_by(call, now.person);
        holds = holds || now.person == call.seat;
        if (state == now.state) continue;
        if (state.empty())
            change(office.session, now, span_before(office.session, now, std::max(at, now.began)));
        else if (now.state != "after_call")  // nobody is called back into a call
            change(office.session, now, span_of(now.person, state, std::max(at, now.began), call.id));
    }
    if (holds || !call.seat || call.finished) return;
    auto const [state, at] = state_by(call, call.seat);
    auto now = load_now(office.session, call.seat);
    if (state.empty() || (state == "after_call" && (!now || now->state != "ready"))) return;
    change(office.session, now, span_of(call.seat, state, at, call.id));
}

Result<void> set_state(Office const& office, PersonId person, std::string_view state, std::string_view note) {
    Person const* who = office.directory.person(person);
    bool const own = person == office.actor.person;
    if (who == nullptr || !is_seat(*who) || !in_scope(office.actor, office.directory, person))
        return refuse("seat.unknown");
    auto const now = load_now(office.session, person);
    std::string_view const is = now ? std::string_view(now->state) : "off";
    if (is == state) return {};
    if (own && (is == "ringing" || is == "talking")) return refuse("seat.on_call");
    if (own && state != "busy") {
        auto const unclosed = load_unclosed(office.session, person, 1);
        if (!unclosed.empty()) return refuse("seat.to_close", {}, {{"call", unclosed[0].text()}});
    }
    SeatSpan next = span_of(person, state == "off" ? std::string_view() : state,
                            now ? std::max(office.now, now->began) : office.now);
    next.set_by = office.actor.person;
    next.note = note;
    if (state == "break") {
        BANYAN_TRY(next.rest, granted_rest(office, person));
        save_rest_state(office, next.rest, "taken");
    }
    change(office.session, now, std::move(next));
    return {};
}

Result<std::int64_t> ask_break(Office const& office, int minutes, std::string_view reason) {
    if (minutes > office.book.most_break_minutes)
        return refuse("seat.break_too_long", "minutes",
                      {{"most", std::to_string(office.book.most_break_minutes)}});
    auto const last = load_last_rest(office.session, office.actor.person);
    bool const waits = last && (last->state == "asked" || (last->state == "granted" &&
                                                           last->decided + office.book.break_valid >= office.now));
    if (waits) return refuse("seat.break_asked");
    std::int64_t const id = next_id(office.session, "seat_break");
    office.session.execute(
        "INSERT INTO seat_break (id, person, minutes, reason, asked, state, decided, decided_by) VALUES ($1, $2, "
        "$3, "
        "$4, $5, 'asked', 0, 0)",
        {id, office.actor.person.value, std::int64_t{minutes}, reason, office.now.us});
    return id;
}

Result<void> decide_break(Office const& office, std::int64_t rest, bool grant) {
    auto const asked = load_rest(office.session, rest);
    if (!asked || !in_scope(office.actor, office.directory, asked->person)) return refuse("seat.break_unknown");
    if (asked->person == office.actor.person) return refuse("seat.own_break");
    if (asked->state != "asked") return refuse("seat.break_decided");
    office.session.execute(
        "UPDATE seat_break SET state = $1, decided = $2, decided_by = $3 WHERE id = $4",
        {std::string_view(grant ? "granted" : "refused"), office.now.us, office.actor.person.value, rest});
    return {};
}

}  // namespace banyan::calls
