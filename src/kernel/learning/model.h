// kernel/learning/model.h: what has been learnt: which class a text is of, how sure that is, and why.
//
// A model never changes; threads share one. It is one table: grams and, for each, a weight for every class. Its
// file is described in docs/classification.md.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "kernel/learning/calibration.h"
#include "kernel/learning/grams.h"

namespace banyan::learning {

struct Candidate {
    std::string_view label;  ///< lives as long as the model
    double probability = 0;
};

struct Judgement {
    std::vector<Candidate> candidates;  ///< the likeliest first; never empty in a model that was read or trained
    bool certain = false;  ///< false: say nothing; the text is not of a kind that is known, or it is unclear
    double coverage = 0;   ///< share of the text's pairs of characters that were seen in training

    std::string_view label() const { return candidates.front().label; }
    double probability() const { return candidates.front().probability; }
};

/// A passage that spoke for a class.
struct Reason {
    std::size_t from = 0, to = 0;  ///< bytes; of the title, or counted on after it, of the body
    std::string passage;           ///< as it stands in the text
    double weight = 0;             ///< share in all that spoke for it, 0 to 1
};

/// What is known of a model without its weights.
struct About {
    std::vector<std::string> labels;   ///< sorted
    std::vector<std::string> parents;  ///< of each label its level above; empty: there are no levels
    Reading reading;
    Calibration calibration;
    double threshold = 0;               ///< below it nothing is said
    double familiar = 0;                ///< least coverage
    int rows = 0;                       ///< it learnt from
    double macro_f1 = 0, accuracy = 0;  ///< by cross-validation
    std::string made;                   ///< when, as the caller says it
    bool operator==(About const&) const = default;
};

class Model {
  public:
    /// Refused: model.unknown (no model), model.newer, model.damaged.
    static Result<Model> read(std::string_view bytes);
    std::string bytes() const;

    About const& about() const { return about_; }
    std::vector<std::string> const& labels() const { return about_.labels; }

    /// The likeliest `most` classes; 0: all.
    Judgement judge(Text const& text, std::size_t most = 3) const;
    /// The levels above, by the sum over their classes; empty when there are none.
    std::vector<Candidate> parents_of(Judgement const& judgement) const;
    /// The passages that spoke most for the label, against the others; empty for one that is not known.
    std::vector<Reason> why(Text const& text, std::string_view label, std::size_t most = 5) const;
    /// Whether a text of which so much is known is one that the model may judge.
    bool knows(double coverage) const { return coverage > 0 && coverage >= about_.familiar; }
    /// Scores of all classes as they are, and coverage; for those who calibrate.
    std::vector<float> scores(Text const& text, double* coverage = nullptr) const;

  private:
    friend class ModelMaker;
    struct Gram {
        std::uint64_t hash = 0;
        float rarity = 0;  ///< 0: an empty place
        float scale = 0;   ///< of the weights
    };
    struct Found {
        std::uint32_t gram = 0;
        std::uint32_t times = 0;
    };
    void index();
    std::uint32_t find(std::uint64_t hash) const;
    std::int16_t const* weights(std::uint32_t gram) const { return weights_.data() + gram * stride_; }
    std::vector<Found> grams_of(Read const& read, double* coverage) const;

    About about_;
    std::size_t stride_ = 0;             ///< classes, rounded up to 8
    std::vector<Gram> grams_;            ///< by hash
    std::vector<std::int16_t> weights_;  ///< stride_ for each gram
    std::vector<float> bias_;
    std::vector<std::uint32_t> places_;  ///< open addressing over grams_; kNone: empty
    int shift_ = 0;
};

}  // namespace banyan::learning
