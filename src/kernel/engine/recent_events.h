// kernel/engine/recent_events.h: the newest part of the journal, read once for all who follow it.
//
// A program has some ten followers, each of which goes through every event soon after it was written.
#pragma once
#include <deque>
#include <mutex>
#include <vector>

#include "kernel/engine/tables.h"

namespace banyan {

class RecentEvents {
  public:
    /// As next_events(). `session` reads what is not in hand; from any thread. REQUIRES: what is behind `durable`
    /// stays as it is, until forget().
    std::vector<EventRow> after(store::Session& session, EventId after, EventId durable, std::size_t most);
    void forget();

  private:
    static constexpr std::size_t kKept = 4'096;

    std::mutex mutex_;
    std::deque<EventRow> rows_;  ///< all with from_ < id <= through_
    EventId from_, through_;
};

}  // namespace banyan
