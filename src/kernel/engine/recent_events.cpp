#include "kernel/engine/recent_events.h"

#include <algorithm>

#include "kernel/engine/event_cursor.h"

namespace banyan {

std::vector<EventRow> RecentEvents::after(store::Session& session, EventId after, EventId durable,
                                          std::size_t most) {
    std::unique_lock lock(mutex_);
    if (after < from_) {  // far behind, by itself
        lock.unlock();
        return next_events(session, after, durable, most);
    }
    if (after > through_) {
        rows_.clear();
        from_ = through_ = after;
    }
    auto first = std::ranges::upper_bound(rows_, after, {}, &EventRow::id);
    auto const in_hand = static_cast<std::size_t>(rows_.end() - first);
    if (in_hand < most && through_ < durable) {
        std::size_t const wanted = most - in_hand;
        std::vector<EventRow> fresh = next_events(session, through_, durable, wanted);
        through_ = fresh.size() < wanted ? durable : fresh.back().id;
        rows_.insert(rows_.end(), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
        first = std::ranges::upper_bound(rows_, after, {}, &EventRow::id);
    }
    auto last = std::ranges::upper_bound(first, rows_.end(), durable, {}, &EventRow::id);
    if (static_cast<std::size_t>(last - first) > most) last = first + static_cast<std::ptrdiff_t>(most);
    std::vector<EventRow> events(first, last);
    while (rows_.size() > kKept) {
        from_ = rows_.front().id;
        rows_.pop_front();
    }
    return events;
}

void RecentEvents::forget() {
    std::lock_guard const lock(mutex_);
    rows_.clear();
    from_ = through_ = {};
}

}  // namespace banyan
