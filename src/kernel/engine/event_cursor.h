// kernel/engine/event_cursor.h: the whole journal, in the order of its ids, a page at a time.
//
// SQLite keeps events by id; PostgreSQL by (lane, id), where `ORDER BY id` would sort everything for every page:
// there the lanes are read side by side and merged. Memory: some 30,000 events at most.
#pragma once
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
    /// Events with a greater id than `after`. REQUIRES: the session is not used between begin and end of next().
    EventCursor(store::Session& session, store::Engine engine, std::int64_t after = 0);
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
    std::vector<Stream> streams_;
    using Front = std::pair<std::int64_t, std::size_t>;  ///< id, stream
    std::priority_queue<Front, std::vector<Front>, std::greater<>> fronts_;
    Stream* last_ = nullptr;
};

}  // namespace banyan
