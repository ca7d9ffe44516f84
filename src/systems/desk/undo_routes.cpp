// What somebody did a moment ago and may still take back: the list beside a batch of steps.
#include <algorithm>
#include <map>

#include "kernel/engine/rebuild.h"
#include "kernel/engine/view.h"
#include "systems/desk/routes.h"

namespace banyan::desk {
namespace {

using namespace api;

/// Of the journal's end so many are looked at: ten minutes of a large city are some six hundred.
constexpr std::int64_t kLooked = 5'000;
constexpr std::size_t kShown = 1'000;  ///< as many as a batch has

/// The longest that any step may be taken back.
Span longest_undo(Rules const& rules) {
    Span longest{};
    for (auto const& [name, procedure] : rules.procedures)
        for (Step const& step : procedure->steps)
            if (step.undo)
                longest = std::max(longest, step.undo->unit == Limit::Unit::hour ? hours(step.undo->amount)
                                                                                 : minutes(step.undo->amount));
    return longest;
}

/// The newest first, one of each matter: only the last thing that happened to it may be taken back.
std::vector<std::int64_t> lately_by(PersonId person, Instant since, store::Session& session) {
    std::vector<std::int64_t> events;
    session.query("SELECT id, person, recorded FROM event ORDER BY id DESC LIMIT $1", {kLooked},
                  [&](store::Row const& row) {
                      if (row.integer(1) == person.value && row.integer(2) >= since.us)
                          events.push_back(row.integer(0));
                  });
    if (events.size() > kShown) events.resize(kShown);
    return events;
}

http::Reply undo_list(House& house, store::Session& session, Call& call) {
    auto const rules = house.engine.rules();
    Actor const actor = call.actor();
    Moment const moment = house.engine.moment();
    std::map<MatterId, EventRow> last;
    if (actor.person) {
        std::vector<std::int64_t> const events =
            lately_by(actor.person, moment.now - longest_undo(*rules), session);
        session.load(kEventTable, "id", events, [&](store::Row const& stored) {
            EventRow row = event_row(stored);
            EventRow& known = last[row.matter];
            if (known.id < row.id) known = std::move(row);
        });
    }
    std::vector<std::int64_t> ids;
    for (auto const& [matter, row] : last) ids.push_back(matter.value);
    Viewer const viewer{actor, *rules, moment, nullptr};
    std::vector<std::pair<EventId, json::object>> found;
    for (Matter const& matter : load_matters(session, ids, house.engine.procedures())) {
        EventRow const& row = last.at(matter.id);
        if (matter.last_event != row.id) continue;
        auto const event = readable_event(row, *matter.procedure);
        if (!event) continue;
        for (Offer const& offer : offers(actor, matter, *rules, moment, &*event)) {
            if (!offer.until) continue;
            auto view = view_of(nullptr, matter, {}, viewer);
            if (!view) continue;
            found.emplace_back(row.id, json::object{{"matter", std::move(*view)},
                                                    {"undoes", row.step},
                                                    {"at", rfc3339(row.at)},
                                                    {"until", rfc3339(*offer.until)}});
        }
    }
    std::ranges::sort(found, std::greater<>(), [](auto const& one) { return one.first; });
    json::array steps;
    for (auto& [event, one] : found) steps.push_back(std::move(one));
    return json_reply(200, json::object{{"steps", std::move(steps)}});
}

shape::Schema undo_shape() {
    using namespace shape;
    return object({{"steps", list(object({{"matter", matter_row_shape()},
                                          {"undoes", code("the step that would be taken back")},
                                          {"at", instant()},
                                          {"until", instant("from then on it is too late")}}),
                                  "the latest first; each is taken back by the step `undo` on its matter")}});
}

}  // namespace

void add_undo_operations(Api& api, House& house) {
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/undo",
             .name = "undo.list",
             .summary = "What one did in the last minutes and may still take back",
             .tag = "matters",
             .replies = {{200, "the latest first"}},
             .reply = undo_shape(),
             .handle = [&house](Call&& call, http::Respond respond) {
                 query(house, std::move(call), std::move(respond),
                       [&house](store::Session& session, Call& c) { return undo_list(house, session, c); });
             }});
}

}  // namespace banyan::desk
