// kernel/index/plan.h: a question as a query of the index, for one viewer.
//
// For each tie the viewer may have to a matter: (the rows of that tie) AND (the words, in the letters they may
// read there). So neither a row nor a text that is hidden from them can be found, or counted.
#pragma once
#include <vector>

#include "kernel/index/asked.h"
#include "kernel/index/names.h"
#include "kernel/index/terms.h"

namespace banyan::index {

/// A way to say a word: as it was typed, or with a name it may have meant.
struct Wording {
    std::string text;
    std::vector<std::string> must;  ///< terms that all have to be there
    std::vector<std::string> one;   ///< single signs: any term that begins with one
    std::vector<std::string> more;  ///< longer terms, which only make it better
    Name const* instead = nullptr;  ///< the name
};
Wording wording_of(std::string text, text::Reader const& reader);

struct Word {
    std::vector<Wording> wordings;  ///< the first: as typed
};

/// A question with everything looked up that is the same for all viewers.
struct Plan {
    Asked asked;
    std::vector<Word> words;
    std::vector<Wording> phrases, excluded;
    std::vector<UnitId> units;
    std::vector<std::string> meant;          ///< names of units that the filter did not say, but nearly
    std::vector<MatterId> numbers;           ///< whole receipt numbers, and those an old number stands for
    std::vector<MatterId> phone_matters;     ///< where one of the phones was given
    bool loosely = false;                    ///< most of the words' terms are enough
    std::vector<std::string> terms() const;  ///< of the words as typed, each once
    std::size_t needed() const;              ///< how many of them, loosely
};
/// What a plan is made with; the names in the plan live as long as `names`.
struct Lookup {
    Names const& names;
    Directory const& directory;
    text::Reader const& reader;
};
/// Refused: search.unknown_unit.
Result<Plan> plan_of(Asked asked, Lookup const& lookup);

/// Whether the viewer may look for a telephone number at all.
bool may_ask_phone(Access const& access, Actor const& actor, Directory const& directory);

enum class Order { relevance, newest };
struct Asking {
    Plan const& plan;
    Actor const& actor;
    Access const& access;
    Directory const& directory;
    Order order = Order::relevance;
};
search::Query query_of(Asking const& asking, search::Searcher const& searcher);

}  // namespace banyan::index
