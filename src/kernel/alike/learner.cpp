#include "kernel/alike/learner.h"

#include "base/thread.h"
#include "kernel/alike/opening.h"
#include "kernel/engine/event_cursor.h"

namespace banyan::alike {
namespace {

constexpr int kAtOnce = 2'000;  ///< events in one snapshot: a long one keeps the log from being moved
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
        } while (wait());
    });
}

bool Learner::wait() {
    std::unique_lock lock(mutex_);
    return !stopped_.wait_for(lock, kBetween, [&] { return stopping_.load(); });
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
        std::int64_t const durable = engine_.durable().value;
        if (!session_) session_ = store_.open_reader();
        session_->begin_read();
        EventCursor cursor(*session_, store_.engine(), position_);
        std::int64_t position = durable;
        for (int n = 0; EventCursor::Entry const* entry = cursor.next(); ++n) {
            if (entry->row.id.value > durable) break;
            if (n == kAtOnce) {
                position = position_;
                break;
            }
            if (auto opening = opening_of(entry->row))
                neighbours_.add(
                    opening->matter, sketcher_, sketcher_.read(opening->title, opening->body, opening->place),
                    kBeijing.day(opening->at), opening->class_code.empty() ? 0 : hash_of(opening->class_code));
            position_ = entry->row.id.value;  // known even when the next cannot be read
            if (stopping_) {
                session_->rollback();
                return false;
            }
        }
        position_ = std::max<std::int64_t>(position, position_);
        session_->commit();
    }
    return true;
}

}  // namespace banyan::alike
