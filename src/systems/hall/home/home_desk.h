// systems/hall/home/home_desk.h: what an account has in the hall besides its cases: items it keeps, places near
// it, companies it acts for.
#pragma once
#include "api/api.h"
#include "systems/hall/cases/windows.h"
#include "systems/hall/companies.h"
#include "systems/hall/home/places.h"

namespace banyan::hall {

/// One row of the record of what was done to accounts (main wires it to the administrators' record).
struct Recorded {
    Instant at;
    PersonId person;
    std::string role, act, subject;
    json::object detail;
};
using Record = std::function<void(store::Session& writing, Recorded const&)>;

struct HomeDesk {
    api::House& house;
    Windows const& windows;
    Record record;
};

void add_favourite_operations(api::Api& api, HomeDesk const& desk);
void add_place_operations(api::Api& api, HomeDesk const& desk);
void add_company_operations(api::Api& api, HomeDesk const& desk);
/// Who names a company in `X-Company` acts for it, as long as that may be: all operations of `from`, put into
/// `into`, do what they do, asked by the company.
void add_for_companies(api::Api& into, api::Api const& from, HomeDesk const& desk);

// ── what several of them use ──────────────────────────────────────────────────────────────────────────────────
using Write = std::function<Result<json::object>(store::Session& writing, api::Call const& call)>;
/// On the writer's thread; answers when it is durable.
void write_home(HomeDesk const& desk, api::Call&& call, http::Respond respond, Write work);

}  // namespace banyan::hall
