#include "kernel/engine/timekeeper.h"

namespace banyan {

void Timekeeper::learn_all(store::Session& session) {
    std::lock_guard lock(mutex_);
    order_.clear();
    known_.clear();
    session.query("SELECT id, wakes FROM matter WHERE open = 1 AND wakes IS NOT NULL", {},
                  [&](store::Row const& row) {
                      order_.emplace(Instant{row.integer(1)}, row.integer(0));
                      known_.emplace(row.integer(0), Instant{row.integer(1)});
                  });
}

void Timekeeper::learn(MatterId matter, Instant wakes) {
    std::lock_guard lock(mutex_);
    auto known = known_.find(matter.value);
    if (known != known_.end()) {
        if (known->second == wakes) return;
        order_.erase({known->second, matter.value});
    }
    if (!wakes) {
        if (known != known_.end()) known_.erase(known);
        return;
    }
    order_.emplace(wakes, matter.value);
    known_.insert_or_assign(matter.value, wakes);
}

std::vector<MatterId> Timekeeper::take_due(Instant now, std::size_t most) {
    std::lock_guard lock(mutex_);
    std::vector<MatterId> due;
    while (due.size() < most && !order_.empty() && order_.begin()->first <= now) {
        due.emplace_back(order_.begin()->second);
        known_.erase(order_.begin()->second);
        order_.erase(order_.begin());
    }
    return due;
}

}  // namespace banyan
