#include "kernel/check/asks.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace banyan::check_model {
namespace {

using What = Condition::What;

bool is_field(Condition const& c) {
    return c.what == What::field_is || c.what == What::field_is_not || c.what == What::field_in;
}
bool is_count(Condition const& c) { return c.what == What::at_most || c.what == What::at_least; }
/// What the shares in the state already say.
bool is_tree(Condition const& c) {
    switch (c.what) {
        case What::not_designated:
        case What::lead_replied:
        case What::not_lead_replied:
        case What::assists_done:
        case What::delegates_done:
        case What::no_open:
        case What::no_lead:
        case What::has_assignment:
        case What::has_merged:  // its own way does not hang on the others: they are not told apart
        case What::no_merged:
        case What::held:
        case What::not_held:
        case What::asked_return:
        case What::asked_extension:
        case What::not_asked:
            return true;
        default:
            return false;
    }
}
bool same_one(Condition const& a, Condition const& b) {
    return a.what == b.what && a.name == b.name && a.values == b.values && a.limit == b.limit &&
           a.per_assignment == b.per_assignment;
}
bool same(std::vector<Condition> const& a, std::vector<Condition> const& b) {
    return std::ranges::equal(a, b, same_one);
}
int count_of(std::vector<Mark> const& marks, Index step) {
    auto found = std::ranges::find(marks, step, &Mark::step);
    return found == marks.end() ? 0 : found->count;
}

}  // namespace

Asks::Asks(Procedure const& procedure) : procedure_(procedure) {
    std::size_t stages = procedure.stages.size();
    reach_.assign(stages, std::vector<bool>(stages, false));
    for (std::size_t i = 0; i < stages; ++i) {
        reach_[i][i] = true;
        for (Passage const& passage : procedure.stages[i].passes)
            reach_[i][static_cast<std::size_t>(passage.to)] = true;
    }
    for (Step const& step : procedure.steps)
        if (step.to >= 0)
            for (Index from : step.from)
                reach_[static_cast<std::size_t>(from)][static_cast<std::size_t>(step.to)] = true;
    for (std::size_t k = 0; k < stages; ++k)
        for (std::size_t i = 0; i < stages; ++i)
            for (std::size_t j = 0; j < stages; ++j)
                if (reach_[i][k] && reach_[k][j]) reach_[i][j] = true;

    for (Step const& step : procedure.steps) {
        for (Condition const& need : step.needs) {
            each_inside(need, [&](Condition const& inner) {
                if (inner.what == What::other_person)
                    for (ActorRule const& actor : step.by)
                        takers[procedure.step(inner.name)].push_back(actor.role);
            });
        }
        ask_needs(step);
        compare(step.needs, false);
        for (Field const& field : step.form)
            if (!field.shown_when.empty()) compared_by_limits[field.shown_when].push_back(field.shown_value);
    }
    for (std::size_t i = 0; i < stages; ++i) {
        std::size_t prefix = 0;
        bool fields_only = true;
        for (Passage const& passage : procedure.stages[i].passes) {
            compare(passage.when, false);
            fields_only = fields_only && std::ranges::all_of(passage.when, is_field);
            if (fields_only)
                ++prefix;
            else
                for (Condition const& when : passage.when) ask(when, false, {static_cast<Index>(i)});
        }
        field_passages_.push_back(prefix);
        by_passage_.push_back({{}, false, true, leading_to({static_cast<Index>(i)})});
    }
    for (Timer const& timer : procedure.timers) {
        std::vector<Index> at;
        for (std::size_t i = 0; i < stages; ++i)
            if (timer.stage >= 0 ? static_cast<Index>(i) == timer.stage : !procedure.stages[i].final)
                at.push_back(static_cast<Index>(i));
        for (Condition const& when : timer.when) ask(when, !timer.state.empty(), at);
        compare(timer.when, false);
        if (!timer.limit.starts_with("field.")) continue;
        Condition given{What::field_is_not, timer.limit.substr(6), {""}, {}, 0, false, {}};
        ask(given, false, at, false);
        compare({given}, false);
    }
    for (auto const& [name, rows] : procedure.limits)
        for (LimitRow const& row : rows) compare(row.when, true);
    find_aside();
}

/// Nothing hangs on what is asked only by steps that lead nowhere and write nothing that another asks: whether
/// they can be taken changes no stage, share, clock or timer of the rest.
void Asks::find_aside() {
    std::set<std::string> main;  // fields and steps that something else hangs on
    auto reads = [](std::vector<Condition> const& conditions, auto&& visit) {
        for (Condition const& condition : conditions)
            each_inside(condition, [&](Condition const& inner) {
                if (!inner.name.empty()) visit((is_field(inner) ? "field " : "step ") + inner.name);
            });
    };
    auto is_main = [&](std::vector<Condition> const& conditions) {
        bool any = false;
        reads(conditions, [&](std::string const& what) { any = any || main.contains(what); });
        return any;
    };
    auto hangs = [&](std::vector<Condition> const& conditions) {
        reads(conditions, [&](std::string const& what) { main.insert(what); });
    };
    for (Stage const& stage : procedure_.stages)
        for (Passage const& passage : stage.passes) hangs(passage.when);
    for (auto const& [name, rows] : procedure_.limits)
        for (LimitRow const& row : rows) hangs(row.when);
    auto leads = [&](Step const& step) {
        return step.opens || step.to >= 0 || step.tree != TreeWord::none || step.clock != ClockWord::none ||
               step.merge != MergeWord::none || !step.along.empty() || main.contains("step " + step.name) ||
               std::ranges::any_of(step.sets,
                                   [&](auto const& set) { return main.contains("field " + set.first); }) ||
               std::ranges::any_of(step.form,
                                   [&](Field const& field) { return main.contains("field " + field.name); });
    };
    for (std::size_t before = main.size() + 1; before != main.size();) {
        before = main.size();
        for (Step const& step : procedure_.steps)
            if (leads(step)) hangs(step.needs);
        for (Timer const& timer : procedure_.timers)
            if (leads(procedure_.step_at(timer.step))) hangs(timer.when);
    }
    for (Ask& one : all) one.aside = !is_main(one.conditions);
    for (Counter& one : counters_) one.aside = !main.contains("step " + procedure_.step_at(one.step).name);
}

std::vector<bool> Asks::leading_to(std::vector<Index> const& stages) const {
    std::vector<bool> leads(reach_.size(), false);
    for (std::size_t i = 0; i < reach_.size(); ++i)
        for (Index stage : stages)
            if (reach_[i][static_cast<std::size_t>(stage)]) leads[i] = true;
    return leads;
}

void Asks::compare(std::vector<Condition> const& conditions, bool by_limits) {
    for (Condition const& c : conditions) {
        if (c.what == What::any) compare(c.any, by_limits);
        if (!is_field(c)) continue;
        auto& values = (by_limits ? compared_by_limits : compared)[c.name];
        if (c.what == What::field_in)
            values.push_back("listed." + c.values.front());
        else
            values.insert(values.end(), c.values.begin(), c.values.end());
    }
}

void Asks::count(Condition const& condition, std::vector<Index> const& at) {
    Index step = procedure_.step(condition.name);
    std::vector<bool> relevant = leading_to(at);
    for (Counter& known : counters_) {
        if (known.step != step || known.per_assignment != condition.per_assignment) continue;
        known.cap = std::max(known.cap, condition.number);
        for (std::size_t i = 0; i < relevant.size(); ++i) known.relevant[i] = known.relevant[i] || relevant[i];
        return;
    }
    counters_.push_back({step, condition.per_assignment, condition.number, std::move(relevant)});
}

void Asks::ask(Condition const& condition, bool of_share, std::vector<Index> const& at, bool weighs) {
    if (condition.what == What::any) {
        for (Condition const& inner : condition.any) ask(inner, of_share, at, weighs);
        return;
    }
    if (is_tree(condition) || condition.what == What::other_person) return;
    if (is_count(condition)) return count(condition, at);
    ask_together({condition}, of_share, at, weighs);
}

void Asks::ask_together(std::vector<Condition> const& conditions, bool of_share, std::vector<Index> const& at,
                        bool weighs) {
    Condition const& condition = conditions.front();
    bool due = condition.what == What::before_due || condition.what == What::after_due;
    if (due) (of_share ? reads_due_of_share : reads_due_of_matter) = true;
    if (!due && condition.what != What::offered_within && !condition.per_assignment) of_share = false;
    std::vector<bool> relevant = leading_to(at);
    for (Ask& known : all) {
        if (known.of_share != of_share || !same(known.conditions, conditions)) continue;
        for (std::size_t i = 0; i < relevant.size(); ++i) known.relevant[i] = known.relevant[i] || relevant[i];
        return;
    }
    bool unusual = is_field(condition) || condition.what == What::at_most_held;
    all.push_back({conditions, of_share, weighs && unusual, std::move(relevant)});
}

/// What a step needs of the matter's fields is one question: the step can be taken or not.
void Asks::ask_needs(Step const& step) {
    std::vector<Condition> of_matter;
    for (Condition const& need : step.needs)
        if (is_field(need) && std::ranges::find(step.form, need.name, &Field::name) == step.form.end())
            of_matter.push_back(need);
        else
            ask(need, step.on_assignment, step.from);
    if (!of_matter.empty()) ask_together(of_matter, false, step.from, true);
}

Index Asks::field_passage(Index stage, View const& view) const {
    auto const& passes = procedure_.at(stage).passes;
    for (std::size_t i = 0; i < field_passages_[static_cast<std::size_t>(stage)]; ++i)
        if (all_hold(passes[i].when, view)) return passes[i].to;
    return -1;
}

Asks::State Asks::state(Matter const& m, Moment const& moment, Directory const& directory,
                        Lists const& lists) const {
    State made;
    std::string& key = made.key;
    auto put = [&](int n) { key += static_cast<char>(n + 1); };
    auto stage = static_cast<std::size_t>(m.stage);
    static Form const kNothing;
    static Actor const kNobody;
    Matter empty;
    empty.procedure = m.procedure;
    int aside = 0;
    View view{m, nullptr, kNothing, kNobody, moment, lists},
        usual{empty, nullptr, kNothing, kNobody, moment, lists};
    put(m.stage);
    put(static_cast<int>(m.clock));
    put(m.due.has_value());
    for (Ask const& ask : all) {
        if (ask.of_share || !ask.relevant[stage]) continue;
        bool now = all_hold(ask.conditions, view);
        put(now);
        if (ask.weighs && now != all_hold(ask.conditions, usual)) ++(ask.aside ? aside : made.unusual);
    }
    for (std::size_t i = 0; i < field_passages_.size(); ++i) {
        if (field_passages_[i] == 0 || !by_passage_[i].relevant[stage]) continue;
        Index leads = field_passage(static_cast<Index>(i), view);
        put(leads);
        if (leads != field_passage(static_cast<Index>(i), usual)) ++made.unusual;
    }
    auto put_counts = [&](std::vector<Mark> const& marks, bool per_assignment) {
        for (Counter const& counter : counters_) {
            if (counter.per_assignment != per_assignment || !counter.relevant[stage]) continue;
            int n = std::min(count_of(marks, counter.step), counter.cap);
            put(n);
            if (n > 0) ++(counter.aside ? aside : made.unusual);
        }
    };
    auto put_timers = [&](std::vector<Running> const& timers) {
        std::set<Index> running;
        for (Running const& timer : timers) running.insert(timer.timer);
        put(static_cast<int>(running.size()));
        for (Index timer : running) put(timer);
    };
    put_counts(m.marks, false);
    for (auto const& [step, roles] : takers) {
        auto found = std::ranges::find(m.marks, step, &Mark::step);
        Person const* person = found == m.marks.end() ? nullptr : directory.person(found->by);
        put(person != nullptr && std::ranges::find(roles, person->role) != roles.end()
                ? static_cast<int>(person->id.value)
                : 0);
    }
    put_timers(m.timers);

    std::vector<std::string> shares;
    Assignment const* lead = m.lead();
    for (Assignment const& share : m.assignments) {
        if (!share.open() && &share != lead) continue;  // what is over is asked about by its marks only
        std::string outer = std::move(key);
        key.clear();
        put(static_cast<int>(share.share));
        Unit const* unit = directory.unit(share.unit);
        bool district = unit != nullptr && unit->group == "district";
        put(district);
        put(static_cast<int>(share.progress));
        put(static_cast<int>(share.asked));
        put(share.designated);
        View at{m, &share, kNothing, kNobody, moment, lists};
        for (Ask const& ask : all)
            if (ask.of_share && ask.relevant[stage]) put(all_hold(ask.conditions, at));
        put_counts(share.marks, true);
        put_timers(share.timers);
        made.unusual +=
            (share.share != Share::lead) + district + share.designated + (share.asked != Asked::nothing);
        shares.push_back(std::move(key));
        key = std::move(outer);
    }
    std::ranges::sort(shares);
    for (std::string const& share : shares) key += "/" + share;
    made.unusual += aside + (aside > 0 && made.unusual > 0 ? 1 : 0);
    return made;
}

std::vector<Instant> Asks::boundaries(Matter const& m, Moment const& moment) const {
    std::vector<Instant> all_of_them;
    auto consider = [&](Instant at) {
        if (at > moment.now) all_of_them.push_back(at);
    };
    auto stage = static_cast<std::size_t>(m.stage);
    if (reads_due_of_matter && m.due) consider(m.due->instant);
    for (Assignment const& share : m.assignments)
        if (reads_due_of_share && share.with_unit() && share.due) consider(share.due->instant);
    for (Ask const& ask : all) {
        if (!ask.relevant[stage]) continue;
        if (ask.conditions.front().what == What::half_left)
            if (auto const over = half_over(m, *moment.calendar)) consider(*over);
        if (ask.conditions.front().what == What::offered_within)
            for (Assignment const& share : m.assignments)
                if (share.with_unit())
                    consider(due_after(*moment.calendar, share.offered_at, *ask.conditions.front().limit).instant);
        if (ask.conditions.front().what != What::within) continue;
        Index step = procedure_.step(ask.conditions.front().name);
        auto look = [&](std::vector<Mark> const& marks) {
            auto found = std::ranges::find(marks, step, &Mark::step);
            if (found != marks.end())
                consider(due_after(*moment.calendar, found->at, *ask.conditions.front().limit).instant);
        };
        if (!ask.of_share)
            look(m.marks);
        else
            for (Assignment const& share : m.assignments) look(share.marks);
    }
    return all_of_them;
}

/// Hours of the day and days that lie ahead are not walked but taken to fit; on several days is as often.
void make_timeless(std::vector<Condition>& conditions) {
    auto fits = [](Condition const& c) { return c.what == What::between || c.what == What::day_within; };
    std::erase_if(conditions, [&](Condition& c) {
        bool open = false;
        each_inside(c, [&](Condition& inner) {
            open = open || fits(inner);
            if (inner.what == What::at_least_days) inner.what = What::at_least;
        });
        return open;
    });
}

Smaller with_small_counts(Procedure const& procedure) {
    Smaller made{std::make_shared<Procedure>(procedure), {}};
    std::map<std::string, std::set<int>> asked;
    auto each_list = [&](auto&& visit) {
        for (Step& step : made.procedure->steps) visit(step.needs);
        for (Stage& stage : made.procedure->stages)
            for (Passage& passage : stage.passes) visit(passage.when);
        for (Timer& timer : made.procedure->timers) visit(timer.when);
        for (auto& [name, rows] : made.procedure->limits)
            for (LimitRow& row : rows) visit(row.when);
    };
    each_list(make_timeless);
    auto each = [&](auto&& visit) {
        each_list([&](std::vector<Condition>& all) {
            for (Condition& c : all)
                each_inside(c, [&](Condition& inner) {
                    if (is_count(inner)) visit(inner);
                });
        });
    };
    each([&](Condition& c) { asked[c.name].insert(c.number); });
    std::map<std::string, std::map<int, int>> small;
    for (auto const& [step, numbers] : asked) {
        int before = 0, made_before = 0;
        for (int number : numbers) {
            made_before += std::min(number - before, 2);
            before = number;
            small[step][number] = made_before;
            if (made_before != number) {
                std::string& said = made.said[step];
                said += fmt::format("{}{}: {} stands for {}", said.empty() ? "" : "; ", step, made_before, number);
            }
        }
    }
    each([&](Condition& c) { c.number = small[c.name][c.number]; });
    return made;
}

}  // namespace banyan::check_model
