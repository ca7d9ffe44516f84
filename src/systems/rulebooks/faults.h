// systems/rulebooks/faults.h: what is wrong with a rulebook, at its line, in both languages.
#pragma once
#include "api/api.h"
#include "kernel/check/model.h"
#include "kernel/procedure/variant.h"

namespace banyan::rulebooks {

/// Of a refusal, all that were found, by line.
json::array faults_json(Refusal const& refusal, Texts const& texts);
/// Of a refusal that is about the whole: the line of what it names, in what was written.
json::object hindrance_json(Refusal const& refusal, std::string_view said, Texts const& texts);
/// What the model checker found, with the shortest way to it.
json::array faults_json(Report const& report, std::string_view said, Texts const& texts);
shape::Schema fault_shape();

}  // namespace banyan::rulebooks
