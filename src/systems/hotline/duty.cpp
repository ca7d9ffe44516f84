#include "systems/hotline/duty.h"

namespace banyan::hotline {

Result<void> may_go_down(Rules const& rules, Matter const& matter, Form const& form) {
    Unit const* unit = rules.directory->unit(form.text("unit"));
    auto const duties = rules.lists.find("duties");
    if (unit == nullptr || !unit->is_town_or_below() || matter.class_code.empty() || form.flag("duty_confirmed") ||
        duties == rules.lists.end() || duties->second.contains(unit->code + "/" + matter.class_code))
        return {};
    return refuse("delegate.not_its_duty", "form.unit", {{"unit", unit->zh}});
}

Checks checks_of(std::function<std::shared_ptr<Rules const>()> rules) {
    Checks checks;
    checks["town_duty"] = [rules = std::move(rules)](Matter const* matter, Form const& form, Moment const&) {
        return matter == nullptr ? Result<void>() : may_go_down(*rules(), *matter, form);
    };
    return checks;
}

}  // namespace banyan::hotline
