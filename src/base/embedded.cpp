#include "base/embedded.h"

namespace banyan {

std::optional<std::string_view> embedded(EmbeddedTable table, std::string_view path) {
    for (; table->path != nullptr; ++table)
        if (path == table->path) return table->bytes();
    return std::nullopt;
}

std::vector<EmbeddedFile> embedded_under(EmbeddedTable table, std::string_view prefix) {
    std::vector<EmbeddedFile> found;
    for (; table->path != nullptr; ++table)
        if (std::string_view(table->path).starts_with(prefix)) found.push_back(*table);
    return found;
}

}  // namespace banyan
