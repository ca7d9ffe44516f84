// Where matters are, for a map: only of what was released, with the coarsened place everybody may read, counted on
// a grid of about a kilometre; a place with fewer than a few is not told.
#include <cmath>

#include "kernel/publication/shelf.h"
#include "systems/figures/routes.h"

namespace banyan::figures {
namespace {

using namespace api;

constexpr int kUsual = 90, kMost = 366;  // days back
constexpr double kGrid = 100;            // cells to a degree

json::array heat(std::vector<publication::Spot> const& spots, int least) {
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> cells;
    for (publication::Spot const& spot : spots)
        cells[{std::llround(spot.at.lat * kGrid), std::llround(spot.at.lon * kGrid)}] += spot.matters;
    json::array rows;
    for (auto const& [cell, matters] : cells)
        if (matters >= least)
            rows.push_back({{"lat", static_cast<double>(cell.first) / kGrid},
                            {"lon", static_cast<double>(cell.second) / kGrid},
                            {"matters", matters}});
    return rows;
}

}  // namespace

void add_heat_operations(Api& api, Desk& desk) {
    using namespace shape;
    Schema const number{{"type", "number"}};
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/figures/heat",
             .name = "figure.heat",
             .summary = "Where released matters are, on a grid of about a kilometre",
             .tag = "figures",
             .roles = desk.readers.all,
             .query = {{.name = "days",
                        .type = Field::Type::integer,
                        .least = 1,
                        .most = kMost,
                        .about = "that came in so many days; left out: 90"}},
             .replies = {{200, "places with three or more; nothing of what was not released"}},
             .reply = object({{"days", count()},
                              {"least", count("a place with fewer is not told")},
                              {"places", list(object({{"lat", number}, {"lon", number}, {"matters", count()}}),
                                              "the middle of each square, WGS-84")}}),
             .handle = [&desk](Call&& call, http::Respond respond) {
                 look(desk, std::move(call), std::move(respond),
                      [&desk](store::Session& session, Call const& asked) -> Result<http::Reply> {
                          std::int64_t const back = Form(asked.query).integer("days").value_or(kUsual);
                          auto const spots =
                              publication::find_spots(session, desk.house.engine.now() - days(back));
                          int const least = desk.formulas.least_small;
                          return json_reply(
                              200, json::object{{"days", back}, {"least", least}, {"places", heat(spots, least)}});
                      });
             }});
}

}  // namespace banyan::figures
