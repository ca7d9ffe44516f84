#include "kernel/engine/timekeeper.h"

#include <algorithm>

namespace banyan {

void Timekeeper::learn_all(store::Session& session) {
    std::lock_guard lock(mutex_);
    known_.clear();
    session.query("SELECT id, wakes FROM matter WHERE open = 1 AND wakes IS NOT NULL", {},
                  [&](store::Row const& row) { known_.emplace(row.integer(0), Instant{row.integer(1)}); });
    order_again();
}

void Timekeeper::order_again() {
    order_.clear();
    for (auto const& [matter, wakes] : known_) order_.emplace_back(wakes, matter);
    std::ranges::make_heap(order_, std::greater<>{});
}

void Timekeeper::learn(MatterId matter, Instant wakes) {
    constexpr std::size_t kFew = 1'000;
    std::lock_guard lock(mutex_);
    if (!wakes) {
        known_.erase(matter.value);
        return;
    }
    Instant& known = known_[matter.value];
    if (known == wakes) return;
    known = wakes;
    if (order_.size() > 2 * known_.size() + kFew) return order_again();
    order_.emplace_back(wakes, matter.value);
    std::ranges::push_heap(order_, std::greater<>{});
}

std::vector<MatterId> Timekeeper::take_due(Instant now, std::size_t most) {
    std::lock_guard lock(mutex_);
    std::vector<MatterId> due;
    while (due.size() < most && !order_.empty() && order_.front().first <= now) {
        auto const [wakes, matter] = order_.front();
        std::ranges::pop_heap(order_, std::greater<>{});
        order_.pop_back();
        if (auto known = known_.find(matter); known != known_.end() && known->second == wakes) {
            due.emplace_back(matter);
            known_.erase(known);
        }
    }
    return due;
}

}  // namespace banyan
