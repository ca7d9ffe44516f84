// kernel/index/terms.h: what the terms and slots of the index of matters are called.
//
// A word is not one term but one for each kind of reader: a text carries the letter of who may read it, and a
// person is only looked for under letters they may read. So a text that somebody may not read cannot make a matter
// findable. Personal and sealed fields have no letter: they are not in the index.
#pragma once
#include <string>
#include <string_view>

#include "kernel/matter/access.h"
#include "kernel/matter/command.h"

namespace banyan::index {

/// Raised whenever documents are made differently: an index of another number is made anew.
inline constexpr std::string_view kFormat = "3";

/// A text that was said: who may read it, whether it was said where a share was offered (or is the title), so that
/// who has a delegate's share hears it too, and whether who asked is not to read it yet.
struct TextKind {
    FieldClass readers = FieldClass::handler;
    bool offered = false, withheld = false;
};
/// Nothing for what is not indexed.
std::string_view letter_of(TextKind kind);
/// All the letters that somebody reads under who is `tie` to a matter.
std::string letters(Access const& access, Actor const& actor, Tie tie);

// One term each of a matter, before the value.
inline constexpr std::string_view kKind = "K", kClass = "L", kStage = "S", kChannel = "N", kRegion = "G",
                                  kRoad = "R", kProcedure = "P", kOpen = "O1", kDigitsBackwards = "V";
/// Access's own begin with X (matter/access.cpp); of these `unit:` asks too.
inline constexpr std::string_view kShareOf = "XU";

inline constexpr std::uint32_t kFiled = 0;  ///< slot: µs since 1970

}  // namespace banyan::index
