// api/class_names.h: what classes of the city's catalogue are called.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "kernel/procedure/texts.h"

namespace banyan::api {

using Catalogues = std::map<std::string, std::string, std::less<>>;  ///< by name, as CSV

/// Empty: there is none of that code.
std::string class_name(Catalogues const& catalogues, std::string_view code, Language language);

}  // namespace banyan::api
