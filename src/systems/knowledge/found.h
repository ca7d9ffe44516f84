// systems/knowledge/found.h: the numbers that a ranking is made with, and what it finds.
#pragma once
#include <cstddef>
#include <string_view>

#include "base/result.h"

namespace banyan::knowledge {

/// The few numbers of the ranking; measured on questions_dev.jsonl (docs/systems/knowledge.md).
struct Ranking {
    double k1 = 1.2, b = 0.5;                                      ///< BM25
    double title = 2, wordings = 1.5, heading = 0.7, body = 1;     ///< weights of fields
    double official = 0.6, weak = 0.3;                             ///< terms of the lexicon; pairs with a weak sign
    double passage = 0.6, wording = 0.5, entry = 0.05;             ///< of the second look
    double chatter = 1;                                            ///< how much less a pair counts that appeals have
    double cross = 0.5;                                            ///< a pair that lies over the end of a word
    double kind = 0.05;                                            ///< an answer of the kind that is asked for
    double good = 0.6;                                             ///< from this score on an answer is one
};
/// "passage=0.5,good=0.7": for measurements. Refused: field.unknown, field.type.
Result<Ranking> read_ranking(std::string_view text);

struct Found {
    std::size_t document = 0;
    std::size_t passage = 0;  ///< of its body: the one that fits best
    double score = 0;
    bool good = false;
    double bm25 = 0, best_passage = 0, best_wording = 0, kind = 0;  ///< what the score is made of
};

}  // namespace banyan::knowledge
