#include "kernel/alike/learner.h"

#include "base/thread.h"
#include "kernel/alike/opening.h"
#include "kernel/engine/event_cursor.h"

namespace banyan::alike {
namespace {

constexpr std::size_t kAtOnce = 1'000;  ///< events
constexpr std::chrono::milliseconds kBetween{500};

}  // namespace

Learner::Learner(Engine& engine, store::Store& store, Sketcher const& sketcher, Neighbours& neighbours)
    : engine_(engine), store_(store), sketcher_(sketcher), neighbours_(neighbours) {}

Learner::~Learner() { stop(); }

void Learner::start() {
    thread_ = named_thread("alike", [this] {
        give_way();
        do {
            try {
                run_once();
            } catch (std::exception const& error) {  // the database: the next look may find it
                session_.reset();
                if (on_failure) on_failure(error.what());
            }
        } while (wait(kBetween));
    });
}

/// False: it is to stop.
bool Learner::wait(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return !stopped_.wait_for(lock, time, [&] { return stopping_.load(); });
}

void Learner::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stopped_.notify_all();
    if (thread_.joinable()) thread_.join();
}

bool Learner::run_once() {
    while (position_ < engine_.durable().value) {
        EventId const durable = engine_.durable();
        if (!session_) session_ = store_.open_reader();
        std::vector<EventRow> const events =
            next_events(*session_, store_.engine(), EventId(position_), durable, kAtOnce);
        for (EventRow const& event : events) {
            if (auto opening = opening_of(event))
                neighbours_.add(
                    opening->matter, sketcher_, sketcher_.read(opening->title, opening->body, opening->place),
                    kBeijing.day(opening->at), opening->class_code.empty() ? 0 : hash_of(opening->class_code));
            position_ = event.id.value;  // known even when the next cannot be read
            if (stopping_) return false;
        }
        if (events.size() < kAtOnce) position_ = durable.value;
        if (!pace_.rest([this](auto time) { return wait(time); })) return false;
    }
    return true;
}

}  // namespace banyan::alike
