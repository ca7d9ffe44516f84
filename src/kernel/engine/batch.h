// kernel/engine/batch.h: what the writer has in hand while it works on a batch. Private to the engine.
#pragma once
#include <deque>
#include <exception>
#include <set>

#include "kernel/engine/engine.h"

namespace banyan {

/// The working set of a batch: what was loaded, what changed, what is to be written.
struct Engine::Batch {
    explicit Batch(std::unordered_map<std::int64_t, Matter>& cache) : matters(cache) {}

    std::deque<Item> items;  ///< stay where they are while it grows
    std::string follows;     ///< id of the batch before, as far as this node knows
    bool holds_heads = false;
    bool stale = false;         ///< another node's batch came between
    std::exception_ptr failed;  ///< why it did not come through

    std::shared_ptr<Rules const> rules;
    std::shared_ptr<Calendar const> calendar;
    Procedures procedures;
    std::unordered_map<std::int64_t, Matter>& matters;  ///< the engine's cache: forgotten when the batch fails
    std::set<std::int64_t> touched;
    std::set<std::pair<std::int64_t, std::int64_t>> shares;  ///< matter, share
    /// Of both, those whose indexed columns have changed: the others are written without touching an index.
    std::set<std::int64_t> moved, moved_shares;
    Heads heads;
    std::int64_t clock = 0;
    std::set<int> lanes;
    int lane = 0;  ///< of new matters
    std::string id;
    RowBuffer events, personal, blind, codes, external, idempotency, outbox;
    RowBuffer matters_moved, matters_stayed, shares_moved, shares_stayed, head_rows;  ///< when it is sealed
    std::map<std::pair<std::string, std::string>, MatterId> external_seen;
    struct CountedEvent {
        Event event;
        std::shared_ptr<Procedure const> procedure;
        std::string kind, kind_before;
    };
    std::vector<CountedEvent> counted;
    std::vector<Changed> changed;
    std::unordered_map<std::string, Answered> answered;
    std::vector<std::pair<Item*, Answer>> answers;
};

}  // namespace banyan
