// kernel/matter/matter.h: one request, and the tree of units that work on it.
//
// This is state: what has become of a matter through its events. Only apply() (matter/event.h) changes it; the
// same apply() rebuilds it from the journal. The stage says where the matter is in its procedure, the tree who
// has it; dues say until when. Lights are not here: they are asked with the server's time.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/json_writer.h"
#include "base/limit.h"
#include "base/time.h"
#include "kernel/calendar/deadline.h"
#include "kernel/procedure/procedure.h"
#include "platform/crypto/digest.h"

namespace banyan {

/// How often a step was taken, when last and by whom; kept only for steps some condition asks about.
struct Mark {
    Index step = -1;
    int count = 0;
    Instant at;
    PersonId by;
    int days = 0;  ///< on how many it was taken; kept only where some condition asks
    bool operator==(Mark const&) const = default;
};
/// The step was taken, once more.
void mark(std::vector<Mark>& marks, Procedure const& procedure, Mark const& taken);

/// A timer of the rulebook that is running.
struct Running {
    Index timer = -1;
    Instant at;
    bool operator==(Running const&) const = default;
};

/// Somebody works on it, and nobody else in the same role meanwhile.
struct Claim {
    PersonId by;
    std::string role;
    Instant until;
    bool operator==(Claim const&) const = default;
};

/// How long the clock stood still.
struct Hold {
    Instant from, until;
    bool operator==(Hold const&) const = default;
};

enum class Share { lead, assist, delegate };  ///< 主办, 协办, 加派. Stored: never renumber.
enum class Progress {
    offered,
    signed_for,
    working,
    replied,
    approved,
    returned,
    waived,
    ended
};  ///< never renumber
enum class Asked { nothing, to_return, extension };  ///< never renumber

std::string_view name(Share share);
std::string_view name(Progress progress);
std::string_view name(Asked asked);
std::optional<Progress> progress(std::string_view name);

/// One unit's share of a matter.
struct Assignment {
    AssignmentId id;
    AssignmentId parent;  ///< whose delegate it is; none at the top
    UnitId unit;
    Share share = Share::lead;
    Progress progress = Progress::offered;
    Asked asked = Asked::nothing;
    bool designated = false;            ///< may not be returned
    int version = 1;                    ///< of this share: parallel units do not disturb each other (If-Match)
    std::optional<Due> due, first_due;  ///< as it stands, and as it was told first
    Limit limit{};                      ///< that the due came from
    Instant offered_at, signed_at, contacted_at, replied_at;
    PersonId by;         ///< who offered it
    int more_asked = 0;  ///< days asked for, while asked is extension
    std::vector<Mark> marks;
    std::vector<Running> timers;

    bool open() const { return progress <= Progress::replied; }
    bool with_unit() const { return progress <= Progress::working; }  ///< its clock runs
    bool operator==(Assignment const&) const = default;
};

enum class Clock { none, running, held, stopped };  ///< Stored: never renumber.

struct Matter {
    MatterId id;
    std::shared_ptr<Procedure const> procedure;
    Index stage = -1, kind = -1;
    int version = 0;  ///< number of its last event
    Instant filed_at, entered_at, accepted_at, closed_at;
    PersonId asker;                ///< the appellant's account; none: by telephone, or without one
    MatterId opened_by;            ///< the matter it began with a step of; none: somebody asked
    MatterId main;                 ///< that it is merged into: handled there, answered with it
    std::vector<MatterId> merged;  ///< into this one
    UnitId led_by;                 ///< who led the one it was answered with
    UnitId about;                  ///< 被反映对象: never offered the matter, finds nothing
    std::string title, class_code, region, channel;
    std::string source, external;  ///< where it was imported from, and its number there
    json::object facts;            ///< kept fields of the rulebook, besides those above

    Clock clock = Clock::none;
    std::optional<Due> due, first_due;
    Limit limit{};
    int yellow_days = 1;
    Instant held_since;
    std::vector<Hold> holds;  ///< those that are over
    int redone = 0;
    std::optional<Claim> claim;  ///< of this stage; over at its `until`
    std::vector<Mark> marks;
    std::vector<Running> timers;
    std::vector<Assignment> assignments;

    EventId last_event;
    /// The latest of its events' times. What happens to it next does not happen before that, whatever a clock that
    /// was set back says: rules compare these times.
    Instant last_at;
    crypto::Digest last_hash{};

    Assignment const* assignment(AssignmentId which) const;
    Assignment const* lead() const;  ///< the open lead, else the last one that led
    bool open() const { return !procedure->at(stage).final; }
    Claim const* claimed(Instant now) const { return claim && now < claim->until ? &*claim : nullptr; }
    UnitId lead_unit() const;  ///< of lead(), else `led_by`
    Instant wakes() const;     ///< the first running timer of it or its assignments; zero: none
    Light light(Moment const& at) const;
    Light light(Assignment const& assignment, Moment const& at) const;
    bool operator==(Matter const&) const;
};

/// Of a matter's facts: a kept flag of its rulebook is set.
bool is_set(json::object const& facts, std::string_view flag);

/// The receipt number people read aloud: the id padded to eleven digits and a check digit (ISO 7064 MOD 11,10),
/// so that one wrong digit or two neighbours exchanged are noticed. Nothing is stored for it.
std::string receipt_number(MatterId id);
/// Spaces and hyphens are passed over; nullopt when the check digit does not fit.
std::optional<MatterId> read_receipt_number(std::string_view number);

// As stored in the `state` columns, and in events; the names are read for ever.
void write_json(JsonWriter& out, Due const& due);
Due due_from(json::object const& object);
void write_json(JsonWriter& out, Hold const& hold);
Hold hold_from(json::object const& object);
void write_json(JsonWriter& out, Claim const& claim);
Claim claim_from(json::object const& object);
void write_json(JsonWriter& out, Assignment const& assignment, Procedure const& procedure);
std::string state_text(Assignment const& assignment, Procedure const& procedure);
Assignment assignment_from(json::object const& object, Procedure const& procedure);
std::string state_text(Matter const& matter);  ///< JSON of all but id and assignments
Matter matter_from(MatterId id, json::object const& state, std::shared_ptr<Procedure const> procedure);

}  // namespace banyan
