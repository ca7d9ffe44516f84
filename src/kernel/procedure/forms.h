// kernel/procedure/forms.h: forms that stand outside a rulebook, in the same language ([[form.NAME]] of TOML).
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "kernel/procedure/fields.h"
#include "platform/config/toml.h"

namespace banyan {

using Forms = std::map<std::string, std::vector<Field>, std::less<>>;

/// What else stands in the document is the caller's. Refused: procedure.<what is wrong>, as in a rulebook.
Result<Forms> read_forms(TomlDocument const& document);

}  // namespace banyan
