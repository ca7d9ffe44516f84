// What taking back asks of the engine: the matter as it was before its last event, and the rows that were only
// there because of it.
#include "kernel/engine/batch.h"
#include "kernel/engine/rebuild.h"

namespace banyan {
namespace {

bool has_been_sent(store::Session& session, EventId event) {
    std::int64_t const first = event.value * kMessagesOfOne;
    bool sent = false;
    session.query(
        "SELECT count(*) FROM outbox WHERE lane = $1 AND id >= $2 AND id < $3 AND unit = 0 AND (attempts > 0 OR "
        "state = 1 OR resends > 0)",
        {std::int64_t{event.lane()}, first, first + kMessagesOfOne},
        [&](store::Row const& row) { sent = row.integer(0) > 0; });
    return sent;
}

}  // namespace

/// From the journal, from the batch that is on its way there, and from what this one has added.
std::optional<Past> Engine::past_of_last(Batch const& batch, Matter const& matter) {
    std::vector<Event const*> const fresh = Batch::fresh_events(flight_.get(), batch, matter.id);
    Matter stored;
    stored.last_event = fresh.empty() ? matter.last_event : fresh.front()->before;
    std::vector<EventRow> const history = load_history(*reading_, stored);
    if (fresh.empty()) {
        std::optional<Past> past = past_of(history, matter.procedure);
        if (past) past->heard = has_been_sent(*reading_, past->last.id);
        return past;
    }
    Matter opening;
    opening.procedure = matter.procedure;
    std::optional<Matter> before = history.empty() ? opening : rebuild(history, matter.procedure);
    if (!before) return std::nullopt;
    for (std::size_t i = 0; i + 1 < fresh.size(); ++i) apply(*before, *fresh[i]);
    return Past{*fresh.back(), std::move(*before), false};  // nothing goes out before it is durable
}

/// Before the event is applied: whose shares go, and what of the batch is not to be written any more.
std::vector<UnitId> Engine::forget_shares(Batch& batch, Matter const& matter, Event const& event) {
    std::vector<UnitId> units;
    for (AssignmentId id : event.removes) {
        if (Assignment const* share = matter.assignment(id)) units.push_back(share->unit);
        std::erase(batch.touched.at(matter.id.value).shares, id);
        batch.gone.push_back(id);
    }
    if (event.undoes) batch.undone.push_back(event.undoes);
    return units;
}

/// Shares that are no more, and messages that still waited: they are not sent (state 3).
void Engine::save_undone(Batch const& batch) {
    for (AssignmentId id : batch.gone)
        session_->execute("DELETE FROM assignment WHERE lane = $1 AND id = $2",
                          {std::int64_t{id.lane()}, id.value});
    for (EventId event : batch.undone) {
        std::int64_t const first = event.value * kMessagesOfOne;
        session_->execute("UPDATE outbox SET state = 3 WHERE lane = $1 AND id >= $2 AND id < $3 AND state = 0",
                          {std::int64_t{event.lane()}, first, first + kMessagesOfOne});
    }
}

}  // namespace banyan
