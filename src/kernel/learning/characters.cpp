#include "kernel/learning/characters.h"

#include <algorithm>

namespace banyan::learning {
namespace {

constexpr std::size_t kLongestTag = 300;
constexpr char32_t kBad = 0xFFFFFFFF;

/// The character at text[at], and its length; kBad with length 1 for what is none.
std::pair<char32_t, std::size_t> character_at(std::string_view text, std::size_t at) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    unsigned char const first = byte(0);
    if (first < 0x80) return {first, 1};
    std::size_t const length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return {kBad, 1};
    char32_t sign = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {kBad, 1};
        sign = sign << 6 | (byte(i) & 0x3FU);
    }
    return {sign, length};
}

/// Bytes of the tag at text[at]; 0 when it is none.
std::size_t tag_length(std::string_view text, std::size_t at) {
    if (at + 2 >= text.size()) return 0;
    char const next = static_cast<char>(text[at + 1] | 0x20);
    if (text[at + 1] != '/' && text[at + 1] != '!' && (next < 'a' || next > 'z')) return 0;
    std::size_t const end = text.substr(0, std::min(text.size(), at + kLongestTag)).find('>', at);
    return end == std::string_view::npos ? 0 : end + 1 - at;
}

bool is_space(char32_t sign) {
    return sign <= ' ' || sign == 0x7F || sign == 0xA0 || sign == 0x3000 || (sign >= 0x2000 && sign <= 0x200F) ||
           sign == 0x2028 || sign == 0x2029 || sign == 0xFEFF;
}

bool is_mark(char32_t sign) {
    return sign < 0x80 || (sign >= 0x2010 && sign < 0x2E80) || (sign >= 0x3001 && sign < 0x3005) ||
           (sign >= 0x3008 && sign < 0x3040) || (sign >= 0xFE00 && sign < 0xFF00) || sign == 0xB7 ||
           sign >= 0x1F000;
}

/// As it is compared; 0: not at all.
char32_t folded(char32_t sign) {
    if (sign >= 0x4E00 && sign <= 0x9FFF) return sign;
    if (sign >= 0xFF01 && sign <= 0xFF5E) sign -= 0xFEE0;
    if (sign >= 'A' && sign <= 'Z') return sign + 32;
    if (sign >= 'a' && sign <= 'z') return sign;
    if (sign >= '0' && sign <= '9') return '0';
    if (is_space(sign)) return 0;
    return is_mark(sign) ? kMark : sign;
}

}  // namespace

void read_characters(std::string_view text, std::size_t most, Characters& into, std::size_t from) {
    std::size_t const full = into.signs.size() + most;
    for (std::size_t at = 0; at < text.size() && into.signs.size() < full;) {
        if (text[at] == '<') {
            if (std::size_t const tag = tag_length(text, at); tag > 0) {
                at += tag;
                continue;
            }
        }
        auto const [sign, length] = character_at(text, at);
        char32_t const read = sign == kBad ? 0 : folded(sign);
        if (read != 0) {
            into.signs.push_back(read);
            into.places.push_back(static_cast<std::uint32_t>(from + at));
        }
        at += length;
    }
}

}  // namespace banyan::learning
