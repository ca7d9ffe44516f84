// kernel/learning/corpus.h: texts read once, as numbers of grams: what folds, learners and the model are made
// from.
#pragma once
#include <cstdint>
#include <vector>

#include "kernel/learning/grams.h"

namespace banyan::learning {

struct Counted {
    std::uint32_t gram = 0;
    float times = 0;
};

class Corpus {
  public:
    /// Grams that occur in at least `least` of the texts; `least` is raised until there are no more than `most`.
    Corpus(std::vector<Text> const& texts, Reading const& reading, std::uint32_t least, std::size_t most);

    std::size_t size() const { return rows_.size(); }
    std::uint32_t least() const { return least_; }  ///< texts that every gram is in
    std::size_t grams() const { return hashes_.size(); }
    std::vector<Counted> const& row(std::size_t text) const { return rows_[text]; }
    std::vector<std::uint64_t> const& hashes() const { return hashes_; }  ///< sorted
    /// The same number for texts that begin with the same words: twins are held out together.
    std::vector<std::size_t> const& twins() const { return twins_; }
    /// Share of each text's pairs of characters that other texts have too.
    std::vector<float> const& coverage() const { return coverage_; }

  private:
    std::uint32_t least_;
    std::vector<std::vector<Counted>> rows_;
    std::vector<std::uint64_t> hashes_;
    std::vector<std::size_t> twins_;
    std::vector<float> coverage_;
};

}  // namespace banyan::learning
