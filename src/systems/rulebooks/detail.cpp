#include "systems/rulebooks/detail.h"

#include <algorithm>

#include "platform/config/toml.h"

namespace banyan::rulebooks {
namespace {

json::array texts_json(std::vector<std::string> const& texts) { return json::array(texts.begin(), texts.end()); }

class Detail {
  public:
    Detail(Procedure const& procedure, Wording const& words) : procedure_(procedure), words_(words) {
        if (auto document = parse_toml(procedure.source)) document_ = std::move(*document);
    }

    json::object said() const {
        json::array stages, steps, timers, limits;
        for (Stage const& stage : procedure_.stages) stages.push_back(stage_json(stage));
        for (Step const& step : procedure_.steps)
            if (step.name != kUndo) steps.push_back(step_json(step));
        for (Timer const& timer : procedure_.timers) timers.push_back(timer_json(timer));
        for (auto const& [name, rows] : procedure_.limits) limits.push_back(limit_json(name, rows));
        auto line = [](json::value const& each) { return each.at("line").as_int64(); };
        std::ranges::stable_sort(limits, {}, line);
        std::ranges::stable_sort(timers, {}, line);
        return {{"kinds", texts_json(procedure_.kinds)},
                {"limits", std::move(limits)},
                {"stages", std::move(stages)},
                {"steps", std::move(steps)},
                {"timers", std::move(timers)}};
    }

  private:
    std::int64_t line(std::string const& path) const { return document_.line_of(path); }
    std::string stage_name(Index stage) const { return procedure_.at(stage).name; }

    json::object stage_json(Stage const& stage) const {
        json::array passes;
        for (Passage const& pass : stage.passes)
            passes.push_back(
                json::object{{"to", stage_name(pass.to)}, {"when", texts_json(words_.conditions(pass.when))}});
        return {{"name", stage.name},
                {"line", line("stage." + stage.name)},
                {"final", stage.final},
                {"owner", words_.owner(stage)},
                {"passes", std::move(passes)}};
    }

    static json::object field_json(Field const& field) {
        json::array choices(field.choices.begin(), field.choices.end());
        return {{"name", field.name},           {"type", name(field.type)}, {"required", field.required},
                {"personal", field.personal},   {"kept", field.keep},       {"readers", name(field.readers)},
                {"choices", std::move(choices)}};
    }

    json::object step_json(Step const& step) const {
        json::array from, by, fields;
        for (Index stage : step.from) from.emplace_back(stage_name(stage));
        for (ActorRule const& rule : step.by) by.emplace_back(words_.who(rule));
        for (Field const& field : step.form) fields.push_back(field_json(field));
        bool const clock =
            std::ranges::all_of(step.by, [](ActorRule const& rule) { return rule.relation == Relation::clock; });
        json::object one{{"name", step.name},
                         {"line", line("step." + step.name)},
                         {"from", std::move(from)},
                         {"opens", step.opens},
                         {"clock", clock},
                         {"share", step.on_assignment},
                         {"by", std::move(by)},
                         {"fields", std::move(fields)},
                         {"needs", texts_json(words_.conditions(step.needs))},
                         {"does", texts_json(words_.does(step))}};
        if (step.to >= 0) one["to"] = stage_name(step.to);
        return one;
    }

    json::object timer_json(Timer const& timer) const {
        json::object one{{"name", timer.name},
                         {"line", line("timer." + timer.name)},
                         {"after", words_.when(timer)},
                         {"step", procedure_.step_at(timer.step).name},
                         {"when", texts_json(words_.conditions(timer.when))}};
        if (timer.stage >= 0) one["stage"] = stage_name(timer.stage);
        if (!timer.state.empty()) one["state"] = timer.state;
        return one;
    }

    json::object limit_json(std::string const& name, std::vector<LimitRow> const& rows) const {
        json::array said, timers, steps;
        for (LimitRow const& row : rows)
            said.push_back(json::object{{"when", texts_json(words_.conditions(row.when))},
                                        {"limit", words_.limit(row)},
                                        {"yellow_days", row.yellow_days}});
        for (Timer const& timer : procedure_.timers)
            if (timer.limit == name) timers.emplace_back(timer.name);
        for (Step const& step : procedure_.steps)
            if (step.clock_limit == name ||
                (step.clock == ClockWord::start && step.clock_limit.empty() && name == procedure_.matter_limit))
                steps.emplace_back(step.name);
        return {{"name", name},
                {"line", line("limit." + name + "[0]")},
                {"matter", name == procedure_.matter_limit},
                {"rows", std::move(said)},
                {"timers", std::move(timers)},
                {"steps", std::move(steps)}};
    }

    Procedure const& procedure_;
    Wording const& words_;
    TomlDocument document_;
};

/// Each row of a limit as one sentence.
std::vector<std::string> rows_of(Procedure const& procedure, Wording const& words, std::string const& limit) {
    std::vector<std::string> rows;
    auto const found = procedure.limits.find(limit);
    if (found == procedure.limits.end()) return rows;
    for (LimitRow const& row : found->second) {
        std::string said;
        for (std::string const& each : words.conditions(row.when)) said += (said.empty() ? "" : " + ") + each;
        rows.push_back((said.empty() ? "" : said + " → ") + words.limit(row));
    }
    return rows;
}

template <class Things>
json::object named_json(Things const& before, Things const& after) {
    json::array added, gone;
    auto in = [](Things const& things, std::string const& name) {
        return std::ranges::any_of(things, [&](auto const& thing) { return thing.name == name; });
    };
    for (auto const& thing : after)
        if (!in(before, thing.name)) added.emplace_back(thing.name);
    for (auto const& thing : before)
        if (!in(after, thing.name)) gone.emplace_back(thing.name);
    return {{"added", std::move(added)}, {"gone", std::move(gone)}};
}

}  // namespace

json::object detail_json(Procedure const& procedure, Wording const& words) {
    return Detail(procedure, words).said();
}

shape::Schema detail_shape() {
    using namespace shape;
    auto texts = [](std::string_view about) { return list(text(), about); };
    auto field = object({{"name", code()},
                         {"type", code("docs/procedures.md, forms and fields")},
                         {"required", flag()},
                         {"personal", flag()},
                         {"kept", flag()},
                         {"readers", code("field class")},
                         {"choices", list(code())}});
    auto step = object({{"name", code()},
                        {"line", count()},
                        {"from", list(code("of a stage"))},
                        {"to?", code("left out: the stage stays")},
                        {"opens", flag("begins a matter")},
                        {"clock", flag("only time itself takes it")},
                        {"share", flag("taken on one share of the matter")},
                        {"by", texts("who may, in words")},
                        {"fields", list(field)},
                        {"needs", texts("conditions, in words")},
                        {"does", texts("what follows, in words")}});
    auto stage = object({{"name", code()},
                         {"line", count()},
                         {"final", flag()},
                         {"owner", text("whose desk shows it, in words; empty: nobody's")},
                         {"passes", list(object({{"to", code()}, {"when", texts("in words")}}))}});
    auto timer = object({{"name", code()},
                         {"line", count()},
                         {"after", text("in words")},
                         {"step", code("which the clock takes then")},
                         {"when", texts("conditions, in words")},
                         {"stage?", code("runs while the matter is there")},
                         {"state?", code("runs for shares in this state")}});
    auto row = object({{"when", texts("conditions, in words; none: always")},
                       {"limit", text("in words")},
                       {"yellow_days", count("last working days on which the light is yellow")}});
    auto limit = object({{"name", code()},
                         {"line", count()},
                         {"matter", flag("the matter's own")},
                         {"rows", list(row)},
                         {"timers", list(code(), "that run on it")},
                         {"steps", list(code(), "that take it")}});
    return object({{"kinds", list(code())},
                   {"limits", list(limit)},
                   {"stages", list(stage, "as in the file")},
                   {"steps", list(step, "as in the file")},
                   {"timers", list(timer)}});
}

json::object changes_json(Procedure const& before, Wording const& words_before, Procedure const& after,
                          Wording const& words_after) {
    json::array limits;
    std::set<std::string> names;
    for (auto const& [name, rows] : before.limits) names.insert(name);
    for (auto const& [name, rows] : after.limits) names.insert(name);
    for (std::string const& name : names) {
        auto const was = rows_of(before, words_before, name), is = rows_of(after, words_after, name);
        if (was != is)
            limits.push_back(json::object{{"name", name}, {"before", texts_json(was)}, {"after", texts_json(is)}});
    }
    return {{"limits", std::move(limits)},
            {"stages", named_json(before.stages, after.stages)},
            {"steps", named_json(before.steps, after.steps)}};
}

shape::Schema changes_shape() {
    using namespace shape;
    auto named = [] { return object({{"added", list(code())}, {"gone", list(code())}}); };
    auto limit =
        object({{"name", code()}, {"before", list(text(), "in words")}, {"after", list(text(), "in words")}});
    return object({{"limits", list(limit, "those that differ")}, {"stages", named()}, {"steps", named()}});
}

}  // namespace banyan::rulebooks
