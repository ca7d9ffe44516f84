#include "kernel/engine/succession.h"

#include <algorithm>

namespace banyan {
namespace {

bool begins_by_clock(Procedure const& procedure, std::string const& step) {
    Index const opening = procedure.step(step);
    auto by_clock = [](ActorRule const& by) { return by.relation == Relation::clock; };
    return opening >= 0 && procedure.step_at(opening).opens &&
           std::ranges::any_of(procedure.step_at(opening).by, by_clock);
}

}  // namespace

Result<void> openings_fit(Rules const& rules) {
    for (auto const& [name, procedure] : rules.procedures)
        for (Step const& step : procedure->steps)
            for (OpeningRule const& rule : step.openings) {
                auto other = rules.procedures.find(rule.procedure);
                if (other == rules.procedures.end() || !begins_by_clock(*other->second, rule.step))
                    return refuse("rulebook.opens_nothing", "step." + step.name,
                                  {{"procedure", name},
                                   {"step", step.name},
                                   {"other", rule.procedure},
                                   {"other_step", rule.step}});
            }
    return {};
}

Result<void> may_follow(Rules const& rules, std::shared_ptr<Procedure const> const& next) {
    auto const current = rules.procedures.find(next->name);
    if (current != rules.procedures.end() && next->version <= current->second->version)
        return refuse(
            "rulebook.version_not_above", "version",
            {{"version", std::to_string(next->version)}, {"current", std::to_string(current->second->version)}});
    for (Step const& step : next->steps)
        for (ActorRule const& by : step.by)
            if (!by.role.empty() && !rules.access->knows(by.role))
                return refuse("rulebook.unknown_role", "step." + step.name + ".by",
                              {{"role", by.role}, {"step", step.name}});
    return openings_fit(*with_rulebook(rules, next));
}

std::shared_ptr<Rules> with_rulebook(Rules const& rules, std::shared_ptr<Procedure const> next) {
    auto made = std::make_shared<Rules>(rules);
    std::string name = next->name;
    made->procedures[std::move(name)] = std::move(next);
    return made;
}

}  // namespace banyan
