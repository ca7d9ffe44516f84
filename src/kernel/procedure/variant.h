// kernel/procedure/variant.h: a rulebook that is another one with limits of its own.
//
// What differs from city to city is mostly how long. A variant names its base, replaces limits by name and may ask
// further fields in the base's forms; `version` is that of what comes of it. What is stored and checked is the
// whole rulebook: from then on it needs neither.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "kernel/procedure/procedure.h"

namespace banyan {

/// The rulebook a variant is based on ("appeal"); empty for a whole rulebook, and for what is no TOML.
std::string base_of(std::string_view toml);
/// Refused: as a rulebook is, with the lines of the variant; procedure.variant_word (a word that variants do not
/// have), procedure.unknown_limit (the base has none of that name), procedure.unknown_form, procedure.missing
/// base.
Result<std::string> with_variant(std::string_view base, std::string_view variant);

/// A rulebook as somebody has written it, and all that comes of it.
struct Whole {
    std::string said;                      ///< what was written
    std::string base;                      ///< what it is a variant of; empty: it is whole itself
    std::string text;                      ///< the whole
    std::shared_ptr<Procedure> procedure;  ///< its hash is not set
};
/// The text of the rulebook that ships under a name.
using Shipped = std::function<std::optional<std::string_view>(std::string_view name)>;
/// Refused: as read_procedure() and with_variant(), with all faults; procedure.unknown_base.
Result<Whole> read_whole(std::string said, Shipped const& shipped);

}  // namespace banyan
