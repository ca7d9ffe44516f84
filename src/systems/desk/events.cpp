#include "systems/desk/events.h"

#include "systems/desk/routes.h"

namespace banyan::desk {

Events::Events(House& house) : house_(house) {
    house_.engine.follow([this](std::vector<Changed> const& changed) { tell(changed); });
    house_.sessions.on_sign_out([this](std::string const& csrf) { end(csrf); });
}

std::size_t Events::listeners() const {
    std::lock_guard lock(mutex_);
    return listeners_.size();
}

void Events::open(Call const& call, http::Respond respond) {
    auto stream = std::make_shared<http::EventStream>();
    stream->send("ready", "", "{}");
    {
        std::lock_guard lock(mutex_);
        std::erase_if(listeners_, [](Listener const& listener) { return !listener.stream->open(); });
        listeners_.push_back({call.actor(), call.session->until, call.session->csrf, stream});
    }
    respond({200, "text/event-stream", "", {{"Cache-Control", "no-store"}}, stream});
}

void Events::close() {
    std::lock_guard lock(mutex_);
    for (Listener& listener : listeners_) listener.stream->close();
    listeners_.clear();
}

void Events::end(std::string const& csrf) {
    std::lock_guard lock(mutex_);
    std::erase_if(listeners_, [&](Listener const& listener) {
        if (listener.csrf == csrf) listener.stream->close();
        return listener.csrf == csrf;
    });
}

void Events::tell(std::vector<Changed> const& changed) {
    std::vector<Listener> listeners;
    {
        std::lock_guard lock(mutex_);
        if (listeners_.empty()) return;
        std::erase_if(listeners_, [](Listener const& listener) { return !listener.stream->open(); });
        listeners = listeners_;
    }
    auto rules = house_.engine.rules();
    std::erase_if(listeners, [now = house_.engine.now()](Listener const& listener) {
        if (listener.until <= now) listener.stream->close();
        return listener.until <= now;
    });
    for (Listener const& listener : listeners)
        for (Changed const& each : changed) {
            if (!rules->access->may_hear(listener.actor, each.concerned, *rules->directory)) continue;
            std::string id = each.matter.text(), version = std::to_string(each.version);
            listener.stream->send(
                "changed", id + "." + version,
                R"({"list":")" + each.stage + R"(","id":")" + id + R"(","version":)" + version + "}");
        }
}

namespace {

/// The schema is of what one event's `data` holds; the stream itself is text.
shape::Schema stream_shape() {
    using namespace shape;
    Schema stream = text("events `ready` (once, empty) and `changed`, whose data is JSON as in x-data");
    stream["x-data"] =
        named("changed",
              object({{"list", code("stage it is in now")}, {"id", id("of the matter")}, {"version", count()}}));
    return stream;
}

}  // namespace

void add_event_operations(Api& api, House&, Events& events) {
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/events",
             .name = "event.stream",
             .summary = "What changed in the lists this viewer sees (server-sent events)",
             .tag = "matters",
             .replies = {{200, "events named `changed`: list, id, version"}},
             .reply = stream_shape(),
             .reply_type = "text/event-stream",
             .handle = [&events](Call&& call, http::Respond respond) { events.open(call, std::move(respond)); }});
}

}  // namespace banyan::desk
