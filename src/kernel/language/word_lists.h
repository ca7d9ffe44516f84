// kernel/language/word_lists.h: the lists of words a subject knows, each under the name of its sort.
//
// A file of data/language/: columns `sort,word` and, where a word stands for something else, `to`.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/language/word_tree.h"

namespace banyan::language {

struct WordSort {
    WordTree tree;
    std::vector<std::u32string> words;  ///< by the number the tree gives
    std::vector<std::string> to;        ///< the same order; empty where nothing is said
    bool holds(std::u32string_view word) const { return tree.find(word).has_value(); }
    bool begins_at(Characters const& text, std::size_t at) const { return tree.longest_at(text, at).has_value(); }
    /// Characters of the longest of its words that begins at `at`; 0 for none.
    std::size_t length_at(Characters const& text, std::size_t at) const;
    /// Characters of its longest word that ends before `end`; 0 for none.
    std::size_t length_before(Characters const& text, std::size_t end) const;
    std::size_t longest = 0;  ///< characters of the longest word
};

class WordLists {
  public:
    /// Refused: csv.*, language.columns (column).
    static Result<WordLists> read(std::string_view csv);

    /// An empty one where the file has none of that name.
    WordSort const& operator[](std::string_view sort) const;

  private:
    std::map<std::string, WordSort, std::less<>> sorts_;
};

}  // namespace banyan::language
