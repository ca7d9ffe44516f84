#include "kernel/index/follow.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "kernel/engine/event_cursor.h"
#include "kernel/index/document.h"
#include "kernel/index/terms.h"

namespace banyan::index {
namespace {

constexpr std::size_t kMatters = 200, kEvents = 1000;  ///< of a portion
constexpr std::size_t kRemembered = 200'000;           ///< matters whose version is known
constexpr char kFormatNote[] = "format";

template <class Number>
bool read_number(std::string_view text, Number& into) {
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc() && end == text.data() + text.size();
}

/// The newest event up to `durable`.
struct Newest {
    EventId id;
    std::string hash;
};
Newest newest_event(store::Session& session, std::optional<EventId> durable) {
    Newest newest;
    std::int64_t const most = durable ? durable->value : std::numeric_limits<std::int64_t>::max();
    session.query("SELECT id, hash FROM event WHERE id <= $1 ORDER BY id DESC LIMIT 1", {most},
                  [&](store::Row const& row) { newest = {EventId(row.integer(0)), to_hex(row.bytes(1))}; });
    return newest;
}

std::string hash_of_event(store::Session& session, EventId id) {
    std::string hash;
    session.load(kEventTable, "id", {&id.value, 1},
                 [&](store::Row const& row) { hash = to_hex(event_row(row).hash); });
    return hash;
}

}  // namespace

std::string Position::text() const {
    return fmt::format("{} {} {} {} {}", walking ? "walk" : "follow", through.value, hash.empty() ? "-" : hash,
                       events, walked.value);
}

std::optional<Position> Position::read(std::string_view text) {
    std::vector<std::string> const words = split(text, " ");
    if (words.size() != 5 || (words[0] != "walk" && words[0] != "follow")) return std::nullopt;
    Position position;
    position.walking = words[0] == "walk";
    position.hash = words[2] == "-" ? "" : words[2];
    if (!read_number(words[1], position.through.value) || !read_number(words[3], position.events) ||
        !read_number(words[4], position.walked.value))
        return std::nullopt;
    return position;
}

Following::Following(store::Store& store, text::Reader const& reader, search::Index& index)
    : reader_(reader), index_(index), session_(store.open_reader()) {}

bool Following::fits() {
    std::string const written = index_.position();
    if (written.empty() && index_.count() == 0) {
        fresh_ = true;
        return true;
    }
    auto const position = Position::read(written);
    if (!position || index_.note(kFormatNote) != kFormat) return false;
    if (position->through && hash_of_event(*session_, position->through) != position->hash) return false;
    position_ = *position;
    events_committed_ = position_.events;
    count_events();
    return true;
}

void Following::begin_walk(std::optional<EventId> durable) {
    store::Snapshot const snapshot(*session_);
    Newest const newest = newest_event(*session_, durable);
    std::int64_t events = 0;
    session_->query("SELECT COUNT(*) FROM event WHERE id <= $1", {newest.id.value},
                    [&](store::Row const& row) { events = row.integer(0); });
    count_events();
    position_ = {newest.id, newest.hash, events, true, {}};
    index_.set_note(kFormatNote, kFormat);
    fresh_ = false;
    dirty_ = true;
}

void Following::pass_over() {
    begin_walk(std::nullopt);
    position_.walking = false;
    commit();
}

void Following::count_events() {
    session_->query("SELECT SUM(events) FROM head", {}, [&](store::Row const& row) { there_ = row.integer(0); });
}

Following::Portion Following::advance(Procedures const& procedures, std::optional<EventId> durable) {
    if (fresh_) begin_walk(durable);
    if (position_.walking) return walk(procedures);
    std::int64_t const now = mark(durable);
    if (now == done_mark_) return {0, 0, true};
    Portion const portion = follow(procedures, durable);
    if (portion.nothing_left) done_mark_ = now;
    return portion;
}

/// Moves with every event; cheaper to ask than whether there are new ones.
std::int64_t Following::mark(std::optional<EventId> durable) {
    if (durable) return durable->value;
    std::int64_t counter = 0;
    session_->query("SELECT MAX(counter) FROM head", {}, [&](store::Row const& row) { counter = row.integer(0); });
    return counter;
}

void Following::commit() {
    if (!dirty_) return;
    index_.commit(position_.text());
    dirty_ = false;
    events_committed_ = position_.events;
    oldest_waiting_ = {};
}

/// In the order of their ids, so that documents are in the order of time.
std::vector<std::int64_t> Following::next_matters(std::size_t most) {
    std::vector<std::int64_t> ids;
    session_->query("SELECT id FROM matter WHERE id > $1 ORDER BY id LIMIT $2",
                    {position_.walked.value, static_cast<std::int64_t>(most)},
                    [&](store::Row const& row) { ids.push_back(row.integer(0)); });
    return ids;
}

Following::Portion Following::walk(Procedures const& procedures) {
    Portion portion;
    std::vector<std::int64_t> const ids = next_matters(kMatters);
    dirty_ = true;
    if (ids.empty()) {
        position_.walking = false;
        position_.walked = {};
        return portion;
    }
    portion.documents = write_documents(ids, procedures);
    position_.walked = MatterId(ids.back());
    return portion;
}

Following::Portion Following::follow(Procedures const& procedures, std::optional<EventId> durable) {
    Portion portion;
    std::vector<EventRow> const events =
        next_events(*session_, position_.through, durable.value_or(EventId(EventCursor::kAll)), kEvents);
    count_events();
    if (events.empty()) {
        portion.nothing_left = true;
        return portion;
    }
    if (!oldest_waiting_) oldest_waiting_ = events.front().recorded;
    std::vector<std::int64_t> ids;
    for (EventRow const& event : events)
        if (auto known = versions_.find(event.matter.value); known == versions_.end() || known->second < event.no)
            ids.push_back(event.matter.value);
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    for (std::size_t from = 0; from < ids.size(); from += kMatters) {
        std::size_t const to = std::min(ids.size(), from + kMatters);
        portion.documents += write_documents(
            {ids.begin() + static_cast<std::ptrdiff_t>(from), ids.begin() + static_cast<std::ptrdiff_t>(to)},
            procedures);
    }
    position_.through = events.back().id;
    position_.hash = to_hex(events.back().hash);
    position_.events += static_cast<std::int64_t>(events.size());
    portion.events = events.size();
    portion.nothing_left = events.size() < kEvents;
    dirty_ = true;
    return portion;
}

std::size_t Following::write_documents(std::vector<std::int64_t> const& ids, Procedures const& procedures) {
    std::vector<Matter> matters;
    std::unordered_map<std::int64_t, std::vector<EventRow>> histories;
    {
        store::Snapshot const snapshot(*session_);
        matters = load_matters(*session_, ids, procedures);
        std::vector<std::int64_t> last;
        for (Matter const& matter : matters)
            if (matter.last_event) last.push_back(matter.last_event.value);
        histories = load_histories(*session_, std::move(last));
    }
    std::ranges::sort(matters, {}, &Matter::id);  // a new document's number says how new it is
    if (versions_.size() > kRemembered) versions_.clear();
    for (Matter const& matter : matters) {
        index_.replace(document_of(matter, histories[matter.id.value], reader_));
        versions_[matter.id.value] = matter.version;
    }
    return matters.size();
}

}  // namespace banyan::index
