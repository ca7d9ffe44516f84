// kernel/index/said.h: what was said in a matter, text by text, with the letter of who may read it; and how a
// document of the index keeps it, so that what was found is shown without reading its history again.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/engine/tables.h"

namespace banyan::index {

/// A text somebody said in a step of a matter, as the index takes it.
struct Said {
    std::string field, text;
    char letter = 0;           ///< of letter_of()
    std::uint32_t weight = 1;  ///< how much more often than once it counts; not kept
    bool operator==(Said const&) const = default;
};
/// Of all steps that were not taken back; the title first. Personal and sealed fields are left out.
std::vector<Said> said_in(Matter const& matter, std::vector<EventRow> const& history);

/// For Document::data.
std::string kept_of(int version, std::vector<Said> const& said);
/// Nothing: kept of another version of the matter than this one, or not of kept_of().
std::optional<std::vector<Said>> said_in_kept(std::string_view kept, int version);

}  // namespace banyan::index
