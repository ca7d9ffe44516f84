// base/shipped.h: data that is part of the program. What is missing or cannot be read is a broken program: an
// exception that says which file, and why.
#pragma once
#include <stdexcept>
#include <string>

#include "base/embedded.h"
#include "base/result.h"

namespace banyan {

inline std::string_view shipped(EmbeddedTable table, std::string_view path) {
    auto const bytes = embedded(table, path);
    if (!bytes) throw std::runtime_error(std::string(path) + " is not part of the program");
    return *bytes;
}

/// `of`: the file it was read from.
template <class Value>
Value must(Result<Value> value, std::string_view of) {
    if (value) return std::move(*value);
    std::string text = std::string(of) + ": " + value.error().key;
    if (!value.error().field.empty()) text += " " + value.error().field;
    for (auto const& [name, said] : value.error().params) text += " " + name + "=" + said;
    throw std::runtime_error(text);
}

}  // namespace banyan
