// kernel/learning/characters.h: a text as the learning machine reads it.
//
// Capital letters are small, full-width signs half-width; every digit is one and the same sign, every punctuation
// mark another; spaces and HTML tags are not there, bytes that are no UTF-8 are passed over. Traditional
// characters are the caller's (platform/text).
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace banyan::learning {

struct Characters {
    std::vector<char32_t> signs;
    std::vector<std::uint32_t> places;  ///< of each sign: the byte where it begins in the text

    void clear() {
        signs.clear();
        places.clear();
    }
};

/// Adds at most `most` characters of the text. `from`: what is added to the places.
void read_characters(std::string_view text, std::size_t most, Characters& into, std::size_t from = 0);

/// What stands for every sign that is neither a letter nor a digit nor a character: passages and grams end there.
constexpr char32_t kMark = 1;

}  // namespace banyan::learning
