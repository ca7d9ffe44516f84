#include "kernel/matter/undo.h"

#include <algorithm>

namespace banyan {
namespace {

/// Without what belongs to the journal: its place there does not come back.
json::object state_to_restore(Matter const& before) {
    json::object state = json::parse(state_text(before)).as_object();
    for (char const* own : {"version", "last_event", "last_at", "hash"}) state.erase(own);
    return state;
}

/// Shares as they were, with a version nobody has seen yet; those that did not exist are taken out.
void restore_shares(Matter const& now, Matter const& before, Event& event) {
    for (Assignment const& share : now.assignments) {
        Assignment const* old = before.assignment(share.id);
        if (old == nullptr) {
            event.removes.push_back(share.id);
        } else if (old->version != share.version) {
            event.assignments.push_back(*old);
            event.assignments.back().version = share.version + 1;
        }
    }
}

/// Units that were told hear of it; who asked, only when word of the step has reached them.
void tell_again(Past const& past, Event& event) {
    for (Told const& told : past.last.told) {
        bool asker = told.whom == "asker";
        if (asker && !past.heard) continue;
        Told again{asker ? "undone" : "taken_back", told.whom, told.unit};
        if (std::ranges::find(event.told, again) == event.told.end()) event.told.push_back(std::move(again));
    }
}

}  // namespace

Result<Instant> may_take_back(Actor const& actor, Matter const& matter, Event const& last, Moment const& moment) {
    Step const& step = matter.procedure->step_at(last.step);
    if (!step.undo || last.id != matter.last_event || !last.by) return refuse("undo.nothing");
    if (!last.along.empty()) return refuse("undo.along");
    if (last.by != actor.person || last.role != actor.role) return refuse("undo.not_yours");
    Instant until = due_after(*moment.calendar, last.at, *step.undo).instant;
    if (moment.now >= until) return refuse("undo.too_late", {}, {{"until", rfc3339(until)}});
    return until;
}

Result<Event> take_back(Command const& command, Matter const& matter, Past const* past, Moment const& moment) {
    if (past == nullptr) return refuse("undo.nothing");
    BANYAN_CHECK(may_take_back(command.actor, matter, past->last, moment));
    BANYAN_CHECK(read_form({}, command.form));
    Event event;
    event.matter = matter.id;
    event.before = matter.last_event;
    event.no = matter.version + 1;
    event.step = matter.procedure->step(kUndo);
    event.by = command.actor.person;
    event.unit = command.actor.unit;
    event.role = command.actor.role;
    event.at = moment.now;
    event.stage_before = matter.stage;
    event.stage = past->before.stage;
    event.undoes = past->last.id;
    event.restores = state_to_restore(past->before);
    restore_shares(matter, past->before, event);
    for (Counted counted : past->last.counted) {
        counted.n = -counted.n;
        event.counted.push_back(std::move(counted));
    }
    tell_again(*past, event);
    return event;
}

}  // namespace banyan
