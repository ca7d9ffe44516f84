// What the indicators are, which months there are, and one of them: whole, by unit, by kind, class, region,
// channel.
#include "kernel/engine/view.h"
#include "systems/figures/routes.h"

namespace banyan::figures {
namespace {

using namespace api;

json::object head_json(Shown const& shown) {
    json::object scope{{"of", name(shown.scope.of)}};
    if (Unit const* unit = shown.directory->unit(shown.scope.root))
        scope["unit"] = {{"code", unit->code}, {"zh", unit->zh}, {"en", unit->en}};
    json::object head{{"month", shown.month.text()}, {"scope", std::move(scope)}};
    if (shown.today) head["units"] = "today";
    if (shown.frozen) head["frozen"] = frozen_json(*shown.frozen, *shown.directory);
    return head;
}

shape::Schema head_shape() {
    using namespace shape;
    return object({{"month", text("2026-10")},
                   {"scope", object({{"of", one_of(Scope::Of::city, Scope::Of::unit)}, {"unit?", unit_shape()}},
                                    "whose figures the viewer's role reads")},
                   {"units?", text("today: added up by the units of today")},
                   {"frozen?", frozen_shape()}});
}

http::Reply months(Desk& desk, store::Session& session) {
    auto const directory = desk.house.engine.rules()->directory;
    std::map<Month, Frozen> frozen;
    for (Frozen& one : load_all_frozen(session)) frozen.emplace(one.month, std::move(one));
    Month const present = month_of(kBeijing.day(desk.house.engine.now()));
    auto const span = load_span(session);
    json::array rows;
    for (Month month = span ? span->first : present; month <= present; month = month.next()) {
        json::object row{{"month", month.text()}, {"over", month < present}};
        if (auto known = frozen.find(month); known != frozen.end())
            row["frozen"] = frozen_json(known->second, *directory);
        rows.push_back(std::move(row));
    }
    return json_reply(200, json::object{{"months", std::move(rows)}});
}

shape::Schema months_shape() {
    using namespace shape;
    return object({{"months", list(object({{"month", text("2026-10")},
                                           {"over", flag("it may be frozen")},
                                           {"frozen?", frozen_shape()}}),
                                   "from the first that something was counted in to this one")}});
}

Result<http::Reply> month(Desk& desk, store::Session& session, Call const& call) {
    BANYAN_TRY(Shown const shown, shown_to(desk, session, call));
    json::object body = head_json(shown);
    body["figures"] = figures_json(figures_of(desk, session, shown));
    body["corrections"] = corrections_json(session, shown);
    return json_reply(200, body);
}

Result<http::Reply> by_unit(Desk& desk, store::Session& session, Call const& call) {
    BANYAN_TRY(Shown const shown, shown_to(desk, session, call));
    std::map<std::string, UnitClass> classes = classes_of(session, shown);
    Form const form(call.query);
    if (form.has("group"))
        std::erase_if(classes, [&](auto const& one) { return one.first != form.text("group"); });
    json::object body = head_json(shown);
    body["classes"] = std::move(classes_json(classes, desk.house.texts).at("classes"));
    return json_reply(200, body);
}

Result<http::Reply> by_value(Desk& desk, store::Session& session, Call const& call) {
    BANYAN_TRY(Shown shown, shown_to(desk, session, call));
    Form const form(call.query);
    if (form.has("unit")) {  // one of those the viewer may see
        Unit const* unit = shown.directory->unit(form.text("unit"));
        if (unit == nullptr || !shown.scope.holds(unit->id))
            return refuse("unit.unknown", "query.unit", {{"unit", std::string(form.text("unit"))}});
        if (!shown.scope.city()) shown.scope.of = Scope::Of::unit;
        shown.scope.root = unit->id;
        shown.scope.units = shown.today ? shown.directory->stood_for(unit->id) : std::vector{unit->id};
    }
    std::string const dimension(form.text("by"));
    json::object body = head_json(shown);
    body["by"] = dimension;
    body["values"] = values_json(values_of(session, shown, dimension), dimension);
    return json_reply(200, body);
}

}  // namespace

Result<Shown> shown_to(Desk& desk, store::Session& session, Call const& call) {
    auto const rules = desk.house.engine.rules();
    BANYAN_TRY(Shown shown,
               shown_of(desk, session, call.param(0), scope_of(desk.readers, call.actor(), *rules->directory)));
    return Form(call.query).text("units") == "today" ? as_today(std::move(shown)) : shown;
}

Field units_field() {
    return {.name = "units",
            .type = Field::Type::choice,
            .choices = {"then", "today"},
            .about =
                "units as they were when it was counted (unless said), or as they are: each with what those did "
                "whose work it has taken over"};
}

Field month_field() { return {.name = "month", .type = Field::Type::code, .about = "2026-10"}; }

void look(Desk& desk, Call&& call, http::Respond respond, Job job) {
    query(desk.house, std::move(call), std::move(respond),
          [&desk, job = std::move(job)](store::Session& session, Call& asked) {
              Result<http::Reply> done = job(session, asked);
              if (done) return std::move(*done);
              return problem(done.error(), desk.house.texts, asked.language);
          });
}

void add_figure_operations(Api& api, Desk& desk) {
    using Type = Field::Type;
    using namespace shape;
    auto add = [&](std::string what, std::string path, std::string summary, shape::Schema reply, Job job,
                   std::vector<Field> fields) {
        bool const of_month = path.find('{') != std::string::npos;
        Operation operation{.method = http::Method::get,
                            .pattern = std::move(path),
                            .name = "figure." + std::move(what),
                            .summary = std::move(summary),
                            .tag = "figures",
                            .roles = desk.readers.every(),
                            .query = std::move(fields),
                            .replies = {{200, "of what the viewer's role reads"}},
                            .reply = std::move(reply),
                            .handle = [&desk, job = std::move(job)](Call&& call, http::Respond respond) {
                                look(desk, std::move(call), std::move(respond), job);
                            }};
        if (of_month) {
            operation.path = {month_field()};
            operation.replies.emplace_back(404, "nothing was counted so long ago");
        }
        api.add(std::move(operation));
    };
    add("indicators", "/api/v1/figures/indicators", "The indicators, their formulas, points and bands",
        formulas_shape(),
        [&desk](store::Session&, Call const&) -> Result<http::Reply> {
            return json_reply(200, formulas_json(desk.formulas, desk.house.texts));
        },
        {});
    add("months", "/api/v1/figures/months", "Months with figures, and which are frozen", months_shape(),
        [&desk](store::Session& session, Call const&) -> Result<http::Reply> { return months(desk, session); },
        {});
    add("month", "/api/v1/figures/months/{month}", "A month's indicators: of the city, a district or a unit",
        extended(head_shape(), {{"figures", figures_shape()}, {"corrections", list(changed_correction_shape())}}),
        [&desk](store::Session& session, Call const& call) { return month(desk, session, call); },
        {units_field()});
    add("by_unit", "/api/v1/figures/months/{month}/units",
        "A month's indicators by unit, in classes of units that can be compared",
        extended(head_shape(), {{"classes", list(class_shape())}}),
        [&desk](store::Session& session, Call const& call) { return by_unit(desk, session, call); },
        {{.name = "group", .type = Type::code, .about = "one class only"}, units_field()});
    add("by_value", "/api/v1/figures/months/{month}/values",
        "A month's indicators by kind, class, region (the district) or channel of the matter",
        extended(head_shape(),
                 {{"by", text()},
                  {"values", list(object({{"value", text("empty: the matter has none")},
                                          {"figures", figures_shape()},
                                          {"list", or_null(text("the matters with it, of all months"))}}))}}),
        [&desk](store::Session& session, Call const& call) { return by_value(desk, session, call); },
        {{.name = "by",
          .type = Type::choice,
          .required = true,
          .choices = {std::string(kKind), std::string(kClass), std::string(kRegion), std::string(kChannel)}},
         {.name = "unit", .type = Type::unit, .about = "of that unit's shares only"},
         units_field()});
}

void add_operations(Api& api, Desk& desk) {
    add_figure_operations(api, desk);
    add_month_operations(api, desk);
    add_export_operations(api, desk);
    add_heat_operations(api, desk);
    add_open_operations(api, desk);
}

}  // namespace banyan::figures
