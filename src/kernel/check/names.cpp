#include "kernel/check/names.h"

#include <algorithm>

#include "kernel/matter/matter.h"

namespace banyan::check_model {
namespace {

using What = Condition::What;
using Names = std::set<std::string, std::less<>>;

bool day_of(Step const& step, std::string_view field) {
    return std::ranges::any_of(
        step.form, [&](Field const& each) { return each.name == field && each.type == Field::Type::day; });
}

class Reader {
  public:
    explicit Reader(Procedure const& procedure) : procedure_(procedure) {
        kept_ = {"kind", "class", "region",
                 "channel"};  // the matter's own; the others must be kept to be asked about
        for (Step const& step : procedure.steps)
            for (Field const& field : step.form) {
                said_.insert(field.name);
                if (field.keep) kept_.insert(field.name);
                if (field.keep && field.type == Field::Type::day) days_.insert(field.name);
            }
        for (Step const& step : procedure.steps)
            for (auto const& [flag, value] : step.sets) kept_.insert(flag);
    }
    std::vector<Fault> read();

  private:
    void fault(std::string key, std::string where, std::string what) {
        faults_.push_back({"check." + std::move(key), {}, {{"in", std::move(where)}, {"name", std::move(what)}}});
    }
    void conditions(std::vector<Condition> const& all, std::string const& where, Names const& here);
    void hand_over(Step const& step, std::string const& field);
    void step(Step const& step);

    Procedure const& procedure_;
    Names kept_, said_, days_;
    Names days_here_;  ///< days of the form of the step at hand
    std::vector<Fault> faults_;
};

void Reader::conditions(std::vector<Condition> const& all, std::string const& where, Names const& here) {
    for (Condition const& condition : all) switch (condition.what) {
            case What::any:
                conditions(condition.any, where, here);
                break;
            case What::day_within:
                if (!days_here_.contains(condition.name)) fault("not_a_day", where, condition.name);
                break;
            case What::field_is:
            case What::field_is_not:
            case What::field_in:
                if (!kept_.contains(condition.name) && !here.contains(condition.name))
                    fault("unknown_field", where, condition.name);
                break;
            case What::at_most_held:
                if (!condition.name.empty() && !days_here_.contains(condition.name))
                    fault("not_a_day", where, condition.name);
                break;
            default:
                if (asks_step(condition) && procedure_.step(condition.name) < 0)
                    fault("unknown_step", where, condition.name);
                break;
        }
}

/// What is handed to another matter lies there as it was said: of personal fields only a commitment would be left.
void Reader::hand_over(Step const& step, std::string const& field) {
    auto said = std::ranges::find(step.form, field, &Field::name);
    bool const here = said != step.form.end();
    if (here && said->personal)
        fault("personal_handed_over", "step." + step.name, field);
    else if (here && said->type == Field::Type::files)  // an upload is one matter's
        fault("files_handed_over", "step." + step.name, field);
    else if (!here && !kept_.contains(field) && field != "title" && field != "about")
        fault("unknown_field", "step." + step.name, field);
}

void Reader::step(Step const& step) {
    std::string where = "step." + step.name;
    Names form;
    for (Field const& field : step.form) {
        form.insert(field.name);
        if (field.type == Field::Type::day) days_here_.insert(field.name);
    }
    conditions(step.needs, where, form);
    for (Count const& count : step.counts) conditions(count.when, where, form);
    for (Field const& field : step.form)
        if (!field.shown_when.empty() && !form.contains(field.shown_when))
            fault("unknown_field", where, field.shown_when);
    days_here_.clear();
    for (std::string const& state : step.states)
        if (!progress(state)) fault("unknown_state", where, state);
    for (OpeningRule const& opening : step.openings) {
        for (std::string const& field : opening.with) hand_over(step, field);
        auto listed = [&](Field const& field) {
            return field.name == opening.each && field.type == Field::Type::list && !field.open;
        };
        if (!opening.each.empty() && std::ranges::none_of(step.form, listed))
            fault("not_a_list", where, opening.each);
        conditions(opening.when, where, form);
    }
    for (Otherwise const& other : step.otherwise) conditions(other.when, where, {});
    for (AlongRule const& rule : step.along)
        for (std::string const& field : rule.with) hand_over(step, field);
    if (!step.no_later.empty() && !days_.contains(step.no_later) && !day_of(step, step.no_later))
        fault("not_a_day", where, step.no_later);
    if (!step.clock_limit.empty() && !procedure_.limits.contains(step.clock_limit))
        fault("unknown_limit", where, step.clock_limit);
}

std::vector<Fault> Reader::read() {
    for (Step const& each : procedure_.steps) step(each);
    for (Stage const& stage : procedure_.stages)
        for (Passage const& passage : stage.passes) conditions(passage.when, "stage." + stage.name, {});
    for (Timer const& timer : procedure_.timers) {
        std::string where = "timer." + timer.name;
        conditions(timer.when, where, {});
        if (!timer.state.empty() && timer.state != "with_unit" && !progress(timer.state))
            fault("unknown_state", where, timer.state);
        if (timer.limit.starts_with("field.") && !days_.contains(timer.limit.substr(6)))
            fault("not_a_kept_day", where, timer.limit.substr(6));
    }
    for (auto const& [name, rows] : procedure_.limits) {
        for (LimitRow const& row : rows) conditions(row.when, "limit." + name, said_);
        for (LimitRow const& row : rows)
            if (!row.amount_of.empty() && !kept_.contains(row.amount_of))
                fault("unknown_field", "limit." + name, row.amount_of);
        if (rows.empty() || !rows.back().when.empty() || !rows.back().amount_of.empty())
            fault("limit_not_for_all", "limit." + name, name);
    }
    return std::move(faults_);
}

}  // namespace

std::vector<Fault> check_names(Procedure const& procedure) { return Reader(procedure).read(); }

}  // namespace banyan::check_model
