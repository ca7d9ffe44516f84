#include "systems/rulebooks/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "kernel/procedure/condition_words.h"

namespace banyan::rulebooks {
namespace {

using What = Condition::What;

std::string time_of_day(int minutes) { return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60); }

}  // namespace

std::string Wording::word(std::string const& group, std::string const& code) const {
    std::string const key = group + "." + code;
    return texts_.has(key, language_) ? texts_.sentence(key, language_) : code;
}

std::string Wording::one_of(std::vector<std::string> const& words) const {
    std::string said;
    for (std::string const& each : words)
        said = said.empty() ? each : say("or_join", {{"one", said}, {"other", each}});
    return said;
}

std::string Wording::limit(Limit limit) const {
    constexpr std::string_view kUnits[] = {"minute", "hour", "day", "working_hour", "working_day"};
    std::string const unit(kUnits[static_cast<int>(limit.unit)]);
    std::string const said = say(limit.amount == 1 ? "one_" + unit : unit, {{"n", std::to_string(limit.amount)}});
    return limit.to_closing ? say("to_closing", {{"limit", said}}) : said;
}

std::string Wording::limit(LimitRow const& row) const {
    if (row.amount_of.empty()) return limit(row.limit);
    return say("amount_of", {{"field", word("field", row.amount_of)}, {"limit", limit(row.limit)}});
}

std::string Wording::limits(std::string_view name) const {
    auto const known = procedure_.limits.find(name);
    if (known == procedure_.limits.end()) return std::string(name);
    std::vector<std::string> all;
    for (LimitRow const& row : known->second)
        if (std::string said = limit(row); std::ranges::find(all, said) == all.end())
            all.push_back(std::move(said));
    return fmt::format("{}", fmt::join(all, " / "));
}

std::string Wording::value(std::string const& field, std::string const& value) const {
    if (value.empty()) return say("nothing");
    if (value == "true") return say("yes");
    if (value == "false") return say("no");
    if (field == "kind") return word("kind", value);
    if (field == "class")
        if (std::string name = api::class_name(catalogues_, value, language_); !name.empty()) return name;
    return word("choice." + field, value);
}

std::string Wording::condition(Condition const& condition) const {
    Params params;
    std::string key(name(condition.what));
    if (condition.limit) params.emplace_back("limit", limit(*condition.limit));
    if (asks_step(condition))
        params.emplace_back("step", word("step", condition.name));
    else if (!condition.name.empty())
        params.emplace_back("field", word("field", condition.name));
    if (condition.what == What::field_in) {
        params.emplace_back("list", condition.values.front());
    } else if (!condition.values.empty()) {
        std::vector<std::string> values;
        for (std::string const& each : condition.values) values.push_back(value(condition.name, each));
        params.emplace_back("values", one_of(values));
    }
    params.emplace_back("number", std::to_string(condition.number));
    params.emplace_back("from", time_of_day(condition.from));
    params.emplace_back("until", time_of_day(condition.until));
    if (condition.what == What::any) params.emplace_back("any", one_of(conditions(condition.any)));
    std::string said = say("condition." + key, params);
    return condition.per_assignment ? say("per_assignment", {{"condition", said}}) : said;
}

std::vector<std::string> Wording::conditions(std::vector<Condition> const& all) const {
    std::vector<std::string> said;
    for (Condition const& each : all) said.push_back(condition(each));
    return said;
}

std::string Wording::who(ActorRule const& by) const {
    std::string relation = say("relation." + std::string(name(by.relation)));
    if (by.role.empty() || by.relation == Relation::asker) return relation;
    if (by.relation == Relation::anyone) return word("role", by.role);
    return say("who", {{"role", word("role", by.role)}, {"relation", relation}});
}

std::string Wording::owner(Stage const& stage) const {
    if (stage.owner.empty()) return {};
    if (stage.owner == "holder") return say("holder");
    return word("role", stage.owner == "asker" ? "appellant" : stage.owner);
}

std::string Wording::when(Timer const& timer) const {
    std::string after = timer.limit == "due" ? say("due")
                        : timer.limit.starts_with("field.")
                            ? say("end_of", {{"field", word("field", timer.limit.substr(6))}})
                            : limits(timer.limit);
    return timer.later ? say("later", {{"limit", limit(*timer.later)}, {"than", after}}) : after;
}

void Wording::tree_and_clock(Step const& step, std::vector<std::string>& said) const {
    constexpr std::string_view kClock[] = {"none", "start", "hold", "resume", "extend", "stop", "redate"};
    constexpr std::string_view kMerge[] = {"none", "into", "take", "let_go", "part"};
    constexpr std::string_view kClaim[] = {"none", "take", "give_back", "end"};
    std::string const limit =
        step.clock_limit.empty() ? limits(procedure_.matter_limit) : limits(step.clock_limit);
    if (step.tree != TreeWord::none) said.push_back(say("tree." + std::string(name(step.tree))));
    if (step.clock != ClockWord::none)
        said.push_back(say("clock." + std::string(kClock[static_cast<int>(step.clock)]), {{"limit", limit}}));
    if (step.since_entered) said.push_back(say("since_entered"));
    if (!step.share_limit.empty()) said.push_back(say("shares", {{"limit", limits(step.share_limit)}}));
    if (!step.no_later.empty()) said.push_back(say("no_later", {{"field", word("field", step.no_later)}}));
    if (step.merge != MergeWord::none)
        said.push_back(say("merge." + std::string(kMerge[static_cast<int>(step.merge)])));
    if (step.claim != ClaimWord::none)
        said.push_back(say("claim." + std::string(kClaim[static_cast<int>(step.claim)]), {{"limit", limit}}));
}

void Wording::others(Step const& step, std::vector<std::string>& said) const {
    for (OpeningRule const& opening : step.openings)
        said.push_back(say(
            "opens", {{"procedure", word("procedure", opening.procedure)}, {"step", word("step", opening.step)}}));
    for (AlongRule const& along : step.along) said.push_back(say("along", {{"step", word("step", along.step)}}));
    for (Tell const& tell : step.tells)
        said.push_back(say("tells", {{"whom", say("whom." + tell.whom)}, {"text", word("tell", tell.text)}}));
    for (Count const& count : step.counts)
        said.push_back(say("counts", {{"measure", word("measure", count.measure)}}));
    for (std::string const& check : step.checks) said.push_back(say("check", {{"name", check}}));
}

std::vector<std::string> Wording::does(Step const& step) const {
    std::vector<std::string> said;
    tree_and_clock(step, said);
    for (auto const& [flag, is] : step.sets)
        said.push_back(say("sets", {{"field", word("field", flag)}, {"value", is ? say("yes") : say("no")}}));
    others(step, said);
    if (step.undo) said.push_back(say("undo", {{"limit", limit(*step.undo)}}));
    return said;
}

}  // namespace banyan::rulebooks
