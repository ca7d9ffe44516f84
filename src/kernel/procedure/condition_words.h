// kernel/procedure/condition_words.h: what conditions are called in a rulebook.
#pragma once
#include <string_view>

#include "kernel/procedure/procedure.h"

namespace banyan {

/// "before_due"; of fields "field_is", "field_is_not", "field_in", "day_within".
std::string_view name(Condition::What what);

}  // namespace banyan
