// systems/knowledge/found.h: the numbers that a ranking is made with, and what it finds.
#pragma once
#include <cstddef>
#include <string_view>

#include "base/result.h"

namespace banyan::knowledge {

/// The few numbers of the ranking; measured on questions_dev.jsonl (docs/systems/knowledge.md).
struct Ranking {
    double k1 = 1.2, b = 0.6;                                     ///< BM25
    double title = 1.5, wordings = 1.5, heading = 0.7, body = 1;  ///< weights of fields
    double official = 0.6;                                        ///< what the lexicon adds
    double weak = 0.3;                                            ///< a term with a sign of nearly every question
    double sign = 2;                                              ///< a single sign, beside 1 of a pair
    double passage = 0.4, wording = 0.4, entry = 0.05;            ///< of the second look
    double subject = 0.2;                                         ///< what the title has of the question
    double good = 0.5;                                            ///< from this certainty on it is an answer
};
/// "passage=0.5,good=0.7": for measurements. Refused: field.unknown, field.type.
Result<Ranking> read_ranking(std::string_view text);

struct Found {
    std::size_t document = 0;
    std::size_t passage = 0;  ///< of its body: the one that fits best
    double score = 0;  ///< share of what is asked for that is met, and more for a passage or a wording that fits
    double certainty = 0;  ///< the score, weighed by how much was asked for: half of a long question says more
    bool good = false;
    double bm25 = 0, best_passage = 0, best_wording = 0, of_title = 0;  ///< what the score is made of
};

}  // namespace banyan::knowledge
