#include "kernel/alike/learner.h"

#include "kernel/alike/opening.h"

namespace banyan::alike {
namespace {

constexpr std::size_t kAtOnce = 1'000;  ///< events
constexpr std::chrono::milliseconds kBetween{500};

}  // namespace

Learner::Learner(Engine& engine, store::Store& store, Sketcher const& sketcher, Neighbours& neighbours)
    : engine_(engine), store_(store), sketcher_(sketcher), neighbours_(neighbours) {}

Learner::~Learner() { stop(); }

void Learner::start() {
    behind_.start(
        "alike", kBetween, [this] { run_once(); },
        [this](std::string const& why) {
            session_.reset();  // the database: the next look may find it
            if (on_failure) on_failure(why);
        });
}

void Learner::stop() { behind_.stop(); }

bool Learner::run_once() {
    while (position_ < engine_.durable().value) {
        EventId const durable = engine_.durable();
        if (!session_) session_ = store_.open_reader();
        std::vector<EventRow> const events = engine_.next_events(*session_, EventId(position_), kAtOnce);
        for (EventRow const& event : events) {
            if (auto opening = opening_of(event))
                neighbours_.add(
                    opening->matter, sketcher_, sketcher_.read(opening->title, opening->body, opening->place),
                    kBeijing.day(opening->at), opening->class_code.empty() ? 0 : hash_of(opening->class_code));
            position_ = event.id.value;  // known even when the next cannot be read
            if (behind_.stopping()) return false;
        }
        if (events.size() < kAtOnce) position_ = std::max(position_.load(), durable.value);
        if (!behind_.rest()) return false;
    }
    return true;
}

}  // namespace banyan::alike
