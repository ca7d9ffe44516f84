// kernel/matter/command.h: the one interface of the house.
//
// A command is a step somebody wants to take. reads() says what must be loaded for it, decide() says what follows
// or why it may not be, apply() (event.h) makes it true. None of them knows a clock or a database, so a year can
// be replayed in a minute, the same rules run in tests, in the model checker and behind the API, and every system
// to come is a rulebook on this file.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "kernel/matter/access.h"
#include "kernel/matter/event.h"
#include "kernel/people/directory.h"
#include "kernel/people/territory.h"

namespace banyan {

/// Who acts. Made by who authenticated them; decide() believes it.
struct Actor {
    PersonId person;
    std::string role;  ///< as in data/roles.toml; empty for the clock
    UnitId unit;
    MatterId bound;  ///< signed in with number and query code: to this matter only
    bool clock = false;
    MatterId along;  ///< whose step takes this matter along; only the engine says so
    static Actor time() { return {{}, {}, {}, {}, true, {}}; }
};

struct Command {
    Actor actor;
    std::string procedure;  ///< to open a matter; else empty
    MatterId matter;
    AssignmentId assignment;  ///< may be left out when the actor's unit has one open share
    std::string step;
    json::object form;
    std::optional<int> version;    ///< If-Match: of the assignment acted on, else of the matter
    std::optional<Instant> at;     ///< only imports and replays say when it happened
    std::string source, external;  ///< of an import: not taken in twice
    /// What the actor was shown, as who made the command vouches for; those about other fields are passed over.
    std::vector<Hint> hints = {};
};

struct Keys {
    std::vector<MatterId> matters;
};
Keys reads(Command const& command);
/// Whether decide() asks what the matter was before its last event: only to take that back.
inline bool reads_past(Command const& command) { return command.step == kUndo; }

/// A matter's last event, and the matter as it was before: all that a step that takes it back must know.
struct Past {
    Event last;
    Matter before;
    bool heard = false;  ///< something that it told who asked has left the house
};

/// What the rulebook's closed lists lack: a check by name, of a system. No clock, no database.
using Check = std::function<Result<void>(Matter const*, Form const&, Moment const&)>;
using Checks = std::map<std::string, Check, std::less<>>;

/// Lists of the catalogue that rules ask about: "convenience" → the classes on it.
using Lists = std::map<std::string, std::set<std::string, std::less<>>, std::less<>>;

/// What rules are made of; a snapshot that does not change while it is used.
struct Rules {
    std::map<std::string, std::shared_ptr<Procedure const>, std::less<>> procedures;  ///< current, by name
    std::shared_ptr<Directory const> directory;
    std::shared_ptr<Access const> access;
    std::shared_ptr<Territory const> territory;  ///< null: regions and points are taken as they are said
    Checks checks;
    Lists lists;
};

/// `matter` is null for a command that opens one or names one that does not exist (to who may not see it, the
/// answer is the same: matter.unknown). `past`: where reads_past().
Result<Event> decide(Command const& command, Matter const* matter, Rules const& rules, Moment const& moment,
                     Past const* past = nullptr);

/// The first events of the matters that begin with `event`, in the order of `event.opens`. Refused as one of them
/// is: then `event` is not to happen.
Result<std::vector<Event>> decide_openings(Event const& event, Rules const& rules, Moment const& moment);

/// What the matters of `event.along` do with it, in their order; `matter`: as it was before; `others`: each as it
/// is, null when there is none. Refused as one of them is: then `event` is not to happen. Of the one that is
/// merged into: matter.unknown, merge.itself, merge.into_merged, merge.has_merged, merge.full, merge.accused.
Result<std::vector<Event>> decide_along(Event const& event, Matter const& matter,
                                        std::vector<Matter const*> const& others, Rules const& rules,
                                        Moment const& moment);
/// So many matters may be merged into one.
inline constexpr std::size_t kMostMerged = 2'000;

/// Steps the actor may take on the matter as it is (roles, relations, stages and states; needs that ask about the
/// form are left open), for desks that show only what works.
struct Offer {
    Index step;
    AssignmentId assignment;
    std::optional<Instant> until;  ///< of a step that takes the last one back
};
/// `last`: the matter's last event, without which taking it back is not offered.
std::vector<Offer> offers(Actor const& actor, Matter const& matter, Rules const& rules, Moment const& moment,
                          Event const* last = nullptr);

}  // namespace banyan
