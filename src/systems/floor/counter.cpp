#include "systems/floor/counter.h"

#include <algorithm>

#include "systems/floor/tickets.h"

namespace banyan::floor {
namespace {

std::string_view unit_code(Office const& office) {
    Unit const* unit = office.directory.unit(office.actor.unit);
    return unit == nullptr ? std::string_view() : std::string_view(unit->code);
}

bool of_the_hall(Office const& office, Hall const& hall) {
    bool const role = office.actor.role == "window" || office.actor.role == "hall_manager";
    return role && unit_code(office) == hall.unit;
}

void note(Office const& office, OwnWindow const& own, std::string_view what, TicketId ticket = {},
          std::string_view more = {}) {
    save(office, Act{own.hall->code, own.window->code, std::string(what), std::string(more), ticket});
}

void set(Office const& office, WindowNow window, std::string_view state, std::string_view reason = {}) {
    window.state = state;
    window.reason = reason;
    window.since = office.now();
    if (state == "closed") window.person = {};
    save(office.session, window);
}

/// What was put through to a window that closes waits for its service again.
void set_free(Office const& office, std::string_view hall, std::string_view window) {
    for (Ticket& each : load_open(office.session, hall, office.today()))
        if (each.only_window == window) {
            each.only_window.clear();
            save(office.session, each);
        }
}

void served(Office const& office, Ticket ticket) {
    ticket.state = Ticket::State::served;
    ticket.finished = office.now();
    save(office.session, ticket);
}

std::vector<Ticket> waiting_of(std::vector<Ticket> open) {
    std::erase_if(open, [](Ticket const& each) { return each.state != Ticket::State::waiting; });
    return open;
}

Result<OwnWindow> free_window(Office const& office) {
    BANYAN_TRY(OwnWindow own, own_window(office));
    if (own.ticket) return refuse("window.serving", {}, {{"number", own.ticket->number()}});
    return own;
}

Result<OwnWindow> busy_window(Office const& office) {
    BANYAN_TRY(OwnWindow own, own_window(office));
    if (!own.ticket) return refuse("window.nobody");
    return own;
}

Result<Ticket> todays(Office const& office, TicketId id) {
    auto found = load_ticket(office.session, id);
    Hall const* hall = hall_of(office);
    if (!found || hall == nullptr || found->hall != hall->code || found->day != office.today())
        return refuse("ticket.unknown");
    return std::move(*found);
}

}  // namespace

bool may_work(Office const& office, Hall const& hall, Window const& window) {
    if (of_the_hall(office, hall)) return true;
    bool const unit = office.actor.role == "unit_clerk" || office.actor.role == "unit_head";
    return unit && hall.stationed(window, unit_code(office));
}

Hall const* hall_of(Office const& office) {
    for (Hall const& hall : office.plan.halls)
        if (std::ranges::any_of(hall.windows,
                                [&](Window const& window) { return may_work(office, hall, window); }))
            return &hall;
    return nullptr;
}

Result<OwnWindow> own_window(Office const& office) {
    auto now = load_window_of(office.session, office.actor.person);
    Hall const* hall = now ? office.plan.hall(now->hall) : nullptr;
    Window const* window = hall == nullptr ? nullptr : hall->window(now->code);
    if (window == nullptr) return refuse("window.none");
    OwnWindow own{hall, window, std::move(*now), std::nullopt};
    for (Ticket& each : load_open(office.session, hall->code, office.today()))
        if (each.state == Ticket::State::called && each.called_at == window->code) own.ticket = std::move(each);
    return own;
}

Result<void> open_window(Office const& office, std::string_view hall_code, std::string_view code) {
    Hall const* hall = office.plan.hall(hall_code);
    if (hall == nullptr) return refuse("hall.unknown");
    Window const* window = hall->window(code);
    if (window == nullptr) return refuse("window.unknown", "window");
    if (!may_work(office, *hall, *window)) return refuse("window.not_yours", "window");
    if (auto const mine = load_window_of(office.session, office.actor.person)) {
        if (mine->hall == hall_code && mine->code == code) return {};
        return refuse("window.one", "window", {{"window", mine->code}});
    }
    auto const all = load_windows(office.session, *hall);
    WindowNow now = *std::ranges::find(all, code, &WindowNow::code);
    if (now.state != "closed") {
        Person const* by = office.directory.person(now.person);
        return refuse("window.taken", "window", {{"by", by == nullptr ? "" : by->zh}});
    }
    now.person = office.actor.person;
    set(office, now, "open");
    note(office, {hall, window, {}, {}}, "open");
    return {};
}

Result<void> pause(Office const& office, std::string_view reason) {
    BANYAN_TRY(OwnWindow const own, free_window(office));
    set(office, own.now, "paused", reason);
    note(office, own, "pause", {}, reason);
    return {};
}

Result<void> resume(Office const& office) {
    BANYAN_TRY(OwnWindow const own, own_window(office));
    if (own.now.state == "open") return {};
    set(office, own.now, "open");
    note(office, own, "resume");
    return {};
}

Result<void> close_window(Office const& office) {
    BANYAN_TRY(OwnWindow const own, free_window(office));
    set_free(office, own.hall->code, own.window->code);
    set(office, own.now, "closed");
    note(office, own, "close");
    return {};
}

Result<void> close_for(Office const& office, std::string_view hall_code, std::string_view code) {
    Hall const* hall = office.plan.hall(hall_code);
    if (hall == nullptr) return refuse("hall.unknown");
    Window const* window = hall->window(code);
    if (window == nullptr) return refuse("window.unknown");
    if (!of_the_hall(office, *hall)) return refuse("window.not_yours");
    for (Ticket const& each : load_open(office.session, hall_code, office.today()))
        if (each.state == Ticket::State::called && each.called_at == code) served(office, each);
    set_free(office, hall_code, code);
    auto const all = load_windows(office.session, *hall);
    set(office, *std::ranges::find(all, code, &WindowNow::code), "closed");
    note(office, {hall, window, {}, {}}, "close");
    return {};
}

Result<void> call_next(Office const& office, std::optional<std::string_view> at) {
    BANYAN_TRY(OwnWindow const own, own_window(office));
    if (own.now.state != "open") return refuse("window.paused");
    if (at && *at != (own.ticket ? own.ticket->id.text() : std::string())) return refuse("window.moved");
    if (own.ticket) {
        served(office, *own.ticket);
        note(office, own, "finish", own.ticket->id);
    }
    auto const waiting = waiting_of(load_open(office.session, own.hall->code, office.today()));
    auto const mine = for_window(waiting, *own.window);
    int const in_a_row =
        load_in_a_row(office.session, own.hall->code, office.today(), own.window->code, office.book.ahead);
    Next const next = next_of(office.book, mine, in_a_row, office.now());
    if (next.ticket == nullptr) return {};
    Ticket called = *next.ticket;
    called.state = Ticket::State::called;
    called.called_at = own.window->code;
    called.only_window.clear();
    called.behind = 0;
    called.ahead = next.ahead;
    called.last_called = office.now();
    if (!called.first_called) called.first_called = office.now();
    ++called.calls;
    save(office.session, called);
    for (Ticket each : waiting)
        if (each.id != called.id && each.service == called.service && each.behind > 0) {
            --each.behind;
            save(office.session, each);
        }
    note(office, own, "call", called.id);
    return {};
}

Result<void> call_again(Office const& office) {
    BANYAN_TRY(OwnWindow own, busy_window(office));
    own.ticket->last_called = office.now();
    ++own.ticket->calls;
    save(office.session, *own.ticket);
    note(office, own, "again", own.ticket->id);
    return {};
}

Result<void> pass(Office const& office) {
    BANYAN_TRY(OwnWindow own, busy_window(office));
    own.ticket->state = Ticket::State::passed;
    own.ticket->finished = office.now();
    ++own.ticket->passes;
    save(office.session, *own.ticket);
    note(office, own, "pass", own.ticket->id);
    return {};
}

Result<void> finish(Office const& office) {
    BANYAN_TRY(OwnWindow const own, busy_window(office));
    served(office, *own.ticket);
    note(office, own, "finish", own.ticket->id);
    return {};
}

Result<void> transfer(Office const& office, std::string_view service, std::string_view window) {
    BANYAN_TRY(OwnWindow own, busy_window(office));
    Ticket& ticket = *own.ticket;
    if (!window.empty()) {
        Window const* to = own.hall->window(window);
        if (to == nullptr) return refuse("window.unknown", "window");
        if (to == own.window) return refuse("transfer.same", "window");
        auto const all = load_windows(office.session, *own.hall);
        if (std::ranges::find(all, window, &WindowNow::code)->state == "closed")
            return refuse("window.closed", "window");
        ticket.only_window = window;
        if (!to->has(ticket.service)) ticket.service = to->serves.front();
    }
    if (!service.empty()) {
        if (own.hall->service(service) == nullptr) return refuse("service.unknown", "service");
        if (window.empty() && service == ticket.service) return refuse("transfer.same", "service");
        ticket.service = service;
    }
    if (service.empty() && window.empty()) return refuse("field.required", "service");
    ticket.state = Ticket::State::waiting;  // since it was taken: it keeps its place
    save(office.session, ticket);
    note(office, own, "transfer", ticket.id, window.empty() ? service : window);
    return {};
}

Result<void> let_back(Office const& office, TicketId id) {
    BANYAN_TRY(Ticket const found, todays(office, id));
    BANYAN_CHECK(come_back(office, found));
    save(office, Act{found.hall, found.called_at, "back", {}, id});
    return {};
}

Result<void> give_priority(Office const& office, TicketId id, std::string_view ground) {
    BANYAN_TRY(Ticket found, todays(office, id));
    if (found.state != Ticket::State::waiting) return refuse("ticket.not_waiting");
    found.ground = ground;
    save(office.session, found);
    save(office, Act{found.hall, {}, "priority", std::string(ground), id});
    return {};
}

}  // namespace banyan::floor
