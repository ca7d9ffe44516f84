#include "systems/administration/errand.h"

#include "base/thread.h"

namespace banyan::administration {

bool Errand::start(PersonId by, std::function<void(OnProgress const&)> work) {
    std::lock_guard const lock(mutex_);
    if (stopping_ || state_.stage == Stage::running) return false;
    if (thread_.joinable()) thread_.join();  // it has said that it is done
    state_ = {Stage::running, 0, 0, by, clock_(), {}};
    thread_ = named_thread(name_, [this, work = std::move(work)] { run(work); });
    return true;
}

void Errand::run(std::function<void(OnProgress const&)> const& work) {
    give_way();
    Stage stage = Stage::failed;
    try {
        work([this](std::int64_t done, std::int64_t of) {
            if (stopping_) throw Stopped{};
            std::lock_guard const lock(mutex_);
            state_.done = done;
            state_.of = of;
        });
        stage = Stage::done;
    } catch (std::exception const&) {
        stage = Stage::failed;
    } catch (Stopped const&) {
        stage = Stage::failed;
    }
    std::lock_guard const lock(mutex_);
    state_.stage = stage;
    state_.ended = clock_();
}

Errand::State Errand::state() const {
    std::lock_guard const lock(mutex_);
    return state_;
}

void Errand::stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
}

char const* name(Errand::Stage stage) {
    switch (stage) {
        case Errand::Stage::none:
            return "none";
        case Errand::Stage::running:
            return "running";
        case Errand::Stage::done:
            return "done";
        case Errand::Stage::failed:
            return "failed";
    }
    return "none";
}

}  // namespace banyan::administration
