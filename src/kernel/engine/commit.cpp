// The storekeeper's and the teller's part of a batch's way (flight.cpp): written and committed, synced, told.
#include <algorithm>
#include <chrono>

#include "kernel/engine/batch.h"

namespace banyan {

using Steady = std::chrono::steady_clock;

// ── the storekeeper ──────────────────────────────────────────────────────────────────────────────────────────

void Engine::keep_store() {
    for (;;) {
        Batch* batch = nullptr;
        {
            std::unique_lock lock(mutex_);
            take_off_.wait(lock, [&] { return sealed_ != nullptr || closed_; });
            if (sealed_ == nullptr) return;
            batch = std::exchange(sealed_, nullptr);
        }
        commit(*batch);
        {
            std::lock_guard lock(mutex_);
            landed_ = true;
        }
        ready_.notify_one();
    }
}

/// Writes and commits; the rest is the teller's. On the storekeeper's thread, or on the writer's while that rests.
void Engine::commit(Batch& batch) {
    Steady::time_point const began = Steady::now();
    Steady::time_point committing;
    try {
        if (!batch.holds_turn) {
            session_->begin_turn();
            if (others_came(batch.follows)) {
                batch.stale = true;  // another node wrote meanwhile
                return;
            }
        }
        write_rows(batch);
        if (!others_count_)
            for (auto& counted : batch.counted)
                tally_.add(counted.event, *counted.procedure, counted.kind, counted.kind_before);
        bool const tally_due = began - tally_written_ > std::chrono::seconds(1) && write_tally(batch.clock);
        committing = Steady::now();
        session_->commit_soon();
        open_.learn(batch.news);
        saving_.clear();
        if (tally_due) {
            tally_.written();
            tally_written_ = began;
            tally_from_ = batch.clock;
        }
    } catch (std::exception const&) {
        batch.failed = std::current_exception();
        return;
    }
    figures_.batches.fetch_add(1, std::memory_order_relaxed);
    figures_.commands.fetch_add(static_cast<std::int64_t>(batch.items.size()), std::memory_order_relaxed);
    figures_.events.fetch_add(static_cast<std::int64_t>(batch.counted.size()), std::memory_order_relaxed);
    figures_.timers.fetch_add(batch.timers, std::memory_order_relaxed);
    figures_.refused.fetch_add(batch.refused, std::memory_order_relaxed);
    hand_to_teller(batch, committing);
}

// ── the teller ───────────────────────────────────────────────────────────────────────────────────────────────

void Engine::hand_to_teller(Batch& batch, Steady::time_point committing) {
    {
        std::lock_guard lock(mutex_);
        tidings_.push_back({std::move(batch.items), std::move(batch.answers), std::move(batch.changed),
                            batch.heads, committing, false});
    }
    tell_.notify_one();
}

/// One sync for all that is committed by then.
void Engine::tell() {
    std::deque<Tidings> told;
    std::vector<std::function<void(std::vector<Changed> const&)>> followers;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            telling_ = false;
            if (tidings_.empty()) told_.notify_all();
            tell_.wait(lock, [&] { return !tidings_.empty() || closed_; });
            if (tidings_.empty()) return;
            telling_ = true;
            told.swap(tidings_);
        }
        ready_.notify_one();
        bool failed = false;
        Refusal unsure{"server.unsure", {}, {}, {}};
        try {
            session_->sync(std::ranges::any_of(told, &Tidings::others));
        } catch (std::exception const& error) {
            failed = true;
            unsure.params.emplace_back("what", error.what());
            figures_.failed.fetch_add(1, std::memory_order_relaxed);
            unsynced_ = true;
        }
        auto const synced = Steady::now();
        if (!failed) {
            std::lock_guard lock(mutex_);
            committed_heads_ = told.back().heads;
            followers = followers_;
        }
        for (Tidings& tidings : told) {
            for (auto& [item, answered] : tidings.answers) {
                if (failed && answered.kind != Answer::Kind::refused)
                    answered = {Answer::Kind::failed, unsure, {}, {}, {}};
                answer(*item, std::move(answered));
            }
            if (failed) continue;
            if (figures_.on_batch && !tidings.items.empty())
                figures_.on_batch(tidings.items.size(),
                                  std::chrono::duration<double>(synced - tidings.committing).count());
            if (tidings.changed.empty()) continue;
            for (auto const& follower : followers) follower(tidings.changed);
        }
        told.clear();
    }
}

/// Nothing that is committed waits any more.
void Engine::wait_until_told() {
    std::unique_lock lock(mutex_);
    told_.wait(lock, [&] { return tidings_.empty() && !telling_; });
}

}  // namespace banyan
