// systems/floor/caretaker.h: what time does: a day's queue ends (过号), who did not come is counted, what is
// personal is erased.
//
// A thread that looks once in a while and writes only where there is something to do. Numbers lose whose they were
// when their day is over, appointments so many days after theirs (data/floor.toml).
#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

#include "systems/floor/ledger.h"

namespace banyan::floor {

struct Cared {
    std::set<std::string> halls;  ///< where something is another now
    std::int64_t ended = 0, no_shows = 0, erased = 0;
};
/// In a transaction of the writer.
Cared take_care(Office const& office);
/// Whether take_care() would do anything.
bool needs_care(Office const& office);

class Caretaker {
  public:
    /// `care` is called on a thread of its own, at once and then every `pause`.
    Caretaker(std::function<void()> care, Span pause) : care_(std::move(care)), pause_(pause) {}
    ~Caretaker() { stop(); }
    Caretaker(Caretaker const&) = delete;
    void start();
    void stop();

  private:
    std::function<void()> care_;
    Span const pause_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace banyan::floor
