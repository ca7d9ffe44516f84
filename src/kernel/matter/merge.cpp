#include "kernel/matter/merge.h"

#include <algorithm>

#include "kernel/matter/command.h"

namespace banyan {

std::vector<Along> taken_along(Step const& step, View const& view, Directory const& directory) {
    std::vector<Along> all;
    auto add = [&](AlongRule const& rule, MatterId whom) {
        Along& along = all.emplace_back(Along{whom, rule.step, {}});
        for (std::string const& field : rule.with)
            if (json::value value = handed_over(view, field, directory); !value.is_null())
                along.form[field] = std::move(value);
    };
    for (AlongRule const& rule : step.along) {
        if (rule.whom == AlongRule::Whom::named) {
            if (view.form.has(rule.field))
                add(rule, read_receipt_number(view.form.text(rule.field)).value_or(MatterId()));
        } else if (rule.whom == AlongRule::Whom::main) {
            if (view.matter.main) add(rule, view.matter.main);
        } else {
            for (MatterId merged : view.matter.merged) add(rule, merged);
        }
    }
    return all;
}

void run_merge(Step const& step, View const& view, Event& event) {
    switch (step.merge) {
        case MergeWord::into:
            if (!event.along.empty()) event.set.main = event.along.front().matter;
            return;
        case MergeWord::take:
            event.set.took = view.actor.along;
            return;
        case MergeWord::let_go:
            event.set.let_go = view.actor.along;
            return;
        case MergeWord::part:
            if (view.matter.main) event.set.main = MatterId();
            event.set.let_all_go = !view.matter.merged.empty();
            return;
        case MergeWord::none:
            return;
    }
}

namespace {

/// Who took the step, as the other matter sees them.
Actor actor_along(Event const& event) {
    return {event.by, event.role, event.unit, {}, event.role == "clock", event.matter};
}

Result<void> may_merge(Event const& event, Matter const& matter, Matter const& into) {
    if (into.id == matter.id) return refuse("merge.itself");
    if (into.main) return refuse("merge.into_merged", {}, {{"number", receipt_number(into.main)}});
    if (!matter.merged.empty()) return refuse("merge.has_merged");
    if (into.merged.size() >= kMostMerged)
        return refuse("merge.full", {}, {{"most", std::to_string(kMostMerged)}});
    // Whom it is about would lead, or see, what it is merged into.
    UnitId const about = event.set.about.value_or(matter.about);
    if (about && about != into.about) return refuse("merge.accused");
    return {};
}

}  // namespace

Result<std::vector<Event>> decide_along(Event const& event, Matter const& matter,
                                        std::vector<Matter const*> const& others, Rules const& rules,
                                        Moment const& moment) {
    Step const& step = matter.procedure->step_at(event.step);
    Actor const actor = actor_along(event);
    Actor seeing = actor;
    seeing.along = {};
    auto const named = std::ranges::find(step.along, AlongRule::Whom::named, &AlongRule::whom);
    std::string const field = named == step.along.end() ? std::string() : "form." + named->field;
    std::vector<Event> all;
    for (std::size_t i = 0; i < event.along.size(); ++i) {
        Along const& along = event.along[i];
        Matter const* other = others[i];
        bool const is_named = named != step.along.end() && along.step == named->step;
        if (other == nullptr || (is_named && !rules.access->may_see(seeing, *other, *rules.directory)))
            return refuse("matter.unknown", is_named ? field : "");
        Result<void> fits;
        if (is_named && step.merge == MergeWord::into) fits = may_merge(event, matter, *other);
        Command const command{actor, {}, other->id, {}, along.step, along.form, {}, {}, {}, {}};
        Moment const then{std::max(moment.now, other->last_at), moment.calendar};
        Result<Event> taken = fits ? decide(command, other, rules, then) : Result<Event>(refuse(fits.error()));
        if (!taken) {
            taken.error().field = is_named ? field : "";
            return refuse(std::move(taken.error()));
        }
        if (matter.lead_unit() && other->main == matter.id) taken->set.led_by = matter.lead_unit();
        all.push_back(std::move(*taken));
    }
    return all;
}

}  // namespace banyan
