// Units: the system administrator's. What a change would do is said before it is done.
#include "base/csv.h"
#include "kernel/engine/view.h"
#include "systems/administration/desk.h"
#include "systems/administration/people.h"

namespace banyan::administration {
namespace {

using Type = Field::Type;

json::array people_of(Directory const& directory, UnitId unit) {
    json::array all;
    for (Person const& person : directory.people())
        if (person.unit == unit && is_looked_after(person) && person.role != kEnded)
            all.push_back({{"login", person.login}, {"role", person.role}, {"zh", person.zh}, {"en", person.en}});
    return all;
}

http::Reply get_unit(Desk& desk, store::Session& session, api::Call& call) {
    auto const rules = desk.house.engine.rules();
    Directory const& directory = *rules->directory;
    Unit const* unit = directory.unit(call.param(0));
    if (unit == nullptr) return no(desk, call, {"unit.not_found", {}, {}, {}});
    json::object body = unit_names(*unit);
    body["level"] = unit->level;
    body["region"] = unit->region;
    body["group"] = unit->group;
    body["duties"] = json::array(unit->duties.begin(), unit->duties.end());
    body["liaison"] = unit->liaison;
    body["phone"] = unit->phone;
    body["office_hours"] = unit->office_hours;
    body["people"] = people_of(directory, unit->id);
    body["open_shares"] = open_shares(session, unit->id);
    if (Unit const* above = directory.unit(unit->parent)) body["parent"] = unit_names(*above);
    if (unit->heir) {
        body["heir"] = unit_names(*directory.unit(directory.now(unit->id)));
        body["ended_at"] = rfc3339(unit->ended_at);
    }
    json::array stands_for;
    for (UnitId id : directory.stood_for(unit->id))
        if (id != unit->id) stands_for.push_back(unit_names(*directory.unit(id)));
    body["stands_for"] = std::move(stands_for);
    return api::json_reply(200, body);
}

shape::Schema whole_unit_shape() {
    using namespace shape;
    auto person = object({{"login", text()}, {"role", code()}, {"zh", text()}, {"en", text()}});
    auto unit =
        extended(unit_shape(), {{"level", count("1 the city's centre … 4 village")},
                                {"region", code("GB/T 2260, the area it serves")},
                                {"group", code("class of comparison")},
                                {"duties", list(text(), "its duty list")},
                                {"liaison", text()},
                                {"phone", text("of the unit, not of a person")},
                                {"office_hours", text()},
                                {"people", list(std::move(person))},
                                {"open_shares", count("of open matters, that it has something to do with")},
                                {"parent?", unit_shape()},
                                {"heir?", unit_shape()},
                                {"ended_at?", instant()},
                                {"stands_for", list(unit_shape(), "ended units whose work it does")}});
    return named("whole_unit", std::move(unit));
}

/// What comes of it: counted, and for each unit that ends who takes over how much.
json::object outcome(Reorganised const& done, Directory const& before, store::Session& session) {
    Directory const then = after(before, done);
    json::array ended;
    for (auto const& [unit, heir] : done.succeeded) {
        std::int64_t const people = std::ranges::count_if(before.people(), [&](Person const& person) {
            return person.unit == unit && is_looked_after(person) && person.role != kEnded;
        });
        std::int64_t const below = std::ranges::count_if(
            before.units(), [&](Unit const& each) { return !each.heir && each.parent == unit; });
        ended.push_back({{"unit", unit_names(*then.unit(unit))},
                         {"heir", unit_names(*then.unit(then.now(unit)))},
                         {"open_shares", open_shares(session, unit)},
                         {"people", people},
                         {"below", below}});
    }
    return {{"renamed", done.renamed}, {"merged", done.merged},     {"moved", done.moved},
            {"added", done.added},     {"contacts", done.contacts}, {"ended", std::move(ended)}};
}

shape::Schema outcome_shape() {
    using namespace shape;
    auto one = object({{"unit", unit_shape()},
                       {"heir", unit_shape()},
                       {"open_shares", count("go on with the heir")},
                       {"people", count("go along")},
                       {"below", count("units that are below the heir then")}});
    auto all = object({{"renamed", count()},
                       {"merged", count()},
                       {"moved", count()},
                       {"added", count()},
                       {"contacts", count("units with other contacts")},
                       {"ended", list(std::move(one))}});
    return named("reorganisation", std::move(all));
}

http::Reply try_change(Desk& desk, store::Session& session, api::Call& call) {
    auto const rules = desk.house.engine.rules();
    auto done = reorganise(*rules->directory, Form(call.body).text("csv"), desk.house.engine.now());
    if (!done) return no(desk, call, done.error());
    return api::json_reply(200, outcome(*done, *rules->directory, session));
}

Result<Done> change_units(Desk& desk, store::Session& writing, api::Call const& call) {
    auto const rules = desk.house.engine.rules();
    std::string const csv(Form(call.body).text("csv"));
    BANYAN_TRY(Reorganised const done, reorganise(*rules->directory, csv, desk.house.engine.now()));
    json::object body = outcome(done, *rules->directory, writing);
    put_reorganised(writing, done);
    Csv const table = Csv::parse(csv).value();
    auto const& first = table.rows().front();
    std::string const subject(table.at(first, "what") == "add" ? table.at(first, "code")
                                                               : table.at(first, "unit"));
    return Done{.body = std::move(body), .act = "unit.change", .subject = subject, .detail = {{"csv", csv}}};
}

}  // namespace

void add_unit_operations(api::Api& api, Desk& desk) {
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/units/{code}",
             .name = "unit.get",
             .summary = "A unit with its people, its duty list and how much it has to do",
             .tag = "administration",
             .roles = administrators(),
             .path = {{.name = "code", .type = Type::code}},
             .replies = {{200, "the unit"}, {404, "there is none"}},
             .reply = whole_unit_shape(),
             .handle = looking(desk, get_unit)});
    std::vector<Field> const body{
        {.name = "csv",
         .required = true,
         .most = 200'000,
         .about = "columns what (rename, merge, move, add, contact), unit, into, parent, code, zh, en; region, "
                  "group; liaison, phone, office_hours"}};
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/unit_changes/try",
             .name = "unit.try",
             .summary = "What a reorganisation would do; nothing is changed",
             .tag = "administration",
             .roles = {"system_admin"},
             .body = body,
             .replies = {{200, "what would come of it"}, {422, "a line says why not"}},
             .reply = outcome_shape(),
             .handle = looking(desk, try_change)});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/unit_changes",
             .name = "unit.change",
             .summary = "Reorganise: all of the lines or none; old matters keep the old names, open work goes on",
             .tag = "administration",
             .roles = {"system_admin"},
             .body = body,
             .replies = {{200, "what has come of it"}, {422, "a line says why not"}},
             .reply = outcome_shape(),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 make_change(desk, std::move(call), std::move(respond),
                             [&desk](store::Session& writing, api::Call const& asked) {
                                 return change_units(desk, writing, asked);
                             });
             }});
}

}  // namespace banyan::administration
