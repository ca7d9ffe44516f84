#include "platform/store/sqlite_log.h"

#include <utility>

namespace banyan::store {

LogMover::LogMover(SqliteOptions options)
    : options_(std::move(options)), next_(options_.log_pages), thread_([this] { serve(); }) {}

LogMover::~LogMover() {
    {
        std::scoped_lock const lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void LogMover::watch(sqlite3* writer) {
    next_ = options_.log_pages;
    sqlite3_wal_hook(writer, grown, this);  // in place of SQLite's own
}

/// After each commit of the writer; `pages` is how long the log is.
int LogMover::grown(void* self, sqlite3* writer, char const* database, int pages) {
    auto& mover = *static_cast<LogMover*>(self);
    switch (mover.state_.load(std::memory_order_acquire)) {
        case State::idle:
            if (pages < mover.options_.log_pages) mover.next_ = mover.options_.log_pages;  // it began again
            if (pages < mover.next_) break;
            mover.next_ = pages + mover.options_.log_pages;  // if a reader keeps it from beginning again
            {
                std::scoped_lock const lock(mover.mutex_);
                mover.state_.store(State::asked, std::memory_order_relaxed);
            }
            mover.changed_.notify_all();
            break;
        case State::asked:
            break;
        case State::moved:
            mover.state_.store(State::idle, std::memory_order_relaxed);
            // The rest. What fails here is tried again later: the commit itself is done.
            sqlite3_wal_checkpoint_v2(writer, database, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
            break;
    }
    return SQLITE_OK;
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
    try {
        if (!connection_) connection_ = open_sqlite_connection(options_, SqliteRole::checkpointer);
        sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    } catch (Error const&) {
        connection_.reset();  // whoever writes meets the same fault and reports it
    }
}

}  // namespace banyan::store
