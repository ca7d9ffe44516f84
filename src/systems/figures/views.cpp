#include "systems/figures/views.h"

#include "kernel/engine/view.h"

namespace banyan::figures {
namespace {

json::value decimal_json(std::optional<std::int64_t> hundredths) {
    if (!hundredths) return nullptr;
    return json::string(decimal(*hundredths));
}

shape::Schema percent_shape(std::string_view about) { return shape::or_null(shape::text(about)); }

void put_person(json::object& into, PersonId person, Directory const& directory) {
    if (Person const* known = directory.person(person)) into["by"] = {{"zh", known->zh}, {"en", known->en}};
}

json::object unit_json(Unit const& unit) { return {{"code", unit.code}, {"zh", unit.zh}, {"en", unit.en}}; }

json::object stand_json(Stand const& stand) {
    return {{"root", stand.root}, {"events", stand.events}, {"last_event", stand.event.text()}};
}

shape::Schema stand_shape() {
    using namespace shape;
    return named("journal_stand", object({{"root", hex("over the heads of the journal")},
                                          {"events", count("so many it had")},
                                          {"last_event", id("the last one that is counted")}}));
}

json::array texts_json(std::vector<std::string> const& texts) {
    json::array all;
    for (std::string const& text : texts) all.emplace_back(text);
    return all;
}

json::object unit_row_json(UnitRow const& row) {
    json::object made{{"unit", unit_json(*row.unit)},
                      {"figures", figures_json(row.figures)},
                      {"score", row.score.of == 0 ? json::value() : decimal_json(row.score.points)},
                      {"of", decimal_json(row.score.of)},
                      {"percent", decimal_json(row.score.percent())},
                      {"band", row.band.empty() ? json::value() : json::value(row.band)},
                      {"rank", nullptr},
                      {"list", "/api/v1/matters?unit=" + row.unit->code}};
    if (row.rank) made["rank"] = *row.rank;
    return made;
}

}  // namespace

json::object figure_json(Figure const& figure) {
    json::object made{
        {"key", figure.indicator->key}, {"numerator", nullptr}, {"denominator", nullptr}, {"value", nullptr}};
    if (figure.small) {
        made["small"] = true;
        return made;
    }
    made["numerator"] = figure.numerator;
    made["denominator"] = figure.denominator;
    made["value"] = decimal_json(figure.value());
    if (!figure.indicator->excluded.empty()) made["excluded"] = figure.excluded;
    return made;
}

json::array figures_json(std::vector<Figure> const& figures) {
    json::array all;
    for (Figure const& figure : figures) all.push_back(figure_json(figure));
    return all;
}

shape::Schema figure_shape() {
    using namespace shape;
    return named("figure", object({{"key", code("of the indicator")},
                                   {"numerator", or_null(count())},
                                   {"denominator", or_null(integer("without what is excluded"))},
                                   {"value", percent_shape("percent, two decimals, half up; null: of nothing")},
                                   {"excluded?", count("left out of the denominator")},
                                   {"small?", always(true)}},
                                  "small: a count too small to be told"));
}

shape::Schema figures_shape() { return shape::list(figure_shape(), "in the order of the indicators"); }

json::object group_json(Texts const& texts, std::string const& group) {
    std::string const key = "unit_group." + group;
    json::object name{{"zh", group}, {"en", group}};
    if (texts.has(key, Language::zh)) name = api::sentence_json(texts, key);
    return {{"group", group}, {"name", std::move(name)}};
}

shape::Schema group_shape() {
    using namespace shape;
    return object({{"group", code("class of units that are compared")}, {"name", names_shape()}});
}

json::object frozen_json(Frozen const& frozen, Directory const& directory) {
    json::object made{
        {"number", frozen.number}, {"at", rfc3339(frozen.at)}, {"journal", stand_json(frozen.stand)}};
    put_person(made, frozen.person, directory);
    return made;
}

shape::Schema frozen_shape() {
    using namespace shape;
    return named("frozen_month", object({{"number", count("of the publication")},
                                         {"at", instant()},
                                         {"by?", names_shape()},
                                         {"journal", stand_shape()}}));
}

json::object correction_json(Correction const& correction, Directory const& directory) {
    json::object made{{"no", correction.no},
                      {"at", rfc3339(correction.at)},
                      {"reason", correction.reason},
                      {"journal", stand_json(correction.stand)}};
    put_person(made, correction.person, directory);
    return made;
}

shape::Schema correction_shape() {
    using namespace shape;
    return object({{"no", count("1, 2, 3 … of its month")},
                   {"at", instant()},
                   {"by?", names_shape()},
                   {"reason", text()},
                   {"journal", stand_shape()}});
}

shape::Schema changed_correction_shape() {
    using namespace shape;
    Schema const change = object({{"unit?", unit_shape()}, {"before", figure_shape()}, {"after", figure_shape()}},
                                 "without a unit: of the city");
    return named("figure_correction",
                 extended(correction_shape(), {{"changed", list(change, "that the viewer may see")}}));
}

json::array corrections_json(store::Session& session, Shown const& shown) {
    json::array all;
    if (!shown.frozen) return all;
    for (Correction const& correction : load_corrections(session, shown.month)) {
        json::array changed;
        for (Change const& change : changes_of(session, shown.formulas, correction, false)) {
            bool const seen = change.unit ? shown.scope.holds(change.unit) : shown.scope.city();
            Unit const* unit = shown.directory->unit(change.unit);
            if (!seen || (change.unit && unit == nullptr)) continue;
            json::object one{{"before", figure_json(change.before)}, {"after", figure_json(change.after)}};
            if (unit != nullptr) one["unit"] = unit_json(*unit);
            changed.push_back(std::move(one));
        }
        json::object row = correction_json(correction, *shown.directory);
        row["changed"] = std::move(changed);
        all.push_back(std::move(row));
    }
    return all;
}

json::object formulas_json(Formulas const& formulas, Texts const& texts) {
    json::array indicators, points, bands;
    for (Indicator const& one : formulas.indicators)
        indicators.push_back({{"key", one.key},
                              {"name", api::sentence_json(texts, "indicator." + one.key)},
                              {"formula", api::sentence_json(texts, "indicator." + one.key + ".formula")},
                              {"of_city", one.city},
                              {"numerator", texts_json(one.numerator)},
                              {"less", texts_json(one.less)},
                              {"denominator", texts_json(one.denominator)},
                              {"excluded", texts_json(one.excluded)}});
    for (Points const& row : formulas.points)
        points.push_back({{"indicator", row.indicator},
                          {"most", decimal(row.most)},
                          {"least", decimal(row.least)},
                          {"target", decimal(row.target)},
                          {"slope", decimal(row.slope)}});
    for (Band const& band : formulas.bands)
        bands.push_back({{"name", band.name}, {"group", band.group}, {"least", decimal(band.least)}});
    return {{"indicators", std::move(indicators)},
            {"points", std::move(points)},
            {"bands", std::move(bands)},
            {"league", formulas.league},
            {"least_small", formulas.least_small}};
}

shape::Schema formulas_shape() {
    using namespace shape;
    Schema const measures = list(code("of the rulebooks' `counts`"));
    return object(
        {{"indicators",
          list(object({{"key", code()},
                       {"name", names_shape()},
                       {"formula", names_shape()},
                       {"of_city", flag("the centre's own: a unit has none")},
                       {"numerator", measures},
                       {"less", measures},
                       {"denominator", measures},
                       {"excluded", measures}},
                      "(numerator − less) ÷ (denominator − excluded), each the sum of its measures"))},
         {"points", list(object({{"indicator", code()},
                                 {"most", text()},
                                 {"least", text()},
                                 {"target", text("percent")},
                                 {"slope", text("points for each percent below it")}},
                                "most − slope × (target − value), between least and most"))},
         {"bands",
          list(object({{"name", code()},
                       {"group", text("of that class of units; empty: of those without bands of their own")},
                       {"least", text("percent of the points there were")}}))},
         {"league", flag("units of a class are ranked")},
         {"least_small", count("smaller counts are told to the centre only")}});
}

json::object classes_json(std::map<std::string, UnitClass> const& classes, Texts const& texts) {
    json::array all;
    for (auto const& [group, members] : classes) {
        json::array rows, apart;
        for (UnitRow const& row : members.units) rows.push_back(unit_row_json(row));
        for (Unit const* unit : members.apart) apart.push_back(unit_json(*unit));
        json::object one = group_json(texts, group);
        one["units"] = std::move(rows);
        one["apart"] = std::move(apart);
        all.push_back(std::move(one));
    }
    return {{"classes", std::move(all)}};
}

shape::Schema class_shape() {
    using namespace shape;
    Schema const row = object({{"unit", unit_shape()},
                               {"figures", figures_shape()},
                               {"score", percent_shape("points; null: there was nothing to score")},
                               {"of", text("points there were")},
                               {"percent", percent_shape("score ÷ of")},
                               {"band", or_null(code())},
                               {"rank", or_null(count("in its class; null where a city does not rank"))},
                               {"list", text("the matters that its shares are of, open or over")}});
    return named("unit_class",
                 extended(group_shape(),
                          {{"units", list(row)}, {"apart", list(unit_shape(), "nothing was counted of them")}}));
}

json::array values_json(std::vector<ValueRow> const& rows, std::string_view dimension) {
    json::array all;
    for (ValueRow const& row : rows) {
        json::object made{{"value", row.value}, {"figures", figures_json(row.figures)}, {"list", nullptr}};
        // A region here is the district: the list is of all that lie within it.
        if (!row.value.empty())
            made["list"] =
                "/api/v1/matters?" + std::string(dimension == kRegion ? "within" : dimension) + "=" + row.value;
        all.push_back(std::move(made));
    }
    return all;
}

}  // namespace banyan::figures
