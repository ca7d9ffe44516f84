#include "systems/figures/keeper.h"

#include "kernel/engine/event_cursor.h"

namespace banyan::figures {
namespace {

constexpr std::size_t kAtOnce = 500;             ///< events in one transaction
constexpr std::size_t kMostAtFreezing = 20'000;  ///< that the writer may be held up with
constexpr std::size_t kRemembered = 50'000;      ///< matters
constexpr std::chrono::milliseconds kBetween{500};

/// One event after another, with what their matters were.
class Reckoner {
  public:
    Reckoner(store::Session& session, std::unordered_map<MatterId, Traits>& traits)
        : session_(session), traits_(traits) {}
    void take(EventRow const& event) {
        auto known = traits_.find(event.matter);
        if (known == traits_.end())
            known = traits_.emplace(event.matter, event.no == 1 ? Traits() : traits_before(session_, event)).first;
        count_event(event, known->second, counters);
    }
    Counters counters;

  private:
    store::Session& session_;
    std::unordered_map<MatterId, Traits>& traits_;
};

}  // namespace

Traits traits_before(store::Session& session, EventRow const& event) {
    Traits traits;
    for (EventId last = event.before; last && !traits.complete();) {
        std::int64_t const id = last.value;
        last = {};
        session.load(kEventTable, "id", {&id, 1}, [&](store::Row const& row) {
            EventRow const stored = event_row(row);
            Said const said = said_of(stored);
            traits.fill_from(said.traits);
            if (!said.whole) last = stored.before;
        });
    }
    return traits;
}

Keeper::Keeper(Engine& engine, store::Store& store)
    : engine_(engine), kind_(store.engine()), reading_(store.open_reader()) {}

Keeper::~Keeper() { stop(); }

void Keeper::start() {
    behind_.start(
        "figures", kBetween, [this] { run_once(); },
        [this](std::string const& why) {
            traits_.clear();
            if (on_failure) on_failure(why);
        });
}

void Keeper::stop() { behind_.stop(); }

Counters Keeper::counted(std::vector<EventRow> const& events) {
    if (traits_.size() > kRemembered) traits_.clear();
    Reckoner reckoner(*reading_, traits_);
    for (EventRow const& event : events) reckoner.take(event);
    return std::move(reckoner.counters);
}

void Keeper::run_once() {
    while (!behind_.stopping()) {
        EventId const position = load_position(*reading_), durable = engine_.durable();
        std::vector<EventRow> events;
        if (position < durable) events = next_events(*reading_, kind_, position, durable, kAtOnce);
        caught_up_ = events.empty();
        if (events.empty()) return;
        Counters const counters = counted(events);
        bool written = false;
        engine_.write_now([&](store::Session& writing) {
            if (load_position(writing) != position) return;
            if (!position) clear_counters(writing);
            add_counters(writing, counters);
            save_position(writing, events.back().id);
            written = true;
        });
        if (!written) traits_.clear();  // as of events that are to be read again, or were read by another
        behind_.rest();
    }
}

Result<Stand> catch_up(store::Session& writing, store::Engine kind) {
    Heads const heads = load_heads(writing);
    Stand stand;
    for (std::size_t lane = 0; lane < heads.size(); ++lane) {
        stand.events += heads[lane].events;
        if (heads[lane].events == 0) continue;
        stand.event =
            std::max(stand.event, EventId(heads[lane].counter * kLanes + static_cast<std::int64_t>(lane)));
    }
    stand.root = crypto::hex(root_of(heads));
    EventId const position = load_position(writing);
    if (position >= stand.event) return stand;
    std::unordered_map<MatterId, Traits> traits;
    std::vector<EventRow> events;
    {
        EventCursor cursor(writing, kind, position.value);
        while (EventCursor::Entry const* entry = cursor.next()) {
            if (entry->row.id > stand.event) break;
            if (events.size() == kMostAtFreezing) return refuse("figures.behind");
            events.push_back(entry->row);
        }
    }
    Reckoner reckoner(writing, traits);
    for (EventRow const& event : events) reckoner.take(event);
    if (!position) clear_counters(writing);
    add_counters(writing, reckoner.counters);
    save_position(writing, stand.event);
    return stand;
}

Counters counters_from_journal(store::Session& session, store::Engine kind, EventId through) {
    std::unordered_map<MatterId, Traits> traits;
    Reckoner reckoner(session, traits);
    EventCursor cursor(session, kind);
    while (EventCursor::Entry const* entry = cursor.next()) {
        if (through && entry->row.id > through) break;
        reckoner.take(entry->row);
    }
    std::erase_if(reckoner.counters, [](auto const& counter) { return counter.second == 0; });
    return std::move(reckoner.counters);
}

}  // namespace banyan::figures
