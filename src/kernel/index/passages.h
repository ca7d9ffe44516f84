// kernel/index/passages.h: whether a loaded matter says what was asked for, in what its viewer may read, and
// where.
//
// The texts come out of view_of(), so a passage can only show what this viewer is shown anyway.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <vector>

#include "kernel/index/plan.h"

namespace banyan::index {

struct Passage {
    std::string field;
    struct Part {
        std::string text;
        bool hit = false;
    };
    std::vector<Part> parts;
    bool cut_before = false, cut_after = false;  ///< the text goes on there
};

/// A text of a matter, by the field it was said in.
struct Readable {
    std::string field, text;
};
/// Every text in what view_of() gave with a history: the title first, each text once.
std::vector<Readable> readable_in(json::object const& view, Procedure const& procedure);

struct Matched {
    std::vector<Passage> passages;     ///< at most two; none when only filters were asked for
    std::vector<Name const*> instead;  ///< names that were not typed, by which it was found
};
/// Nothing: these texts do not say it.
std::optional<Matched> match(Plan const& plan, std::vector<Readable> const& texts, text::Reader const& reader);

}  // namespace banyan::index
