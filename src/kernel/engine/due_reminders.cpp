#include "kernel/engine/due_reminders.h"

#include <algorithm>

#include "kernel/engine/outbox.h"

namespace banyan {
namespace {

constexpr std::size_t kAtOnce = 500;  // matters loaded together

bool with_unit(Assignment const& share) { return share.progress <= Progress::working; }

}  // namespace

std::vector<DueReminders::Near> DueReminders::near(store::Session& reading, Moment const& moment) {
    Instant const today = moment.calendar->zone().start_of(moment.today());
    std::vector<std::int64_t> const ids = engine_.open_matters().ids();
    std::vector<Near> all;
    for (std::size_t from = 0; from < ids.size(); from += kAtOnce) {
        std::span const some = std::span(ids).subspan(from, std::min(kAtOnce, ids.size() - from));
        for (Matter& matter : load_matters(reading, some, engine_.procedures())) {
            Near near{{}, {}};
            for (Assignment const& share : matter.assignments)
                if (with_unit(share) && share.offered_at < today && matter.light(share, moment) == Light::yellow)
                    near.shares.push_back(share.id);
            if (near.shares.empty()) continue;
            auto const reminded = load_reminders(reading, matter);
            std::erase_if(near.shares, [&](AssignmentId id) {  // of this due: its light was yellow then too
                auto const last = reminded.find(id);
                return last != reminded.end() &&
                       matter.light(*matter.assignment(id), {last->second, moment.calendar}) == Light::yellow;
            });
            if (near.shares.empty()) continue;
            near.matter = std::move(matter);
            all.push_back(std::move(near));
        }
    }
    return all;
}

std::size_t DueReminders::run_once(store::Session& reading) {
    auto const calendar = engine_.calendar();
    Moment const moment{engine_.now(), calendar.get()};
    Day const today = moment.today();
    Instant const opens = calendar->zone().start_of(today) + minutes(kOfficeHours.minutes.front().first);
    if (looked_ == today || moment.now < opens || !calendar->working(today)) return 0;
    std::vector<Near> const all = near(reading, moment);
    std::size_t reminded = 0;
    for (std::size_t from = 0; from < all.size(); from += kAtOnce)
        engine_.write_now([&](store::Session& writing) {
            for (Near const& each : std::span(all).subspan(from, std::min(kAtOnce, all.size() - from)))
                for (AssignmentId id : each.shares)
                    if (put_reminder(writing, each.matter, *each.matter.assignment(id), moment.now)) ++reminded;
        });
    looked_ = today;
    return reminded;
}

}  // namespace banyan
