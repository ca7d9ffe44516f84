// systems/brief/sources.h: what other systems know of a day. Main wires them; this system knows none of them.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kernel/engine/engine.h"
#include "kernel/matter/access.h"

namespace banyan::brief {

/// One line: a count or a rate, beside what it was on the same day of the week before.
struct Row {
    std::string key;  ///< its name is the text brief.row.KEY; empty: it has names of its own
    std::string zh, en;
    std::optional<std::int64_t> now, before;
    std::optional<std::int64_t> of, of_before;  ///< given: a rate, now ÷ of
    std::string link;                           ///< the list behind it; empty: none
};
struct Section {
    std::string key;  ///< its title is brief.section.KEY
    std::vector<Row> rows;
};

struct Asked {
    Day day, before;  ///< the day, and the one a week before
    Actor actor;
    Instant now;
};

struct Sources {
    /// What came in between two instants, as ids, in no order.
    std::function<std::vector<MatterId>(store::Session&, Instant from, Instant until)> filed;
    std::function<Section(store::Session&, Asked const&)> calls, topics;
    /// Missed calls that wait to be rung back.
    std::function<std::int64_t(store::Session&)> ring_backs;
    /// Pinned notices that not every seat has confirmed to have read.
    std::function<std::int64_t(store::Session&, Actor const&)> unread_notices;
};

/// Percent, half up, two decimals: "95.12"; nothing for 0/0.
std::optional<std::string> percent(std::int64_t part, std::int64_t whole);

}  // namespace banyan::brief
