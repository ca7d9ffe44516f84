// The machine's clock may be set back. What is written says what the clock said; the order is that of the ids.
#include <algorithm>

#include "kernel/engine/engine.h"

namespace banyan {

/// Says so when the clock has gone back since it was read last.
Instant Engine::read_clock() {
    Instant const now = options_.now(), was = std::exchange(clock_read_, now);
    if (now > Instant{clock_high_us_.load(std::memory_order_relaxed)})
        clock_high_us_.store(now.us, std::memory_order_relaxed);
    if (now >= was) return now;
    learn_again_ = true;  // timers are learned again: those put off wait for a time that may be far away now
    figures_.clock_backs.fetch_add(1, std::memory_order_relaxed);
    if (figures_.on_clock_back) figures_.on_clock_back(was, now);
    return now;
}

Span Engine::clock_behind() const {
    Instant const high{clock_high_us_.load(std::memory_order_relaxed)};  // first: the clock goes on meanwhile
    return std::max(high - options_.now(), Span{});
}

}  // namespace banyan
