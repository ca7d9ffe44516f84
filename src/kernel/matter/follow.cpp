#include "kernel/matter/follow.h"

#include <algorithm>

#include "kernel/matter/merge.h"
#include "kernel/matter/tree.h"

namespace banyan {
namespace {

Result<void> lies_in(Territory const& territory, Field const& field, Form const& form) {
    if (field.type == Field::Type::region && !territory.has(form.text(field.name)))
        return refuse("region.unknown", "form." + field.name, {{"region", std::string(form.text(field.name))}});
    if (field.type != Field::Type::point) return {};
    json::object const& point = form.values().at(field.name).as_object();
    if (!territory.holds(point.at("lat").to_number<double>(), point.at("lon").to_number<double>()))
        return refuse("point.outside", "form." + field.name);
    return {};
}

/// Takes the kernel's own fields out of the form's values into the matter's.
Result<void> set_fields(std::vector<Field> const& fields, Form const& form, Rules const& rules,
                        Procedure const& procedure, Event& event) {
    Directory const& directory = *rules.directory;
    for (Field const& field : fields) {
        if (!form.has(field.name)) continue;
        std::string text(form.text(field.name));
        if (field.type == Field::Type::unit && directory.unit(text) == nullptr)
            return refuse("unit.unknown", "form." + field.name, {{"unit", text}});
        if (rules.territory) BANYAN_CHECK(lies_in(*rules.territory, field, form));
        if (field.personal) {
            event.personal[field.name] = form.values().at(field.name);
            event.form.erase(field.name);
            continue;
        }
        Set& set = event.set;
        if (field.name == "kind") {
            auto found = std::ranges::find(procedure.kinds, text);
            set.kind = static_cast<Index>(found - procedure.kinds.begin());
        } else if (field.name == "title")
            set.title = text;
        else if (field.name == "class")
            set.class_code = text;
        else if (field.name == "region")
            set.region = text;
        else if (field.name == "channel")
            set.channel = text;
        else if (field.name == "about") {
            Unit const* about = directory.unit(text);
            if (about->id == directory.city_centre()) return refuse("about.centre", "form.about");
            set.about = about->id;
        } else if (field.keep)
            set.facts[field.name] = field.keep_given ? json::value(true) : form.values().at(field.name);
    }
    return {};
}

std::vector<Opening> openings(Step const& step, View const& view, Directory const& directory) {
    std::vector<Opening> all;
    for (OpeningRule const& rule : step.openings) {
        if (!all_hold(rule.when, view)) continue;
        Opening opening{rule.procedure, rule.step, {}, {}, rule.asker, {}};
        for (std::string const& field : rule.with)
            if (json::value value = handed_over(view, field, directory); !value.is_null())
                opening.form[field] = std::move(value);
        for (auto const& [field, value] : rule.says) opening.form[field] = value;
        if (rule.each.empty()) {
            all.push_back(std::move(opening));
            continue;
        }
        json::value const* list = view.form.values().if_contains(rule.each);
        if (list == nullptr) continue;
        for (std::size_t i = 0; i < list->as_array().size(); ++i) {
            Opening& one = all.emplace_back(opening);
            one.named = fmt::format("form.{}[{}]", rule.each, i);
            for (auto const& said : list->as_array()[i].as_object()) one.form[said.key()] = said.value();
        }
    }
    return all;
}

/// A matter as it will be once `event` is applied, to ask passages, timers and counts about.
Matter after(Matter const& before, Event const& event) {
    Matter matter = before;
    apply(matter, event);
    return matter;
}

/// A provisional due on the calendar as it is now. One that was extended or held since keeps its day: only whether
/// that day is published is looked up again.
Due redated(Calendar const& calendar, Due const& told, std::optional<Due> const& first, Instant from,
            Limit limit) {
    Due computed = told;
    if (first && first->instant == told.instant && from)
        computed = due_after(calendar, from, limit);
    else
        computed.provisional = !calendar.published(told.last_day);
    Due later = later_of(told, computed);
    later.provisional = computed.provisional;
    return later;
}

void run_clock(Step const& step, View const& view, Set& set) {
    Matter const& m = view.matter;
    Calendar const& calendar = *view.moment.calendar;
    Procedure const& procedure = *m.procedure;
    switch (step.clock) {
        case ClockWord::start: {
            auto const row = choose_limit(
                procedure, step.clock_limit.empty() ? procedure.matter_limit : step.clock_limit, view);
            if (!row) return;
            Instant const since = step.since_entered ? m.entered_at : view.moment.now;
            set.clock = Clock::running;
            set.limit = row->limit;
            set.yellow_days = row->yellow_days;
            set.due = due_after(calendar, since, row->limit);
            if (auto day = step.no_later.empty() ? std::nullopt : parse_day(field_value(view, step.no_later)))
                if (Instant const end = calendar.zone().start_of(*day + 1); end < (*set.due)->instant)
                    set.due = Due{*day, end, false};
            set.first_due = *set.due;
            set.accepted_at = since;
            return;
        }
        case ClockWord::hold:
            set.clock = Clock::held;
            set.held_since = view.moment.now;
            return;
        case ClockWord::resume:
            set.clock = Clock::running;
            set.held_since = Instant{};
            if (m.due) set.due = after_hold(calendar, *m.due, m.limit, m.held_since, view.moment.now);
            return;
        case ClockWord::extend:
            if (auto days = view.form.integer("days"); days && m.due) {
                Limit more = m.limit;
                more.amount = static_cast<int>(*days);
                set.due = extend(calendar, *m.due, more);
            }
            return;
        case ClockWord::stop:
            set.clock = Clock::stopped;
            return;
        case ClockWord::redate:
            if (m.due && m.due->provisional)
                set.due = redated(calendar, *m.due, m.first_due, m.accepted_at, m.limit);
            return;
        case ClockWord::none:
            return;
    }
}

void run_claim(Step const& step, View const& view, Set& set) {
    Matter const& m = view.matter;
    if (step.claim == ClaimWord::none) return;
    set.claim.emplace();
    if (step.claim != ClaimWord::take) return;
    if (auto const row = choose_limit(*m.procedure, step.clock_limit, view))
        *set.claim = Claim{view.actor.person, view.actor.role,
                           due_after(*view.moment.calendar, view.moment.now, row->limit).instant};
}

/// Says how long the hold was, when the step ends it. The clock ends one when its timer is due, however late it
/// comes.
void note_hold(Standing const& standing, Actor const& actor, Event& event) {
    Matter const& m = standing.matter;
    if (m.clock != Clock::held || !event.set.clock || *event.set.clock == Clock::held) return;
    Hold hold{m.held_since, event.at};
    for (Running const& timer : m.timers)
        if (actor.clock && standing.procedure.timers[static_cast<std::size_t>(timer.timer)].step == event.step)
            hold.until = std::min(std::max(timer.at, hold.from), event.at);
    event.set.held = hold;
}

/// What was offered before the clock ran has its due from when it does: the step's own limit for shares, never
/// after the matter's.
void start_shares(Step const& step, View const& view, Set const& set, std::vector<Assignment>& changed) {
    if (!set.due || !*set.due || !set.accepted_at) return;
    auto const row =
        step.share_limit.empty() ? std::nullopt : choose_limit(*view.matter.procedure, step.share_limit, view);
    for (Assignment const& share : view.matter.assignments) {
        if (!share.open() || share.due) continue;
        auto found = std::ranges::find(changed, share.id, &Assignment::id);
        Assignment& started = found == changed.end() ? changed.emplace_back(share) : *found;
        started.due = *set.due;
        started.limit = *set.limit;
        if (row) {
            Due const own = due_after(*view.moment.calendar, *set.accepted_at, row->limit);
            if (own.instant < started.due->instant) {
                started.due = own;
                started.limit = row->limit;
            }
        }
        started.first_due = started.due;
    }
}

/// Held days are given to every open share as well.
void resume_shares(View const& view, std::vector<Assignment>& changed) {
    for (Assignment const& share : view.matter.assignments) {
        if (!share.open() || !share.due) continue;
        auto found = std::ranges::find(changed, share.id, &Assignment::id);
        Assignment& moved = found == changed.end() ? changed.emplace_back(share) : *found;
        moved.due =
            after_hold(*view.moment.calendar, *share.due, share.limit, view.matter.held_since, view.moment.now);
    }
}

std::optional<Instant> timer_instant(Timer const& timer, Matter const& matter, Assignment const* at,
                                     View const& view) {
    if (!all_hold(timer.when, view)) return std::nullopt;
    if (timer.limit == "due") {
        auto const& due = at != nullptr ? at->due : matter.due;
        if (!due || matter.clock == Clock::held) return std::nullopt;
        return timer.later ? extend(*view.moment.calendar, *due, *timer.later).instant : due->instant;
    }
    if (timer.limit.starts_with("field.")) {
        auto day = parse_day(field_value(view, std::string_view(timer.limit).substr(6)));
        if (!day) return std::nullopt;
        Due const end{*day, view.moment.calendar->zone().start_of(*day + 1), false};
        return timer.later ? extend(*view.moment.calendar, end, *timer.later).instant : end.instant;
    }
    auto const row = choose_limit(*matter.procedure, timer.limit, view);
    if (!row) return std::nullopt;
    return due_after(*view.moment.calendar, view.moment.now, row->limit).instant;
}

/// Whether the timer's conditions held before the step: it runs already, or has run out.
bool held_before(Timer const& timer, Standing const& standing, Assignment const* old, View const& view) {
    static Form const kNothing;
    return all_hold(timer.when, {standing.matter, old, kNothing, view.actor, view.moment, view.lists});
}

/// Timers start when a stage or a share's state is entered, or later when their conditions begin to hold; they end
/// when it is left or the conditions hold no more. Those that follow the due move with it. The one whose step is
/// being taken by the clock is over.
void set_timers(Standing const& standing, Event& event, Matter const& next, View const& view) {
    Procedure const& procedure = standing.procedure;
    bool const stage_entered = event.stage != event.stage_before || event.no == 1;
    std::vector<Running> running = next.timers;
    for (std::size_t i = 0; i < procedure.timers.size(); ++i) {
        Timer const& timer = procedure.timers[i];
        auto index = static_cast<Index>(i);
        bool follows = timer.limit == "due" || timer.limit.starts_with("field.");
        if (timer.state.empty()) {
            auto found = std::ranges::find(running, index, &Running::timer);
            bool const there = timer.stage < 0 ? next.open() : timer.stage == next.stage;
            bool const entered = timer.stage < 0 ? event.no == 1 : stage_entered;
            bool over = !there || (timer.step == standing.step_index && view.actor.clock);
            bool const asks = !follows && !timer.when.empty() && !over;
            bool const starts = entered || (asks && !held_before(timer, standing, nullptr, view));
            if (found != running.end() && (over || entered || follows || (asks && !all_hold(timer.when, view))))
                running.erase(found), found = running.end();
            if (over || found != running.end() || !(starts || follows)) continue;
            auto at = timer_instant(timer, next, nullptr, view);
            Instant since =
                next.clock == Clock::held ? std::max(next.entered_at, next.held_since) : next.entered_at;
            auto taken = [&](Mark const& m) { return m.step == timer.step && m.at >= since && at && m.at >= *at; };
            if (at && !(follows && std::ranges::any_of(next.marks, taken))) running.push_back({index, *at});
            continue;
        }
        for (Assignment& share : event.assignments) {
            Assignment const* old = share.id ? standing.matter.assignment(share.id) : nullptr;
            auto in = [&](Assignment const& s) {
                return timer.state == "with_unit" ? s.with_unit() : name(s.progress) == timer.state;
            };
            bool in_state = in(share) && (timer.stage < 0 || timer.stage == next.stage);
            bool was = old != nullptr && in(*old) && (timer.stage < 0 || timer.stage == event.stage_before);
            auto found = std::ranges::find(share.timers, index, &Running::timer);
            bool over = !in_state || (timer.step == standing.step_index && view.actor.clock);
            bool held = standing.matter.clock == Clock::held, holds_now = next.clock == Clock::held;
            bool moves = timer.limit == "due" && old != nullptr && (old->due != share.due || held != holds_now);
            View of_share{next, &share, view.form, view.actor, view.moment, view.lists};
            bool const asks = was && !moves && timer.limit != "due" && !timer.when.empty();
            bool const starts = !was || (asks && !held_before(timer, standing, old, view));
            if (found != share.timers.end() && (over || moves || (asks && !all_hold(timer.when, of_share))))
                share.timers.erase(found), found = share.timers.end();
            if (over || found != share.timers.end() || !(starts || moves)) continue;
            auto at = timer_instant(timer, next, &share, of_share);
            auto taken = [&](Mark const& m) { return m.step == timer.step && at && m.at >= *at; };
            if (at && !(was && std::ranges::any_of(share.marks, taken))) share.timers.push_back({index, *at});
        }
    }
    if (running != next.timers) event.timers = std::move(running);
}

void count(Standing const& standing, Event& event, View const& view, Rules const& rules) {
    for (Count const& rule : standing.step.counts) {
        if (!all_hold(rule.when, view)) continue;
        Counted counted{rule.measure, {}, view.moment.today(), 1};
        Assignment const* lead = view.matter.lead();
        if (rule.unit == "assignment" && view.at != nullptr) counted.unit = view.at->unit;
        if (rule.unit == "lead") counted.unit = view.matter.lead_unit();
        if (rule.unit == "own") counted.unit = view.actor.unit;
        std::optional<Due> due = lead != nullptr && rule.unit != "" ? lead->due : view.matter.due;
        if (rule.by_due && due) counted.day = due->last_day;
        event.counted.push_back(std::move(counted));
    }
    auto unit_code = [&](UnitId id) {
        Unit const* unit = rules.directory->unit(id);
        return unit == nullptr ? std::string() : unit->code;
    };
    for (Tell const& tell : standing.step.tells) {
        if (tell.whom == "asker") event.told.push_back({tell.text, "asker", {}});
        if (tell.whom == "centre")
            event.told.push_back(
                {tell.text, unit_code(rules.directory->city_centre()), rules.directory->city_centre()});
        if (tell.whom == "lead")
            if (Assignment const* lead = view.matter.lead())
                event.told.push_back({tell.text, unit_code(lead->unit), lead->unit});
        if (tell.whom == "unit" && view.at != nullptr)
            event.told.push_back({tell.text, unit_code(view.at->unit), view.at->unit});
        if (tell.whom == "unit" && view.at == nullptr)
            for (Assignment const& share : event.assignments)
                if (!share.id) event.told.push_back({tell.text, unit_code(share.unit), share.unit});
    }
}

/// Which of the proposals shown were taken: said in the event, and counted. Nothing of personal fields: what is in
/// the journal stays.
void note_hints(Step const& step, Command const& command, Form const& form, Event& event, Moment const& moment) {
    for (Hint const& shown : command.hints) {
        auto field = std::ranges::find(step.form, shown.field, &Field::name);
        bool const twice = std::ranges::find(event.hints, shown.field, &Hint::field) != event.hints.end();
        if (field == step.form.end() || field->personal || twice) continue;
        json::value const* said = form.values().if_contains(shown.field);
        Hint hint = shown;
        hint.taken = said != nullptr && hint_value(said->is_string() ? std::string(said->as_string())
                                                                     : json::serialize(*said)) == shown.value;
        for (std::string_view measure : {"hinted.", "hint_taken."})
            if (hint.taken || measure == "hinted.")
                event.counted.push_back(
                    {std::string(measure) + hint.field, command.actor.unit, moment.today(), 1});
        event.hints.push_back(std::move(hint));
    }
}

}  // namespace

json::value handed_over(View const& view, std::string_view field, Directory const& directory) {
    if (json::value const* said = view.form.values().if_contains(field)) return *said;
    Matter const& m = view.matter;
    if (json::value const* fact = m.facts.if_contains(field)) return *fact;
    std::string value = field == "title" ? m.title : field_value(view, field);
    if (field == "about")
        if (Unit const* about = directory.unit(m.about)) value = about->code;
    return value.empty() ? json::value() : json::value(value);
}

Result<Event> follow(Standing const& standing, Command const& command, Form form, Rules const& rules,
                     Moment const& moment) {
    Step const& step = standing.step;
    Matter const& m = standing.matter;
    Event event;
    event.matter = m.id;
    event.before = m.last_event;
    event.no = m.version + 1;
    event.step = standing.step_index;
    event.assignment = standing.at != nullptr ? standing.at->id : AssignmentId{};
    event.by = command.actor.person;
    event.unit = command.actor.unit;
    event.role = command.actor.clock ? "clock" : command.actor.bound ? "appellant" : command.actor.role;
    event.at = moment.now;
    event.stage_before = m.stage;
    event.stage = step.to >= 0 ? step.to : m.stage;
    event.form = form.values();
    if (step.opens) {
        if (!command.source.empty()) event.set.source = command.source;
        if (!command.external.empty()) event.set.external = command.external;
        if (rules.access->finds_own(command.actor.role) && command.actor.person)
            event.set.asker = command.actor.person;
    }
    BANYAN_CHECK(set_fields(step.form, form, rules, standing.procedure, event));
    for (auto const& [flag, value] : step.sets) event.set.facts[flag] = value;

    View view{m, standing.at, form, command.actor, moment, rules.lists};
    event.along = taken_along(step, view, *rules.directory);
    event.along_with = command.actor.along;
    run_merge(step, view, event);
    run_clock(step, view, event.set);
    run_claim(step, view, event.set);

    std::optional<Limit> limit;
    if (step.clock != ClockWord::start && !step.clock_limit.empty())
        if (auto const row = choose_limit(standing.procedure, step.clock_limit, view)) {
            limit = row->limit;
            if (step.tree == TreeWord::redo) event.set.yellow_days = row->yellow_days;
        }
    BANYAN_TRY(event.assignments,
               grow(step.tree, {m, standing.at, command.actor, form, *rules.directory, moment, event.set, limit}));
    if (step.clock == ClockWord::start) start_shares(step, view, event.set, event.assignments);
    if (step.clock == ClockWord::resume) resume_shares(view, event.assignments);
    if (step.clock == ClockWord::redate)
        for (Assignment const& share : m.assignments)
            if (share.open() && share.due && share.due->provisional) {
                event.assignments.push_back(share);
                event.assignments.back().due =
                    redated(*moment.calendar, *share.due, share.first_due, share.offered_at, share.limit);
                // A share that had the matter's own due keeps to it.
                if (event.set.due && *event.set.due && m.due && share.due->instant == m.due->instant)
                    event.assignments.back().due = **event.set.due;
            }
    auto changed_share = [&](Assignment const& of) -> Assignment& {
        auto found = std::ranges::find(event.assignments, of.id, &Assignment::id);
        return found == event.assignments.end() ? event.assignments.emplace_back(of) : *found;
    };
    if (step.clock == ClockWord::hold)  // their timers stop with it
        for (Assignment const& share : m.assignments)
            if (share.open() && !share.timers.empty()) changed_share(share);
    if (standing.at != nullptr && command.actor.clock) changed_share(*standing.at);  // whose timer is over
    if (standing.at != nullptr && step.marks)
        mark(changed_share(*standing.at).marks, standing.procedure,
             {standing.step_index, 1, moment.now, command.actor.person});

    note_hold(standing, command.actor, event);
    Matter next = after(m, event);
    for (int hops = 0; hops < 4; ++hops) {  // the model checker shows that passages end
        Passage const* through = nullptr;
        View there{next, nullptr, form, command.actor, moment, rules.lists};
        for (Passage const& passage : standing.procedure.at(event.stage).passes)
            if (through == nullptr && all_hold(passage.when, there)) through = &passage;
        if (through == nullptr) break;
        event.stage = next.stage = through->to;
        next.entered_at = event.at;
    }
    if (standing.procedure.at(event.stage).closes_tree) {
        for (Assignment const& share : next.assignments) {
            if (!share.open()) continue;
            auto found = std::ranges::find_if(
                event.assignments, [&](Assignment const& c) { return c.id == share.id && c.unit == share.unit; });
            Assignment& ended = found == event.assignments.end() ? event.assignments.emplace_back(share) : *found;
            ended.progress = Progress::ended;
        }
        if (next.clock == Clock::running || next.clock == Clock::held) event.set.clock = Clock::stopped;
        note_hold(standing, command.actor, event);
        next = after(m, event);
    }
    for (Assignment& share : event.assignments)
        if (Assignment const* old = share.id ? m.assignment(share.id) : nullptr) share.version = old->version + 1;
    Assignment const* at_next = standing.at != nullptr ? next.assignment(standing.at->id) : nullptr;
    set_timers(standing, event, next, {next, at_next, form, command.actor, moment, rules.lists});
    event.opens = openings(step, {next, at_next, form, command.actor, moment, rules.lists}, *rules.directory);
    count(standing, event, {next, at_next, form, command.actor, moment, rules.lists}, rules);
    note_hints(step, command, form, event, moment);
    return event;
}

}  // namespace banyan
