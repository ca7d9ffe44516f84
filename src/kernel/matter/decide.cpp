// decide(): permission on the row first, then the rule; then what follows (follow.h). Pure.
#include <algorithm>

#include "kernel/matter/follow.h"
#include "kernel/matter/tree.h"
#include "kernel/matter/undo.h"

namespace banyan {
namespace {

Result<Assignment const*> share_at_hand(Command const& command, Matter const& matter, Step const& step,
                                        Directory const& directory) {
    if (!step.on_assignment) {
        if (command.assignment && matter.assignment(command.assignment) == nullptr)
            return refuse("assignment.unknown", "assignment");
        return nullptr;
    }
    if (command.assignment) {
        Assignment const* share = matter.assignment(command.assignment);
        if (share == nullptr) return refuse("assignment.unknown", "assignment");
        return share;
    }
    // The unit's own open share; else, for those above, the only one in a fitting state.
    std::vector<Progress> fitting = states_for(step.tree);
    auto fits = [&](Assignment const& share) {
        return share.open() && (fitting.empty() || std::ranges::find(fitting, share.progress) != fitting.end()) &&
               (step.states.empty() || step.states.contains(std::string(name(share.progress))));
    };
    Assignment const* own = nullptr;
    Assignment const* only = nullptr;
    int own_count = 0, count = 0;
    for (Assignment const& share : matter.assignments) {
        if (!fits(share)) continue;
        ++count;
        if (only == nullptr || share.share == Share::lead) only = &share;
        if (directory.stands_for(command.actor.unit, share.unit)) {
            ++own_count;
            own = &share;
        }
    }
    if (own_count == 1) return own;
    if (own_count == 0 && count == 1) return only;
    // The one that asked, when the step decides on an asked thing.
    Assignment const* asked = nullptr;
    for (Assignment const& share : matter.assignments)
        if (share.asked != Asked::nothing && fits(share)) asked = asked == nullptr ? &share : nullptr;
    if (own_count == 0 && asked != nullptr) return asked;
    if (count == 0) {
        for (Assignment const& share : matter.assignments)
            if (share.open() && directory.stands_for(command.actor.unit, share.unit))
                return &share;  // its state is refused by name
        return refuse("assignment.out_of_turn", "assignment");
    }
    return refuse("assignment.which", "assignment");
}

bool relation_holds(Relation relation, Actor const& actor, Matter const& matter, Assignment const* at,
                    Directory const& directory) {
    Unit const* unit = directory.unit(actor.unit);
    switch (relation) {
        case Relation::anyone:
            return true;
        case Relation::clock:
            return actor.clock;
        case Relation::along:
            return static_cast<bool>(actor.along);
        case Relation::asker:
            return (actor.bound && actor.bound == matter.id) || (actor.person && actor.person == matter.asker);
        case Relation::city:
            return unit != nullptr && unit->id == directory.city_centre();
        case Relation::centre: {
            if (unit == nullptr || !unit->is_centre()) return false;
            if (unit->id == directory.city_centre()) return true;
            if (Assignment const* share = at != nullptr ? at : matter.lead())
                return directory.in_subtree(share->unit, unit->id);
            return std::ranges::any_of(matter.assignments, [&](Assignment const& share) {  // who led gave it back
                return share.share == Share::lead && directory.in_subtree(share.unit, unit->id);
            });
        }
        case Relation::holder:
            return at != nullptr && unit != nullptr && directory.stands_for(unit->id, at->unit);
        case Relation::lead: {
            Assignment const* lead = matter.lead();
            return lead != nullptr && unit != nullptr && directory.stands_for(unit->id, lead->unit);
        }
        case Relation::superior: {
            if (at == nullptr || unit == nullptr) return false;
            if (at->parent) {
                Assignment const* above = matter.assignment(at->parent);
                return above != nullptr && directory.stands_for(unit->id, above->unit);
            }
            return directory.centre_of(at->unit) == unit->id;
        }
    }
    return false;
}

Result<void> may_take(Step const& step, Actor const& actor, Matter const& matter, Assignment const* at,
                      Directory const& directory) {
    bool role = false;
    for (ActorRule const& rule : step.by) {
        if (rule.relation == Relation::clock || rule.relation == Relation::along) {
            if (rule.relation == Relation::clock ? actor.clock && !actor.along : static_cast<bool>(actor.along))
                return {};
            continue;
        }
        if (actor.clock || actor.along ||
            (rule.role != actor.role && !(actor.bound && rule.relation == Relation::asker)))
            continue;
        role = true;
        if (relation_holds(rule.relation, actor, matter, at, directory)) return {};
    }
    if (!role) return refuse("step.wrong_desk", {}, {{"step", step.name}, {"role", actor.role}});
    return refuse("step.not_yours", {}, {{"step", step.name}});
}

Result<void> right_state(Step const& step, Assignment const* at) {
    if (!step.on_assignment) return {};
    std::vector<Progress> fitting = states_for(step.tree);
    bool fits = at->open() && (fitting.empty() || std::ranges::find(fitting, at->progress) != fitting.end()) &&
                (step.states.empty() || step.states.contains(std::string(name(at->progress))));
    if (!fits) return refuse("assignment.out_of_turn", "assignment", {{"state", std::string(name(at->progress))}});
    return {};
}

bool asks_form(Condition const& condition, Step const& step) {
    return std::ranges::any_of(step.form, [&](Field const& field) { return field.name == condition.name; });
}

/// Names the field of the form that does not fit, and of a total what is left of it.
std::unexpected<Refusal> refuse_need(Condition const& need, Step const& step, View const& view) {
    Refusal refusal{need.key, {}, {}, {}};
    each_inside(need, [&](Condition const& inner) {
        if (refusal.field.empty() && asks_form(inner, step)) refusal.field = "form." + inner.name;
    });
    if (need.what == Condition::What::at_most_held && need.limit) {
        int const left = need.limit->amount - days_held(view.matter, *need.limit, view.moment);
        refusal.params = {{"most", std::to_string(need.limit->amount)},
                          {"left", std::to_string(std::max(left, 0))}};
    }
    return std::unexpected(std::move(refusal));
}

/// Assists that have not reported, as people name them.
std::string open_assists(Matter const& matter, Directory const& directory) {
    std::string names;
    for (Assignment const& share : matter.assignments)
        if (share.share == Share::assist && share.with_unit())
            if (Unit const* unit = directory.unit(share.unit)) names += (names.empty() ? "" : ", ") + unit->zh;
    return names;
}

/// "Not now", or why, where the rulebook knows.
std::unexpected<Refusal> out_of_turn(Step const& step, View const& view, Directory const& directory) {
    std::string key = "step.out_of_turn";
    for (Otherwise const& other : step.otherwise)
        if (std::ranges::find(other.stages, view.matter.stage) != other.stages.end() &&
            all_hold(other.when, view)) {
            key = other.key;
            break;
        }
    std::string const& stage = view.matter.procedure->at(view.matter.stage).name;
    Refusal refusal{std::move(key), {}, {{"step", step.name}, {"stage", stage}}, {}};
    if (std::string assists = open_assists(view.matter, directory); !assists.empty())
        refusal.params.emplace_back("units", std::move(assists));
    return std::unexpected(std::move(refusal));
}

/// Whether the step decides something: what others may do while somebody has claimed the matter is talk.
bool decides(Step const& step) {
    return step.to >= 0 || step.tree != TreeWord::none || step.clock != ClockWord::none ||
           step.claim == ClaimWord::take;
}

/// While somebody has claimed it, nobody else in that role decides; nobody gives back what another has claimed.
Result<void> unclaimed(Step const& step, Actor const& actor, Matter const& matter, Moment const& moment) {
    Claim const* claim = matter.claimed(moment.now);
    if (step.claim == ClaimWord::give_back || step.claim == ClaimWord::end) {
        if (claim == nullptr) return refuse("claim.none");
        if (step.claim == ClaimWord::end || claim->by == actor.person) return {};
    } else if (claim == nullptr || claim->by == actor.person || claim->role != actor.role || !decides(step)) {
        return {};
    }
    return refuse("claim.other", {}, {{"until", rfc3339(claim->until).substr(11, 5)}});  // as a clock shows it
}

Result<Event> open(Command const& command, Rules const& rules, Moment const& moment) {
    auto found = rules.procedures.find(command.procedure);
    if (found == rules.procedures.end())
        return refuse("procedure.unknown", "procedure", {{"procedure", command.procedure}});
    Procedure const& procedure = *found->second;
    Index index = procedure.step(command.step);
    if (index < 0) return refuse("step.unknown", "step", {{"step", command.step}});
    Step const& step = procedure.step_at(index);
    if (!step.opens) return refuse("matter.unknown");
    Matter nothing;
    nothing.procedure = found->second;
    BANYAN_CHECK(may_take(step, command.actor, nothing, nullptr, *rules.directory));
    BANYAN_TRY(json::object values, read_form(step.form, command.form));
    Form form(std::move(values));
    View view{nothing, nullptr, form, command.actor, moment, rules.lists};
    for (Condition const& need : step.needs)
        if (!holds(need, view)) return refuse_need(need, step, view);
    for (std::string const& check : step.checks)
        if (auto known = rules.checks.find(check); known != rules.checks.end())
            BANYAN_CHECK(known->second(nullptr, form, moment));
    return follow({procedure, step, index, nothing, nullptr}, command, std::move(form), rules, moment);
}

}  // namespace

Keys reads(Command const& command) {
    Keys keys;
    if (command.matter) keys.matters.push_back(command.matter);
    return keys;
}

Result<Event> decide(Command const& command, Matter const* matter, Rules const& rules, Moment const& moment,
                     Past const* past) {
    if (!command.procedure.empty()) return open(command, rules, moment);
    if (matter == nullptr ||
        (!command.actor.along && !rules.access->may_see(command.actor, *matter, *rules.directory)))
        return refuse("matter.unknown");
    Procedure const& procedure = *matter->procedure;
    Index index = procedure.step(command.step);
    if (index < 0 || procedure.step_at(index).opens)
        return refuse("step.unknown", "step", {{"step", command.step}});
    Step const& step = procedure.step_at(index);
    if (step.name == kUndo) {
        if (command.version && *command.version != matter->version)
            return refuse("version.stale", {}, {{"version", std::to_string(matter->version)}});
        return take_back(command, *matter, past, moment);
    }
    bool from = std::ranges::find(step.from, matter->stage) != step.from.end();
    // Whose desk it is comes before whether it is its turn: a stranger learns nothing of the stage.
    bool by_role = std::ranges::any_of(step.by, [&](ActorRule const& rule) {
        if (rule.relation == Relation::along || command.actor.along)
            return rule.relation == Relation::along && command.actor.along;
        return rule.relation == Relation::clock
                   ? command.actor.clock
                   : rule.role == command.actor.role || (command.actor.bound && rule.relation == Relation::asker);
    });
    if (!by_role) return refuse("step.wrong_desk", {}, {{"step", step.name}, {"role", command.actor.role}});
    static Form const kNothing;
    if (!from)
        return out_of_turn(step, {*matter, nullptr, kNothing, command.actor, moment, rules.lists},
                           *rules.directory);
    BANYAN_TRY(Assignment const* at, share_at_hand(command, *matter, step, *rules.directory));
    if (command.version && *command.version != (at != nullptr ? at->version : matter->version))
        return refuse("version.stale", {},
                      {{"version", std::to_string(at != nullptr ? at->version : matter->version)}});
    BANYAN_CHECK(may_take(step, command.actor, *matter, at, *rules.directory));
    BANYAN_CHECK(right_state(step, at));
    BANYAN_CHECK(unclaimed(step, command.actor, *matter, moment));
    BANYAN_TRY(json::object values, read_form(step.form, command.form));
    Form form(std::move(values));
    View view{*matter, at, form, command.actor, moment, rules.lists};
    for (Condition const& need : step.needs)
        if (!holds(need, view)) return refuse_need(need, step, view);
    for (std::string const& check : step.checks)
        if (auto known = rules.checks.find(check); known != rules.checks.end())
            BANYAN_CHECK(known->second(matter, form, moment));
    if (moment.now < matter->filed_at) return refuse("moment.before_filing", "at");
    return follow({procedure, step, index, *matter, at}, command, std::move(form), rules, moment);
}

Result<std::vector<Event>> decide_openings(Event const& event, Rules const& rules, Moment const& moment) {
    std::vector<Event> all;
    for (Opening const& opening : event.opens) {
        Command command{Actor::time(), opening.procedure, {}, {}, opening.step, opening.form, {}, {}, {}, {}};
        Result<Event> first = decide(command, nullptr, rules, moment);
        if (!first) {  // a field of the other's form, not of the one that was filled in
            std::string& field = first.error().field;
            if (opening.named.empty())
                field = "opens." + opening.procedure + (field.empty() ? "" : "." + field);
            else
                field = opening.named + (field.starts_with("form.") ? field.substr(4) : "");
            return refuse(std::move(first.error()));
        }
        all.push_back(std::move(*first));
    }
    return all;
}

std::vector<Offer> offers(Actor const& actor, Matter const& matter, Rules const& rules, Moment const& moment,
                          Event const* last) {
    std::vector<Offer> all;
    if (!rules.access->may_see(actor, matter, *rules.directory)) return all;
    Procedure const& procedure = *matter.procedure;
    Form nothing;
    auto consider = [&](Index index, Assignment const* at) {
        Step const& step = procedure.step_at(index);
        if (!may_take(step, actor, matter, at, *rules.directory) || !right_state(step, at) ||
            !unclaimed(step, actor, matter, moment))
            return;
        View view{matter, at, nothing, actor, moment, rules.lists};
        for (Condition const& need : step.needs) {
            bool waits_for_form = false;  // of a total of holds enough is known without its day
            each_inside(need, [&](Condition const& inner) {
                if (inner.what != Condition::What::at_most_held && asks_form(inner, step)) waits_for_form = true;
            });
            if (!waits_for_form && !holds(need, view)) return;
        }
        all.push_back({index, at != nullptr ? at->id : AssignmentId{}, {}});
    };
    for (std::size_t i = 0; i < procedure.steps.size(); ++i) {
        Step const& step = procedure.steps[i];
        if (step.opens || std::ranges::find(step.from, matter.stage) == step.from.end()) continue;
        if (!step.on_assignment)
            consider(static_cast<Index>(i), nullptr);
        else
            for (Assignment const& share : matter.assignments)
                if (share.open()) consider(static_cast<Index>(i), &share);
    }
    if (last != nullptr)
        if (auto until = may_take_back(actor, matter, *last, moment))
            all.push_back({procedure.step(kUndo), {}, *until});
    return all;
}

}  // namespace banyan
