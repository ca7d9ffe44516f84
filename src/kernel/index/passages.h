// kernel/index/passages.h: whether a loaded matter says what was asked for, in what its viewer may read, and
// where.
//
// A text is looked at under its letter, as it was found: a passage shows nothing that this viewer does not read.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "kernel/index/plan.h"
#include "kernel/index/said.h"

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
    std::string_view field, text;
};
/// Of what was said, for who reads under these letters; each text once. As long as `said` is there.
std::vector<Readable> readable_in(std::vector<Said> const& said, std::string_view letters);

struct Matched {
    std::vector<Passage> passages;     ///< at most two; none when only filters were asked for
    std::vector<Name const*> instead;  ///< names that were not typed, by which it was found
};
/// Nothing: these texts do not say it.
std::optional<Matched> match(Plan const& plan, std::vector<Readable> const& texts, text::Reader const& reader);

}  // namespace banyan::index
