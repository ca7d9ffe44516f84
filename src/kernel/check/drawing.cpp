#include "kernel/check/drawing.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limit.h"

namespace banyan {
namespace {

bool by_clock_only(Step const& step) {
    return std::ranges::all_of(step.by, [](ActorRule const& rule) { return rule.relation == Relation::clock; });
}

}  // namespace

std::string Drawing::word(std::string const& key, std::string const& otherwise) const {
    auto found = words_.find(key);
    return found == words_.end() ? otherwise : found->second;
}

std::string Drawing::owner(Stage const& stage) const {
    if (stage.owner == "holder") return word("draw.holder", stage.owner);
    return word("role." + (stage.owner == "asker" ? std::string("appellant") : stage.owner), stage.owner);
}

std::string Drawing::limit(Limit limit) const {
    constexpr std::string_view kUnits[] = {"minute", "hour", "day", "working_hour", "working_day"};
    std::string made = word(fmt::format("limit.{}", kUnits[static_cast<int>(limit.unit)]), "");
    std::size_t n = made.find("{n}");
    if (n == std::string::npos) return text_of(limit);
    made.replace(n, 3, std::to_string(limit.amount));
    if (!limit.to_closing) return made;
    std::string closing = word("limit.to_closing", "{limit} to closing");
    std::size_t whole = closing.find("{limit}");
    return whole == std::string::npos ? closing : closing.replace(whole, 7, made);
}

std::string Drawing::when(Timer const& timer) const {
    if (timer.limit == "due") return word("draw.due", "due");
    if (timer.limit.starts_with("field.")) return word(timer.limit, timer.limit.substr(6));
    std::string all;
    std::vector<Limit> seen;
    auto known = procedure_.limits.find(timer.limit);
    if (known == procedure_.limits.end()) return timer.limit;
    for (LimitRow const& row : known->second) {
        if (std::ranges::find(seen, row.limit) != seen.end()) continue;
        all += seen.empty() ? "" : " / ";
        all += row.amount_of.empty() ? limit(row.limit) : word("field." + row.amount_of, row.amount_of);
        seen.push_back(row.limit);
    }
    return all;
}

Drawing::Drawing(Procedure const& procedure, Words const& words)
    : staying(procedure.stages.size()), timers(procedure.stages.size()), procedure_(procedure), words_(words) {
    auto add = [&](Index from, Index to, Arrow::Kind kind, std::string const& name) {
        auto same = [&](Arrow const& known) { return known.from == from && known.to == to && known.kind == kind; };
        auto known = std::ranges::find_if(arrows, same);
        Arrow& arrow = known == arrows.end() ? arrows.emplace_back(Arrow{from, to, kind, {}}) : *known;
        if (!name.empty()) arrow.names.push_back(name);
    };
    std::size_t open_stages =
        static_cast<std::size_t>(std::ranges::count_if(procedure.stages, [](Stage const& s) { return !s.final; }));
    for (Step const& step : procedure.steps) {
        std::string name = word("step." + step.name, step.name);
        if (step.undo) name += " \u21a9";  // it may be taken back
        for (OpeningRule const& opening : step.openings) name += " \u21d2 " + opening.procedure;
        Arrow::Kind kind = by_clock_only(step) ? Arrow::Kind::clock : Arrow::Kind::people;
        if (step.opens) add(-1, step.to, kind, name);
        bool anywhere = step.from.size() >= open_stages && step.to < 0;  // a note on anything: no picture needs it
        for (Index from : step.from) {
            if (step.to >= 0 && step.to != from)
                add(from, step.to, kind, name);
            else if (kind == Arrow::Kind::people && !anywhere)
                staying[static_cast<std::size_t>(from)].push_back(name);
        }
    }
    for (std::size_t i = 0; i < procedure.stages.size(); ++i)
        for (Passage const& passage : procedure.stages[i].passes)
            add(static_cast<Index>(i), passage.to, Arrow::Kind::by_itself, "");
    for (Timer const& timer : procedure.timers) {
        Step const& step = procedure.step_at(timer.step);
        std::string line = fmt::format("{}: {}", when(timer), word("step." + step.name, step.name));
        for (Index stage : timer.stage >= 0 ? std::vector<Index>{timer.stage} : step.from)
            timers[static_cast<std::size_t>(stage)].push_back(line);
    }
    order();
}

/// The longest way counts, without the ways back; so a stage comes after all that lead to it.
void Drawing::order() {
    std::size_t n = procedure_.stages.size();
    std::vector<int> depth(n, 0), state(n, 0);
    std::vector<Arrow const*> forward;
    auto visit = [&](auto&& self, Index stage) -> void {
        state[static_cast<std::size_t>(stage)] = 1;
        for (Arrow const& arrow : arrows) {
            if (arrow.from != stage) continue;
            int seen = state[static_cast<std::size_t>(arrow.to)];
            if (seen == 1) continue;  // a way back
            forward.push_back(&arrow);
            if (seen == 0) self(self, arrow.to);
        }
        state[static_cast<std::size_t>(stage)] = 2;
    };
    for (Arrow const& arrow : arrows)
        if (arrow.from < 0 && state[static_cast<std::size_t>(arrow.to)] == 0) visit(visit, arrow.to);
    for (std::size_t round = 0; round < n; ++round)
        for (Arrow const* arrow : forward) {
            int& below = depth[static_cast<std::size_t>(arrow->to)];
            below = std::max(below, depth[static_cast<std::size_t>(arrow->from)] + 1);
        }
    for (std::size_t i = 0; i < n; ++i)
        (procedure_.stages[i].final ? finals : rows).push_back(static_cast<Index>(i));
    std::ranges::stable_sort(rows, {}, [&](Index stage) { return depth[static_cast<std::size_t>(stage)]; });
    auto first_row = [&](Index final) {
        for (std::size_t row = 0; row < rows.size(); ++row)
            if (std::ranges::any_of(
                    arrows, [&](Arrow const& arrow) { return arrow.to == final && arrow.from == rows[row]; }))
                return row;
        return rows.size();
    };
    std::ranges::stable_sort(finals, {}, first_row);
}

std::string draw_dot(Procedure const& procedure, Words const& texts) {
    Drawing drawing(procedure, texts);
    auto quoted = [](std::string const& text) {
        std::string made = "\"";
        for (char c : text) {
            if (c == '"' || c == '\\') made += '\\';
            made += c;
        }
        return made + "\"";
    };
    std::string dot =
        fmt::format("digraph {} {{\n  rankdir=TB;\n  node [shape=box, style=rounded];\n", quoted(procedure.name));
    for (std::size_t i = 0; i < procedure.stages.size(); ++i) {
        Stage const& stage = procedure.stages[i];
        std::string label = drawing.word("stage." + stage.name, stage.name);
        if (!stage.owner.empty()) label += "\n" + drawing.owner(stage);
        for (std::string const& timer : drawing.timers[i]) label += "\n" + timer;
        dot += fmt::format("  {} [label={}{}];\n", quoted(stage.name), quoted(label),
                           stage.final ? ", peripheries=2" : "");
    }
    dot += "  opening [shape=point, label=\"\"];\n";
    for (Arrow const& arrow : drawing.arrows) {
        std::string style = arrow.kind == Arrow::Kind::clock       ? "dashed"
                            : arrow.kind == Arrow::Kind::by_itself ? "dotted"
                                                                   : "solid";
        dot += fmt::format("  {} -> {} [label={}, style={}];\n",
                           arrow.from < 0 ? "opening" : quoted(procedure.at(arrow.from).name),
                           quoted(procedure.at(arrow.to).name),
                           quoted(fmt::format("{}", fmt::join(arrow.names, "\n"))), style);
    }
    return dot + "}\n";
}

}  // namespace banyan
