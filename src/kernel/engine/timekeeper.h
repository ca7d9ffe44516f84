// kernel/engine/timekeeper.h: which matter's timer runs out next.
//
// In memory, from the open matters at start and from each commit since: an index in the database would be written
// again at nearly every step. Thread rule: any.
#pragma once
#include <mutex>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "platform/store/flat_map.h"
#include "platform/store/store.h"

namespace banyan {

class Timekeeper {
  public:
    /// Forgets all, and learns of every open matter what its row says.
    void learn_all(store::Session& session);
    /// The first timer of a matter; zero: none runs.
    void learn(MatterId matter, Instant wakes);
    /// At most `most` matters whose first timer has run out, the earliest first. They are forgotten: what becomes
    /// of them is learned again.
    std::vector<MatterId> take_due(Instant now, std::size_t most);

  private:
    using Entry = std::pair<Instant, std::int64_t>;
    void order_again();

    std::mutex mutex_;
    /// A heap, the earliest first. An entry counts while `known_` says the same: what is learned anew leaves the
    /// old one where it is, which costs less than finding it.
    std::vector<Entry> order_;
    store::FlatMap<std::int64_t, Instant> known_;
};

}  // namespace banyan
