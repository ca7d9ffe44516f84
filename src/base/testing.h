// base/testing.h: what lies in the folder of the sources, for tests.
#pragma once
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace banyan::testing {

std::string source_file(std::string_view path);

inline std::string text_at(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("no such file: " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string source_text(std::string_view path) { return text_at(source_file(path)); }

}  // namespace banyan::testing
