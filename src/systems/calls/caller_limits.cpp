#include "systems/calls/caller_limits.h"

#include "systems/calls/call_checks.h"
#include "systems/calls/switchboard.h"

namespace banyan::calls {
namespace {

std::string fact(Matter const& matter, std::string_view name) {
    json::value const* value = matter.facts.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::int64_t offered_on(store::Session& session, std::string_view token, Day day) {
    std::int64_t calls = 0;
    session.query("SELECT COUNT(*) FROM call WHERE token = $1 AND day = $2",
                  {store::Bytes{token}, std::int64_t{day.number}},
                  [&](store::Row const& row) { calls = row.integer(0); });
    return calls;
}

}  // namespace

std::optional<CallerLimit> limit_of(store::Session& session, Procedures const& procedures, std::string_view token,
                                    Day today) {
    if (token.empty()) return std::nullopt;
    std::vector<std::int64_t> ids;
    session.query(
        "SELECT e.matter FROM call c JOIN external e ON e.source = 'caller_limit' AND e.number = CAST(c.id AS "
        "TEXT) WHERE c.token = $1 ORDER BY e.matter",
        {store::Bytes{token}}, [&](store::Row const& row) { ids.push_back(row.integer(0)); });
    if (ids.empty()) return std::nullopt;
    for (Matter const& matter : load_matters(session, ids, procedures)) {
        if (!matter.open()) continue;
        CallerLimit limit;
        limit.matter = matter.id;
        limit.running = stage_of(matter) == "limited";
        limit.harassment = fact(matter, "harassment");
        limit.until = fact(matter, "limited_until");
        limit.handling = fact(matter, "handling");
        if (json::value const* calls = matter.facts.if_contains("calls_a_day");
            calls != nullptr && calls->is_int64())
            limit.calls_a_day = calls->as_int64();
        limit.calls_today = offered_on(session, token, today);
        return limit;
    }
    return std::nullopt;
}

Result<Command> proposing(Office const& office, Texts const& texts, Procedures const& procedures,
                          Proposal const& proposal) {
    BANYAN_TRY(Call const call, seen_call(office, proposal.call));
    bool const leads = office.actor.role == "shift_leader";
    if (!leads && call.seat != office.actor.person) return refuse("caller_limit.not_yours");
    if (call.token.empty()) return refuse("call.number_withheld");
    Closing const* closing = office.book.closing(call.closing);
    if (closing == nullptr || !closing->harassing) return refuse("caller_limit.not_harassing");
    if (auto const limit = limit_of(office.session, procedures, call.token, kBeijing.day(office.now)))
        return refuse("caller_limit.already", {}, {{"number", receipt_number(limit->matter)}});
    Command command;
    command.actor = office.actor;
    command.actor.role = "call_taker";
    command.procedure = "caller_limit";
    command.step = "propose_limit";
    command.source = kLimitSource;
    command.external = call.id.text();
    command.form = {{"title", texts.sentence("caller_limit.title", Language::zh, {{"call", call.id.text()}})},
                    {"call", call.id.text()},
                    {"harassment", proposal.harassment},
                    {"account", proposal.account}};
    return command;
}

}  // namespace banyan::calls
