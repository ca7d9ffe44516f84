#include "systems/brief/standing.h"

#include <algorithm>

#include "kernel/engine/rebuild.h"

namespace banyan::brief {
namespace {

constexpr std::size_t kAtOnce = 500;  // matters loaded together

bool has_taken(Matter const& matter, std::string_view step) {
    Index const index = matter.procedure->step(step);
    return index >= 0 && std::ranges::find(matter.marks, index, &Mark::step) != matter.marks.end();
}

/// An instruction says why and has no trigger; what an officer or the clock begins has one.
bool is_instruction(store::Session& session, Matter const& matter) {
    std::vector<EventRow> const history = load_history(session, matter);
    if (history.empty()) return false;
    auto const begun = readable_event(history.front(), *matter.procedure);
    return begun && begun->form.contains("reason") && !begun->form.contains("trigger");
}

/// Ids with their dues, to be put in order.
using Dated = std::vector<std::pair<Instant, MatterId>>;
std::vector<MatterId> in_order(Dated dated) {
    std::ranges::sort(dated);
    std::vector<MatterId> ids;
    for (auto const& [due, id] : dated) ids.push_back(id);
    return ids;
}

class Look {
  public:
    Look(store::Session& session, Engine& engine)
        : session_(session), rules_(engine.rules()), calendar_(engine.calendar()), now_(engine.now()) {}

    void add(Matter const& matter) {
        Instant const due = matter.due ? matter.due->instant : Instant{INT64_MAX};
        if (matter.procedure->name == "supervision" && is_instruction(session_, matter))
            instructions_.emplace_back(due, matter.id);
        if (matter.procedure->name != "appeal") return;
        ++seen_.open;
        if (is_set(matter.facts, "incident")) incidents_.emplace_back(due, matter.id);
        if (is_set(matter.facts, "public_safety") && !has_taken(matter, "report_up"))
            to_report_up_.emplace_back(due, matter.id);
        Assignment const* lead = matter.lead();
        if (matter.accepted_at && !matter.main && (lead == nullptr || lead->progress > Progress::approved))
            undispatched_.emplace_back(due, matter.id);
        if (lead != nullptr && lead->progress <= Progress::working) add_lead(matter, *lead);
    }
    Standing made() {
        seen_.undispatched = in_order(std::move(undispatched_));
        seen_.near = in_order(std::move(near_));
        seen_.incidents = in_order(std::move(incidents_));
        seen_.to_report_up = in_order(std::move(to_report_up_));
        seen_.instructions = in_order(std::move(instructions_));
        return std::move(seen_);
    }
    bool may_see(Actor const& viewer, Matter const& matter) const {
        return rules_->access->may_see(viewer, matter, *rules_->directory);
    }

  private:
    void add_lead(Matter const& matter, Assignment const& lead) {
        Light const light = matter.light(lead, {now_, calendar_.get()});
        ++seen_.lights.at(static_cast<std::size_t>(light));
        if (light == Light::red) ++seen_.overdue[rules_->directory->now(lead.unit)];
        if (light == Light::red || light == Light::yellow) near_.emplace_back(lead.due->instant, matter.id);
    }

    store::Session& session_;
    std::shared_ptr<Rules const> rules_;
    std::shared_ptr<Calendar const> calendar_;
    Instant now_;
    Standing seen_;
    Dated undispatched_, near_, incidents_, to_report_up_, instructions_;
};

}  // namespace

Standing standing(store::Session& session, Engine& engine, Actor const& viewer) {
    Look look(session, engine);
    std::vector<std::int64_t> const ids = engine.open_matters().ids();
    for (std::size_t from = 0; from < ids.size(); from += kAtOnce)
        for (Matter const& matter : load_matters(
                 session, std::span(ids).subspan(from, std::min(kAtOnce, ids.size() - from)), engine.procedures()))
            if (matter.open() && look.may_see(viewer, matter)) look.add(matter);
    return look.made();
}

}  // namespace banyan::brief
