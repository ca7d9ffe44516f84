// kernel/engine/pace.h: how fast those go who work behind the journal.
//
// Whoever follows the journal shares the machine with who answers people. A low priority is not enough: where the
// threads of a batch wait for one another, others fill the gap and are still running when it ends. So while many
// wait for an answer, a follower rests after each portion; it is late by so much, says so, and catches up
// afterwards.
#pragma once
#include <algorithm>
#include <chrono>

#include "kernel/engine/engine.h"

namespace banyan {

class Pace {
  public:
    explicit Pace(Engine const& engine) : engine_(engine) {}
    /// Before the next portion, on the thread that works: rests 49 times the CPU time it has used since it rested
    /// last (a fiftieth of a core is its share), for as long as the engine is pressed. `wait(milliseconds)` waits
    /// and says whether to go on; false: it is to stop.
    template <class Wait>
    bool rest(Wait const& wait) {
        for (std::chrono::milliseconds left = earned(); left.count() > 0 && engine_.pressed(); left -= kSlice)
            if (!wait(std::min(left, kSlice))) return false;
        return true;
    }

  private:
    static constexpr std::chrono::milliseconds kSlice{50};
    std::chrono::milliseconds earned();

    Engine const& engine_;
    std::chrono::nanoseconds used_{0};
};

}  // namespace banyan
