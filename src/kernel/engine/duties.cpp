// The engine's duties beside steps: the tally, repeated requests, readings, timers, checkpoints.
#include <chrono>
#include <fstream>
#include <future>

#include "kernel/engine/batch.h"

namespace banyan {

using Steady = std::chrono::steady_clock;

namespace {

std::string once_key(std::string const& who, std::string const& once) { return who + '\n' + once; }

}  // namespace

void Engine::flush_tally(bool now) {
    bool readings = false;
    {
        std::lock_guard lock(mutex_);
        readings = !readings_.empty();
        // Keys older than a day are not asked for any more.
        if (answered_.size() > 1'000'000)
            std::erase_if(answered_, [since = options_.now() - hours(24)](auto const& entry) {
                return entry.second < since;
            });
    }
    bool tally_due = !tally_.empty() && (now || Steady::now() - tally_written_ >= std::chrono::seconds(1));
    if (!tally_due && !readings) return;
    try {
        session_->begin_write();
        save_readings();
        if (tally_due) tally_.write(*session_, clock_);
        session_->commit();
        if (!tally_due) return;
        tally_.written();
        tally_written_ = Steady::now();
    } catch (store::Error const&) {
        session_->rollback();  // it waits in memory, and in the journal
    }
}

void Engine::load_idempotency() {
    std::int64_t since = (options_.now() - hours(24)).us;
    session_->query("SELECT who, key, at FROM idempotency WHERE at > $1", {since}, [&](store::Row const& row) {
        answered_[std::hash<std::string>{}(once_key(std::string(row.text(0)), std::string(row.text(1))))] =
            Instant{row.integer(2)};
    });
}

std::optional<Engine::Answered> Engine::find_answered(Batch const& batch, std::string const& who,
                                                      std::string const& key) {
    std::string both = once_key(who, key);
    if (auto found = batch.answered.find(both); found != batch.answered.end()) return found->second;
    auto seen = answered_.find(std::hash<std::string>{}(both));
    if (seen == answered_.end()) return std::nullopt;
    std::optional<Answered> answered;  // a hash may be another's: the table knows
    session_->query("SELECT request, answer FROM idempotency WHERE at = $1 AND who = $2 AND key = $3",
                    {seen->second.us, std::string_view(who), std::string_view(key)}, [&](store::Row const& row) {
                        answered = Answered{who,          key, std::string(row.bytes(0)), std::string(row.text(1)),
                                            seen->second, {}};
                    });
    if (!answered) return answered;
    json::error_code error;
    json::value value = json::parse(answered->answer, error);
    if (!error && value.is_object() && value.as_object().contains("id"))
        answered->matter = MatterId(std::stoll(std::string(value.as_object().at("id").as_string())));
    return answered;
}

void Engine::save_readings() {
    std::vector<Reading> readings;
    {
        std::lock_guard lock(mutex_);
        if (readings_.empty()) return;
        readings.swap(readings_);
    }
    RowBuffer rows;
    for (Reading& reading : readings) {
        rows.integer(reading.at.us);
        rows.integer(reading.person.value);
        rows.text(std::move(reading.role));
        rows.integer(reading.matter.value);
        rows.text(std::move(reading.what));
    }
    session_->append(kReadLogTable, rows.cells());
}

void Engine::keep_time() {
    std::unique_ptr<store::Session> session = store_.open_reader();
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (stopped_.wait_for(lock, std::chrono::milliseconds(500), [&] { return stopping_; })) return;
        }
        std::vector<std::int64_t> due;
        try {
            Instant now = options_.now();
            session->query(
                "SELECT id FROM matter WHERE wakes IS NOT NULL AND wakes <= $1 ORDER BY wakes LIMIT 500", {now.us},
                [&](store::Row const& row) { due.push_back(row.integer(0)); });
            std::unique_lock asleep_lock(mutex_);
            std::erase_if(due, [&](std::int64_t id) {
                auto asleep = asleep_.find(id);
                return asleep != asleep_.end() && asleep->second > now;
            });
            asleep_lock.unlock();
            if (due.empty()) continue;
            std::vector<std::promise<void>> ended(due.size());
            std::vector<std::future<void>> waits;
            for (std::size_t i = 0; i < due.size(); ++i) {
                Request request;
                request.what = Wake{MatterId(due[i]), now, false};
                request.done = [&promise = ended[i]](Answer&&) { promise.set_value(); };
                std::future<void> wait = ended[i].get_future();
                if (submit(std::move(request))) waits.push_back(std::move(wait));
            }
            for (auto& wait : waits) wait.get();
        } catch (store::Error const&) {
            try {
                session = store_.open_reader();
            } catch (store::Error const&) {  // the next round tries again
            }
        }
    }
}

void Engine::keep_checkpoints() {
    for (;;) {
        {
            std::unique_lock lock(mutex_);
            if (stopped_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_; })) return;
        }
        try {
            make_checkpoint_now();
        } catch (std::exception const&) {
            figures_.failed.fetch_add(1, std::memory_order_relaxed);
        }
    }
}

void Engine::make_checkpoint_now() {
    std::lock_guard one(notary_mutex_);
    Heads heads = committed();
    std::optional<Checkpoint> before = checkpoint();
    std::int64_t events = 0, signed_for = 0;
    for (std::size_t lane = 0; lane < heads.size(); ++lane) {
        events += heads[lane].events;
        if (before) signed_for += before->counts[lane];
    }
    if (events == signed_for) return;
    Checkpoint made = make_checkpoint(heads, before ? &*before : nullptr, options_.now(), keys_.signing_key());
    auto insert = [&](store::Session& session) {
        RowBuffer row;
        put_checkpoint(row, made);
        session.append(kCheckpointTable, row.cells());
    };
    if (writer_.joinable()) {
        write_now(insert);
    } else {
        session_->begin_write();
        try {
            insert(*session_);
            session_->commit();
        } catch (...) {
            session_->rollback();
            throw;
        }
    }
    if (!options_.heads_log.empty()) {
        std::ofstream log(options_.heads_log, std::ios::app);
        log << json::serialize(to_json(made)) << '\n' << std::flush;
        if (!log) figures_.failed.fetch_add(1, std::memory_order_relaxed);  // a full disk: seen in /metrics
    }
    std::lock_guard lock(mutex_);
    checkpoint_ = std::move(made);
    figures_.checkpoints.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace banyan
