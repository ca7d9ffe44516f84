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
    std::string text() const { return place.empty() ? body : place + "\n" + body; }
};
/// Nothing: it does not open a matter, or says nothing.
std::optional<Opening> opening_of(EventRow const& event);

}  // namespace banyan::alike
