// kernel/language/emergency.h: words that may mean that somebody is in danger now, and whom one rings up then.
//
// They warn, and never act: a seat or the citizen decides. What is told of the past ("去年着火后…") or only feared
// ("万一着火") warns nobody, unless the sentence says that it is now. Rule and figures:
// docs/language.md#emergencies
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/language/word_lists.h"

namespace banyan::language {

struct Danger {
    std::string line;                    ///< 110, 119, 120 or 122
    std::size_t offset = 0, length = 0;  ///< bytes of the text: the word
};

class EmergencyWords {
  public:
    /// data/language/emergency.csv: sorts danger (`to`: the line), not, past, case, now. Refused: csv.*,
    /// language.columns.
    static Result<EmergencyWords> read(std::string_view csv);
    /// In the text's order.
    std::vector<Danger> find(std::string_view text) const;

  private:
    explicit EmergencyWords(WordLists words) : words_(std::move(words)) {}
    WordLists words_;
};

}  // namespace banyan::language
