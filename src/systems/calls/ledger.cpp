#include "systems/calls/ledger.h"

#include <fmt/format.h>

#include "kernel/engine/blind.h"

namespace banyan::calls {
namespace {

using store::Type;

constexpr std::string_view kColumns =
    "c.id, c.telephone, c.external, c.line, c.language, c.number, c.token, c.offered, c.ringing, c.rang, c.seat, "
    "c.answered, c.abandoned, c.ended, c.finished, c.closing, c.closed, c.closed_by, c.rating, c.rated, "
    "c.recording, c.asked";

store::Table const kCalls{
    "call",
    {{"id", Type::integer},        {"telephone", Type::integer}, {"external", Type::text},
     {"line", Type::text},         {"language", Type::text},     {"number", Type::bytes},
     {"token", Type::bytes},       {"offered", Type::integer},   {"ringing", Type::integer},
     {"rang", Type::integer},      {"seat", Type::integer},      {"answered", Type::integer},
     {"abandoned", Type::integer}, {"ended", Type::integer},     {"finished", Type::integer},
     {"closing", Type::text},      {"closed", Type::integer},    {"closed_by", Type::integer},
     {"rating", Type::text},       {"rated", Type::integer},     {"recording", Type::text},
     {"day", Type::integer},       {"hour", Type::integer},      {"asked", Type::integer}},
    {"id"}};

Call read_call(store::Row const& row) {
    Call call;
    call.id = CallId(row.integer(0));
    call.telephone = PersonId(row.integer(1));
    call.external = row.text(2);
    call.line = row.text(3);
    call.language = row.text(4);
    call.number = row.bytes(5);
    call.token = row.bytes(6);
    call.offered = Instant{row.integer(7)};
    call.ringing = Instant{row.integer(8)};
    call.rang = Instant{row.integer(9)};
    call.seat = PersonId(row.integer(10));
    call.answered = Instant{row.integer(11)};
    call.abandoned = Instant{row.integer(12)};
    call.ended = Instant{row.integer(13)};
    call.finished = Instant{row.integer(14)};
    call.closing = row.text(15);
    call.closed = Instant{row.integer(16)};
    call.closed_by = PersonId(row.integer(17));
    call.rating = row.text(18);
    call.rated = Instant{row.integer(19)};
    call.recording = row.text(20);
    call.asked = Instant{row.integer(21)};
    return call;
}

std::optional<Call> one(store::Session& session, std::string_view condition,
                        std::initializer_list<store::Cell> args) {
    std::optional<Call> call;
    session.query(fmt::format("SELECT {} FROM call c WHERE {}", kColumns, condition), args,
                  [&](store::Row const& row) { call = read_call(row); });
    return call;
}

}  // namespace

std::optional<Call> load_call(store::Session& session, CallId id) { return one(session, "c.id = $1", {id.value}); }

std::optional<Call> load_call(store::Session& session, PersonId telephone, std::string_view external) {
    return one(session, "c.telephone = $1 AND c.external = $2", {telephone.value, external});
}

std::vector<Call> load_calls(store::Session& session, CallsAsked const& asked) {
    std::vector<store::Cell> args;
    auto place = [&](store::Cell cell) {
        args.push_back(cell);
        return fmt::format("${}", args.size());
    };
    std::string sql = fmt::format("SELECT {} FROM call c WHERE {}", kColumns, asked.scope);
    if (asked.seat) sql += " AND c.seat = " + place(asked.seat.value);
    if (asked.day) sql += " AND c.day = " + place(std::int64_t{asked.day->number});
    if (!asked.closing.empty()) sql += " AND c.closing = " + place(std::string_view(asked.closing));
    if (asked.missed) sql += *asked.missed ? " AND c.abandoned > 0" : " AND c.abandoned = 0";
    if (asked.matter)
        sql += " AND EXISTS (SELECT 1 FROM call_matter m WHERE m.matter = " + place(asked.matter.value) +
               " AND m.call = c.id)";
    if (asked.before) sql += " AND c.id < " + place(asked.before.value);
    sql += " ORDER BY c.id DESC LIMIT " + place(static_cast<std::int64_t>(asked.limit));
    std::vector<Call> calls;
    session.query(sql, args, [&](store::Row const& row) { calls.push_back(read_call(row)); });
    return calls;
}

std::vector<Call> load_calls_of(store::Session& session, std::string_view token, std::size_t most) {
    std::vector<Call> calls;
    session.query(fmt::format("SELECT {} FROM call c WHERE c.token = $1 ORDER BY c.id DESC LIMIT $2", kColumns),
                  {store::Bytes{token}, static_cast<std::int64_t>(most)},
                  [&](store::Row const& row) { calls.push_back(read_call(row)); });
    return calls;
}

std::vector<Told> load_told(store::Session& session, CallId call) {
    std::vector<Told> all;
    session.query("SELECT what, at, seat, digest FROM call_event WHERE call = $1 ORDER BY id", {call.value},
                  [&](store::Row const& row) {
                      Told told;
                      if (auto what = report_named(row.text(0))) told.report.what = *what;
                      told.report.at = Instant{row.integer(1)};
                      told.report.seat = PersonId(row.integer(2));
                      told.digest = row.bytes(3);
                      all.push_back(std::move(told));
                  });
    return all;
}

std::vector<MatterId> load_matters_of(store::Session& session, CallId call) {
    std::vector<MatterId> all;
    session.query("SELECT matter FROM call_matter WHERE call = $1 ORDER BY matter", {call.value},
                  [&](store::Row const& row) { all.emplace_back(row.integer(0)); });
    return all;
}

std::vector<Act> load_acts(store::Session& session, CallId call, std::size_t most) {
    std::vector<Act> all;
    session.query(
        "SELECT id, what, matter, before, note, person, at FROM call_act WHERE call = $1 ORDER BY id DESC LIMIT "
        "$2",
        {call.value, static_cast<std::int64_t>(most)}, [&](store::Row const& row) {
            all.push_back({row.integer(0), call, std::string(row.text(1)), MatterId(row.integer(2)),
                           std::string(row.text(3)), std::string(row.text(4)), PersonId(row.integer(5)),
                           Instant{row.integer(6)}});
        });
    return all;
}

std::vector<CallId> load_unclosed(store::Session& session, PersonId seat, std::size_t most) {
    std::vector<CallId> all;
    session.query(
        "SELECT c.id FROM call c WHERE c.seat = $1 AND c.closed = 0 AND c.answered > 0 AND c.ended > 0 "
        "ORDER BY c.id LIMIT $2",
        {seat.value, static_cast<std::int64_t>(most)},
        [&](store::Row const& row) { all.emplace_back(row.integer(0)); });
    return all;
}

std::int64_t next_id(store::Session& session, std::string_view table) {
    std::int64_t last = 0;
    session.query(fmt::format("SELECT coalesce(max(id), 0) FROM {}", table), {},
                  [&](store::Row const& row) { last = row.integer(0); });
    return last + 1;
}

void save_call(store::Session& session, Call const& call) {
    Day const day = kBeijing.day(call.offered);
    RowBuffer row;
    row.integer(call.id.value);
    row.integer(call.telephone.value);
    for (std::string const* text : {&call.external, &call.line, &call.language}) row.text_view(*text);
    row.bytes(call.number);
    row.bytes(call.token);
    row.integer(call.offered.us);
    row.integer(call.ringing.us);
    row.integer(call.rang.us);
    row.integer(call.seat.value);
    for (Instant const at : {call.answered, call.abandoned, call.ended, call.finished}) row.integer(at.us);
    row.text_view(call.closing);
    row.integer(call.closed.us);
    row.integer(call.closed_by.value);
    row.text_view(call.rating);
    row.integer(call.rated.us);
    row.text_view(call.recording);
    row.integer(day.number);
    row.integer(kBeijing.since_midnight(call.offered).us / hours(1).us);
    row.integer(call.asked.us);
    session.write(kCalls, row.cells());
}

void save_told(store::Session& session, CallId call, Told const& told, Instant heard) {
    session.execute(
        "INSERT INTO call_event (id, call, what, at, seat, digest, heard) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {next_id(session, "call_event"), call.value, name(told.report.what), told.report.at.us,
         told.report.seat.value, store::Bytes{told.digest}, heard.us});
}

void save_matter(store::Session& session, CallId call, MatterId matter, Act const& act) {
    session.execute("INSERT INTO call_matter (call, matter, at, person) VALUES ($1, $2, $3, $4)",
                    {call.value, matter.value, act.at.us, act.person.value});
    save_act(session, act);
}

void forget_matter(store::Session& session, CallId call, MatterId matter) {
    session.execute("DELETE FROM call_matter WHERE call = $1 AND matter = $2", {call.value, matter.value});
}

void save_act(store::Session& session, Act act) {
    act.id = next_id(session, "call_act");
    session.execute(
        "INSERT INTO call_act (id, call, what, matter, before, note, person, at) VALUES ($1, $2, $3, $4, $5, $6, "
        "$7, "
        "$8)",
        {act.id, act.call.value, std::string_view(act.what), act.matter.value, std::string_view(act.before),
         std::string_view(act.note), act.person.value, act.at.us});
}

void save_finished(store::Session& session, CallId call, Instant at) {
    session.execute("UPDATE call SET finished = $1 WHERE id = $2 AND finished = 0", {at.us, call.value});
}

std::string scope_of(Actor const& actor, Directory const& directory) {
    if (actor.role == "seat") return fmt::format("c.seat = {}", actor.person.value);
    if (actor.role == "shift_leader" && actor.unit != directory.city_centre())
        return fmt::format("EXISTS (SELECT 1 FROM person p WHERE p.id = c.seat AND p.unit = {})",
                           actor.unit.value);
    return "c.id > 0";
}

bool in_scope(Actor const& actor, Directory const& directory, PersonId seat) {
    if (actor.role == "seat") return seat == actor.person;
    if (actor.role != "shift_leader") return false;
    if (actor.unit == directory.city_centre()) return true;
    Person const* person = directory.person(seat);
    return person != nullptr && person->unit == actor.unit;
}

std::string number_of(crypto::Keyring const& keys, Call const& call) {
    if (call.number.empty()) return {};
    return keys.open(crypto::place("call", call.id.value, "number"), call.number).value_or("");
}

void seal_number(crypto::Keyring const& keys, Call& call, std::string_view number) {
    std::string const plain = plain_number(number);
    if (plain.empty()) return;
    call.number = keys.seal(crypto::place("call", call.id.value, "number"), plain);
    call.token = blind_token(keys, "phone", plain);
}

}  // namespace banyan::calls
