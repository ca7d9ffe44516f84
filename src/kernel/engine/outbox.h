// kernel/engine/outbox.h: what became of messages, and sending one again (短信记录, 重发).
//
// A message is a row of the outbox from the step that says it on; "nobody told me" is decided here. One that was
// delivered or given up may be sent once more by a person, with a reason: it waits again, and reaches the gateway
// under a key of its own. Rule: docs/operate.md#messages
#pragma once
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "kernel/engine/tables.h"

namespace banyan {

struct Message {
    std::int64_t id = 0;
    MatterId matter;
    EventId event;
    std::string text;  ///< key below `tell.`
    Instant at;        ///< when it was due; put off with each attempt
    int attempts = 0;  ///< this one included
    UnitId unit;       ///< whose duty phone it rings; none: who asked
    int resends = 0;   ///< how often a person has sent it again
    Instant told_at, resent_at;

    /// Of every attempt the same, until a person sends it again.
    std::string key() const {
        return std::to_string(id) + (resends > 0 ? "-" + std::to_string(resends) : std::string());
    }
};

enum class MessageState { waiting, delivered, given_up, taken_back };  ///< stored: never renumber
std::string_view name(MessageState state);

struct Resend {
    int no = 0;
    Instant at;
    PersonId by;
    std::string role, reason;
};

struct LoggedMessage {
    Message message;
    MessageState state = MessageState::waiting;
    Instant ended_at;     ///< zero: not yet
    std::string sent_to;  ///< a unit's duty phone
    std::string why;      ///< given up: too_old, nobody, refused
    std::vector<Resend> resends;
};

struct MessagesAsked {
    Instant from, until;  ///< of telling
    std::string scope;    ///< Access::sql() over `m`
    std::optional<MessageState> state;
    std::optional<bool> to_unit;
    std::string text, kind;  ///< empty: every one
    std::optional<std::pair<Instant, std::int64_t>> before;
    std::size_t limit = 50;
};
/// The newest first, at most one more than the limit.
std::vector<LoggedMessage> load_messages(store::Session& session, MessagesAsked const& asked);
/// All of one matter, the oldest first.
std::vector<LoggedMessage> load_messages_of(store::Session& session, Matter const& matter,
                                            std::vector<EventRow> const& history);
std::optional<LoggedMessage> load_message(store::Session& session, std::int64_t id);

inline constexpr int kMostResends = 3;
inline constexpr Span kBetweenResends = minutes(10);  ///< after one that was delivered
/// message.waiting, .taken_back, .too_often, .too_soon.
Result<void> may_resend(LoggedMessage const& message, Instant now);
/// It waits again. `resend.no` is given here. Refused as may_resend(), and message.unknown.
Result<void> resend(store::Session& writing, std::int64_t id, Resend const& resend);

/// That a share's due is near: its own id in the outbox, 16 for a share.
bool put_reminder(store::Session& writing, Matter const& matter, Assignment const& share, Instant now);
/// When a share's unit was reminded last; zero: never.
std::map<AssignmentId, Instant> load_reminders(store::Session& session, Matter const& matter);

}  // namespace banyan
