// kernel/index/document.h: a matter as a document of the index: made of its state and its events, and of nothing
// else.
#pragma once
#include <vector>

#include "kernel/engine/tables.h"
#include "kernel/index/terms.h"
#include "platform/search/search.h"
#include "platform/text/text.h"

namespace banyan::index {

/// A text somebody said in a step of a matter, as the index takes it.
struct Said {
    std::string text;
    TextKind kind;
    std::uint32_t weight = 1;  ///< how much more often than once it counts
};
/// Of all steps that were not taken back; the title first. Personal and sealed fields are left out.
std::vector<Said> said_in(Matter const& matter, std::vector<EventRow> const& history);

search::Document document_of(Matter const& matter, std::vector<EventRow> const& history,
                             text::Reader const& reader);

}  // namespace banyan::index
