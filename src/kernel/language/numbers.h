// kernel/language/numbers.h: numbers that lead to one person, however they are typed: 154 0000 0012,
// １５４-0000-0012, 一五四零零零零零零一二, 0591-8000 0012 转 3, an identity card, a bank card, a plate, an e-mail
// address.
//
// The search index asks here so that none of them becomes a term; redaction asks for them first. No word list is
// needed. Not personal: hotlines (12345, 110, 400 and 800 numbers), dates, prices, numbers of documents.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/language/characters.h"

namespace banyan::language {

struct PersonalNumber {
    enum class Sort : std::uint8_t { phone, id, card, plate, email };
    Sort sort = Sort::phone;
    std::size_t offset = 0, length = 0;  ///< bytes of the text
    std::size_t from = 0, to = 0;        ///< characters
    double certainty = 1;
    std::string digits;  ///< as typed in half width, Chinese digits as figures, without what separates them
};

/// In the text's order, none over another.
std::vector<PersonalNumber> personal_numbers(std::string_view text);
std::vector<PersonalNumber> personal_numbers(Characters const& text);

/// 0 to 9, also for 〇 零 一 … 九, 幺 and 两; nothing for other signs.
std::optional<int> digit_of(char32_t code);
bool is_luhn(std::string_view digits);
/// Eighteen figures (the last may be X) with the right check sign (GB 11643).
bool is_identity_number(std::string_view digits);

}  // namespace banyan::language
