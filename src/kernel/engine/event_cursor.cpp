#include "kernel/engine/event_cursor.h"

#include <algorithm>

#include "platform/store/store.h"

namespace banyan {
namespace {

constexpr std::size_t kPage = 2'000, kPageOfALane = 128;

}  // namespace

EventCursor::EventCursor(store::Session& session, store::Engine engine, std::int64_t after, std::size_t page)
    : session_(session),
      page_(static_cast<std::int64_t>(std::min(page, engine == store::Engine::sqlite ? kPage : kPageOfALane))) {
    int const streams = engine == store::Engine::sqlite ? 1 : static_cast<int>(kLanes);
    for (int lane = 0; lane < streams; ++lane) streams_.push_back({streams == 1 ? -1 : lane, after, {}, 0});
    for (std::size_t i = 0; i < streams_.size(); ++i)
        if (fill(streams_[i])) fronts_.emplace(streams_[i].page.front().row.id.value, i);
}

bool EventCursor::fill(Stream& stream) {
    stream.page.clear();
    stream.place = 0;
    auto keep = [&](store::Row const& row) {
        stream.page.push_back({static_cast<int>(row.integer(0)), event_row(row)});
    };
    if (stream.lane < 0)
        session_.query(
            "SELECT lane, id, matter, no, before, step, person, at, recorded, body, hash FROM event "
            "WHERE id > $1 ORDER BY id LIMIT $2",
            {stream.from, page_}, keep);
    else
        session_.query(
            "SELECT lane, id, matter, no, before, step, person, at, recorded, body, hash FROM event "
            "WHERE lane = $1 AND id > $2 ORDER BY id LIMIT $3",
            {std::int64_t{stream.lane}, stream.from, page_}, keep);
    if (stream.page.empty()) return false;
    stream.from = stream.page.back().row.id.value;
    return true;
}

EventCursor::Entry const* EventCursor::next() {
    if (last_ != nullptr) {  // what was handed out is done with: the stream may go on
        if (++last_->place < last_->page.size() || fill(*last_))
            fronts_.emplace(last_->page[last_->place].row.id.value,
                            static_cast<std::size_t>(last_ - streams_.data()));
        last_ = nullptr;
    }
    if (fronts_.empty()) return nullptr;
    last_ = &streams_[fronts_.top().second];
    fronts_.pop();
    return &last_->page[last_->place];
}

std::vector<EventRow> next_events(store::Session& session, store::Engine engine, EventId after,
                                  std::optional<EventId> durable, std::size_t most) {
    std::vector<EventRow> events;
    store::Snapshot const snapshot(session);
    EventCursor cursor(session, engine, after.value, most);
    while (events.size() < most) {
        EventCursor::Entry const* entry = cursor.next();
        if (entry == nullptr || (durable && entry->row.id > *durable)) break;
        events.push_back(entry->row);
    }
    return events;
}

}  // namespace banyan
