// systems/calls/routes.h: the operations of this system: /api/v1/calls, /api/v1/call_reports, /api/v1/seats,
// /api/v1/ring_backs, /api/v1/call_checks
#pragma once
#include "api/api.h"
#include "systems/calls/ledger.h"
#include "systems/calls/practice.h"
#include "systems/calls/score_card.h"

namespace banyan::calls {

/// What the operations work with. Lives as long as the server.
struct Desk {
    api::House& house;
    Handbook const& book;
    ScoreCard const& card;
    /// Who is on duty now, as the rota says; null: there is none.
    std::function<std::set<PersonId>(store::Session&, Instant)> on_duty = {};
    std::vector<PracticeCaller> practice = {};  ///< who rings in the demo; nobody elsewhere
    std::size_t practice_calls = 0;             ///< that have rung; the writer's
};

/// Roles that take calls; that see figures.
std::vector<std::string> calling_roles();
std::vector<std::string> counting_roles();

using Job = std::function<Result<json::object>(Office const& office, api::Call const& call)>;
/// In a transaction of the writer; answers when it is durable.
void write(Desk& desk, api::Call&& call, http::Respond respond, Job job);
/// On a reader's thread.
void look(Desk& desk, api::Call&& call, http::Respond respond, Job job);

std::optional<CallId> call_of(std::string_view text);

void add_report_operations(api::Api& api, Desk& desk);     ///< what the telephone tells
void add_call_operations(api::Api& api, Desk& desk);       ///< lists, one, its caller
void add_call_acts(api::Api& api, Desk& desk);             ///< attach, detach, close, mark, unmask
void add_seat_operations(api::Api& api, Desk& desk);       ///< the wall, states, breaks
void add_ring_back_operations(api::Api& api, Desk& desk);  ///< missed calls
void add_figure_operations(api::Api& api, Desk& desk);     ///< the service level
void add_check_acts(api::Api& api, Desk& desk);            ///< drawing, marking, objecting, deciding
void add_check_operations(api::Api& api, Desk& desk);      ///< the quality check of calls
void add_limit_operations(api::Api& api, Desk& desk);      ///< limits on callers who harass
void add_rating_operations(api::Api& api, Desk& desk);     ///< of the service, by seat and day
void add_practice_operations(api::Api& api, Desk& desk);   ///< the demo's telephone
void add_operations(api::Api& api, Desk& desk);            ///< all of them

}  // namespace banyan::calls
