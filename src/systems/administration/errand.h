// systems/administration/errand.h: one long piece of work beside the running city, with how far it is.
#pragma once
#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include "base/id.h"
#include "base/time.h"
#include "kernel/engine/progress.h"

namespace banyan::administration {

class Errand {
  public:
    enum class Stage { none, running, done, failed };
    struct State {
        Stage stage = Stage::none;
        std::int64_t done = 0, of = 0;
        PersonId by;
        Instant began, ended;
    };
    /// `name` of its thread, at most 15 characters; `clock`: the city's.
    Errand(char const* name, std::function<Instant()> clock) : name_(name), clock_(std::move(clock)) {}
    ~Errand() { stop(); }
    Errand(Errand const&) = delete;

    /// False: it is on its way. The work may throw: then it has failed.
    bool start(PersonId by, std::function<void(OnProgress const&)> work);
    State state() const;
    /// Ends it at its next progress, and waits. No other begins.
    void stop();

  private:
    struct Stopped {};
    void run(std::function<void(OnProgress const&)> const& work);

    char const* const name_;
    std::function<Instant()> clock_;
    mutable std::mutex mutex_;
    State state_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

char const* name(Errand::Stage stage);

}  // namespace banyan::administration
