// kernel/engine/event_body.h: an event's body as it lies in the table: packed (docs/journal.md), or as it is where
// that is not longer and where it was written by a program that did not pack yet.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "platform/store/store.h"

namespace banyan {

/// What goes into the column `packed`; empty: packing would not make it shorter.
std::string packed_body(std::string_view body);
/// Nothing: not packed by packed_body(), or damaged.
std::optional<std::string> unpacked_body(std::string_view packed);
/// From the columns `body` and `packed`. Of one that cannot be unpacked what is there: its hash will not fit.
std::string body_of(store::Row const& row, int body, int packed);

}  // namespace banyan
