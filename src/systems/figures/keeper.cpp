#include "systems/figures/keeper.h"

#include "kernel/engine/event_cursor.h"

namespace banyan::figures {
namespace {

constexpr std::size_t kAtOnce = 500;       ///< events in one transaction, or in hand
constexpr std::size_t kFarBehind = 5'000;  ///< the same as long as there are many: each counter is written once
constexpr std::size_t kMostAtFreezing = 20'000;  ///< that the writer may be held up with
constexpr std::size_t kRemembered = 50'000;      ///< matters
constexpr std::chrono::milliseconds kBetween{500};

/// Events in their order, with what their matters were before them.
class Reckoner {
  public:
    Reckoner(store::Session& session, std::unordered_map<MatterId, Traits>& traits)
        : session_(session), traits_(traits) {}
    void take(std::span<EventRow const> events) {
        learn_before(events);
        for (EventRow const& event : events) count_event(event, traits_[event.matter], counters);
    }
    Counters counters;

  private:
    /// Of matters that are not known yet, from the journal.
    void learn_before(std::span<EventRow const> events) {
        std::vector<std::int64_t> wanted;
        for (EventRow const& event : events)
            if (traits_.try_emplace(event.matter).second && event.no > 1 && event.before)
                wanted.push_back(event.before.value);
        go_back(session_, std::move(wanted), [&](EventRow const& stored) {
            Said const said = said_of(stored);
            Traits& traits = traits_[stored.matter];
            traits.fill_from(said.traits);
            return !said.whole && !traits.complete();
        });
    }

    store::Session& session_;
    std::unordered_map<MatterId, Traits>& traits_;
};

}  // namespace

Keeper::Keeper(Engine& engine, store::Store& store) : engine_(engine), reading_(store.open_reader()) {}

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
    reckoner.take(events);
    return std::move(reckoner.counters);
}

void Keeper::run_once() {
    if (!engine_.nodes().leads()) {  // another node counts
        traits_.clear();
        caught_up_ = load_position(*reading_) >= engine_.durable();
        return;
    }
    for (std::size_t most = kAtOnce; !behind_.stopping();) {
        EventId const position = load_position(*reading_), durable = engine_.durable();
        std::vector<EventRow> events;
        if (position < durable) events = engine_.next_events(*reading_, position, most);
        caught_up_ = events.empty();
        if (events.empty()) return;
        most = events.size() == most ? kFarBehind : kAtOnce;
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

Result<Stand> catch_up(store::Session& writing) {
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
        EventCursor cursor(writing, position.value, stand.event.value);
        while (EventCursor::Entry const* entry = cursor.next()) {
            if (events.size() == kMostAtFreezing) return refuse("figures.behind");
            events.push_back(entry->row);
        }
    }
    Reckoner reckoner(writing, traits);
    reckoner.take(events);
    if (!position) clear_counters(writing);
    add_counters(writing, reckoner.counters);
    save_position(writing, stand.event);
    return stand;
}

Counters counters_from_journal(store::Session& session, EventId through) {
    std::unordered_map<MatterId, Traits> traits;
    Reckoner reckoner(session, traits);
    EventCursor cursor(session, 0, through ? through.value : EventCursor::kAll);
    std::vector<EventRow> events;
    for (EventCursor::Entry const* entry = cursor.next(); entry != nullptr; entry = cursor.next()) {
        events.push_back(entry->row);
        if (events.size() < kAtOnce) continue;
        reckoner.take(events);
        events.clear();
    }
    reckoner.take(events);
    std::erase_if(reckoner.counters, [](auto const& counter) { return counter.second == 0; });
    return std::move(reckoner.counters);
}

}  // namespace banyan::figures
