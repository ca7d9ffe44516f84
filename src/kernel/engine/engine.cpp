#include "kernel/engine/engine.h"

#include <chrono>
#include <fstream>
#include <future>

#include "base/thread.h"
#include "kernel/engine/batch.h"

namespace banyan {

Engine::Engine(store::Store& store, crypto::Keyring const& keys, std::shared_ptr<Rules const> rules,
               std::shared_ptr<Calendar const> calendar, Procedures procedures, EngineOptions options)
    : store_(store),
      keys_(keys),
      options_(std::move(options)),
      rules_(std::move(rules)),
      calendar_(std::move(calendar)),
      calendars_{calendar_},
      procedures_(std::move(procedures)),
      session_(store.open_writer()),
      reading_(store.open_reader()),
      shards_(store.lane_groups()),
      nodes_(store, options_.node) {
    if (shards_.size() > 1) {
        shard_of_lane_.resize(kLanes);
        for (std::size_t shard = 0; shard < shards_.size(); ++shard)
            for (std::int64_t const lane : shards_[shard])
                shard_of_lane_[static_cast<std::size_t>(lane)] = static_cast<int>(shard);
    }
    load_position();
    committed_heads_ = heads_;
    checkpoint_ = last_checkpoint(*session_);
    clock_read_ = last_recorded(*session_);
    clock_high_us_ = clock_read_.us;
    // On a distributed engine the tally lies beside the shards: in transactions of its own.
    others_count_ = shards_.size() > 1;
    learn_everything(*session_);
    count_from_journal();
}

Engine::~Engine() { stop(); }

void Engine::start() {
    if (options_.timers) nodes_.start(options_.now());
    writer_ = named_thread("writer", [this] { serve(); });
    storekeeper_ = named_thread("storekeeper", [this] { keep_store(); });
    teller_ = named_thread("teller", [this] { tell(); });
    if (options_.timers) timekeeper_ = named_thread("timekeeper", [this] { keep_time(); });
    if (options_.checkpoints) notary_ = named_thread("notary", [this] { keep_checkpoints(); });
}

void Engine::stop() {
    {
        std::lock_guard lock(mutex_);
        if (stopping_) return;
        stopping_ = true;
    }
    stopped_.notify_all();
    if (timekeeper_.joinable()) timekeeper_.join();
    if (notary_.joinable()) notary_.join();
    {
        std::lock_guard lock(mutex_);
        ending_ = true;
    }
    ready_.notify_all();
    if (!writer_.joinable()) return;
    writer_.join();
    {
        std::lock_guard lock(mutex_);
        closed_ = true;
    }
    take_off_.notify_one();
    storekeeper_.join();
    tell_.notify_one();
    teller_.join();
    flush_tally(true);
    count_for_all();
    if (options_.checkpoints) make_checkpoint_now();
    nodes_.stop();
}

bool Engine::submit(Request request) {
    {
        std::lock_guard lock(mutex_);
        if (stopping_ || queue_.size() >= options_.most_waiting) {
            figures_.busy.fetch_add(1, std::memory_order_relaxed);
            return false;
        }
        queue_.push_back({std::move(request), {}, {}});
        if (queue_.size() > 1) return true;  // the writer was told already
    }
    ready_.notify_one();
    return true;
}

Answer Engine::run(Request request) {
    std::promise<Answer> promise;
    request.done = [&](Answer&& answer) { promise.set_value(std::move(answer)); };
    while (!submit(request)) {
        {
            std::lock_guard lock(mutex_);
            if (stopping_) return {Answer::Kind::busy, {"server.stopping", {}, {}, {}}, {}, {}, {}};
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return promise.get_future().get();
}

void Engine::write(Work work, Worked done) {
    {
        std::unique_lock lock(mutex_);
        if (!ending_) {
            queue_.push_back({{}, std::move(work), std::move(done)});
            lock.unlock();
            return ready_.notify_one();
        }
    }
    if (done) done(std::make_exception_ptr(std::runtime_error("the server is stopping")));
}

void Engine::note_reading(Reading reading) {
    std::lock_guard lock(mutex_);
    if (readings_.size() < kMostReadings) readings_.push_back(std::move(reading));
}

void Engine::write_now(Work work) {
    if (!writer_.joinable()) {  // before start(): nobody else writes
        return work_alone(work);
    }
    std::promise<std::exception_ptr> promise;
    write(std::move(work), [&](std::exception_ptr error) { promise.set_value(std::move(error)); });
    if (auto error = promise.get_future().get()) std::rethrow_exception(error);
}

std::shared_ptr<Rules const> Engine::rules() const {
    std::lock_guard lock(mutex_);
    return rules_;
}
void Engine::set_rules(std::shared_ptr<Rules const> rules, Procedures procedures) {
    std::lock_guard lock(mutex_);
    rules_ = std::move(rules);
    procedures_ = std::move(procedures);
}
std::shared_ptr<Calendar const> Engine::calendar() const {
    std::lock_guard lock(mutex_);
    return calendar_;
}
void Engine::set_calendar(std::shared_ptr<Calendar const> calendar) {
    std::lock_guard lock(mutex_);
    calendar_ = calendar;
    calendars_.push_back(std::move(calendar));
}
Procedures Engine::procedures() const {
    std::lock_guard lock(mutex_);
    return procedures_;
}
Moment Engine::moment() const {
    std::lock_guard lock(mutex_);
    return {options_.now(), calendar_.get()};
}
void Engine::follow(std::function<void(std::vector<Changed> const&)> follower) {
    std::lock_guard lock(mutex_);
    followers_.push_back(std::move(follower));
}
std::size_t Engine::waiting() const {
    std::lock_guard lock(mutex_);
    return queue_.size();
}
bool Engine::pressed() const {
    return std::chrono::steady_clock::now() < pressed_until_.load(std::memory_order_relaxed);
}
Heads Engine::committed() const {
    std::lock_guard lock(mutex_);
    return committed_heads_;
}
EventId Engine::durable() const {
    std::lock_guard lock(mutex_);
    std::int64_t counter = 0;
    for (Head const& head : committed_heads_) counter = std::max(counter, head.counter);
    return EventId(counter * kLanes + kLanes - 1);
}
std::optional<Checkpoint> Engine::checkpoint() const {
    std::lock_guard lock(mutex_);
    return checkpoint_;
}

void Engine::run_work(Item& item) {
    try {
        work_alone(item.work);
    } catch (...) {
        if (item.worked) item.worked(std::current_exception());
        return;
    }
    if (item.worked) item.worked({});
}

/// One write at a time, whatever node it is of: what it has read stays so until it is committed.
void Engine::work_alone(Work const& work) {
    session_->begin_turn();
    try {
        work(*session_);
        session_->commit();
    } catch (...) {
        session_->rollback();
        throw;
    }
}

Refusal refusal_of(std::exception_ptr const& error) {
    using Kind = store::Error::Kind;
    try {
        std::rethrow_exception(error);
    } catch (store::Error const& broken) {
        std::string_view key = broken.kind() == Kind::full        ? "store.full"
                               : broken.kind() == Kind::read_only ? "store.read_only"
                               : broken.kind() == Kind::timeout   ? "server.slow"
                                                                  : "server.failed";
        return {std::string(key), {}, {{"what", broken.what()}}, {}};
    } catch (std::exception const& broken) {
        return {"server.failed", {}, {{"what", broken.what()}}, {}};
    }
}

void Engine::answer(Item& item, Answer&& answer) {
    if (item.request.done) item.request.done(std::move(answer));
}

}  // namespace banyan
