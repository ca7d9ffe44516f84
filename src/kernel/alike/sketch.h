// kernel/alike/sketch.h: a text as it is compared with others: its heaviest terms, and which of them are of a
// place.
//
// A sketch is small (40 terms of 6 bytes), so that half a million are held in memory. How rare a term is belongs
// to the city, not to the text, and changes: Counts knows, and is asked when two are compared. Rules:
// docs/alike.md.
//
// Thread rule: Sketcher any; Counts and Sketch as values.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "platform/text/text.h"

namespace banyan::alike {

using Hash = std::uint32_t;
Hash hash_of(std::string_view term);

/// What data/alike.toml says.
struct Words {
    using Set = std::unordered_set<std::string, HashText, std::equal_to<>>;
    Set place_ends, wide_ends, place_bounds, place_before, place_before_not, common;
    std::size_t after_signs = 4, terms = 40, body_signs = 400, title_weight = 3, place_weight = 2;
    /// P(alike) = 1 / (1 + exp(-(bias + whole·√whole + place·√place + subject·√subject + days·ln(1 + days /
    /// 30)))), and one of the last two where both have a class.
    struct Weights {
        double bias = 0, whole = 0, place = 0, subject = 0, days = 0, threshold = 0.5;
        double same_class = 0, other_class = 0;
    } weights;
};
/// Refused: alike.words, with the member.
Result<Words> read_words(std::string_view toml);

struct Term {
    static constexpr std::uint8_t kTitle = 1, kPlace = 2;
    Hash hash = 0;
    std::uint8_t weight = 0;  ///< 1 + ln(how often), in eighths
    std::uint8_t bits = 0;
    bool operator==(Term const&) const = default;
};

struct Sketch {
    std::vector<Term> terms;  ///< by hash, each once
    Day day;
    Hash class_code = 0;  ///< 0: none
};

/// A text with all its terms: what is counted, and what a sketch is cut from.
struct Reading {
    std::vector<Term> terms;         ///< by hash
    std::vector<std::string> texts;  ///< of the terms, in their order
    std::vector<std::string>
        places;  ///< names of places as they stand there, normalised, the first mentioned first
    std::string_view text_of(Hash hash) const;
};

/// In how many texts a term has been: approximate (terms that share a place of the table are counted as one).
class Counts {
  public:
    Counts();
    void add(Reading const& reading);
    double rarity(Hash hash)
        const;  ///< ln(texts / texts with it), at least 0.1; what few have is as rare as what three have
    std::int64_t texts() const { return texts_; }

    static constexpr std::size_t kPlaces = std::size_t{1} << 22, kBytes = kPlaces * 4;

  private:
    std::vector<std::uint32_t> seen_;
    std::int64_t texts_ = 0;
};

class Sketcher {
  public:
    Sketcher(text::Reader const& reader, Words words) : reader_(reader), words_(std::move(words)) {}
    /// `place`: as a form has it, beside what the text says.
    Reading read(std::string_view title, std::string_view body, std::string_view place = {}) const;
    /// The heaviest terms.
    Sketch sketch(Reading const& reading, Counts const& counts) const;
    Words const& words() const { return words_; }

  private:
    text::Reader const& reader_;
    Words const words_;
};

/// Names of places of a normalised text, by their endings and by what stands before them. In bytes.
struct PlaceName {
    text::Span span;
    bool ended = false;  ///< it has an ending of a place: a name, not only a likely beginning of one
};
std::vector<PlaceName> place_names(std::string_view plain, Words const& words);

}  // namespace banyan::alike
