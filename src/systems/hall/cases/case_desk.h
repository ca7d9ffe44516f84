// systems/hall/cases/case_desk.h: /api/v1/hall/applications and what belongs to them: what an item asks, what was
// begun, applying, paying, the licence in the end. How a case goes on from there are steps of its rulebook, taken
// like any.
#pragma once
#include "api/api.h"
#include "systems/hall/cases/bank.h"
#include "systems/hall/cases/form_drafts.h"
#include "systems/hall/cases/news.h"
#include "systems/hall/cases/windows.h"
#include "systems/hall/companies.h"
#include "systems/hall/shelf.h"

namespace banyan::hall {

struct CaseDesk {
    api::House& house;
    Sheets const& sheets;
    Windows const& windows;
    Bank& bank;
    News& news;
};

void add_form_operations(api::Api& api, CaseDesk const& desk);       ///< what is asked, drafts
void add_apply_operations(api::Api& api, CaseDesk const& desk);      ///< applying, for oneself and at a window
void add_payment_operations(api::Api& api, CaseDesk const& desk);    ///< fee notice, paying, paying back
void add_rating_operations(api::Api& api, CaseDesk const& desk);     ///< rating a service, published figures
void add_licence_operations(api::Api& api, CaseDesk const& desk);    ///< the result, and that it is genuine
void add_today_operations(api::Api& api, CaseDesk const& desk);      ///< the hall's day, for its wall
void add_elsewhere_operations(api::Api& api, CaseDesk const& desk);  ///< taken in for another place

// ── what several of them use ──────────────────────────────────────────────────────────────────────────────────
inline constexpr std::string_view kCaseRulebook = "application";

/// Looked at on a reader's thread, answered there or by a command.
using CaseJob = std::function<void(store::Session&, api::Call&, http::Respond)>;
void read_first(CaseDesk const& desk, api::Call&& call, http::Respond respond, CaseJob job);
void refuse_with(CaseDesk const& desk, api::Call const& call, http::Respond& respond, Refusal const& refusal);
/// The case of the path, if who asks may see it; else matter.unknown.
Result<Matter> case_of(CaseDesk const& desk, store::Session& session, api::Call const& call);
/// What a company's account says of it stands in place of what was typed, and who acts for it until its mandate's
/// last day. Refused as acting_for() is.
Result<json::object> in_its_name(CaseDesk const& desk, store::Session& session, api::Call const& call,
                                 Company const& company, json::object values);

}  // namespace banyan::hall
