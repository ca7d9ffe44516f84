#include "kernel/engine/follower.h"

#include <stdexcept>
#include <utility>

namespace banyan {

Follower::Follower(store::Store& store, Engine const& engine, std::string name)
    : store_(store), engine_(engine), name_(std::move(name)), reading_(store.open_reader()) {
    position_ = stored(*reading_);
}

EventId Follower::stored(store::Session& session) const {
    EventId position;
    session.query("SELECT event FROM follower WHERE name = $1", {std::string_view(name_)},
                  [&](store::Row const& row) { position = EventId(row.integer(0)); });
    return position;
}

std::vector<EventRow> Follower::read(std::size_t most) {
    bool const led = std::exchange(leading_, engine_.nodes().leads());
    if (!leading_ || !led) {
        EventId const before = std::exchange(position_, stored(*reading_));
        elsewhere_ = elsewhere_ || position_ != before;
    }
    if (!leading_) return {};
    if (position_ >= engine_.durable()) return {};
    return engine_.next_events(*reading_, position_, most);
}

void Follower::keep(store::Session& writing, EventId through) {
    if (stored(writing) != position_) {
        leading_ = false;
        throw std::runtime_error("the follower " + name_ + " has gone on elsewhere");
    }
    writing.execute(
        "INSERT INTO follower (name, event) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET event = "
        "excluded.event",
        {std::string_view(name_), through.value});
    position_ = through;
}

Answer take_by_clock(Engine& engine, std::string_view follower, MatterId matter, std::string step,
                     json::object form, std::string once) {
    Request request;
    request.who = follower;
    request.once = request.asked = std::move(once);
    request.what = Command{Actor::time(), {}, matter, {}, std::move(step), std::move(form), {}, {}, {}, {}};
    return engine.run(std::move(request));
}

}  // namespace banyan
