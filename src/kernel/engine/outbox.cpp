#include "kernel/engine/outbox.h"

#include <algorithm>
#include <array>

#include "kernel/engine/batch.h"

namespace banyan {
namespace {

constexpr std::array<std::string_view, 4> kStates{"waiting", "delivered", "given_up", "taken_back"};
constexpr std::string_view kColumns =
    "SELECT o.id, o.matter, o.event, o.text, o.at, o.attempts, o.unit, o.resends, o.told_at, o.resent_at, "
    "o.state, "
    "o.ended_at, o.sent_to, o.why FROM outbox o ";

std::string selecting(std::string_view rest) {
    std::string sql(kColumns);
    return sql += rest;
}

std::int64_t lane_of(std::int64_t message) { return message / kMessagesOfOne % kLanes; }

LoggedMessage read_message(store::Row const& row) {
    return {{row.integer(0), MatterId(row.integer(1)), EventId(row.integer(2)), std::string(row.text(3)),
             Instant{row.integer(4)}, static_cast<int>(row.integer(5)), UnitId(row.integer(6)),
             static_cast<int>(row.integer(7)), Instant{row.integer(8)}, Instant{row.integer(9)}},
            static_cast<MessageState>(row.integer(10)),
            Instant{row.integer(11)},
            std::string(row.text(12)),
            std::string(row.text(13)),
            {}};
}

void add_resends(store::Session& session, std::vector<LoggedMessage>& messages) {
    for (LoggedMessage& each : messages)
        if (each.message.resends > 0)
            session.query(
                "SELECT no, at, person, role, reason FROM message_resend WHERE lane = $1 AND message = $2 "
                "ORDER BY no LIMIT 100",
                {lane_of(each.message.id), each.message.id}, [&](store::Row const& row) {
                    each.resends.push_back({static_cast<int>(row.integer(0)), Instant{row.integer(1)},
                                            PersonId(row.integer(2)), std::string(row.text(3)),
                                            std::string(row.text(4))});
                });
}

/// Those of one event, or the reminders of one share.
void add_messages_of(store::Session& session, std::int64_t id, std::vector<LoggedMessage>& all) {
    std::int64_t const first = id * kMessagesOfOne;
    session.query(selecting("WHERE o.lane = $1 AND o.id >= $2 AND o.id < $3 ORDER BY o.id LIMIT 16"),
                  {lane_of(first), first, first + kMessagesOfOne},
                  [&](store::Row const& row) { all.push_back(read_message(row)); });
}

}  // namespace

std::string_view name(MessageState state) { return kStates.at(static_cast<std::size_t>(state)); }

std::vector<LoggedMessage> load_messages(store::Session& session, MessagesAsked const& asked) {
    std::vector<store::Cell> args{asked.from.us, asked.until.us};
    auto place = [&](store::Cell cell) {
        args.push_back(cell);
        return "$" + std::to_string(args.size());
    };
    std::string where = "o.told_at >= $1 AND o.told_at < $2 AND (" + asked.scope + ")";
    if (asked.state) where += " AND o.state = " + place(static_cast<std::int64_t>(*asked.state));
    if (asked.to_unit) where += *asked.to_unit ? " AND o.unit <> 0" : " AND o.unit = 0";
    if (!asked.text.empty()) where += " AND o.text = " + place(std::string_view(asked.text));
    if (!asked.kind.empty()) where += " AND m.kind = " + place(std::string_view(asked.kind));
    if (asked.before) {
        std::string const at = place(asked.before->first.us);
        where += " AND (o.told_at < " + at + " OR (o.told_at = " + at + " AND o.id < " +
                 place(asked.before->second) + "))";
    }
    std::vector<LoggedMessage> all;
    session.query(selecting("JOIN matter m ON m.lane = o.lane AND m.id = o.matter WHERE ") + where +
                      " ORDER BY o.told_at DESC, o.id DESC LIMIT " + std::to_string(asked.limit + 1),
                  args, [&](store::Row const& row) { all.push_back(read_message(row)); });
    add_resends(session, all);
    return all;
}

std::vector<LoggedMessage> load_messages_of(store::Session& session, Matter const& matter,
                                            std::vector<EventRow> const& history) {
    std::vector<LoggedMessage> all;
    for (EventRow const& event : history) {
        std::size_t const before = all.size();
        add_messages_of(session, event.id.value, all);
        for (std::size_t i = before; i < all.size(); ++i)
            if (!all[i].message.told_at) all[i].message.told_at = event.at;
    }
    for (Assignment const& share : matter.assignments) add_messages_of(session, share.id.value, all);
    std::ranges::stable_sort(all, {}, [](LoggedMessage const& each) { return each.message.told_at; });
    add_resends(session, all);
    return all;
}

std::optional<LoggedMessage> load_message(store::Session& session, std::int64_t id) {
    std::vector<LoggedMessage> found;
    session.query(selecting("WHERE o.lane = $1 AND o.id = $2"), {lane_of(id), id},
                  [&](store::Row const& row) { found.push_back(read_message(row)); });
    if (found.empty()) return std::nullopt;
    add_resends(session, found);
    return std::move(found.front());
}

Result<void> may_resend(LoggedMessage const& message, Instant now) {
    if (message.state == MessageState::waiting) return refuse("message.waiting");
    if (message.state == MessageState::taken_back) return refuse("message.taken_back");
    if (message.message.resends >= kMostResends)
        return refuse("message.too_often", {}, {{"most", std::to_string(kMostResends)}});
    Instant const free = message.ended_at + kBetweenResends;
    if (message.state == MessageState::delivered && now < free)
        return refuse("message.too_soon", {}, {{"until", rfc3339(free)}});
    return {};
}

Result<void> resend(store::Session& writing, std::int64_t id, Resend const& resend) {
    auto const message = load_message(writing, id);
    if (!message) return refuse("message.unknown");
    BANYAN_CHECK(may_resend(*message, resend.at));
    int const no = message->message.resends + 1;
    writing.execute(
        "INSERT INTO message_resend (lane, message, no, at, person, role, reason) VALUES ($1, $2, $3, $4, $5, $6, "
        "$7)",
        {lane_of(id), id, std::int64_t{no}, resend.at.us, resend.by.value, std::string_view(resend.role),
         std::string_view(resend.reason)});
    writing.execute(
        "UPDATE outbox SET state = 0, at = $1, attempts = 0, why = '', resends = $2, resent_at = $1 WHERE lane = "
        "$3 "
        "AND id = $4",
        {resend.at.us, std::int64_t{no}, lane_of(id), id});
    return {};
}

std::map<AssignmentId, Instant> load_reminders(store::Session& session, Matter const& matter) {
    std::map<AssignmentId, Instant> last;
    for (Assignment const& share : matter.assignments) {
        std::vector<LoggedMessage> reminders;
        add_messages_of(session, share.id.value, reminders);
        if (!reminders.empty()) last[share.id] = reminders.back().message.told_at;
    }
    return last;
}

bool put_reminder(store::Session& writing, Matter const& matter, Assignment const& share, Instant now) {
    std::vector<LoggedMessage> before;
    add_messages_of(writing, share.id.value, before);
    if (before.size() >= static_cast<std::size_t>(kMessagesOfOne)) return false;
    std::int64_t const id = share.id.value * kMessagesOfOne + static_cast<std::int64_t>(before.size());
    writing.execute(
        "INSERT INTO outbox (lane, id, matter, event, text, whom, at, state, attempts, unit, told_at) VALUES ($1, "
        "$2, $3, $4, 'due_soon', '', $5, 0, 0, $6, $5)",
        {lane_of(id), id, matter.id.value, matter.last_event.value, now.us, share.unit.value});
    return true;
}

}  // namespace banyan
