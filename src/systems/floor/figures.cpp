#include "systems/floor/figures.h"

namespace banyan::floor {
namespace {

constexpr std::int64_t kEnough = 3;  ///< served, before today's own time is believed

void count(Tally& tally, Ticket const& ticket) {
    using State = Ticket::State;
    ++tally.taken;
    tally.waiting += ticket.state == State::waiting;
    tally.served += ticket.state == State::served;
    tally.left += ticket.state == State::left;
    tally.ended += ticket.state == State::passed && ticket.over;
    tally.passed += ticket.state == State::passed && !ticket.over;
    tally.priority += !ticket.ground.empty();
    tally.by_appointment += bool(ticket.appointment);
    if (ticket.first_called) {
        Span const waited{std::max<std::int64_t>((ticket.first_called - ticket.taken).us, 0)};
        ++tally.waited_n;
        tally.waited.us += waited.us;
        tally.longest = std::max(tally.longest, waited);
    }
    if (ticket.state == State::served && !ticket.over) {
        ++tally.served_n;
        tally.serving.us += (ticket.finished - ticket.last_called).us;
    }
}

std::optional<Span> mean(Span sum, std::int64_t n) {
    return n == 0 ? std::nullopt : std::optional(Span{sum.us / n});
}

}  // namespace

std::optional<Span> Tally::average_wait() const { return mean(waited, waited_n); }
std::optional<Span> Tally::average_serving() const { return mean(serving, served_n); }

DayFigures figures_of(std::span<Ticket const> day) {
    DayFigures figures;
    for (Ticket const& ticket : day) {
        count(figures.all, ticket);
        count(figures.by_service[ticket.service], ticket);
        if (!ticket.called_at.empty()) count(figures.by_window[ticket.called_at], ticket);
    }
    return figures;
}

Span served_span(Handbook const& book, DayFigures const& figures, std::string_view service) {
    auto const found = figures.by_service.find(std::string(service));
    if (found == figures.by_service.end() || found->second.served_n < kEnough) return book.served;
    return std::max(*found->second.average_serving(), minutes(1));
}

}  // namespace banyan::floor
