// base/embedded.h: the files that are part of the program (rulebooks, texts, data), by their path in the
// source tree. A program links what it embeds with banyan_embed() in its CMakeLists.txt.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

namespace banyan {

struct EmbeddedFile {
    char const* path;
    char const* begin;
    char const* end;
    std::string_view bytes() const { return {begin, static_cast<std::size_t>(end - begin)}; }
};

/// What was linked; ends with an entry whose path is null. A program without any links an empty table.
using EmbeddedTable = EmbeddedFile const*;

std::optional<std::string_view> embedded(EmbeddedTable table, std::string_view path);
std::vector<EmbeddedFile> embedded_under(EmbeddedTable table, std::string_view prefix);

}  // namespace banyan
