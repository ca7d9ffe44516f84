// kernel/alike/opening.h: what was said when a matter was opened, as the journal has it.
#pragma once
#include <optional>

#include "kernel/alike/sketch.h"
#include "kernel/engine/tables.h"

namespace banyan::alike {

struct Opening {
    MatterId matter;
    Instant at;
    std::string title, body, place;  ///< place: as the form has it, beside what the text says
    std::string class_code, region, kind;
    bool confidential = false, anonymous = false;
    bool accuses = false;  ///< it is about a unit
    PersonId asker;        ///< none: without an account
};
/// Nothing: it does not open a matter, says nothing, or came in by no channel: it is written in the house.
std::optional<Opening> opening_of(EventRow const& event);

/// What a later step says of how the matter is sorted.
struct Sorting {
    std::optional<std::string> kind, class_code, region;
    bool accuses = false;
    bool empty() const { return !kind && !class_code && !region && !accuses; }
};
Sorting sorting_of(EventRow const& event);

}  // namespace banyan::alike
