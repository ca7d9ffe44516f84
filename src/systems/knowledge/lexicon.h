// systems/knowledge/lexicon.h: how people ask, and what officials call it.
//
// Tables that were written from general knowledge (data/knowledge/): words that nearly every question has and that
// say nothing of its subject; what is said and what it is called in rules (扯证 → 结婚登记); what kind of answer is
// asked for and by which words such an answer is known (多久 → 日内); and how common a pair of signs is in what
// people write, counted in the demo city's appeals.
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

namespace banyan::knowledge {

class Lexicon {
  public:
    /// `stopwords`: a word a line; the others CSV: said,official; kind,asked,answered; pair,texts; several between `;`.
    struct Tables {
        std::string_view stopwords, synonyms, asks, chatter;
    };
    /// Refused: csv.*
    static Result<Lexicon> read(Tables const& tables, std::shared_ptr<text::Reader const> reader);
    text::Reader const& reader() const { return *reader_; }

    struct Said {
        std::string text;                   ///< normalised, without what says nothing
        std::vector<std::string> official;  ///< what officials call the things in it
        std::vector<std::size_t> kinds;     ///< of answer that is asked for
    };
    Said read(std::string_view question) const;
    /// A pair of signs of which one stands in nearly every question.
    bool weak(std::string_view term) const;
    /// Whether a text, normalised, has words of such an answer.
    bool answers(std::size_t kind, std::string_view text) const;
    std::size_t kinds() const { return kinds_.size(); }
    /// The share of appeals that a pair stands in.
    double chatter(std::string_view term) const;

  private:
    std::shared_ptr<text::Reader const> reader_;
    std::unordered_set<std::string, HashText, std::equal_to<>> stop_, weak_signs_;
    std::unordered_map<std::string, std::vector<std::string>, HashText, std::equal_to<>> official_;
    struct Kind {
        std::vector<std::string> asked, answered;
    };
    std::vector<Kind> kinds_;
    std::unordered_map<std::string, double, HashText, std::equal_to<>> chatter_;
    std::size_t longest_ = 0;  ///< bytes of a word in either table
};

}  // namespace banyan::knowledge
