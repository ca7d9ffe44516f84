// platform/store/sqlite_log.h: moves SQLite's log into the database beside the writer.
//
// Left to itself SQLite does it in the commit that makes the log too long, and everybody waits. Here a thread with
// a connection of its own moves what there is while the writer goes on, and again what came meanwhile, until
// little is left; the writer moves that, and the log begins again at its start.
#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "platform/store/sqlite_connection.h"

namespace banyan::store {

class LogMover {
  public:
    explicit LogMover(SqliteOptions options);
    ~LogMover();
    LogMover(LogMover const&) = delete;

    /// From now on the log of this connection, the writer's, is looked after. Outlives it.
    void watch(sqlite3* writer);
    /// After each commit of the writer, on its thread.
    void look_after(sqlite3* writer);
    /// Nothing is moved any more: what is in the log may not be on the disk. From any thread.
    void halt() { halted_ = true; }

  private:
    enum class State { idle, asked, moved };
    static int grown(void* self, sqlite3* writer, char const* database, int pages);
    void serve();
    void move();
    void move_the_rest(sqlite3* writer);

    SqliteOptions const options_;
    std::atomic<State> state_{State::idle};
    std::atomic<bool> halted_{false};
    int length_ = 0;  ///< of the log, in pages; the writer's own, as the next
    int next_;        ///< length at which to move again
    std::mutex mutex_;
    std::condition_variable changed_;
    bool ending_ = false;
    SqliteHandle connection_;  ///< the thread's own
    std::thread thread_;
};

}  // namespace banyan::store
