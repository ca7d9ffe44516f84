// kernel/language/word_tree.h: thousands of words looked for in a text at once.
//
// A tree over characters in one hash table. Every word that begins at a place is found by walking down from there,
// so a search costs the text's length times the longest word, whatever the number of words.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "kernel/language/characters.h"

namespace banyan::language {

class WordTree {
  public:
    WordTree() : slots_(256), filter_(16) {}

    /// The word's number, counted from 0 in the order of coming; the same word keeps its number.
    std::uint32_t add(std::u32string_view word);
    std::uint32_t words() const { return words_; }

    struct Found {
        std::size_t length = 0;  ///< characters
        std::uint32_t word = 0;
    };

    /// Every word that begins at `at`, the shortest first.
    template <class F>
    void each_at(Characters const& text, std::size_t at, F const& found) const {
        if (!may_begin(text[at], text[at + 1])) return;
        std::uint32_t node = kRoot;
        for (std::size_t end = at; end < text.size();) {
            Slot const* next = slot_of(node, text[end++]);
            if (next == nullptr) return;
            node = next->child;
            if (next->word != kNone) found(Found{end - at, next->word});
        }
    }
    std::optional<Found> longest_at(Characters const& text, std::size_t at) const;
    /// The number of exactly this word.
    std::optional<std::uint32_t> find(std::u32string_view word) const;

  private:
    struct Slot {
        std::uint64_t key = 0;  ///< node and character; 0 is free (no character is 0)
        std::uint32_t child = 0;
        std::uint32_t word = 0;
    };
    static constexpr std::uint32_t kRoot = 0, kNone = 0xFFFFFFFF;

    static std::uint64_t key_of(std::uint32_t node, char32_t code) { return std::uint64_t{node} << 21 | code; }
    static std::size_t scattered(std::uint64_t key) { return key * 0x9E3779B97F4A7C15U >> 20; }
    Slot const* slot_of(std::uint32_t node, char32_t code) const {
        std::uint64_t key = key_of(node, code);
        for (std::size_t at = scattered(key) & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
            if (slots_[at].key == key) return &slots_[at];
            if (slots_[at].key == 0) return nullptr;
        }
    }
    Slot& slot_for(std::uint32_t node, char32_t code);
    void grow();

    // Most places in a text begin no word: their first two characters are asked first, of a few kilobytes.
    static std::uint64_t start_of(char32_t first, char32_t second) {
        return (std::uint64_t{first} << 21 | second) * 0xD6E8FEB86659FD93U >> 24;
    }
    bool filtered(std::uint64_t start) const {
        std::uint64_t bit = start & (filter_.size() * 64 - 1);
        return (filter_[bit >> 6] >> (bit & 63) & 1) != 0;
    }
    bool may_begin(char32_t first, char32_t second) const {
        return filtered(start_of(first, second)) || filtered(start_of(first, 0));
    }
    void add_start(std::uint64_t start);

    std::vector<Slot> slots_;  ///< a power of two, at most half of them used
    std::size_t used_ = 0;
    std::vector<std::uint64_t> filter_;  ///< bits, a power of two of words
    std::vector<std::uint64_t> starts_;  ///< what is in it
    std::uint32_t nodes_ = 1, words_ = 0;
};

}  // namespace banyan::language
