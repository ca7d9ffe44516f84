// kernel/alike/learner.h: keeps Neighbours by the journal: all of it at every start, then what is added.
//
// On a thread of its own that gives way to everything else; what is written does not wait for it. Until it has
// caught up, the newest matters may not be found.
#pragma once
#include <atomic>

#include "kernel/alike/neighbours.h"
#include "kernel/engine/behind.h"

namespace banyan::alike {

class Learner {
  public:
    Learner(Engine& engine, store::Store& store, Sketcher const& sketcher, Neighbours& neighbours);
    ~Learner();  ///< as stop()
    Learner(Learner const&) = delete;

    void start();
    void stop();
    /// Learns what is durable and not learned yet; false: stopped before its end. On the caller's thread.
    bool run_once();

    /// Events read and events there were when it was last asked; equal: it has caught up.
    std::int64_t read() const { return position_.load(std::memory_order_relaxed); }
    bool caught_up() const { return read() >= engine_.durable().value; }
    std::function<void(std::string const& why)> on_failure;

  private:
    Engine& engine_;
    store::Store& store_;
    Sketcher const& sketcher_;
    Neighbours& neighbours_;
    std::unique_ptr<store::Session> session_;
    std::atomic<std::int64_t> position_{0};
    Behind behind_{engine_};  ///< ends first
};

}  // namespace banyan::alike
