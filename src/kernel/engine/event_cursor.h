// kernel/engine/event_cursor.h: the whole journal, in the order of its ids, a page at a time;
// and the next few of it, for those who follow.
//
// SQLite keeps events by id; PostgreSQL by (lane, id), where `ORDER BY id` would sort everything for every page:
// there the lanes are read side by side and merged. Memory: some 30,000 events at most.
#pragma once
#include <optional>
#include <queue>
#include <vector>

#include "kernel/engine/tables.h"

namespace banyan {

class EventCursor {
  public:
    struct Entry {
        int lane = 0;  ///< as stored, beside the id that says it too
        EventRow row;
    };
    /// Events with a greater id than `after`, read `page` at a time, 2,000 at most. REQUIRES: the session is not
    /// used between begin and end of next().
    EventCursor(store::Session& session, store::Engine engine, std::int64_t after = 0, std::size_t page = 2'000);
    /// Nothing at the end; good until the next call.
    Entry const* next();

  private:
    struct Stream {
        int lane = -1;  ///< -1: all
        std::int64_t from = 0;
        std::vector<Entry> page;
        std::size_t place = 0;
    };
    bool fill(Stream& stream);

    store::Session& session_;
    std::int64_t const page_;
    std::vector<Stream> streams_;
    using Front = std::pair<std::int64_t, std::size_t>;  ///< id, stream
    std::priority_queue<Front, std::vector<Front>, std::greater<>> fronts_;
    Stream* last_ = nullptr;
};

/// The next ones after `after`, at most so many and none behind `durable` (nothing: all that are there), in a
/// snapshot that ends before it returns: whoever works through them must not hold one, or the database's log
/// grows. (One snapshot for all: otherwise PostgreSQL's lanes, asked one after another, may show the later of two
/// events and not the earlier.)
std::vector<EventRow> next_events(store::Session& session, store::Engine engine, EventId after,
                                  std::optional<EventId> durable, std::size_t most);

}  // namespace banyan
