// kernel/alike/suggest.h: which matters may be about the same thing as what is being typed, for who types it.
//
// Staff are shown what they would find anyway, everybody else their own and what is released (kernel/publication).
// What is released is compared by the words that were released: the others would betray themselves by being found.
#pragma once
#include "kernel/alike/neighbours.h"
#include "kernel/engine/view.h"

namespace banyan::alike {

struct Ask {
    std::string title, body, place, class_code;
    MatterId but;  ///< the matter that is typed at, when there is one already
    std::size_t most = 5;
};

/// Each {matter: as a row of a list, or public: as it was released, likeness: {score, same_place, same_subject,
/// same_days, why: [{key, data}]}. `key` is a text below `alike.`; the words in it are of the asked text, so that
/// they tell nobody what they have not said. Nothing for a text without terms.
json::array suggest(store::Session& session, Neighbours const& neighbours, Sketcher const& sketcher,
                    Ask const& ask, Viewer const& viewer, Procedures const& procedures);
shape::Schema suggestions_shape();

}  // namespace banyan::alike
