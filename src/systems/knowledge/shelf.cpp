#include "systems/knowledge/shelf.h"

#include <exception>

#include "base/thread.h"

namespace banyan::knowledge {

Shelf::~Shelf() {
    if (thread_.joinable()) thread_.join();
}

void Shelf::begin(Build build) {
    if (thread_.joinable()) thread_.join();
    thread_ = named_thread("knowledge", [this, build = std::move(build)] {
        std::shared_ptr<Library const> made;
        std::exception_ptr failed;
        try {
            made = build();
        } catch (...) {  // told to who asks
            failed = std::current_exception();
        }
        std::lock_guard const lock(mutex_);
        if (made) library_ = std::move(made);
        failed_ = failed;
        ready_.notify_all();
    });
}

std::shared_ptr<Library const> Shelf::library() const {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return library_ || failed_; });
    if (!library_) std::rethrow_exception(failed_);
    return library_;
}

}  // namespace banyan::knowledge
