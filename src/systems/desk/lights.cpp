#include "systems/desk/lights.h"

#include <algorithm>
#include <utility>

namespace banyan::desk {
namespace {

constexpr std::size_t kMostChanged = 100'000;  ///< nobody has asked for long: all is read again
constexpr std::size_t kAtOnce = 2'000;

}  // namespace

std::shared_ptr<Lights> Lights::of(Engine& engine) {
    auto made = std::make_shared<Lights>(engine.open_matters());
    engine.follow([made](std::vector<Changed> const& changed) { made->note(changed); });
    return made;
}

void Lights::note(std::vector<Changed> const& changed) {
    std::lock_guard lock(mutex_);
    if (too_many_) return;
    for (Changed const& one : changed) changed_[one.matter.value] = one.version;
    if (changed_.size() <= kMostChanged) return;
    too_many_ = true;
    changed_.clear();
}

void Lights::learn(store::Session& session, std::vector<std::int64_t> const& ids, Procedures const& procedures) {
    for (std::size_t from = 0; from < ids.size(); from += kAtOnce) {
        std::span<std::int64_t const> const some(ids.data() + from, std::min(kAtOnce, ids.size() - from));
        for (Matter const& matter : load_matters(session, some, procedures)) {
            bool const counts = matter.open() && !kNotTheHotlines.contains(matter.procedure->name);
            Assignment const* lead = counts ? matter.lead() : nullptr;
            if (lead != nullptr && lead->with_unit() && lead->due)
                leads_[matter.id.value] = {*lead->due, matter.yellow_days, matter.clock == Clock::held};
            else
                leads_.erase(matter.id.value);
            std::lock_guard lock(mutex_);  // one that changed behind the snapshot is asked for again
            if (auto known = changed_.find(matter.id.value);
                known != changed_.end() && known->second <= matter.version)
                changed_.erase(known);
        }
    }
}

Lights::Counts Lights::count(store::Session& session, Procedures const& procedures, Moment const& moment) {
    std::lock_guard one(counting_);
    std::vector<std::int64_t> ids;
    bool missed = false;
    {
        std::lock_guard lock(mutex_);
        missed = std::exchange(too_many_, false);
        for (auto const& [matter, version] : changed_) ids.push_back(matter);
    }
    if (missed || !complete_) {
        leads_.clear();
        ids = open_.ids();
        complete_ =
            !missed;  // what changed behind this snapshot was not noted: the next time all is read once more
    }
    std::ranges::sort(ids);
    learn(session, ids, procedures);
    Counts counts{};
    for (auto const& [matter, lead] : leads_)
        ++counts[static_cast<std::size_t>(
            light(*moment.calendar, lead.due, lead.yellow_days, moment.now, lead.held))];
    return counts;
}

}  // namespace banyan::desk
