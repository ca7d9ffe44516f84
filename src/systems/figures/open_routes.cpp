// Open data: frozen months for everybody, of the city and of each class of units. No unit, no person, no words
// anybody wrote, and no count below a few.
#include "systems/figures/routes.h"

namespace banyan::figures {
namespace {

using namespace api;

json::object published(Frozen const& frozen) {
    return {{"month", frozen.month.text()},
            {"number", frozen.number},
            {"at", rfc3339(frozen.at)},
            {"root", frozen.stand.root}};
}

shape::Schema published_shape() {
    using namespace shape;
    return object({{"month", text("2026-10")},
                   {"number", count("of the publication")},
                   {"at", instant()},
                   {"root", hex("over the heads of the journal, as checkpoints sign it")}});
}

/// As of one row: what is small is hidden.
Figure told(Figure figure, int least) {
    std::vector<Figure> row{figure};
    hide_small({&row}, least);
    return row.front();
}

json::array corrections(store::Session& session, Shown const& shown) {
    json::array all;
    for (Correction const& correction : load_corrections(session, shown.month)) {
        json::array changed;
        for (Change const& change : changes_of(session, shown.formulas, correction, true))
            changed.push_back({{"before", figure_json(told(change.before, shown.formulas.least_small))},
                               {"after", figure_json(told(change.after, shown.formulas.least_small))}});
        all.push_back({{"no", correction.no}, {"at", rfc3339(correction.at)}, {"changed", std::move(changed)}});
    }
    return all;
}

Result<http::Reply> month(Desk& desk, store::Session& session, Call const& call) {
    BANYAN_TRY(Shown const shown, shown_of(desk, session, call.param(0), {Scope::Of::city, {}, {}}));
    if (!shown.frozen) return refuse("month.unknown", "path.month", {{"month", shown.month.text()}});
    std::vector<Figure> city = figures_of(desk, session, shown);
    hide_small({&city}, shown.formulas.least_small);
    auto sums = sums_of_classes(session, shown);
    std::vector<std::vector<Figure>*> rows;
    for (auto& [group, figures] : sums) rows.push_back(&figures);
    hide_small(rows, shown.formulas.least_small);
    json::array classes;
    for (auto const& [group, figures] : sums) {
        json::object row = group_json(desk.house.texts, group);
        row["figures"] = figures_json(figures);
        classes.push_back(std::move(row));
    }
    json::object body = published(*shown.frozen);
    body["figures"] = figures_json(city);
    body["classes"] = std::move(classes);
    body["corrections"] = corrections(session, shown);
    return json_reply(200, body);
}

}  // namespace

void add_open_operations(Api& api, Desk& desk) {
    using namespace shape;
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/open/figures",
         .name = "open_figure.months",
         .summary = "Open data: the months that are published",
         .tag = "open",
         .who = Who::anyone,
         .replies = {{200, "frozen months, the first first"}},
         .reply = object({{"months", list(published_shape())},
                          {"indicators", list(object({{"key", code()}, {"name", text()}, {"formula", text()}},
                                                     "in the language asked for"))}}),
         .handle = [&desk](Call&& call, http::Respond respond) {
             look(desk, std::move(call), std::move(respond),
                  [&desk](store::Session& session, Call const& asked) -> Result<http::Reply> {
                      json::array months, indicators;
                      for (Frozen const& one : load_all_frozen(session)) months.push_back(published(one));
                      for (Indicator const& one : desk.formulas.indicators) {
                          std::string const key = "indicator." + one.key;
                          Texts const& texts = desk.house.texts;
                          indicators.push_back({{"key", one.key},
                                                {"name", texts.sentence(key, asked.language)},
                                                {"formula", texts.sentence(key + ".formula", asked.language)}});
                      }
                      return json_reply(
                          200, json::object{{"months", std::move(months)}, {"indicators", std::move(indicators)}});
                  });
         }});
    Schema const change = object({{"before", figure_shape()}, {"after", figure_shape()}});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/open/figures/{month}",
             .name = "open_figure.month",
             .summary = "Open data: a published month of the city and its classes of units",
             .tag = "open",
             .who = Who::anyone,
             .path = {month_field()},
             .replies = {{200, "as it was frozen, with what was corrected since"}, {404, "it is not published"}},
             .reply = extended(
                 published_shape(),
                 {{"figures", figures_shape()},
                  {"classes", list(extended(group_shape(), {{"figures", figures_shape()}}))},
                  {"corrections", list(object({{"no", count()}, {"at", instant()}, {"changed", list(change)}}))}}),
             .handle = [&desk](Call&& call, http::Respond respond) {
                 look(desk, std::move(call), std::move(respond),
                      [&desk](store::Session& session, Call const& asked) { return month(desk, session, asked); });
             }});
}

}  // namespace banyan::figures
