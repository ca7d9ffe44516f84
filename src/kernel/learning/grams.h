// kernel/learning/grams.h: what a text is made of, for the machine: runs of one to a few characters, in the title
// and in the body, each known by a 64-bit hash.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "kernel/learning/characters.h"

namespace banyan::learning {

/// A text to be judged or learnt from. Without a title, all of it is the body.
struct Text {
    std::string_view title, body;
};

/// How texts are read; a model keeps how it was trained.
struct Reading {
    std::uint32_t longest = 3;      ///< characters of a gram
    std::uint32_t most = 600;       ///< characters of the body that are read
    std::uint32_t title_times = 3;  ///< how often a gram of the title counts
    bool operator==(Reading const&) const = default;
};

constexpr std::size_t kMostTitle = 200;

struct Read {
    Characters characters;  ///< the title's, then the body's; places of the body go on after the title's
    std::size_t title = 0;  ///< characters of the title
};

inline Read read(Text const& text, Reading const& reading) {
    Read read;
    read_characters(text.title, kMostTitle, read.characters);
    read.title = read.characters.signs.size();
    read_characters(text.body, reading.most, read.characters, text.title.size());
    return read;
}

inline std::uint64_t gram_hash(std::uint64_t hash, char32_t next) {
    hash = (hash ^ next) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 29;
    hash *= 0xBF58476D1CE4E5B9U;
    return hash ^ hash >> 32;
}

/// Calls each(hash, at, length, times) for every gram: `at` is the number of its first character. None goes over a
/// mark, or over the seam of title and body.
template <class Each>
void for_grams(Read const& read, Reading const& reading, Each&& each) {
    auto part = [&](std::size_t from, std::size_t to, std::uint32_t times) {
        for (std::size_t at = from; at < to; ++at) {
            std::uint64_t hash = 1;
            std::size_t const end = std::min<std::size_t>(to, at + reading.longest);
            for (std::size_t last = at; last < end && read.characters.signs[last] != kMark; ++last) {
                hash = gram_hash(hash, read.characters.signs[last]);
                each(hash, at, last - at + 1, times);
            }
        }
    };
    part(0, read.title, reading.title_times);
    part(read.title, read.characters.signs.size(), 1);
}

}  // namespace banyan::learning
