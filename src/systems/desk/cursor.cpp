#include "systems/desk/cursor.h"

#include <fmt/format.h>

#include "api/api.h"
#include "base/text.h"

namespace banyan::desk {

std::string cursor_text(std::int64_t first, std::int64_t id) {
    return to_base64url(fmt::format("{}:{}", first, id));
}

Result<std::pair<std::int64_t, std::int64_t>> read_cursor(std::string_view text) {
    auto plain = from_base64url(text);
    std::size_t colon = plain ? plain->find(':') : std::string::npos;
    if (colon == std::string::npos) return refuse("cursor.bad", "query.cursor");
    auto first = api::read_id(std::string_view(*plain).substr(0, colon));
    auto id = api::read_id(std::string_view(*plain).substr(colon + 1));
    if (!first || !id) return refuse("cursor.bad", "query.cursor");
    return std::pair{*first, *id};
}

}  // namespace banyan::desk
