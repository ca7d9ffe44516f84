// kernel/engine/due_reminders.h: units hear that a due is near (临期提醒).
//
// Once on each working day, from the office's opening on: every share that is still with its unit and whose light
// is yellow, once for each due, and not on the day it was offered, when that message said so. No step and no timer
// of a rulebook: nothing is decided, and it holds for all of them. Rule: docs/operate.md#messages
#pragma once
#include "kernel/engine/engine.h"

namespace banyan {

class DueReminders {
  public:
    explicit DueReminders(Engine& engine) : engine_(engine) {}
    /// How many messages wait now because of it. Looks once a day, whenever it is called; one thread.
    std::size_t run_once(store::Session& reading);

  private:
    struct Near {
        Matter matter;
        std::vector<AssignmentId> shares;
    };
    std::vector<Near> near(store::Session& reading, Moment const& moment);

    Engine& engine_;
    Day looked_{};  ///< the last day it has looked
};

}  // namespace banyan
