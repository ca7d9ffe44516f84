// kernel/learning/folds.h: rows shared out for cross-validation; the same every time.
#pragma once
#include <cstdint>
#include <vector>

#include "kernel/learning/figures.h"

namespace banyan::learning {

/// The same numbers on every machine (splitmix64).
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }

  private:
    std::uint64_t state_;
};

template <class T>
void shuffle(std::vector<T>& items, Dice& dice) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[dice.below(i)]);
}

/// For each row the fold (0 to folds - 1) it is held out in. Stratified: each label's rows are spread evenly. Rows
/// of the same `twin` number (the same text twice) are in the same fold.
std::vector<int> stratified_folds(std::vector<Label> const& labels, std::vector<std::size_t> const& twins,
                                  int folds, std::uint64_t seed);

}  // namespace banyan::learning
