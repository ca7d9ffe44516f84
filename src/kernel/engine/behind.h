// kernel/engine/behind.h: the thread of somebody who works behind the journal.
//
// It gives way to all other threads, rests while many wait for an answer (pace.h), looks again after a while, and
// goes on after a failure: the database may come back. Threads: start() and stop() from one; rest() on the one
// that works.
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "kernel/engine/pace.h"

namespace banyan {

class Behind {
  public:
    explicit Behind(Engine const& engine) : pace_(engine) {}
    ~Behind() { stop(); }
    Behind(Behind const&) = delete;

    /// Does `work`, and again so long after each end of it; what it throws goes to `failed`. `name`: at most 15
    /// characters.
    void start(char const* name, std::chrono::milliseconds between, std::function<void()> work,
               std::function<void(std::string const& why)> failed);
    void stop();  ///< waits until `work` has ended; it asks stopping()
    bool stopping() const { return stopping_; }
    /// Between two portions of work; false: it is to stop.
    bool rest() {
        return pace_.rest([this](std::chrono::milliseconds time) { return wait(time); });
    }

  private:
    bool wait(std::chrono::milliseconds time);

    Pace pace_;
    std::mutex mutex_;
    std::condition_variable stopped_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace banyan
