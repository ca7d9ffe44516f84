// The engine's duties beside steps: the tally, repeated requests, readings, timers, checkpoints.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <future>
#include <iterator>
#include <limits>
#include <numeric>

#include "kernel/engine/batch.h"

namespace banyan {

using Steady = std::chrono::steady_clock;

/// In the transaction at hand. False: another node has counted since, so what is counted here is void.
bool Engine::write_tally(std::int64_t counter) {
    if (others_count_) return false;
    if (shared()) {
        std::int64_t stored = 0;
        session_->query("SELECT event FROM tally_position WHERE lane = 0 FOR UPDATE", {},
                        [&](store::Row const& row) { stored = row.integer(0) / kLanes; });
        if (stored != tally_from_) {
            others_count_ = true;
            tally_.written();
            return false;
        }
    }
    tally_.write(*session_, counter);
    return true;
}

/// What was counted in memory but not written is counted again.
void Engine::count_from_journal() {
    tally_.written();
    tally_from_ = tally_position(*session_);
    if (!others_count_) catch_up(tally_, *session_, procedures());
}

void Engine::flush_tally(bool now) {
    bool readings = false;
    {
        std::lock_guard lock(mutex_);
        readings = !readings_.empty() || !saving_.empty();
    }
    bool tally_due = !tally_.empty() && (now || Steady::now() - tally_written_ >= std::chrono::seconds(1));
    if (!tally_due && !readings) return;
    try {
        tally_due ? session_->begin_turn() : session_->begin_write();
        save_readings();
        if (tally_due) tally_due = !others_came(last_batch_);  // all that is counted is one's own
        if (tally_due) tally_due = write_tally(clock_);
        session_->commit();
        saving_.clear();
        if (!tally_due) return;
        tally_.written();
        tally_from_ = clock_;
        tally_written_ = Steady::now();
    } catch (store::Error const&) {
        session_->rollback();  // it waits in memory, and in the journal
    }
}

/// From the newest back: there is no index by time, but ids grow with it.
void Engine::load_idempotency(store::Session& session) {
    constexpr std::int64_t kAtOnce = 20'000;
    Instant const since = options_.now() - hours(24);
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    for (bool more = true; more;) {
        std::int64_t rows = 0;
        bool old = false;
        session.query("SELECT event, at, who, key FROM idempotency WHERE event < $1 ORDER BY event DESC LIMIT $2",
                      {before, kAtOnce}, [&](store::Row const& row) {
                          ++rows;
                          before = row.integer(0);
                          old = Instant{row.integer(1)} <= since;
                          if (!old)
                              answered_.try_emplace(std::hash<std::string>{}(once_key(std::string(row.text(2)),
                                                                                      std::string(row.text(3)))),
                                                    Known{EventId(row.integer(0)), Instant{row.integer(1)}});
                      });
        more = rows == kAtOnce && !old;
    }
}

/// What is older than a day is not asked for any more: some of it each time, so that nobody waits for it.
void Engine::forget_idempotency() {
    Instant const since = options_.now() - hours(24);
    write(
        [this, since](store::Session& session) {
            constexpr std::int64_t kAtOnce = 2'000;
            std::int64_t last = 0;
            bool young = false;  // after a clock that was set back an older time may come behind it
            session.query("SELECT event, at FROM idempotency ORDER BY event LIMIT $1", {kAtOnce},
                          [&](store::Row const& row) {
                              young = young || Instant{row.integer(1)} > since;
                              if (!young) last = row.integer(0);
                          });
            if (last == 0) return;
            session.execute("DELETE FROM idempotency WHERE event <= $1", {last});
            store::erase_if(answered_, [&](auto const& entry) { return entry.second.at <= since; });
        },
        {});
}

std::optional<Engine::Answered> Engine::find_answered(Batch const& batch, std::string const& who,
                                                      std::string const& key) {
    std::string both = once_key(who, key);
    for (Batch const* before : {&batch, static_cast<Batch const*>(flight_.get())})
        if (before != nullptr)
            if (auto found = before->answered.find(both); found != before->answered.end()) return found->second;
    auto seen = answered_.find(std::hash<std::string>{}(both));
    if (seen == answered_.end()) return std::nullopt;
    std::optional<Answered> answered;  // a hash may be another's: the table knows
    auto const [event, at] = seen->second;
    reading_->query(
        "SELECT request, answer FROM idempotency WHERE lane = $1 AND event = $2 AND who = $3 AND key = $4",
        {std::int64_t{event.lane()}, event.value, std::string_view(who), std::string_view(key)},
        [&](store::Row const& row) {
            answered = Answered{std::string(row.bytes(0)), std::string(row.text(1)), at, event, {}};
        });
    if (!answered) return answered;
    json::error_code error;
    json::value value = json::parse(answered->answer, error);
    if (!error && value.is_object() && value.as_object().contains("id"))
        answered->matter = MatterId(std::stoll(std::string(value.as_object().at("id").as_string())));
    return answered;
}

void Engine::save_readings() {
    {
        std::lock_guard lock(mutex_);
        if (saving_.size() < kMostReadings) {
            std::ranges::move(readings_, std::back_inserter(saving_));
            readings_.clear();
        }
    }
    if (saving_.empty()) return;
    RowBuffer rows;
    for (Reading const& reading : saving_) {
        rows.integer(reading.at.us);
        rows.integer(reading.person.value);
        rows.text_view(reading.role);
        rows.integer(reading.matter.value);
        rows.text_view(reading.what);
    }
    session_->append(kReadLogTable, rows.cells());
}

void Engine::keep_time() {
    constexpr std::size_t kAtOnce = 500;
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (stopped_.wait_for(lock, std::chrono::milliseconds(500), [&] { return stopping_; })) return;
        }
        Instant const now = options_.now();
        std::vector<MatterId> const due = wakes_.take_due(now, kAtOnce);
        std::vector<std::future<Answer::Kind>> answers;
        for (MatterId matter : due) {
            if (!nodes_.has(matter.lane())) {  // who has it tells of it, unless it dies first
                wakes_.learn(matter, now + seconds(2));
                answers.emplace_back();
                continue;
            }
            auto promise = std::make_shared<std::promise<Answer::Kind>>();
            answers.push_back(promise->get_future());
            Request request;
            request.what = Wake{matter, now, false};
            request.done = [promise](Answer&& answer) { promise->set_value(answer.kind); };
            if (!submit(std::move(request))) promise->set_value(Answer::Kind::busy);
        }
        for (std::size_t i = 0; i < due.size(); ++i) {
            if (!answers[i].valid()) continue;
            Answer::Kind const kind = answers[i].get();
            if (kind == Answer::Kind::refused) wakes_.learn(due[i], now + hours(1));  // and then asked again
            if (kind == Answer::Kind::failed || kind == Answer::Kind::busy) wakes_.learn(due[i], now + seconds(5));
        }
    }
}

void Engine::keep_checkpoints() {
    for (int seconds = 0;;) {
        {
            std::unique_lock lock(mutex_);
            if (stopped_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_; })) return;
        }
        count_for_all();
        if (++seconds % 10 == 0) forget_idempotency();
        try {
            if (nodes_.leads())
                make_checkpoint_now();
            else
                learn_checkpoint();
        } catch (std::exception const&) {
            figures_.failed.fetch_add(1, std::memory_order_relaxed);
        }
    }
}

void Engine::make_checkpoint_now() {
    std::lock_guard one(notary_mutex_);
    Heads const heads = committed();
    auto events_of = [](auto const& counts) {
        return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    };
    std::array<std::int64_t, kLanes> counts{};
    std::ranges::transform(heads, counts.begin(), &Head::events);
    std::optional<Checkpoint> before = checkpoint();
    if (events_of(counts) == (before ? events_of(before->counts) : 0)) return;
    std::optional<Checkpoint> made;
    auto sign = [&](store::Session& session) {
        if (shared()) before = last_checkpoint(session);  // another node may have signed since
        if (before && events_of(before->counts) >= events_of(counts)) return;
        made = make_checkpoint(heads, before ? &*before : nullptr, options_.now(), keys_.signing_key());
        RowBuffer row;
        put_checkpoint(row, *made);
        session.append(kCheckpointTable, row.cells());
    };
    write_now(sign);
    if (!made) return;
    keep_checkpoint(std::move(*made));
    figures_.checkpoints.fetch_add(1, std::memory_order_relaxed);
}

/// Beside the database too, at each node: whoever exchanges the one has not exchanged the others.
void Engine::keep_checkpoint(Checkpoint checkpoint) {
    if (!options_.heads_log.empty()) {
        std::ofstream log(options_.heads_log, std::ios::app);
        log << json::serialize(to_json(checkpoint)) << '\n' << std::flush;
        if (!log) figures_.failed.fetch_add(1, std::memory_order_relaxed);  // a full disk: seen in /metrics
    }
    std::lock_guard lock(mutex_);
    checkpoint_ = std::move(checkpoint);
}

}  // namespace banyan
