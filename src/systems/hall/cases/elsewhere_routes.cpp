// Taken in here for another place, and for us somewhere else (异地代收代办): which papers went when and how,
// whether they arrived, whether the result came back. The steps are the rulebook's (procedures/application.toml).
#include <array>
#include <set>

#include "kernel/engine/rebuild.h"
#include "kernel/engine/view.h"
#include "systems/hall/cases/case_desk.h"
#include "systems/hall/cases/today.h"
#include "systems/hall/routes.h"

namespace banyan::hall {
namespace {

constexpr std::size_t kMostListed = 200;
constexpr std::array<std::string_view, 12> kTold{"apply_case",  "ask_for_papers", "send_papers",  "papers_here",
                                                 "accept_case", "deem",           "grant_case",   "refuse_case",
                                                 "send_result", "result_here",    "deliver_case", "withdraw_case"};
constexpr std::array<std::string_view, 5> kOffered{"send_papers", "papers_here", "send_result", "result_here",
                                                   "deliver_case"};

std::string taken_at(Matter const& matter) {
    json::value const* unit = matter.facts.if_contains("taken_at");
    return unit != nullptr && unit->is_string() ? std::string(unit->as_string()) : std::string();
}

json::array track_of(store::Session& session, Matter const& matter) {
    static constexpr std::array<std::pair<char const*, char const*>, 9> kSaid{{{"papers_sent", "what"},
                                                                               {"papers_how", "how"},
                                                                               {"papers_waybill", "waybill"},
                                                                               {"papers_found", "found"},
                                                                               {"papers_lack", "lack"},
                                                                               {"result_how", "how"},
                                                                               {"result_waybill", "waybill"},
                                                                               {"delivered_by", "how"},
                                                                               {"waybill", "waybill"}}};
    json::array track;
    for (EventRow const& row : load_history(session, matter)) {
        if (std::ranges::find(kTold, row.step) == kTold.end()) continue;
        json::object one{{"step", row.step}, {"at", rfc3339(row.at)}};
        if (auto const event = readable_event(row, *matter.procedure)) {
            Form const said(event->form);
            for (auto const& [field, as] : kSaid)
                if (said.has(field)) one[as] = said.text(field);
        }
        track.push_back(std::move(one));
    }
    return track;
}

json::array offered(CaseDesk const& desk, Actor const& actor, Matter const& matter) {
    auto const rules = desk.house.engine.rules();
    json::array all;
    for (Offer const& offer : offers(actor, matter, *rules, desk.house.engine.moment())) {
        std::string const& step = matter.procedure->step_at(offer.step).name;
        if (std::ranges::find(kOffered, step) != kOffered.end()) all.emplace_back(step);
    }
    return all;
}

/// Open ones, and what was handed over today.
std::vector<Matter> taken_elsewhere(CaseDesk const& desk, store::Session& session) {
    Engine& engine = desk.house.engine;
    std::vector<std::int64_t> ids;
    session.query(
        "SELECT id FROM matter WHERE open = 1 AND stage IN ('case_received', 'case_incomplete', "
        "'case_pre_passed', "
        "'case_examining', 'case_deciding', 'case_granted') AND state LIKE '%\"taken_at\":\"%' ORDER BY id DESC "
        "LIMIT 2000",
        {}, [&](store::Row const& row) { ids.push_back(row.integer(0)); });
    std::vector<Matter> all = load_matters(session, ids, engine.procedures());
    for (Matter& matter : listed_cases(session, engine, {"delivered", "", "", {}}))
        if (!matter.open()) all.push_back(std::move(matter));
    std::erase_if(all, [](Matter const& matter) { return taken_at(matter).empty(); });
    std::ranges::sort(all, std::greater{}, &Matter::id);
    return all;
}

Result<http::Reply> elsewhere(CaseDesk const& desk, store::Session& session, api::Call& call) {
    auto const rules = desk.house.engine.rules();
    Actor const actor = call.actor();
    Unit const* own = rules->directory->unit(actor.unit);
    bool const out = Form(call.query).text("side") != "in";
    Viewer const viewer{actor, *rules, desk.house.engine.moment(), nullptr};
    json::array rows;
    for (Matter const& matter : taken_elsewhere(desk, session)) {
        Unit const* taker = rules->directory->unit(taken_at(matter));
        bool const ours = own != nullptr && taker != nullptr && rules->directory->stands_for(own->id, taker->id);
        if (ours != out || rows.size() == kMostListed) continue;
        auto row = view_of(nullptr, matter, {}, viewer);
        if (!row) continue;
        json::object one{{"case", std::move(*row)},
                         {"track", track_of(session, matter)},
                         {"offered", offered(desk, actor, matter)}};
        if (taker != nullptr) one["taken_at"] = {{"code", taker->code}, {"zh", taker->zh}, {"en", taker->en}};
        rows.push_back(std::move(one));
    }
    return api::json_reply(200, json::object{{"cases", std::move(rows)}});
}

shape::Schema elsewhere_shape() {
    using namespace shape;
    auto const told = object({{"step", code()},
                              {"at", instant()},
                              {"what?", shape::text("which papers")},
                              {"how?", code("courier, brought, electronic; pickup, elsewhere")},
                              {"waybill?", shape::text("of the courier")},
                              {"found?", code("whole, damaged, lacking")},
                              {"lack?", shape::text()}});
    return object({{"cases", list(object({{"case", matter_row_shape()},
                                          {"taken_at?", unit_shape()},
                                          {"track", list(told, "the oldest first")},
                                          {"offered", list(code(), "steps the viewer may take now")}}),
                                  "open ones and what was handed over today, the newest first, 200 at most")}});
}

}  // namespace

void add_elsewhere_operations(api::Api& api, CaseDesk const& desk) {
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/hall/elsewhere",
             .name = "hall.elsewhere",
             .summary = "Cases taken in at one window for another place, with the way of their papers and results",
             .tag = "hall",
             .roles = {"window", "hall_manager"},
             .query = {{.name = "side",
                        .type = Field::Type::choice,
                        .choices = {"out", "in"},
                        .about = "out (unless said): taken in at one's own window; in: sent to it"}},
             .replies = {{200, "as the viewer may see them"}},
             .reply = elsewhere_shape(),
             .handle = reading(desk, elsewhere)});
}

}  // namespace banyan::hall
