// systems/hall/cases/application.h: an application, looked at and made into a command. Pure: no clock, no
// database.
//
// The rulebook (procedures/application.toml) says how a case goes; the item says who decides it, within how long,
// with which materials. What somebody sends is held against both, and every fault is named by its field: `form.X`,
// `materials.CODE`.
#pragma once
#include "kernel/matter/command.h"
#include "systems/hall/cases/sheet.h"
#include "systems/hall/item_store.h"

namespace banyan::hall {

/// Units of a case, by code: who decides, who says its part of a life event, who takes in and hands over.
struct Hands {
    std::string lead;
    std::vector<std::string> assist, informed;
};

/// What was sent, as the API's tables read it.
struct Said {
    std::string applicant;  ///< person, company
    int version = 0;        ///< of the item, as it was filled in
    json::object form;
    json::array materials;   ///< {code, how, files}
    std::string delivery;    ///< pickup, courier, electronic; empty: the item's first
    bool committed = false;  ///< 告知承诺
};

/// How a material may be given: upload, paper, licence (the government looks it up), follow (容缺).
inline constexpr std::array<std::string_view, 4> kGiven{"upload", "paper", "licence", "follow"};

/// The form and fields of step `apply_case`. Refused, all faults at once: item.not_in_force, item.version_changed;
/// sheet.audience; field.*; material.missing, material.unknown, material.given_twice, material.not_uploaded,
/// material.not_shared, material.no_following; delivery.not_offered; promise.not_offered; agent.ended.
Result<json::object> application_form(Said said, Stored const& stored, Sheets const& sheets, Hands const& hands,
                                      Day today);

}  // namespace banyan::hall
