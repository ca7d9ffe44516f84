// kernel/publication/publication.h: what anybody may read of a matter, made of its events and of nothing else.
//
// Public is what the appellant and the centre agreed to (fields `may_publish` and `released` of the rulebook),
// with the words the centre released (`public_title`, `public_text`, `public_place`, `public_point`), and never
// what is confidential, anonymous or a report, whenever that was said. Beside those words: class, region and the
// unit that leads, which every role may read; whether it is open; the reply, once it is approved and without what
// betrays a person. Rule: docs/access.md#the-public
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/engine/tables.h"

namespace banyan::publication {

struct Point {
    double lat = 0, lon = 0;
    bool operator==(Point const&) const = default;
};

struct Published {
    MatterId matter;
    std::string class_code, region, title, text, place, reply;
    UnitId unit;                 ///< that leads; none yet
    std::optional<Point> point;  ///< on a grid of about 100 m
    bool open = true;
    Instant opened, updated;  ///< updated: when something of this changed last
    Instant closed;           ///< zero while it is open
    bool operator==(Published const&) const = default;
};

/// Something happened that the public is told of: it was released, answered, closed or opened again.
struct Update {
    MatterId matter;
    int no = 0;  ///< 1, 2, 3 … in its matter
    Instant at;
    bool open = true;
    std::string text;  ///< the reply, where that is new
    bool operator==(Update const&) const = default;
};

struct Publication {
    Published now;
    std::vector<Update> updates;  ///< since it was released, the last time
};

/// A reply without what betrays a person.
using Mask = std::function<std::string(std::string_view reply)>;

bool is_public(Matter const& matter);
/// What has been secret once is public again only by an event that says so.
bool says_released(EventRow const& event);
/// Of all events of one matter, oldest first. Nothing: the public does not know of it.
std::optional<Publication> publication_of(std::span<EventRow const> history,
                                          std::shared_ptr<Procedure const> const& procedure, Mask const& mask);
/// What who asked is told in the same way: the reply as it was written, once it is approved, and updates from the
/// filing on. Not for others.
struct ToldAsker {
    std::string reply;
    std::vector<Update> updates;
};
ToldAsker told_asker(std::span<EventRow const> history, std::shared_ptr<Procedure const> const& procedure);

}  // namespace banyan::publication
