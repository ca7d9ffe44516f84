#include "systems/floor/queue.h"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

namespace banyan::floor {
namespace {

/// Smaller goes first.
auto rank(Ticket const& ticket, Instant now) {
    int turn = 2;
    if (!ticket.ground.empty())
        turn = 0;
    else if (ticket.appointment)
        turn = now >= ticket.due ? 1 : 3;  // whose time has not come is called when nobody else waits
    return std::tuple(ticket.behind, turn, ticket.since(), ticket.id);
}

bool may_be_longest(Ticket const& ticket, Instant now) { return ticket.behind == 0 && ticket.since() <= now; }

}  // namespace

std::string Ticket::number() const { return fmt::format("{}{:03}", letter, n); }

std::string_view name(Ticket::State state) {
    static constexpr std::string_view kNames[] = {"waiting", "called", "served", "passed", "left"};
    return kNames[static_cast<int>(state)];
}
std::string_view name(Ticket::Way way) { return way == Ticket::Way::hall ? "hall" : "phone"; }

std::vector<Ticket const*> in_order(std::span<Ticket const> waiting, Instant now) {
    std::vector<Ticket const*> order;
    for (Ticket const& ticket : waiting) order.push_back(&ticket);
    std::ranges::sort(order, {}, [&](Ticket const* ticket) { return rank(*ticket, now); });
    return order;
}

Next next_of(Handbook const& book, std::span<Ticket const> waiting, int in_a_row, Instant now) {
    auto const order = in_order(waiting, now);
    if (order.empty()) return {};
    Ticket const* longest = nullptr;
    for (Ticket const* each : order)
        if (may_be_longest(*each, now) && (longest == nullptr || std::tuple(each->since(), each->id) <
                                                                     std::tuple(longest->since(), longest->id)))
            longest = each;
    if (longest == nullptr) return {order.front(), false};
    if (in_a_row >= book.ahead) return {longest, false};
    return {order.front(), order.front() != longest};
}

std::vector<Ticket> for_window(std::span<Ticket const> waiting, Window const& window) {
    std::vector<Ticket> mine;
    for (Ticket const& ticket : waiting)
        if (ticket.only_window.empty() ? window.has(ticket.service) : ticket.only_window == window.code)
            mine.push_back(ticket);
    return mine;
}

int before(Ticket const& ticket, std::span<Ticket const> waiting, Instant now) {
    return static_cast<int>(std::ranges::count_if(waiting, [&](Ticket const& other) {
        return other.id != ticket.id && other.service == ticket.service && rank(other, now) < rank(ticket, now);
    }));
}

std::optional<Span> about(int before, int windows, Span served) {
    if (windows <= 0) return std::nullopt;
    return Span{(before + 1) * served.us / windows};
}

}  // namespace banyan::floor
