// kernel/language/characters.h: a text as characters that can be compared, each knowing where it stands in the
// original.
//
// Full-width signs are folded to half width, letters of the alphabet to capitals, because people write 138 and
// １３８. Bytes that are no UTF-8 become U+FFFD one by one. What is shown to people is always cut from the
// original by byte offset.
#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace banyan::language {

/// Full width to half width, small letters to capitals, the ideographic space to a space.
char32_t folded(char32_t code);
std::u32string folded(std::string_view utf8);

bool is_digit(char32_t code);   ///< 0 to 9, after folding
bool is_letter(char32_t code);  ///< A to Z, after folding
bool is_han(char32_t code);
bool is_space(char32_t code);
template <std::size_t n>
bool is_one_of(char32_t const (&codes)[n], char32_t code) {
    return std::ranges::find(codes, code) != std::end(codes);
}

/// The text it was made of must outlive it.
class Characters {
  public:
    explicit Characters(std::string_view text);

    std::size_t size() const { return codes_.size(); }
    std::string_view text() const { return text_; }
    /// U+0000 beyond either end, so that nobody need ask.
    char32_t operator[](std::size_t at) const { return at < codes_.size() ? codes_[at] : U'\0'; }
    /// Where character `at` begins in the text; its size for the end.
    std::size_t offset(std::size_t at) const { return at < offsets_.size() ? offsets_[at] : text_.size(); }
    std::string_view original(std::size_t from, std::size_t to) const;
    std::u32string_view codes(std::size_t from, std::size_t to) const;
    bool starts_with(std::size_t at, std::u32string_view word) const;
    /// The character whose bytes hold `byte`; size() for the end.
    std::size_t at_byte(std::size_t byte) const;

  private:
    std::string_view text_;
    std::u32string codes_;
    std::vector<std::uint32_t> offsets_;
};

std::string utf8(std::u32string_view codes);

}  // namespace banyan::language
