#include "kernel/check/model.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "kernel/check/names.h"
#include "kernel/check/walk.h"

namespace banyan {
namespace {

using check_model::Move;
using check_model::State;
using check_model::Walk;

constexpr std::size_t kMostStates = 300'000;   ///< of the narrowest walk: beyond, the rulebook is too large
constexpr std::size_t kMostOfWider = 250'000;  ///< of a wider one: beyond, the narrower must do
constexpr std::size_t kFew = 3'000;            ///< a walk of so few is made again, wider than asked
constexpr int kNarrowest = 2, kWidest = 12;

class Judgement {
  public:
    Judgement(Procedure const& procedure, Walk const& walk, Report& report)
        : procedure_(procedure), walk_(walk), report_(report) {}

    void ends();
    void bounds();
    void use();

  private:
    State const& at(int state) const { return walk_.states()[static_cast<std::size_t>(state)]; }
    int size() const { return static_cast<int>(walk_.states().size()); }
    std::vector<bool> can_reach(std::vector<bool> const& goal) const;
    using Ways = std::vector<std::vector<Move const*>>;
    Ways repeatable(std::set<Index> const& bounded) const;
    static std::vector<int> components(Ways const& ways);
    static std::vector<Move const*> round_trip(Ways const& ways, std::vector<int> const& component, int from);

    Procedure const& procedure_;
    Walk const& walk_;
    Report& report_;
};

std::vector<bool> Judgement::can_reach(std::vector<bool> const& goal) const {
    std::vector<std::vector<int>> back(static_cast<std::size_t>(size()));
    for (int i = 1; i < size(); ++i)
        for (Move const& move : at(i).moves)
            if (move.to >= 0) back[static_cast<std::size_t>(move.to)].push_back(i);
    std::vector<bool> can = goal;
    std::deque<int> queue;
    for (int i = 1; i < size(); ++i)
        if (can[static_cast<std::size_t>(i)]) queue.push_back(i);
    for (; !queue.empty(); queue.pop_front())
        for (int before : back[static_cast<std::size_t>(queue.front())])
            if (!can[static_cast<std::size_t>(before)])
                can[static_cast<std::size_t>(before)] = true, queue.push_back(before);
    return can;
}

/// No state without a step somebody may take or a timer; from every state a final one can be reached.
void Judgement::ends() {
    auto count = static_cast<std::size_t>(size());
    std::vector<bool> stuck(count), good(count);
    std::set<Index> told;
    for (int i = 1; i < size(); ++i) {
        State const& state = at(i);
        auto self = static_cast<std::size_t>(i);
        bool outside = std::ranges::any_of(state.moves, [](Move const& move) { return move.to < 0; });
        good[self] = state.final || outside;
        stuck[self] = !state.final && !outside &&
                      std::ranges::all_of(state.moves, [](Move const& move) { return move.nothing; });
        if (stuck[self] && told.insert(state.stage).second)
            report_.faults.push_back(
                {"check.dead_end", walk_.way(i), {{"stage", procedure_.at(state.stage).name}}});
    }
    std::vector<bool> ends = can_reach(good), sticks = can_reach(stuck);
    for (int i = 1; i < size(); ++i)
        if (!ends[static_cast<std::size_t>(i)] && !sticks[static_cast<std::size_t>(i)] &&
            told.insert(at(i).stage).second)
            report_.faults.push_back({"check.no_end", walk_.way(i), {{"stage", procedure_.at(at(i).stage).name}}});
}

/// The moves an office could repeat for ever, if they led back: not the asker's, not the clock's, not a mere note.
Judgement::Ways Judgement::repeatable(std::set<Index> const& bounded) const {
    Ways ways(static_cast<std::size_t>(size()));
    for (int i = 1; i < size(); ++i)
        for (Move const& move : at(i).moves)
            if (move.to >= 0 && !move.asker && !move.clock && !move.nothing && !bounded.contains(move.step))
                ways[static_cast<std::size_t>(i)].push_back(&move);
    return ways;
}

/// Strongly connected components (Tarjan, without recursion): states that lead to each other have one number.
std::vector<int> Judgement::components(Ways const& ways) {
    std::size_t n = ways.size();
    std::vector<int> number(n, -1), low(n, 0), component(n, -1), stack, calls;
    std::vector<std::size_t> next(n, 0);
    int counter = 0;
    for (std::size_t root = 1; root < n; ++root) {
        if (number[root] >= 0) continue;
        calls.push_back(static_cast<int>(root));
        while (!calls.empty()) {
            auto v = static_cast<std::size_t>(calls.back());
            if (next[v] == 0) number[v] = low[v] = counter++, stack.push_back(static_cast<int>(v));
            bool deeper = false;
            while (next[v] < ways[v].size()) {
                auto w = static_cast<std::size_t>(ways[v][next[v]++]->to);
                if (number[w] < 0) {
                    calls.push_back(static_cast<int>(w));
                    deeper = true;
                    break;
                }
                if (component[w] < 0) low[v] = std::min(low[v], number[w]);
            }
            if (deeper) continue;
            if (next[v] == 0) next[v] = 1;
            calls.pop_back();
            if (low[v] == number[v]) {
                int w = -1;
                do {
                    w = stack.back();
                    stack.pop_back();
                    component[static_cast<std::size_t>(w)] = static_cast<int>(v);
                } while (w != static_cast<int>(v));
            }
            if (!calls.empty()) {
                auto above = static_cast<std::size_t>(calls.back());
                low[above] = std::min(low[above], low[v]);
            }
        }
    }
    return component;
}

std::vector<Move const*> Judgement::round_trip(Ways const& ways, std::vector<int> const& component, int from) {
    std::map<int, std::pair<int, Move const*>> reached;
    std::deque<int> queue{from};
    for (; !queue.empty(); queue.pop_front()) {
        int here = queue.front();
        for (Move const* move : ways[static_cast<std::size_t>(here)]) {
            if (component[static_cast<std::size_t>(move->to)] != component[static_cast<std::size_t>(from)])
                continue;
            if (move->to == from) {
                std::vector<Move const*> steps{move};
                for (int back = here; back != from; back = reached.at(back).first)
                    steps.insert(steps.begin(), reached.at(back).second);
                return steps;
            }
            if (reached.emplace(move->to, std::pair{here, move}).second) queue.push_back(move->to);
        }
    }
    return {};
}

/// Every cycle has a bound: a step of the asker, the clock, or a counter (which makes it no cycle of states).
void Judgement::bounds() {
    std::set<Index> bounded;
    for (std::size_t round = 0; round <= procedure_.steps.size(); ++round) {
        Ways ways = repeatable(bounded);
        std::vector<int> component = components(ways);
        std::vector<Move const*> found;
        int from = 1;
        for (; from < size() && found.empty(); ++from) found = round_trip(ways, component, from);
        if (found.empty()) return;
        --from;
        std::vector<std::string> path = walk_.way(from), cycle;
        for (Move const* move : found) {
            path.push_back(move->label);
            if (std::ranges::find(cycle, move->label) == cycle.end()) cycle.push_back(move->label);
            bounded.insert(move->step);
        }
        report_.faults.push_back(
            {"check.unbounded", std::move(path), {{"cycle", fmt::format("{}", fmt::join(cycle, ", "))}}});
    }
}

/// Stages nobody comes to and steps nobody can take are mistakes.
void Judgement::use() {
    std::set<Index> reached;
    for (int i = 1; i < size(); ++i) reached.insert(at(i).stage);
    for (std::size_t i = 0; i < procedure_.stages.size(); ++i)
        if (!reached.contains(static_cast<Index>(i)))
            report_.faults.push_back({"check.stage_unreached", {}, {{"stage", procedure_.stages[i].name}}});
    for (std::size_t i = 0; i < procedure_.steps.size(); ++i)
        if (!walk_.possible.contains(static_cast<Index>(i))) {
            std::string const& refused =
                walk_.refused[i];  // empty: no matter was ever where the step could be tried
            report_.faults.push_back({"check.step_impossible",
                                      {},
                                      {{"step", procedure_.steps[i].name},
                                       {"refusal", refused.empty() ? "step.out_of_turn" : refused}}});
        }
}

void check_texts(Procedure const& procedure, std::set<std::string> const& known, std::string_view language,
                 Report& report) {
    for (std::string const& key : texts_of(procedure))
        if (!known.contains(key))
            report.faults.push_back({"check.no_text", {}, {{"text", key}, {"language", std::string(language)}}});
}

/// What was walked with small counts says so where it matters.
void say_counts(std::map<std::string, std::string, std::less<>> const& said, Report& report) {
    for (Fault& fault : report.faults) {
        std::set<std::string> steps;
        for (std::string const& label : fault.path) steps.insert(label.substr(0, label.find('@')));
        for (std::string const& step : steps)
            if (auto found = said.find(step); found != said.end())
                fault.params.emplace_back("count", found->second);
    }
}

bool all_seen(Procedure const& procedure, Walk const& walk) {
    std::set<Index> reached;
    for (State const& state : walk.states()) reached.insert(state.stage);
    return walk.possible.size() == procedure.steps.size() &&
           reached.size() > procedure.stages.size();  // one state is "before"
}

}  // namespace

std::string describe(Fault const& fault) {
    std::string text = fault.key;
    for (auto const& [name, value] : fault.params) text += fmt::format(" {}={}", name, value);
    if (!fault.path.empty()) text += fmt::format(" after {}", fmt::join(fault.path, " > "));
    return text;
}

Report check(Procedure const& procedure, std::set<std::string> const& known_texts_zh,
             std::set<std::string> const& known_texts_en, int unusual, Watch const& watch) {
    Report report;
    check_texts(procedure, known_texts_zh, "zh", report);
    check_texts(procedure, known_texts_en, "en", report);
    auto names = check_model::check_names(procedure);
    report.faults.insert(report.faults.end(), names.begin(), names.end());
    if (std::ranges::any_of(names, [](Fault const& fault) { return fault.key == "check.unknown_step"; }))
        return report;
    check_model::Smaller smaller = check_model::with_small_counts(procedure);
    check_model::Asks asks(*smaller.procedure);
    check_model::Town town(smaller.procedure, asks);

    std::unique_ptr<Walk> walk;
    for (int wide = std::min(kNarrowest, unusual); wide <= kWidest; ++wide) {
        auto wider = std::make_unique<Walk>(smaller.procedure, asks, town, wide);
        Walk::End const end = wider->run(walk == nullptr ? kMostStates : kMostOfWider, watch);
        if (end == Walk::End::stopped) {
            report.stopped = true;
            return report;
        }
        if (end == Walk::End::too_large) {
            if (walk != nullptr) break;
            report.faults.push_back({"check.too_large", {}, {{"states", std::to_string(kMostStates)}}});
            report.states = kMostStates;
            return report;
        }
        walk = std::move(wider);
        report.unusual = wide;
        bool enough = wide >= unusual && walk->states().size() > kFew && all_seen(procedure, *walk);
        if (walk->complete || enough) break;
    }
    report.states = walk->states().size() - 1;
    report.moves = walk->moves;
    report.complete = walk->complete;
    report.faults.insert(report.faults.end(), walk->faults.begin(), walk->faults.end());
    Judgement judgement(procedure, *walk, report);
    judgement.ends();
    judgement.bounds();
    judgement.use();
    say_counts(smaller.said, report);
    return report;
}

}  // namespace banyan
