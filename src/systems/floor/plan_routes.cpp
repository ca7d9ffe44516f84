// A hall edited by its management: as it is, what a change would mean, the change. In force at once in this
// program.
#include <algorithm>

#include "base/text.h"
#include "kernel/engine/installation.h"
#include "kernel/engine/view.h"
#include "systems/floor/hall_plan.h"
#include "systems/floor/routes.h"
#include "systems/floor/tickets.h"
#include "systems/floor/views.h"

namespace banyan::floor {
namespace {

/// The plan as the database has it: what is in memory may be a moment behind.
Result<Plan> stored_plan(store::Session& session) {
    std::string csv;
    session.query("SELECT text FROM catalogue WHERE name = $1", {kFloorCatalogue},
                  [&](store::Row const& row) { csv = row.text(0); });
    return read_plan(csv);
}

Result<Hall> managed_hall(Office const& office, Plan const& plan, api::Call const& call) {
    Hall const* hall = plan.hall(call.param(0));
    if (hall == nullptr) return refuse("hall.unknown");
    if (office.actor.role != "hall_manager" || !in_the_hall(office, *hall)) return refuse("step.not_yours");
    return *hall;
}

json::object as_it_is(Office const& office, Hall const& hall) {
    Hall plain = hall;
    plain.hours.clear();
    return {{"hall", hall.code},
            {"unit", hall.unit},
            {"version", version_of(hall)},
            {"plan", plan_json(hall)},
            {"usual",
             {{"hours", office.hours(plain).text()},
              {"slot_minutes", office.book.slot_minutes},
              {"per_window", office.book.per_window}}}};
}

Result<json::object> shown(Office const& office, api::Call const& call) {
    BANYAN_TRY(Plan const plan, stored_plan(office.session));
    BANYAN_TRY(Hall const hall, managed_hall(office, plan, call));
    return as_it_is(office, hall);
}

struct Meant {
    Wanted wanted;
    std::vector<Broken> broken;
};
Meant meant_by(Office const& office, Hall const& hall, api::Call const& call) {
    Meant meant{wanted_hall(hall, call.body.at("plan").as_object(), office.directory), {}};
    for (Refusal& each : in_use(office, meant.wanted.hall)) meant.wanted.faults.push_back(std::move(each));
    if (meant.wanted.faults.empty()) meant.broken = broken_by(office, meant.wanted.hall);
    for (Refusal& each : meant.wanted.faults) each.field = "plan." + each.field;
    return meant;
}

json::array broken_json(Office const& office, std::vector<Broken> const& all) {
    json::array rows;
    for (Broken const& each : all)
        rows.push_back({{"why", each.why}, {"appointment", appointment_json(office, each.appointment, false)}});
    return rows;
}

Result<json::object> checked(Desk const& desk, Office const& office, api::Call const& call) {
    BANYAN_TRY(Plan const plan, stored_plan(office.session));
    BANYAN_TRY(Hall const hall, managed_hall(office, plan, call));
    Meant const meant = meant_by(office, hall, call);
    json::array faults;
    for (Refusal const& each : meant.wanted.faults) {
        json::object fault = api::sentence_json(desk.house.texts, "refusal." + each.key, each.params);
        fault["key"] = each.key;
        fault["field"] = each.field;
        faults.push_back(std::move(fault));
    }
    return json::object{{"faults", std::move(faults)}, {"broken", broken_json(office, meant.broken)}};
}

Result<std::int64_t> settle(Office const& office, std::vector<Broken>& broken, std::string_view what) {
    if (broken.empty()) return 0;
    if (what.empty()) return refuse("floor.breaks_bookings", "bookings", {{"n", std::to_string(broken.size())}});
    if (what == "keep") {
        if (std::ranges::any_of(broken, [](Broken const& each) { return each.why == "service"; }))
            return refuse("floor.cannot_keep", "bookings");
        return 0;
    }
    for (Broken& each : broken) {
        each.appointment.state = Appointment::State::cancelled;
        each.appointment.counts = false;
        each.appointment.changed = office.now();
        save(office.session, each.appointment);
    }
    return static_cast<std::int64_t>(broken.size());
}

Result<Done> changed(Desk const& desk, Office const& office, api::Call const& call) {
    BANYAN_TRY(Plan plan, stored_plan(office.session));
    BANYAN_TRY(Hall const hall, managed_hall(office, plan, call));
    Form const asked(call.body);
    if (asked.text("version") != version_of(hall))
        return refuse("version.stale", "version", {{"version", version_of(hall)}});
    Meant meant = meant_by(office, hall, call);
    if (!meant.wanted.faults.empty()) {
        Refusal first = std::move(meant.wanted.faults.front());
        first.others.assign(std::make_move_iterator(meant.wanted.faults.begin() + 1),
                            std::make_move_iterator(meant.wanted.faults.end()));
        return std::unexpected(std::move(first));
    }
    BANYAN_TRY(std::int64_t const cancelled, settle(office, meant.broken, asked.text("bookings")));
    *std::ranges::find(plan.halls, hall.code, &Hall::code) = meant.wanted.hall;
    std::string csv = write_plan(plan);
    put_catalogue(office.session, kFloorCatalogue, csv, office.now());
    desk.house.engine.nodes().tell(office.session, kFloorCatalogue);
    save(office, Act{hall.code, "", "plan", std::string(asked.text("bookings")), {}});
    Done done{as_it_is(office, meant.wanted.hall), hall.code};
    done.body["cancelled"] = cancelled;
    done.then = [&desk, csv = std::move(csv), plan = std::make_shared<Plan const>(std::move(plan))] {
        desk.plans.put(plan);
        desk.house.catalogues.put(kFloorCatalogue, csv);
    };
    return done;
}

shape::Schema held_shape(std::initializer_list<shape::Member> more) {
    using namespace shape;
    return extended(
        object(
            {{"hall", code()},
             {"unit", code("whose hall it is")},
             {"version", text("say it when you change it")},
             {"plan", plan_shape()},
             {"usual", object({{"hours", text("of its unit")}, {"slot_minutes", count()}, {"per_window", count()}},
                              "what holds where the plan says nothing")}}),
        more);
}

}  // namespace

void add_plan_operations(api::Api& api, Desk& desk) {
    using namespace shape;
    using Of = Field::Type;
    Field const plan{.name = "plan", .type = Of::object, .required = true, .inner = hall_fields()};
    auto add = [&](http::Method method, char const* tail, char const* name, char const* summary) {
        api::Operation one{.method = method};
        one.pattern = std::string("/api/v1/floor/halls/{hall}/plan") + tail;
        one.name = std::string("floor.") + name;
        one.summary = summary;
        one.tag = "floor";
        one.roles = {"hall_manager"};
        one.path = {{.name = "hall", .type = Of::code}};
        one.replies = {{200, "of one's own hall"}, {403, "another hall"}, {404, "no such hall"}};
        return one;
    };
    api::Operation one =
        add(http::Method::get, "", "plan", "A hall as it is kept: names, hours, services, windows, closed days");
    one.reply = held_shape({});
    one.handle = [&desk](api::Call&& call, http::Respond respond) {
        look(desk, std::move(call), std::move(respond), shown);
    };
    api.add(std::move(one));
    one = add(http::Method::post, "/check", "plan_check",
              "What is wrong with a change, and which bookings it would break; nothing is changed");
    one.body = {plan};
    one.reply = object({{"faults", list(extended(names_shape(), {{"key", code()}, {"field", shape::text()}}))},
                        {"broken", list(object({{"why", one_of({std::begin(kWhyBroken), std::end(kWhyBroken)})},
                                                {"appointment", appointment_shape()}}),
                                        "by time; none while something is wrong")}});
    one.handle = [&desk](api::Call&& call, http::Respond respond) {
        look(desk, std::move(call), std::move(respond),
             [&desk](Office const& office, api::Call const& asked) { return checked(desk, office, asked); });
    };
    api.add(std::move(one));
    one = add(http::Method::post, "", "plan_change", "Change it, at once");
    one.body = {plan,
                {.name = "version", .required = true, .most = 40},
                {.name = "bookings",
                 .type = Of::choice,
                 .choices = {"keep", "cancel"},
                 .about = "what becomes of those that it would break: they hold all the same, or are cancelled"}};
    one.replies.emplace_back(412, "it was changed meanwhile");
    one.replies.emplace_back(422, "faults by field, or bookings would break and nothing was said of them");
    one.reply = held_shape({{"cancelled", count("bookings")}});
    one.handle = [&desk](api::Call&& call, http::Respond respond) {
        write(desk, std::move(call), std::move(respond),
              [&desk](Office const& office, api::Call const& asked) { return changed(desk, office, asked); });
    };
    api.add(std::move(one));
}

}  // namespace banyan::floor
