// platform/config/toml.h: TOML files as JSON values, with the line of every value for messages.
#pragma once
#include <boost/json.hpp>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace banyan {

struct TomlDocument {
    boost::json::object root;          ///< dates and times as their text
    std::map<std::string, int> lines;  ///< "step.accept.from[0]" → line, from 1

    /// The line of the value at the path, or of the nearest table around it; 0: unknown.
    int line_of(std::string path) const;
};

/// Refused: toml.syntax with params line, column, what.
Result<TomlDocument> parse_toml(std::string_view text);

}  // namespace banyan
