#include "systems/calls/call_checks.h"

#include <fmt/format.h>

namespace banyan::calls {
namespace {

constexpr std::string_view kFrom =
    "SELECT c.id, c.day, c.seat, e.matter FROM call c JOIN external e ON e.source = 'call_check' AND e.number = "
    "CAST(c.id AS TEXT) WHERE ";

CallCheck read_check(store::Row const& row) {
    return {CallId(row.integer(0)), Day{static_cast<std::int32_t>(row.integer(1))}, PersonId(row.integer(2)),
            MatterId(row.integer(3))};
}

}  // namespace

std::vector<CallCheck> load_checks(store::Session& session, ChecksAsked const& asked) {
    std::vector<CallCheck> all;
    session.query(fmt::format("{}c.day >= $1 AND c.day <= $2 AND (c.seat = $3 OR $3 = 0) AND {} ORDER BY c.id "
                              "DESC LIMIT $4",
                              kFrom, asked.scope),
                  {std::int64_t{asked.first.number}, std::int64_t{asked.last.number}, asked.seat.value,
                   static_cast<std::int64_t>(asked.limit)},
                  [&](store::Row const& row) { all.push_back(read_check(row)); });
    return all;
}

Result<CallCheck> seen_check(Office const& office, CallId call) {
    std::optional<CallCheck> found;
    office.session.query(fmt::format("{}c.id = $1", kFrom), {call.value},
                         [&](store::Row const& row) { found = read_check(row); });
    bool const sees =
        found && (found->seat == office.actor.person || office.actor.role == "examiner" ||
                  (office.actor.role != "seat" && in_scope(office.actor, office.directory, found->seat)));
    if (!sees) return refuse("call_check.unknown");
    return *found;
}

std::vector<CallId> load_answered(Office const& office, Day day) {
    std::vector<CallId> all;
    office.session.query(
        fmt::format("SELECT c.id FROM call c WHERE c.day = $1 AND c.answered > 0 AND c.ended > 0 AND {} ORDER BY "
                    "c.id",
                    scope_of(office.actor, office.directory)),
        {std::int64_t{day.number}}, [&](store::Row const& row) { all.emplace_back(row.integer(0)); });
    return all;
}

Result<Actor> examiner_of(Actor const& actor, CallCheck const& check) {
    if (check.seat == actor.person) return refuse("call_check.own_call");
    Actor as = actor;
    as.role = "examiner";
    return as;
}

Result<Actor> call_taker_of(Actor const& actor, PersonId seat, std::string_view otherwise) {
    if (seat != actor.person) return refuse(std::string(otherwise));
    Actor as = actor;
    as.role = "call_taker";
    return as;
}

std::optional<std::int64_t> points_of(Matter const& check) {
    json::value const* points = check.facts.if_contains("points");
    if (points == nullptr || !points->is_int64()) return std::nullopt;
    return points->as_int64();
}

bool flag_of(Matter const& check, std::string_view flag) {
    json::value const* value = check.facts.if_contains(flag);
    return value != nullptr && value->is_bool() && value->as_bool();
}

std::string_view stage_of(Matter const& matter) { return matter.procedure->at(matter.stage).name; }

void Marked::add(Matter const& check) {
    ++drawn;
    if (stage_of(check) == "left_out") ++left_out;
    auto const got = points_of(check);
    if (!got) return;
    ++marked;
    points += *got;
    if (flag_of(check, "passed")) ++passed;
    if (flag_of(check, "was_objected")) ++objected;
    if (flag_of(check, "was_changed")) ++changed;
}

std::optional<std::int64_t> Marked::average() const {
    if (marked == 0) return std::nullopt;
    return (points * 200 + marked) / (marked * 2);
}

}  // namespace banyan::calls
