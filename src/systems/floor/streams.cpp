#include "systems/floor/streams.h"

#include <algorithm>

namespace banyan::floor {
namespace {
constexpr std::int64_t kMost = 200;  ///< of a hall: screens and desks; phones ask now and then
}

std::shared_ptr<http::EventStream> Streams::open(std::string const& hall) {
    auto stream = std::make_shared<http::EventStream>();
    std::lock_guard lock(mutex_);
    std::erase_if(listeners_, [](Listener const& each) { return !each.stream->open(); });
    if (std::ranges::count(listeners_, hall, &Listener::hall) >= kMost) return nullptr;
    listeners_.push_back({hall, stream});
    stream->send("ready", "", "{}");
    return stream;
}

void Streams::tell(std::string const& hall) {
    std::lock_guard lock(mutex_);
    std::string const id = std::to_string(++told_);
    std::erase_if(listeners_, [](Listener const& each) { return !each.stream->open(); });
    for (Listener const& each : listeners_)
        if (each.hall == hall) each.stream->send("changed", id, R"({"hall":")" + hall + R"("})");
}

void Streams::close() {
    std::lock_guard lock(mutex_);
    for (Listener const& each : listeners_) each.stream->close();
    listeners_.clear();
}

}  // namespace banyan::floor
