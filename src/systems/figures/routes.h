// systems/figures/routes.h: the operations of this system: /api/v1/figures/…, /api/v1/open/figures
#pragma once
#include "systems/figures/views.h"

namespace banyan::figures {

void add_figure_operations(api::Api& api, Desk& desk);  ///< the formulas, months, one month, by unit and trait
void add_month_operations(api::Api& api, Desk& desk);   ///< freezing, corrections
void add_export_operations(api::Api& api, Desk& desk);  ///< CSV and XLSX
void add_heat_operations(api::Api& api, Desk& desk);    ///< where released matters are
void add_open_operations(api::Api& api, Desk& desk);    ///< for everybody
void add_operations(api::Api& api, Desk& desk);         ///< all of them

using Job = std::function<Result<http::Reply>(store::Session& session, api::Call const& call)>;
/// On a reader's thread.
void look(Desk& desk, api::Call&& call, http::Respond respond, Job job);
Field month_field();
Field units_field();
/// The month of the path, by the units the query asks for, as the viewer's role reads it.
Result<Shown> shown_to(Desk& desk, store::Session& session, api::Call const& call);

}  // namespace banyan::figures
