// systems/knowledge/ranker.h: which of some thousand texts answers a question: BM25 over fields, and a second look
// at the best of them.
//
// First BM25F: how often a term stands in each field, by the field's weight and length. Terms are pairs of signs,
// longer words, and single signs, because people say 砍树 and the law says 砍伐树木. Then the best are looked at
// again, passage by passage (a paragraph, one wording of the question): a long article that has the question's
// words in one paragraph is a better answer than one that has them strewn. Scores are shares of what the question
// asks for, so that one bar (Ranking::good) can tell a confident answer from a guess. Everything is in memory
// (docs/systems/knowledge.md has the figures).
//
// Thread rule: any, once made.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kernel/language/lexicon.h"
#include "systems/knowledge/found.h"

namespace banyan::knowledge {

enum class FieldOf { title, wordings, heading, body };
inline constexpr std::size_t kFields = 4;

/// A text to be found: its passages, by field.
struct Findable {
    struct Passage {
        FieldOf field;
        std::string_view text;
    };
    std::vector<Passage> passages;
    bool entry = false;
};

/// What a question asks for.
struct Asked {
    struct Term {
        double weight = 0;
        bool own = true;  ///< of its own words, not of the lexicon's
    };
    std::unordered_map<std::string, Term, HashText, std::equal_to<>> terms;
};

class Ranker {
  public:
    /// `lexicon` outlives it.
    Ranker(std::vector<Findable> const& documents, language::Lexicon const& lexicon, Ranking ranking = {});

    Asked read(std::string_view question) const;
    /// The best of those that `allowed` lets through, at most `most`. Nothing for a question without a term.
    std::vector<Found> find(Asked const& asked, std::function<bool(std::size_t)> const& allowed,
                            std::size_t most) const;
    Ranking const& ranking() const { return ranking_; }

  private:
    class Builder;
    using TermId = std::uint32_t;
    struct Posting {
        std::uint32_t document;
        float frequency;  ///< by weight and length of the fields
    };
    struct Passage {
        FieldOf field;
        std::uint32_t begin, end;  ///< of passage_terms_
        float norm;                ///< a wording's length as a vector
    };
    struct Document {
        std::uint32_t begin, end;  ///< of passages_
        bool entry;
    };
    struct Weighted {
        TermId id;
        double weight;  ///< of the question × how rare
    };
    std::vector<Weighted> weighted(Asked const& asked, double& mass) const;
    void look_again(std::vector<Weighted> const& terms, double mass, Found& found) const;

    language::Lexicon const& lexicon_;
    Ranking ranking_;
    std::unordered_map<std::string, TermId, HashText, std::equal_to<>> ids_;
    std::vector<float> rarity_;  ///< inverse document frequency
    double rarest_ = 0;          ///< of a term that no text has
    std::vector<std::vector<Posting>> postings_;
    std::vector<Document> documents_;
    std::vector<Passage> passages_;
    std::vector<TermId> passage_terms_;  ///< of each passage: sorted, each once
    double mean_passage_ = 1;
};

}  // namespace banyan::knowledge
