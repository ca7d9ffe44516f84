// systems/figures/views.h: figures as JSON, with their shapes.
#pragma once
#include "systems/figures/shown.h"

namespace banyan::figures {

json::object figure_json(Figure const& figure);
json::array figures_json(std::vector<Figure> const& figures);
shape::Schema figure_shape();
shape::Schema figures_shape();

json::object group_json(Texts const& texts, std::string const& group);
shape::Schema group_shape();

/// Number, date, by whom, the journal.
json::object frozen_json(Frozen const& frozen, Directory const& directory);
shape::Schema frozen_shape();
/// With the figures it changed, that the scope may see.
json::array corrections_json(store::Session& session, Shown const& shown);
json::object correction_json(Correction const& correction, Directory const& directory);
shape::Schema correction_shape();
shape::Schema changed_correction_shape();

json::object formulas_json(Formulas const& formulas, Texts const& texts);
shape::Schema formulas_shape();
json::object classes_json(std::map<std::string, UnitClass> const& classes, Texts const& texts);
shape::Schema class_shape();
json::array values_json(std::vector<ValueRow> const& rows, std::string_view dimension);

}  // namespace banyan::figures
