// kernel/language/lexicon.h: how people ask, and what officials call it.
//
// Two tables that were written from general knowledge (data/knowledge/): words that nearly every question has and
// that say nothing of its subject, and what is said and what it is called in rules (扯证 → 结婚登记).
//
// Thread rule: any, once made.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "platform/text/text.h"

namespace banyan::language {

class Lexicon {
  public:
    struct Tables {
        std::string_view stopwords;  ///< a word a line; one of a single sign makes the pairs it is in weak
        std::string_view synonyms;   ///< CSV said,official; several between `;`; none: a word that says nothing
        std::string_view more = {};  ///< a system's own, the same columns
    };
    /// Refused: csv.*
    static Result<Lexicon> read(Tables const& tables, std::shared_ptr<text::Reader const> reader);
    text::Reader const& reader() const { return *reader_; }

    /// A word that was said, and what officials call it.
    struct Meaning {
        text::Span where;  ///< of Said::whole
        std::vector<std::string> official;
    };
    struct Said {
        std::string text;                   ///< normalised, without what says nothing
        std::vector<std::string> official;  ///< what officials call the things in it, each once
        std::string whole;                  ///< normalised
        std::vector<text::Span> empty;      ///< of `whole`: what says nothing, in order
        std::vector<Meaning> meanings;      ///< in order of where they begin
    };
    Said read(std::string_view question) const;
    /// The terms a text is found by: the reader's, and each Chinese sign by itself, so that 砍树 finds 砍伐树木.
    std::vector<text::Term> terms(std::string_view text) const;
    static bool is_sign(std::string_view term);
    /// A pair of signs of which one stands in nearly every question.
    bool weak(std::string_view term) const;

  private:
    Result<void> take_synonyms(std::string_view csv);

    std::shared_ptr<text::Reader const> reader_;
    std::unordered_set<std::string, HashText, std::equal_to<>> stop_, weak_signs_;
    std::unordered_map<std::string, std::vector<std::string>, HashText, std::equal_to<>> official_;
    std::size_t longest_ = 0;  ///< bytes of a word in either table
};

}  // namespace banyan::language
