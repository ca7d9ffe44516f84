// systems/hall/words.h: what somebody who looks for an item says, taken apart: its subject, what officials call
// it, and the situation that is meant (补办, 变更, 注销).
//
// Beside the lexicon that questions are read with (kernel/language/lexicon.h) there are the hall's own words
// (data/hall/said.csv) and words for situations (data/hall/situations.csv).
//
// Thread rule: any, once made.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/language/lexicon.h"
#include "platform/text/signs.h"

namespace banyan::hall {

inline constexpr std::size_t kMostSigns = 64;  ///< of a question
/// Signs of a question, by their places.
using Places = std::uint64_t;

/// A question for items.
struct Asked {
    struct Meaning {
        Places where = 0;
        std::vector<std::string> official;
    };
    struct Wish {
        Places where = 0;
        std::vector<std::string> keys;   ///< of situations
        std::vector<std::string> names;  ///< what such a situation is called
    };
    std::u32string signs;  ///< normalised; what separates words is a space
    Places subject = 0;    ///< those that say what it is about
    Places weak = 0;       ///< of these, signs that stand in nearly every question (我, 要, 去)
    std::string text;      ///< all of it, without what separates
    std::string subject_text;
    std::string core;  ///< of the subject, without weak signs at its ends
    std::vector<Meaning> meanings;
    std::vector<Wish> wishes;
    bool letters = false;  ///< no Chinese in it: pinyin, or English
    bool empty() const { return text.empty(); }
};

class Words {
  public:
    struct Tables {
        std::string_view stopwords, synonyms;  ///< data/knowledge
        std::string_view said;                 ///< the hall's own synonyms, the same columns
        std::string_view situations;           ///< word,keys,names; several between `;`
    };
    /// Refused: csv.*
    static Result<Words> read(Tables const& tables, std::shared_ptr<text::Reader const> reader);

    text::Reader const& reader() const { return lexicon_->reader(); }
    /// At most kMostSigns signs are looked at.
    Asked understand(std::string_view question) const;
    /// A name as it is compared: normalised, letters, digits and Chinese signs only.
    std::string plain(std::string_view name) const;

  private:
    struct Situation {
        std::string word;
        std::vector<std::string> keys, names;
    };
    Situation const* situation_at(std::string_view text) const;
    void put_subject(Asked& asked, std::vector<text::Sign> const& signs) const;

    std::shared_ptr<language::Lexicon const> lexicon_;
    std::vector<Situation> situations_;  ///< the longest first
};

/// Whether a sign counts where names are compared.
bool counts(char32_t sign);

}  // namespace banyan::hall
