// All entries in one list, with their states: what is in force, what ends soon, what is over.
#include "systems/knowledge/routes.h"

namespace banyan::knowledge {
namespace {

/// A remark before an entry's last day: a month, as the rulebook's `remind_on` is commonly set.
constexpr int kSoonDays = 30;

/// Of a version on a day.
enum class State { coming, in_force, ending, over, taken_down };
std::string_view name(State state) {
    switch (state) {
        case State::coming:
            return "coming";
        case State::in_force:
            return "in_force";
        case State::ending:
            return "ending";
        case State::over:
            return "over";
        case State::taken_down:
            return "taken_down";
    }
    return "over";
}

State state_of(Entry const& entry, Day today) {
    if (entry.taken_down) return State::taken_down;
    if (entry.force.over(today)) return State::over;
    if (!entry.force.begun(today)) return State::coming;
    return entry.force.until && !entry.followed && entry.force.over(today + kSoonDays) ? State::ending
                                                                                       : State::in_force;
}

http::Reply list(House& house, Shelf const& shelf, api::Call const& call) {
    auto const library = shelf.library();
    Day const today = house.engine.moment().today();
    Form const form(call.query);
    json::array entries;
    for (Entry const& each : library->stock().entries) {
        State const state = state_of(each, today);
        if (form.has("state") ? form.text("state") != name(state) : state == State::over && !form.flag("over"))
            continue;
        json::object one{{"entry", each.id},
                         {"version", each.version},
                         {"title", each.title},
                         {"state", name(state)},
                         {"staff_only", each.staff_only}};
        put_unit(one, each.unit, house);
        put_force(one, each.force);
        entries.push_back(std::move(one));
    }
    return api::json_reply(200, json::object{{"entries", std::move(entries)}});
}

shape::Schema list_shape() {
    using namespace shape;
    auto one = object({{"entry", code()},
                       {"version", count()},
                       {"title", text()},
                       {"state", one_of(State::coming, State::taken_down)},
                       {"staff_only", flag()},
                       {"unit?", code("that answers for it")},
                       {"unit_name?", text()},
                       {"area", code("00: the whole country")},
                       {"from?", day()},
                       {"until?", day("the first day it no longer holds")}});
    return object({{"entries", shape::list(named("entry_row", std::move(one)), "by id and version")}});
}

}  // namespace

void add_list_operations(Api& api, House& house, Shelf const& shelf) {
    using Type = Field::Type;
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/knowledge/entries",
         .name = "knowledge.entries",
         .summary = "All knowledge entries with their states and days; those that are over only when asked for",
         .tag = "knowledge",
         .roles = {"system_admin", "shift_leader", "reviewer", "seat", "supervision_officer"},
         .query = {{.name = "state",
                    .type = Type::choice,
                    .choices = {"coming", "in_force", "ending", "over", "taken_down"}},
                   {.name = "over", .type = Type::flag, .about = "with those that are over"}},
         .replies = {{200, "entries"}},
         .reply = list_shape(),
         .handle = [&house, &shelf](api::Call&& call, http::Respond respond) {
             respond(list(house, shelf, call));
         }});
}

}  // namespace banyan::knowledge
