#include "platform/store/sqlite_log.h"

#include <utility>

#include "base/thread.h"

namespace banyan::store {

LogMover::LogMover(SqliteOptions options)
    : options_(std::move(options)),
      next_(options_.log_pages),
      thread_(named_thread("log mover", [this] { serve(); })) {}

LogMover::~LogMover() {
    {
        std::scoped_lock const lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
    if (halted_ && connection_)  // nor as it closes
        sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void LogMover::watch(sqlite3* writer) {
    next_ = options_.log_pages;
    sqlite3_wal_hook(writer, grown, this);  // in place of SQLite's own
}

int LogMover::grown(void* self, sqlite3*, char const*, int pages) {
    static_cast<LogMover*>(self)->length_ = pages;
    return SQLITE_OK;
}

void LogMover::look_after(sqlite3* writer) {
    if (halted_) return;
    switch (state_.load(std::memory_order_acquire)) {
        case State::idle:
            if (length_ < options_.log_pages) next_ = options_.log_pages;  // it began again
            if (length_ < next_) break;
            next_ = length_ + options_.log_pages;  // if a reader keeps it from beginning again
            {
                std::scoped_lock const lock(mutex_);
                state_.store(State::asked, std::memory_order_relaxed);
            }
            changed_.notify_all();
            break;
        case State::asked:
            break;
        case State::moved:
            state_.store(State::idle, std::memory_order_relaxed);
            move_the_rest(writer);
            break;
    }
}

/// With what is left moved, the next commit begins the log again, unless somebody reads in it at that moment. When
/// that has happened the readers are waited for, a moment: new ones read in the file and are in nobody's way. What
/// fails here is tried again later: the commit itself is done.
void LogMover::move_the_rest(sqlite3* writer) {
    constexpr int kWait_ms = 25;
    bool const again = length_ >= 2 * options_.log_pages;
    if (again) sqlite3_busy_timeout(writer, kWait_ms);
    sqlite3_wal_checkpoint_v2(writer, nullptr, again ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE,
                              nullptr, nullptr);
    if (again) sqlite3_busy_timeout(writer, kBusyMs);
}

void LogMover::serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return ending_ || state_.load(std::memory_order_relaxed) == State::asked; });
        if (ending_) return;
        lock.unlock();
        move();
        lock.lock();
        state_.store(State::moved, std::memory_order_release);
    }
}

void LogMover::move() {
    constexpr int kPasses = 6, kFewPages = 1'000;
    try {
        if (!connection_) connection_ = open_sqlite_connection(options_, SqliteRole::checkpointer);
        int before = 0;
        for (int pass = 0; pass < kPasses && !halted_; ++pass) {
            int moved = 0;
            sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, &moved);
            if (moved - before < kFewPages) break;  // as little has come meanwhile
            before = moved;
        }
    } catch (Error const&) {
        connection_.reset();  // whoever writes meets the same fault and reports it
    }
}

}  // namespace banyan::store
