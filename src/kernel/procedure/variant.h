// kernel/procedure/variant.h: a rulebook that is another one with limits of its own.
//
// What differs from city to city is mostly how long. A variant names its base, replaces limits by name and may ask
// further fields in the base's forms. What is stored and checked is the whole rulebook that comes of it: from then
// on it needs neither.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace banyan {

/// The rulebook a variant is based on ("appeal"); empty for a whole rulebook, and for what is no TOML.
std::string base_of(std::string_view toml);
/// Refused: as a rulebook is; procedure.variant_word (a word that variants do not have), procedure.unknown_limit
/// (the base has none of that name), procedure.unknown_form, procedure.missing base.
Result<std::string> with_variant(std::string_view base, std::string_view variant);

}  // namespace banyan
