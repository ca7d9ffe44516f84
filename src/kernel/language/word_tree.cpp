#include "kernel/language/word_tree.h"

namespace banyan::language {

void WordTree::grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (Slot const& slot : old) {
        if (slot.key == 0) continue;
        std::size_t at = scattered(slot.key) & (slots_.size() - 1);
        while (slots_[at].key != 0) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = slot;
    }
}

WordTree::Slot& WordTree::slot_for(std::uint32_t node, char32_t code) {
    if ((used_ + 1) * 2 > slots_.size()) grow();
    std::uint64_t key = key_of(node, code);
    std::size_t at = scattered(key) & (slots_.size() - 1);
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at].key == 0) {
        slots_[at] = {key, nodes_++, kNone};
        ++used_;
    }
    return slots_[at];
}

void WordTree::add_start(std::uint64_t start) {
    constexpr std::size_t kBitsEach = 16;
    auto put = [&](std::uint64_t one) {
        std::uint64_t bit = one & (filter_.size() * 64 - 1);
        filter_[bit >> 6] |= std::uint64_t{1} << (bit & 63);
    };
    starts_.push_back(start);
    if (starts_.size() * kBitsEach > filter_.size() * 64) {
        filter_.assign(filter_.size() * 2, 0);
        for (std::uint64_t one : starts_) put(one);
    }
    put(start);
}

std::uint32_t WordTree::add(std::u32string_view word) {
    std::uint32_t node = kRoot;
    Slot* last = nullptr;
    for (char32_t code : word) {
        last = &slot_for(node, code);
        node = last->child;
    }
    if (last == nullptr) return kNone;
    if (last->word == kNone) {
        last->word = words_++;
        add_start(start_of(word[0], word.size() > 1 ? word[1] : 0));
    }
    return last->word;
}

std::optional<WordTree::Found> WordTree::longest_at(Characters const& text, std::size_t at) const {
    std::optional<Found> longest;
    each_at(text, at, [&](Found const& found) { longest = found; });
    return longest;
}

std::optional<std::uint32_t> WordTree::find(std::u32string_view word) const {
    std::uint32_t node = kRoot, number = kNone;
    for (char32_t code : word) {
        Slot const* next = slot_of(node, code);
        if (next == nullptr) return std::nullopt;
        node = next->child;
        number = next->word;
    }
    return number == kNone ? std::nullopt : std::optional(number);
}

}  // namespace banyan::language
