#include "systems/calls/ring_backs.h"

#include <fmt/format.h>

namespace banyan::calls {
namespace {

constexpr std::string_view kColumns =
    "id, token, call, missed, opened, person, claimed, attempts, outcome, closed, closed_by";

RingBack read(store::Row const& row) {
    return {row.integer(0),           std::string(row.bytes(1)),
            CallId(row.integer(2)),   static_cast<int>(row.integer(3)),
            Instant{row.integer(4)},  PersonId(row.integer(5)),
            Instant{row.integer(6)},  static_cast<int>(row.integer(7)),
            std::string(row.text(8)), Instant{row.integer(9)},
            PersonId(row.integer(10))};
}

std::optional<RingBack> load_open(store::Session& session, std::string_view token) {
    std::optional<RingBack> found;
    session.query(fmt::format("SELECT {} FROM ring_back WHERE token = $1 AND outcome = '' ORDER BY id", kColumns),
                  {store::Bytes{token}}, [&](store::Row const& row) { found = read(row); });
    return found;
}

void save_act(Office const& office, std::int64_t id, RingBackAct const& act) {
    office.session.execute(
        "INSERT INTO ring_back_act (id, ring_back, what, outcome, note, person, at) VALUES ($1, $2, $3, $4, $5, "
        "$6, "
        "$7)",
        {next_id(office.session, "ring_back_act"), id, std::string_view(act.what), std::string_view(act.outcome),
         std::string_view(act.note), act.person.value, act.at.us});
}

void save_closed(Office const& office, std::int64_t id, std::string_view outcome, Instant at) {
    office.session.execute("UPDATE ring_back SET outcome = $1, closed = $2, closed_by = $3 WHERE id = $4",
                           {outcome, at.us, office.actor.person.value, id});
}

void save_claim(Office const& office, std::int64_t id, PersonId person, Instant at) {
    office.session.execute("UPDATE ring_back SET person = $1, claimed = $2 WHERE id = $3",
                           {person.value, at.us, id});
}

Result<RingBack> open_one(Office const& office, std::int64_t id) {
    auto found = load_ring_back(office.session, id);
    if (!found) return refuse("ring_back.unknown");
    if (!found->open()) return refuse("ring_back.closed", {}, {{"outcome", found->outcome}});
    return std::move(*found);
}

Result<RingBack> claimed_one(Office const& office, std::int64_t id) {
    BANYAN_TRY(RingBack found, open_one(office, id));
    if (found.person != office.actor.person || !found.held(office.book, office.now))
        return refuse("ring_back.not_claimed");
    return found;
}

}  // namespace

std::optional<RingBack> load_ring_back(store::Session& session, std::int64_t id) {
    std::optional<RingBack> found;
    session.query(fmt::format("SELECT {} FROM ring_back WHERE id = $1", kColumns), {id},
                  [&](store::Row const& row) { found = read(row); });
    return found;
}

std::vector<RingBack> load_ring_backs(store::Session& session, RingBacksAsked const& asked) {
    std::vector<store::Cell> args;
    auto place = [&](std::int64_t value) {
        args.emplace_back(value);
        return fmt::format("${}", args.size());
    };
    std::string sql =
        fmt::format("SELECT {} FROM ring_back WHERE outcome {} ''", kColumns, asked.open ? "=" : "<>");
    if (asked.mine) sql += " AND person = " + place(asked.mine.value);
    if (asked.after != 0) sql += (asked.open ? " AND id > " : " AND id < ") + place(asked.after);
    sql += asked.open ? " ORDER BY id LIMIT " : " ORDER BY id DESC LIMIT ";
    sql += place(static_cast<std::int64_t>(asked.limit));
    std::vector<RingBack> all;
    session.query(sql, args, [&](store::Row const& row) { all.push_back(read(row)); });
    return all;
}

std::vector<RingBackAct> load_ring_back_acts(store::Session& session, std::int64_t id) {
    std::vector<RingBackAct> all;
    session.query(
        "SELECT what, outcome, note, person, at FROM ring_back_act WHERE ring_back = $1 ORDER BY id DESC LIMIT "
        "100",
        {id}, [&](store::Row const& row) {
            all.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                           PersonId(row.integer(3)), Instant{row.integer(4)}});
        });
    return all;
}

void missed(Office const& office, Call const& call) {
    if (call.token.empty()) return;  // withheld: there is nobody to ring
    if (auto const open = load_open(office.session, call.token)) {
        office.session.execute("UPDATE ring_back SET call = $1, missed = missed + 1 WHERE id = $2",
                               {call.id.value, open->id});
        return;
    }
    office.session.execute(
        "INSERT INTO ring_back (id, token, call, missed, opened, person, claimed, attempts, outcome, closed, "
        "closed_by) "
        "VALUES ($1, $2, $3, 1, $4, 0, 0, 0, '', 0, 0)",
        {next_id(office.session, "ring_back"), store::Bytes{call.token}, call.id.value, call.abandoned.us});
}

void answered(Office const& office, Call const& call) {
    if (call.token.empty()) return;
    auto const open = load_open(office.session, call.token);
    if (open && call.answered >= open->opened) save_closed(office, open->id, "called_again", call.answered);
}

Result<void> claim(Office const& office, std::int64_t id) {
    BANYAN_TRY(RingBack const found, open_one(office, id));
    if (found.held(office.book, office.now) && found.person != office.actor.person) {
        Person const* by = office.directory.person(found.person);
        return refuse(
            "ring_back.taken", {},
            {{"by", by == nullptr ? "" : by->zh}, {"until", rfc3339(found.claimed + office.book.claim_lasts)}});
    }
    save_claim(office, id, office.actor.person, office.now);
    save_act(office, id, {"claim", {}, {}, office.actor.person, office.now});
    return {};
}

Result<void> release(Office const& office, std::int64_t id) {
    BANYAN_TRY(RingBack const found, open_one(office, id));
    bool const own = found.person == office.actor.person;
    if (!found.person || (!own && office.actor.role != "shift_leader")) return refuse("ring_back.not_claimed");
    save_claim(office, id, {}, {});
    save_act(office, id, {"release", {}, {}, office.actor.person, office.now});
    return {};
}

Result<void> attempt(Office const& office, std::int64_t id, std::string_view outcome, std::string_view note) {
    BANYAN_CHECK(claimed_one(office, id));
    if (!office.book.may_ring_back(office.now))
        return refuse("ring_back.hours", {}, {{"hours", office.book.ring_back_hours.text()}});
    office.session.execute("UPDATE ring_back SET attempts = attempts + 1, claimed = $1 WHERE id = $2",
                           {office.now.us, id});
    save_act(office, id, {"attempt", std::string(outcome), std::string(note), office.actor.person, office.now});
    if (outcome == "reached" || outcome == "wrong_number") save_closed(office, id, outcome, office.now);
    return {};
}

Result<void> close(Office const& office, std::int64_t id, std::string_view outcome, std::string_view note) {
    BANYAN_TRY(RingBack const found, open_one(office, id));
    if (outcome == "not_needed") {
        if (office.actor.role != "shift_leader") return refuse("ring_back.leader");
    } else {
        BANYAN_CHECK(claimed_one(office, id));
        if (found.attempts < office.book.ring_back_attempts)
            return refuse("ring_back.attempts", {}, {{"least", std::to_string(office.book.ring_back_attempts)}});
    }
    save_closed(office, id, outcome, office.now);
    save_act(office, id, {"close", std::string(outcome), std::string(note), office.actor.person, office.now});
    return {};
}

Result<std::string> unmask(Office const& office, std::int64_t id) {
    BANYAN_TRY(RingBack const found, claimed_one(office, id));
    auto const call = load_call(office.session, found.call);
    if (!call) return refuse("ring_back.unknown");
    save_act(office, id, {"unmask", {}, {}, office.actor.person, office.now});
    return number_of(office.keys, *call);
}

}  // namespace banyan::calls
