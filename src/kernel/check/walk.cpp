#include "kernel/check/walk.h"

#include <fmt/core.h>

#include <algorithm>

namespace banyan::check_model {
namespace {

/// Somebody is reminded, sooner or later.
bool reminds(Matter const& m) {
    bool runs = m.clock == Clock::running;
    if (!m.timers.empty() || (runs && m.due)) return true;
    return std::ranges::any_of(
        m.assignments, [&](Assignment const& s) { return s.open() && (!s.timers.empty() || (runs && s.due)); });
}

/// Of two matters that are one state (so that what conditions ask of fields is the same).
bool nothing_changed(Matter const& a, Matter const& b) {
    if (a.stage != b.stage || a.clock != b.clock || a.due != b.due ||
        a.assignments.size() != b.assignments.size() || a.redone != b.redone)
        return false;
    for (std::size_t i = 0; i < a.assignments.size(); ++i) {
        Assignment const& s = a.assignments[i];
        Assignment const& t = b.assignments[i];
        if (s.progress != t.progress || s.asked != t.asked || s.designated != t.designated || s.due != t.due ||
            s.unit != t.unit)
            return false;
    }
    return true;
}

std::string label_of(Step const& step, Assignment const* share) {
    if (share == nullptr || share->share == Share::lead) return step.name;
    return fmt::format("{}@{}", step.name, name(share->share));
}

bool wrong_person(std::string const& key) {
    return key == "step.wrong_desk" || key == "step.not_yours" || key == "matter.unknown";
}

}  // namespace

Walk::Walk(std::shared_ptr<Procedure const> procedure, Asks const& asks, Town const& town, int unusual)
    : refused(procedure->steps.size()),
      procedure_(std::move(procedure)),
      asks_(asks),
      town_(town),
      unusual_(unusual),
      now_(Town::morning()) {
    for (Step const& step : procedure_->steps) {
        for (ActorRule const& actor : step.by) roles_.insert(actor.role);
        bool sets = std::ranges::any_of(step.form, [](Field const& field) {
            return field.keep || field.name == "kind" || field.name == "class" || field.name == "region" ||
                   field.name == "channel";
        });
        inert_.push_back(step.tree == TreeWord::none && step.clock == ClockWord::none && step.to < 0 &&
                         !step.marks && !sets);
    }
}

Walk::End Walk::run(std::size_t most, Watch const& watch) {
    constexpr std::size_t kBetween = 64;  // states: some milliseconds
    states_.push_back({});                // before anything was asked
    ahead_.emplace_back();
    open();
    for (std::size_t i = 1; i < states_.size(); ++i) {
        if (states_.size() > most) return End::too_large;
        if (watch && i % kBetween == 0 && !watch(i, unusual_)) return End::stopped;
        expand(static_cast<int>(i));
    }
    return End::walked;
}

std::vector<std::string> Walk::way(int state) const {
    std::vector<std::string> steps;
    for (; state > 0; state = states_[static_cast<std::size_t>(state)].before)
        steps.push_back(states_[static_cast<std::size_t>(state)].label);
    std::ranges::reverse(steps);
    return steps;
}

void Walk::fault(std::string key, std::string const& about, int at, std::string const& label,
                 std::vector<std::pair<std::string, std::string>> params) {
    if (!told_.insert(key + " " + about).second) return;
    std::vector<std::string> path = way(at);
    if (!label.empty()) path.push_back(label);
    faults.push_back({"check." + std::move(key), std::move(path), std::move(params)});
}

void Walk::open() {
    Matter nothing;
    nothing.procedure = procedure_;
    for (std::size_t i = 0; i < procedure_->steps.size(); ++i)
        if (procedure_->steps[i].opens) try_step(0, nothing, static_cast<Index>(i), nullptr);
}

bool Walk::beyond_scope(Step const& step, Matter const& matter) const {
    auto open = [&](Share share) {
        return std::ranges::any_of(matter.assignments,
                                   [&](Assignment const& s) { return s.share == share && s.open(); });
    };
    return (step.tree == TreeWord::assist && open(Share::assist)) ||
           (step.tree == TreeWord::delegate && open(Share::delegate));
}

void Walk::expand(int at) {
    Ahead here = std::move(ahead_[static_cast<std::size_t>(at)]);
    now_ = here.now;
    Index stage = here.matter.stage;
    for (std::size_t i = 0; i < procedure_->steps.size(); ++i) {
        Step const& step = procedure_->steps[i];
        if (step.opens || std::ranges::find(step.from, stage) == step.from.end()) continue;
        if (town_.actors(static_cast<Index>(i)).empty()) continue;
        if (inert_[i] && possible.contains(static_cast<Index>(i)) && procedure_->at(stage).passes.empty())
            continue;
        if (beyond_scope(step, here.matter)) {
            complete = false;
            states_[static_cast<std::size_t>(at)].moves.push_back({-1, static_cast<Index>(i), step.name});
            continue;
        }
        if (!step.on_assignment)
            try_step(at, here.matter, static_cast<Index>(i), nullptr);
        else
            for (Assignment const& share : here.matter.assignments)
                if (share.open()) try_step(at, here.matter, static_cast<Index>(i), &share);
    }
    pass_time(at, here.matter);
}

void Walk::try_step(int at, Matter const& matter, Index index, Assignment const* share) {
    Step const& step = procedure_->step_at(index);
    std::vector<Actor> const& actors = town_.actors(index);
    Moment moment{now_, &town_.calendar()};
    Command command;
    command.procedure = step.opens ? procedure_->name : "";
    command.matter = matter.id;
    command.assignment = share != nullptr ? share->id : AssignmentId{};
    command.step = step.name;
    std::size_t first = 0;
    for (json::object& form : town_.forms(index, matter, share, moment)) {
        bool permitted = false;
        command.form = std::move(form);
        for (std::size_t who = first; who < actors.size(); ++who) {
            command.actor = actors[who];
            Result<Event> event = decide(command, step.opens ? nullptr : &matter, town_.rules(), moment);
            if (!event && wrong_person(event.error().key)) {
                if (refused[static_cast<std::size_t>(index)].empty())
                    refused[static_cast<std::size_t>(index)] = event.error().key;
                continue;
            }
            permitted = true;
            first = town_.personal(index) ? first : who;
            if (event)
                take(at, matter, command, std::move(*event), now_);
            else
                refused[static_cast<std::size_t>(index)] = event.error().key;
            if (!town_.personal(index)) break;
        }
        if (!permitted) return;
    }
}

/// The first timer that is running, as the engine takes it; or the next instant at which a condition changes.
void Walk::pass_time(int at, Matter const& matter) {
    Instant first;
    Running const* timer = nullptr;
    Assignment const* on = nullptr;
    auto consider = [&](std::vector<Running> const& timers, Assignment const* share) {
        for (Running const& running : timers)
            if (!first || running.at < first) first = running.at, timer = &running, on = share;
    };
    consider(matter.timers, nullptr);
    for (Assignment const& share : matter.assignments) consider(share.timers, &share);

    Moment moment{now_, &town_.calendar()};
    Instant next;
    for (Instant boundary : asks_.boundaries(matter, moment))
        if (!next || boundary < next) next = boundary;
    if (next && (!first || next < first)) {
        arrive(at, matter, matter, {-1, -1, "wait", false, true, false}, next);
        return;
    }
    if (timer == nullptr) return;

    Timer const& rule = procedure_->timers[static_cast<std::size_t>(timer->timer)];
    Step const& step = procedure_->step_at(rule.step);
    moment.now = std::max(first, now_);
    Command command{
        Actor::time(), {}, matter.id, on != nullptr ? on->id : AssignmentId{}, step.name, {}, {}, {}, {}, {}};
    Result<Event> event = decide(command, &matter, town_.rules(), moment);
    if (!event)
        return fault("timer_refused", rule.name, at, "",
                     {{"timer", rule.name},
                      {"step", step.name},
                      {"refusal", event.error().key},
                      {"stage", procedure_->at(matter.stage).name}});
    take(at, matter, command, std::move(*event), moment.now);
}

void Walk::take(int at, Matter const& matter, Command const& command, Event event, Instant now) {
    Step const& step = procedure_->step_at(event.step);
    Assignment const* share = event.assignment ? matter.assignment(event.assignment) : nullptr;
    std::string label = label_of(step, share);
    if (!event.matter) event.matter = MatterId(1);
    event.id = EventId(event.no);
    auto id = static_cast<std::int64_t>(matter.assignments.size());
    for (Assignment& changed : event.assignments)
        if (!changed.id) changed.id = AssignmentId(++id);
    Matter next = matter;
    next.procedure = procedure_;
    apply(next, event);
    possible.insert(event.step);
    if (step.claim == ClaimWord::take)  // claims only say who of several may: they are not walked
        for (std::size_t i = 0; i < procedure_->steps.size(); ++i)
            if (procedure_->steps[i].claim > ClaimWord::take) possible.insert(static_cast<Index>(i));

    Form form(command.form);
    Moment moment{now, &town_.calendar()};
    View there{next, nullptr, form, command.actor, moment, town_.rules().lists};
    for (Passage const& passage : procedure_->at(next.stage).passes)
        if (all_hold(passage.when, there))
            fault("passage_loop", procedure_->at(next.stage).name, at, label,
                  {{"stage", procedure_->at(next.stage).name}});

    bool clock = command.actor.clock;
    bool entered = event.stage != event.stage_before || event.no == 1;
    bool open = !procedure_->at(next.stage).final;
    if (open && !clock && (entered || reminds(matter)) && !reminds(next))
        fault("no_reminder", procedure_->at(next.stage).name, at, label,
              {{"stage", procedure_->at(next.stage).name}});
    if (clock) {
        auto still = [&](std::vector<Running> const& timers) {
            return std::ranges::any_of(timers, [&](Running const& running) {
                return running.at <= now &&
                       procedure_->timers[static_cast<std::size_t>(running.timer)].step == event.step;
            });
        };
        Assignment const* share_next = share != nullptr ? next.assignment(share->id) : nullptr;
        if (share_next != nullptr ? still(share_next->timers) : still(next.timers))
            fault("timer_repeats", step.name, at, label, {{"step", step.name}});
    }
    bool fresh =
        arrive(at, matter, next, {-1, event.step, label, command.actor.bound == MatterId(1), clock, false}, now);
    Index undo = procedure_->step(kUndo);
    if (step.undo && !clock && (fresh || !possible.contains(undo)))
        take_back(at, matter, std::move(next), {std::move(event), matter, false}, command.actor);
}

/// What is taken back is as if it had never been: the state is the one before.
void Walk::take_back(int at, Matter const& before, Matter next, Past const& past, Actor const& actor) {
    Moment moment{now_, &town_.calendar()};
    Index undo = procedure_->step(kUndo);
    Command command{actor, {}, next.id, {}, std::string(kUndo), {}, {}, {}, {}, {}};
    Result<Event> event = decide(command, &next, town_.rules(), moment, &past);
    if (!event) {
        refused[static_cast<std::size_t>(undo)] = event.error().key;
        return;
    }
    apply(next, *event);
    possible.insert(undo);
    auto key = [&](Matter const& matter) {
        return asks_.state(matter, moment, town_.directory(), town_.rules().lists).key;
    };
    std::string const& name = procedure_->step_at(past.last.step).name;
    if (key(next) != key(before)) fault("undo_differs", name, at, name, {{"step", name}});
}

bool Walk::arrive(int at, Matter const& before, Matter next, Move move, Instant now) {
    Asks::State state = asks_.state(next, {now, &town_.calendar()}, town_.directory(), town_.rules().lists);
    bool first = false;
    if (state.unusual > unusual_) {
        complete = false;
    } else {
        auto [found, fresh] = known_.emplace(std::move(state.key), static_cast<int>(states_.size()));
        move.to = found->second;
        first = fresh;
        if (fresh) {
            states_.push_back({next.stage, at, move.label, procedure_->at(next.stage).final, {}});
            look_at(move.to, next);
            ahead_.push_back({std::move(next), now});
        } else {
            move.nothing = move.to == at && nothing_changed(before, next);
        }
    }
    auto& moves_here = states_[static_cast<std::size_t>(at)].moves;
    auto same = [&](Move const& known) {
        return known.to == move.to && known.step == move.step && known.asker == move.asker &&
               known.clock == move.clock && known.nothing == move.nothing;
    };
    if (std::ranges::any_of(moves_here, same)) return first;
    ++moves;
    moves_here.push_back(std::move(move));
    return first;
}

/// Every matter has an owner.
void Walk::look_at(int state, Matter const& matter) {
    Stage const& stage = procedure_->at(matter.stage);
    if (stage.final) return;
    std::string owner = stage.owner;
    if (owner.empty()) return fault("no_owner", stage.name, state, "", {{"stage", stage.name}});
    if (owner == "asker" || roles_.contains(owner)) return;
    if (owner != "holder")
        return fault("unknown_owner", stage.name, state, "", {{"stage", stage.name}, {"owner", owner}});
    if (matter.lead() == nullptr &&
        std::ranges::none_of(matter.assignments, [](Assignment const& s) { return s.open(); }))
        fault("no_holder", stage.name, state, "", {{"stage", stage.name}});
}

}  // namespace banyan::check_model
