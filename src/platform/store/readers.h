// platform/store/readers.h: the pool that queries run on, each against a snapshot of its own.
//
// A thread and a session each; a job begins, reads and ends its snapshot without another job between. What
// finds no place in the queue is refused at once: better a quick 503 than a slow one.
#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "platform/store/store.h"

namespace banyan::store {

struct ReadersOptions {
    int threads = 2;
    int most_waiting = 1'000;
    int limit_ms = 2'000;  ///< for each statement
};

class Readers {
  public:
    using Job = std::function<void(Session&)>;
    /// When the job could not begin, or threw. On the reader's thread.
    using OnFailure = std::function<void(std::exception const&)>;

    /// Opens all sessions, so that a database that cannot be read is known at once. `store` outlives the pool.
    Readers(Store& store, ReadersOptions options);
    ~Readers();  ///< as drain()
    Readers(Readers const&) = delete;

    /// Any thread. False: too many are waiting, or the pool is being drained.
    bool submit(Job job, OnFailure failed = {});
    /// Takes no more, ends what was taken, stops the threads.
    void drain();

    int waiting() const;
    int working() const;

  private:
    struct Task {
        Job job;
        OnFailure failed;
    };
    void serve(std::unique_ptr<Session> session);
    void perform(std::unique_ptr<Session>& session, Task const& task);
    void begin(std::unique_ptr<Session>& session);

    Store& store_;
    ReadersOptions const options_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> tasks_;
    int working_ = 0;
    bool draining_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace banyan::store
