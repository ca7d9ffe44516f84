#include "kernel/language/characters.h"

#include <algorithm>

namespace banyan::language {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

unsigned byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

/// The character at `at` and its length; U+FFFD and 1 for what is not well formed.
std::pair<char32_t, std::size_t> decode(std::string_view text, std::size_t at) {
    unsigned first = byte_at(text, at);
    if (first < 0x80) return {first, 1};
    std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return {kReplacement, 1};
    char32_t code = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        unsigned next = byte_at(text, at + i);
        if ((next & 0xC0) != 0x80) return {kReplacement, 1};
        code = code << 6 | (next & 0x3F);
    }
    bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {kReplacement, 1};
    return {code, length};
}

}  // namespace

char32_t folded(char32_t code) {
    if (code >= 0xFF01 && code <= 0xFF5E) code -= 0xFEE0;  // full-width forms of ! to ~
    if (code == 0x3000 || code == 0xA0) return U' ';
    if (code == 0) return kReplacement;  // U+0000 is what stands beyond a text
    if (code >= U'a' && code <= U'z') return code - U'a' + U'A';
    return code;
}

std::u32string folded(std::string_view utf8) {
    std::u32string codes;
    for (std::size_t at = 0; at < utf8.size();) {
        auto [code, length] = decode(utf8, at);
        codes += folded(code);
        at += length;
    }
    return codes;
}

bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }
bool is_letter(char32_t code) { return code >= U'A' && code <= U'Z'; }
bool is_han(char32_t code) {
    return (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF) ||
           (code >= 0x20000 && code <= 0x323AF) || code == 0x3007;
}
bool is_space(char32_t code) { return code == U' ' || code == U'\t' || code == U'\n' || code == U'\r'; }

Characters::Characters(std::string_view text) : text_(text) {
    codes_.reserve(text.size() / 2);
    offsets_.reserve(text.size() / 2);
    for (std::size_t at = 0; at < text.size();) {
        auto [code, length] = decode(text, at);
        codes_ += folded(code);
        offsets_.push_back(static_cast<std::uint32_t>(at));
        at += length;
    }
}

std::string_view Characters::original(std::size_t from, std::size_t to) const {
    return text_.substr(offset(from), offset(to) - offset(from));
}

std::u32string_view Characters::codes(std::size_t from, std::size_t to) const {
    return std::u32string_view(codes_).substr(from, to - from);
}

bool Characters::starts_with(std::size_t at, std::u32string_view word) const {
    return at <= codes_.size() && std::u32string_view(codes_).substr(at, word.size()) == word;
}

std::size_t Characters::at_byte(std::size_t byte) const {
    if (byte >= text_.size()) return size();
    auto after = std::ranges::upper_bound(offsets_, byte);
    return static_cast<std::size_t>(after - offsets_.begin()) - 1;
}

std::string utf8(std::u32string_view codes) {
    std::string bytes;
    auto put = [&](char32_t byte) { bytes += static_cast<char>(byte); };
    for (char32_t code : codes) {
        if (code < 0x80) {
            put(code);
        } else if (code < 0x800) {
            put(0xC0 | code >> 6);
            put(0x80 | (code & 0x3F));
        } else if (code < 0x10000) {
            put(0xE0 | code >> 12);
            put(0x80 | (code >> 6 & 0x3F));
            put(0x80 | (code & 0x3F));
        } else {
            put(0xF0 | code >> 18);
            put(0x80 | (code >> 12 & 0x3F));
            put(0x80 | (code >> 6 & 0x3F));
            put(0x80 | (code & 0x3F));
        }
    }
    return bytes;
}

}  // namespace banyan::language
