// systems/rulebooks/words.h: a rulebook said in sentences: limits, conditions, who may, what a step does.
//
// Words are texts `rule.…`; stages, steps, fields and roles are called as everywhere.
#pragma once
#include <string>
#include <vector>

#include "api/class_names.h"
#include "kernel/procedure/procedure.h"
#include "kernel/procedure/texts.h"

namespace banyan::rulebooks {

class Wording {
  public:
    /// All that is given outlives it.
    Wording(Procedure const& procedure, Texts const& texts, api::Catalogues const& catalogues, Language language)
        : procedure_(procedure), texts_(texts), catalogues_(catalogues), language_(language) {}

    std::string limit(Limit limit) const;
    std::string limit(LimitRow const& row) const;
    /// Every limit of that name, once each: "2 working days / 10 working days".
    std::string limits(std::string_view name) const;
    std::string condition(Condition const& condition) const;
    std::vector<std::string> conditions(std::vector<Condition> const& all) const;
    std::string who(ActorRule const& by) const;
    std::string owner(Stage const& stage) const;
    /// When a timer runs out.
    std::string when(Timer const& timer) const;
    /// What follows from a step, besides the stage it leads to.
    std::vector<std::string> does(Step const& step) const;

  private:
    using Params = std::vector<std::pair<std::string, std::string>>;
    std::string say(std::string const& key, Params const& params = {}) const {
        return texts_.sentence("rule." + key, language_, params);
    }
    std::string word(std::string const& group, std::string const& code) const;
    std::string value(std::string const& field, std::string const& value) const;
    std::string one_of(std::vector<std::string> const& words) const;
    void tree_and_clock(Step const& step, std::vector<std::string>& said) const;
    void others(Step const& step, std::vector<std::string>& said) const;

    Procedure const& procedure_;
    Texts const& texts_;
    api::Catalogues const& catalogues_;
    Language language_;
};

}  // namespace banyan::rulebooks
