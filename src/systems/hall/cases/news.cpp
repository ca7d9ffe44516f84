#include "systems/hall/cases/news.h"

#include <algorithm>

#include "systems/hall/cases/case_desk.h"

namespace banyan::hall {
namespace {

constexpr std::size_t kMost = 200;
bool of_the_hall(Changed const& each) {
    return each.concerned.procedure == kCaseRulebook || each.concerned.procedure == "rating";
}

}  // namespace

std::shared_ptr<http::EventStream> News::open() {
    auto stream = std::make_shared<http::EventStream>();
    std::lock_guard lock(mutex_);
    std::erase_if(listeners_, [](auto const& each) { return !each->open(); });
    if (listeners_.size() >= kMost) return nullptr;
    listeners_.push_back(stream);
    stream->send("ready", "", "{}");
    return stream;
}

void News::tell(std::vector<Changed> const& changed) {
    std::lock_guard lock(mutex_);
    if (listeners_.empty() || std::ranges::none_of(changed, of_the_hall)) return;
    std::string const id = std::to_string(++told_);
    std::erase_if(listeners_, [](auto const& each) { return !each->open(); });
    for (auto const& each : listeners_) each->send("changed", id, "{}");
}

void News::close() {
    std::lock_guard lock(mutex_);
    for (auto const& each : listeners_) each->close();
    listeners_.clear();
}

}  // namespace banyan::hall
