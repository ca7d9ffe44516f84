// kernel/index/document.h: a matter as a document of the index: made of its state and its events, and of nothing
// else.
#pragma once
#include <vector>

#include "kernel/engine/tables.h"
#include "platform/search/search.h"
#include "platform/text/text.h"

namespace banyan::index {

search::Document document_of(Matter const& matter, std::vector<EventRow> const& history,
                             text::Reader const& reader);

}  // namespace banyan::index
