// kernel/engine/event_cursor.h: the whole journal, in the order of its ids, a page at a time;
// and the next few of it, for those who follow. An index of ids over all lanes gives a page on both engines, from
// every shard where there are several. Memory: a page.
#pragma once
#include <limits>
#include <vector>

#include "kernel/engine/tables.h"

namespace banyan {

class EventCursor {
  public:
    struct Entry {
        int lane = 0;  ///< as stored, beside the id that says it too
        EventRow row;
    };
    static constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();
    /// Events with after < id <= through, read `page` at a time, 2,000 at most. REQUIRES: the session is not used
    /// between begin and end of next().
    EventCursor(store::Session& session, std::int64_t after = 0, std::int64_t through = kAll,
                std::size_t page = 2'000);
    /// Nothing at the end; good until the next call.
    Entry const* next();

  private:
    bool fill();

    store::Session& session_;
    std::int64_t const page_;
    std::int64_t from_, through_;
    std::vector<Entry> entries_;
    std::size_t place_ = 0;
};

/// The next ones after `after`, at most so many and none behind `durable`. It holds no snapshot when it returns:
/// whoever works through them must not hold one, or the database's log grows.
std::vector<EventRow> next_events(store::Session& session, EventId after, EventId durable, std::size_t most);

/// For a list behind IN. Not BETWEEN: PostgreSQL would read the index of all that lies between.
std::string lane_list(std::vector<std::int64_t> const& lanes);

}  // namespace banyan
