// kernel/engine/timed.h: steps that happened at another time than now: imports, replays, the demo's past.
//
// Before each step the matter's timers that were due by then take theirs, each at its own instant, so that a
// replayed year is what would have been.
#pragma once
#include "kernel/engine/engine.h"

namespace banyan {

class Timed {
  public:
    explicit Timed(Engine& engine) : engine_(engine) {}

    Answer open(Actor const& actor, std::string procedure, json::object form, Instant at, std::string source = {},
                std::string external = {}, std::string code_hash = {});
    Answer step(Actor const& actor, MatterId matter, std::string step, json::object form, Instant at,
                AssignmentId on = {});
    /// Timers of the matter that are due by then.
    void wake(MatterId matter, Instant until);

  private:
    Engine& engine_;
};

}  // namespace banyan
