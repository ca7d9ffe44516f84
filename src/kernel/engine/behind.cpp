#include "kernel/engine/behind.h"

#include <exception>
#include <utility>

#include "base/thread.h"

namespace banyan {

void Behind::start(char const* name, std::chrono::milliseconds between, std::function<void()> work,
                   std::function<void(std::string const& why)> failed) {
    thread_ = named_thread(name, [this, between, work = std::move(work), failed = std::move(failed)] {
        give_way();
        do {
            try {
                work();
            } catch (std::exception const& error) {
                failed(error.what());
            }
        } while (wait(between));
    });
}

bool Behind::wait(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return !stopped_.wait_for(lock, time, [&] { return stopping_.load(); });
}

void Behind::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    stopped_.notify_all();
    if (thread_.joinable()) thread_.join();
}

}  // namespace banyan
