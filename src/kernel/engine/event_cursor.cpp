#include "kernel/engine/event_cursor.h"

#include <algorithm>

#include "platform/store/table_sql.h"

namespace banyan {
namespace {

constexpr std::size_t kPage = 2'000;

std::string const& page_sql() {
    static std::string const sql = [] {
        std::string text = "SELECT ";
        store::append_columns(text, kEventTable);
        return text + " FROM event WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3";
    }();
    return sql;
}

}  // namespace

std::string lane_list(std::vector<std::int64_t> const& lanes) {
    std::string list;
    for (std::int64_t const lane : lanes) list += (list.empty() ? "" : ", ") + std::to_string(lane);
    return list;
}

EventCursor::EventCursor(store::Session& session, std::int64_t after, std::int64_t through, std::size_t page)
    : session_(session),
      page_(static_cast<std::int64_t>(std::clamp(page, std::size_t{1}, kPage))),
      from_(after),
      through_(through) {}

bool EventCursor::fill() {
    entries_.clear();
    place_ = 0;
    session_.query(page_sql(), {from_, through_, page_}, [&](store::Row const& row) {
        entries_.push_back({static_cast<int>(row.integer(0)), event_row(row)});
    });
    if (!entries_.empty()) from_ = entries_.back().row.id.value;
    return !entries_.empty();
}

EventCursor::Entry const* EventCursor::next() {
    if (++place_ < entries_.size() || fill()) return &entries_[place_];
    return nullptr;
}

std::vector<EventRow> next_events(store::Session& session, EventId after, EventId durable, std::size_t most) {
    std::vector<EventRow> events;
    EventCursor cursor(session, after.value, durable.value, most);
    while (events.size() < most) {
        EventCursor::Entry const* entry = cursor.next();
        if (entry == nullptr) break;
        events.push_back(entry->row);
    }
    return events;
}

}  // namespace banyan
