// kernel/matter/event.h: what has happened, and the one function that makes it true.
//
// An event says what was decided (the stage, the dues, the shares as they are now), never how: a later rulebook
// or calendar does not change the past. Its body has a version and is read for ever (tests/golden).
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/matter/matter.h"

namespace banyan {

struct Counted {
    std::string measure;
    UnitId unit;  ///< none: the city
    Day day;      ///< whose day it counts for
    int n = 1;
    bool operator==(Counted const&) const = default;
};

struct Told {
    std::string text;  ///< key below `tell.`
    std::string whom;  ///< asker, or a unit's code
    UnitId unit;
    bool operator==(Told const&) const = default;
};

/// Another matter that begins with an event; without it the event does not happen either.
struct Opening {
    std::string procedure, step;
    json::object form;
    MatterId matter;     ///< numbered when it is written
    bool asker = false;  ///< who asked goes along
    std::string named;   ///< of which element of which list it is made; empty: of none
};

/// Another matter that takes a step with an event; without it the event does not happen either.
struct Along {
    MatterId matter;
    std::string step;
    json::object form;  ///< said by that matter's event
};

/// What the machine proposed for a field of the form, and whether the person went along with it.
struct Hint {
    std::string field, value;  ///< as text; JSON where the field is none; longer ones as digest_of_hint()
    std::string by;            ///< which rule or model
    bool taken = false;
    bool operator==(Hint const&) const = default;
};
/// In place of a value longer than this: "sm3:" and the hex of its SM3.
inline constexpr std::size_t kLongestHint = 64;
std::string hint_value(std::string_view value);

/// Values of a matter that an event may set; absent: unchanged.
struct Set {
    std::optional<Index> kind;
    std::optional<std::string> title, class_code, region, channel, source, external;
    std::optional<UnitId> about;
    std::optional<PersonId> asker;
    std::optional<MatterId> opened_by;
    std::optional<MatterId> main;          ///< none: in none any more
    std::optional<MatterId> took, let_go;  ///< one that was merged into it, that is so no more
    bool let_all_go = false;
    std::optional<UnitId> led_by;
    json::object facts;
    std::optional<Clock> clock;
    std::optional<std::optional<Due>> due;
    std::optional<Due> first_due;
    std::optional<Limit> limit;
    std::optional<int> yellow_days;
    std::optional<Instant> held_since, accepted_at;
    std::optional<Hold> held;  ///< a hold that is over
    std::optional<std::optional<Claim>> claim;
    bool redone = false;
};

struct Event {
    EventId id, before;  ///< before: the matter's event before this one
    MatterId matter;
    int no = 0;  ///< 1, 2, 3 … in its matter
    Index step = -1;
    AssignmentId assignment;  ///< the share it was taken on
    PersonId by;
    UnitId unit;  ///< of that person
    std::string role;
    Instant at, recorded;  ///< when it happened; when it was written (imports, replays, a clock that was set back)
    Index stage = -1, stage_before = -1;
    json::object form;      ///< what was said, without the personal part
    json::object personal;  ///< stored encrypted, apart; the event keeps a commitment
    Set set;
    std::vector<Assignment> assignments;         ///< those that changed, whole; id 0: new, numbered when written
    std::optional<std::vector<Running>> timers;  ///< the matter's own, when they changed
    std::vector<Counted> counted;
    std::vector<Told> told;
    std::vector<Opening> opens;
    std::vector<Along> along;
    MatterId along_with;  ///< the matter whose step took this one along
    std::vector<Hint> hints;
    // Of a step that takes one back:
    EventId undoes;                     ///< that one
    json::object restores;              ///< the matter's state before it, without shares
    std::vector<AssignmentId> removes;  ///< shares that were not there before it
};

/// The kind its matter has from now on (-1: none), where it says so.
std::optional<Index> kind_said(Event const& event, Procedure const& procedure);

/// The only code that changes state. REQUIRES: `event` was decided on this very state (no = version + 1).
void apply(Matter& matter, Event const& event);

/// The stored body: everything decided but the personal part. Version 1; 2 when it says something that a reader of
/// version 1 would pass over (docs/journal.md). What `opens` hands over is said by the event it opens with.
std::string body_of(Event const& event, Procedure const& procedure, std::string_view commitment_hex);
/// The inverse, for rebuilding; columns (id, step …) are filled in by the caller. Refused: event.unreadable.
Result<Event> event_from(std::string_view body, Procedure const& procedure);

}  // namespace banyan
