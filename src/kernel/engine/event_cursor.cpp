#include "kernel/engine/event_cursor.h"

#include <algorithm>
#include <numeric>

#include "platform/store/store.h"

namespace banyan {
namespace {

constexpr std::size_t kPage = 2'000;

std::string const kColumns =
    "SELECT lane, id, matter, no, before, step, person, at, recorded, body, hash FROM event ";
std::string const kById = kColumns + "WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3";

std::string const& in_a_window() {
    static std::string const sql =
        kColumns + "WHERE lane IN (" + lane_list() + ") AND id > $1 AND id <= $2 ORDER BY id LIMIT $3";
    return sql;
}

}  // namespace

std::string lane_list(std::vector<std::int64_t> const& lanes) {
    std::string list;
    for (std::int64_t const lane : lanes) list += (list.empty() ? "" : ", ") + std::to_string(lane);
    return list;
}

std::string lane_list() {
    std::vector<std::int64_t> all(kLanes);
    std::iota(all.begin(), all.end(), 0);
    return lane_list(all);
}

EventCursor::EventCursor(store::Session& session, std::int64_t after, std::int64_t through, std::size_t page)
    : session_(session),
      page_(static_cast<std::int64_t>(std::clamp(page, std::size_t{1}, kPage))),
      from_(after),
      through_(through),
      window_(session.engine() == store::Engine::sqlite ? 0 : page_) {
    if (window_ != 0 && through_ == kAll) through_ = newest();
}

std::int64_t EventCursor::newest() {
    std::int64_t newest = 0;
    for (std::int64_t lane = 0; lane < kLanes; ++lane)
        session_.query("SELECT id FROM event WHERE lane = $1 ORDER BY id DESC LIMIT 1", {lane},
                       [&](store::Row const& row) { newest = std::max(newest, row.integer(0)); });
    return newest;
}

void EventCursor::read(std::string_view sql, std::int64_t through) {
    entries_.clear();
    place_ = 0;
    session_.query(sql, {from_, through, page_}, [&](store::Row const& row) {
        entries_.push_back({static_cast<int>(row.integer(0)), event_row(row)});
    });
}

bool EventCursor::fill() {
    if (window_ == 0) {
        read(kById, through_);
        if (!entries_.empty()) from_ = entries_.back().row.id.value;
        return !entries_.empty();
    }
    while (from_ < through_) {
        std::int64_t const to = window_ > (through_ - from_) / kLanes ? through_ : from_ + window_ * kLanes;
        read(in_a_window(), to);
        auto const found = static_cast<std::int64_t>(entries_.size());
        from_ = found == page_ ? entries_.back().row.id.value : to;
        // Shares and matters have ids too: of some pages most are theirs.
        if (found < page_ / 4) window_ *= 2;
        if (found == page_ && window_ > page_) window_ /= 2;
        if (found != 0) return true;
    }
    entries_.clear();
    return false;
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
