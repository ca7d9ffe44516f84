// kernel/engine/batch.h: what the writer has in hand while it works on a batch. Private to the engine.
#pragma once
#include <bitset>
#include <chrono>
#include <deque>
#include <exception>

#include "kernel/engine/engine.h"

namespace banyan {

/// Of one event; their ids in the outbox are its id × this + place.
inline constexpr std::int64_t kMessagesOfOne = 16;

/// Of whom a request is, and which: by what a repeated one is found.
inline std::string once_key(std::string const& who, std::string const& once) { return who + '\n' + once; }

/// Random id of the last batch of any node.
std::string newest_batch(store::Session& session);

/// The working set of a batch: what was loaded, what changed, what is to be written.
struct Engine::Batch {
    explicit Batch(Matters& cache) : matters(cache) {}

    std::deque<Item> items;                ///< stay where they are while it grows
    int shard = 0;                         ///< what its commands are about, and its new matters, lies there
    std::size_t commands = 0;              ///< when it was sealed: the items become the teller's
    std::int64_t timers = 0, refused = 0;  ///< for the figures, once it is committed
    std::string follows;                   ///< id of the batch before, as far as this node knows
    Heads began;                           ///< as that one left them
    bool holds_turn = false;
    bool stale = false;         ///< another node's batch came between
    std::exception_ptr failed;  ///< why it did not come through

    std::shared_ptr<Rules const> rules;
    std::shared_ptr<Calendar const> calendar;
    Procedures procedures;
    Matters& matters;  ///< the engine's cache: forgotten when the batch fails
    /// A matter that has had an event, and its shares in them. `moved`: an indexed column of the matter has
    /// changed; the others are written without touching an index.
    struct Touched {
        Matter* matter = nullptr;
        bool moved = false;
        std::vector<AssignmentId> shares;
    };
    store::FlatMap<std::int64_t, Touched> touched;
    Heads heads;
    std::int64_t clock = 0;
    std::bitset<kLanes> lanes;  ///< that have had an event
    int lane = 0;               ///< of new matters
    std::string id;
    std::vector<AssignmentId> gone;  ///< shares that were taken back
    std::vector<EventId> undone;
    RowBuffer events, personal, blind, codes, external, idempotency, outbox;
    RowBuffer matters_moved, matters_stayed, shares, head_rows;  ///< when it is sealed
    OpenMatters::News news;                                      ///< likewise
    std::map<std::pair<std::string, std::string>, MatterId> external_seen;
    std::vector<NamedUpload> named_files;  ///< uploads that its events name first (named_files.cpp)
    NamedUpload const* named_upload(std::string_view address) const;
    /// Of a new matter: never one that reads as the receipt number of another.
    MatterId next_matter(int in_lane) {
        std::int64_t next = 0;
        do next = ++clock * kLanes + in_lane;
        while (read_receipt_number(std::to_string(next)));
        return MatterId(next);
    }
    struct CountedEvent {
        Event event;
        std::shared_ptr<Procedure const> procedure;
        std::string kind, kind_before;
    };
    std::deque<CountedEvent> counted;
    std::vector<Changed> changed;
    store::FlatMap<std::string, Answered> answered;
    std::vector<std::pair<Item*, Answer>> answers;

    /// A matter's events that the journal cannot tell yet, oldest first: of the batch on its way there (null:
    /// none), then of this one.
    static std::vector<Event const*> fresh_events(Batch const* in_flight, Batch const& batch, MatterId matter) {
        std::vector<Event const*> fresh;
        for (Batch const* one : {in_flight, &batch})
            if (one != nullptr && one->touched.contains(matter.value))
                for (CountedEvent const& counted : one->counted)
                    if (counted.event.matter == matter) fresh.push_back(&counted.event);
        return fresh;
    }

    std::string put_personal(Event const& event, crypto::Keyring const& keys);
    void put_event(EventRow&& row, crypto::Digest const& hash);
    void put_messages(Event const& event);
    void put_external(Event const& event);
    void put_request(Request const& request, Event const& event, Answer const& made, crypto::Keyring const& keys);
};

/// What is told when a batch is durable. Stays where it is: the answers point into the items.
struct Engine::Tidings {
    std::deque<Item> items;
    std::vector<std::pair<Item*, Answer>> answers;
    std::vector<Changed> changed;
    Heads heads;
    std::chrono::steady_clock::time_point committing;
    bool others = false;  ///< another node has written it
};

/// -1: of any.
template <class Items>
int Engine::shard_of_all(Items const& items) const {
    for (Item const& item : items)
        if (int const shard = shard_of(item); shard >= 0) return shard;
    return -1;
}

}  // namespace banyan
