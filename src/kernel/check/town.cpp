#include "kernel/check/town.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace banyan::check_model {
namespace {

constexpr std::string_view kUnits[] = {"centre", "a", "b", "a1", "d", "d1"};
constexpr std::int64_t kCentre = 1, kA1 = 4, kD = 5, kD1 = 6;

std::vector<Unit> town_units() {
    std::vector<Unit> units;
    for (std::string_view code : kUnits) {
        Unit unit;
        unit.id = UnitId(static_cast<std::int64_t>(units.size()) + 1);
        unit.code = unit.zh = unit.en = code;
        if (unit.id.value != kCentre)
            unit.parent = UnitId(unit.id.value == kA1 ? 2 : unit.id.value == kD1 ? kD : kCentre);
        unit.level = unit.id.value == kCentre ? 1 : unit.id.value == kA1 || unit.id.value == kD1 ? 3 : 2;
        unit.group = code == "centre" ? "centre"
                     : code == "d"    ? "district"
                     : code == "d1"   ? "district_department"
                                      : "city";
        units.push_back(std::move(unit));
    }
    return units;
}

bool has_open(Matter const& matter, Share share) {
    return std::ranges::any_of(matter.assignments,
                               [&](Assignment const& s) { return s.share == share && s.open(); });
}

/// A value the field's type takes.
json::value least_value(Field const& field) {
    using Type = Field::Type;
    switch (field.type) {
        case Type::text:
            return json::string(
                std::string(static_cast<std::size_t>(std::max<std::int64_t>(field.least, 1)), 'x'));
        case Type::choice:
            return json::string(field.choices.front());
        case Type::flag:
            return true;
        case Type::integer:
            return std::max<std::int64_t>(field.least,
                                          field.most == 0 ? 1 : std::min<std::int64_t>(1, field.most));
        case Type::day:
            return json::string("2026-01-01");  // replaced by days after today
        case Type::instant:
            return json::string("2026-01-01T00:00:00+08:00");
        case Type::code:
            return json::string("c");
        case Type::unit:
            return json::string("b");
        case Type::units:
            return json::array{"b"};
        case Type::region:
            return json::string("3501");
        case Type::point:
            return json::object{{"lat", 26.0}, {"lon", 119.0}};
        case Type::matter:
            return json::string(receipt_number(MatterId(99)));
        case Type::phone:
            return json::string("0591 0000");
        case Type::identity:
            return json::string("11010519491231002X");
        case Type::object: {
            json::object object;
            for (Field const& inner : field.inner)
                if (inner.required) object[inner.name] = least_value(inner);
            return object;
        }
        case Type::list: {
            json::object element;
            for (Field const& inner : field.inner)
                if (inner.required) element[inner.name] = least_value(inner);
            return json::array(
                field.required ? std::max<std::size_t>(1, static_cast<std::size_t>(field.least)) : 0, element);
        }
        case Type::files:
            return json::array{json::string(std::string(64, '0'))};
    }
    return nullptr;
}

}  // namespace

Instant Town::morning() { return parse_local("2026-10-12 09:00").value(); }

Town::Town(std::shared_ptr<Procedure const> const& procedure, Asks const& asks) : procedure_(*procedure) {
    rules_.procedures[procedure->name] = procedure;
    for (auto const& compared : {asks.compared, asks.compared_by_limits})
        for (auto const& [field, values] : compared)
            for (std::string const& value : values)
                if (value.starts_with("listed.")) rules_.lists[value.substr(7)] = {"listed"};
    make_people();

    for (Step const& step : procedure->steps) {
        std::vector<json::object> all{{}};
        for (Field const& field : step.form) {  // every combination of what conditions compare
            auto compared = asks.compared.find(field.name);
            auto said = ways(field, compared != asks.compared.end(),
                             compared == asks.compared.end() ? std::vector<std::string>{} : compared->second);
            std::vector<json::object> longer;
            for (json::object const& form : all)
                for (Said const& way : said) {
                    longer.push_back(form);
                    if (way.given) longer.back()[field.name] = way.value;
                }
            all = std::move(longer);
        }
        json::object usual = all.front();
        for (Field const& field : step.form) {  // and each value only limits and the form itself compare, once
            auto compared = asks.compared_by_limits.find(field.name);
            if (compared == asks.compared_by_limits.end()) continue;
            for (Said const& way : ways(field, true, compared->second)) {
                json::object form = usual;
                form.erase(field.name);
                if (way.given) form[field.name] = way.value;
                if (std::ranges::find(all, form) == all.end()) all.push_back(std::move(form));
            }
        }
        auto asked = [&](json::object const& form, Field const& field) {
            if (field.shown_when.empty()) return true;
            json::value const* other = form.if_contains(field.shown_when);
            return other != nullptr && ((other->is_string() && other->as_string() == field.shown_value) ||
                                        (other->is_bool() && (field.shown_value == "true") == other->as_bool()));
        };
        for (json::object& form : all)
            for (Field const& field : step.form)
                if (!asked(form, field)) form.erase(field.name);
        forms_.push_back(std::move(all));
    }
}

std::vector<Town::Said> Town::ways(Field const& field, bool compared,
                                   std::vector<std::string> const& values) const {
    std::vector<Said> all;
    if (!compared) {
        all.push_back({least_value(field), field.required});
        return all;
    }
    if (!field.required) all.push_back({nullptr, false});
    auto add = [&](json::value value) {
        if (std::ranges::none_of(all, [&](Said const& known) { return known.given && known.value == value; }))
            all.push_back({std::move(value)});
    };
    using Type = Field::Type;
    if (field.type == Type::flag) {
        bool asks_false = std::ranges::find(values, "false") != values.end();
        if (field.required || asks_false) add(false);
        add(true);
        return all;
    }
    if (field.type == Type::choice) {
        auto unlisted = std::ranges::find_if(
            field.choices, [&](std::string const& c) { return std::ranges::find(values, c) == values.end(); });
        if (unlisted != field.choices.end()) add(json::string(*unlisted));
        for (std::string const& choice : field.choices)
            if (std::ranges::find(values, choice) != values.end()) add(json::string(choice));
        return all;
    }
    add(least_value(field));
    for (std::string const& value : values) {
        if (value.empty()) continue;
        if (field.type == Type::integer)
            add(std::strtoll(value.c_str(), nullptr, 10));
        else
            add(json::string(value.starts_with("listed.") ? "listed" : value));
    }
    return all;
}

void Town::make_people() {
    std::vector<Unit> units = town_units();
    std::vector<Person> people;
    std::set<std::string> roles;
    std::string access;
    for (Step const& step : procedure_.steps)
        for (ActorRule const& actor : step.by)
            if (!actor.role.empty() && roles.insert(actor.role).second)
                access += fmt::format("[\"{}\"]\nrows = \"all\"\n", actor.role);
    auto person = [&](std::string const& role, std::int64_t unit, int which) {
        std::string login = fmt::format("{} {} {}", role, unit, which);
        for (Person const& known : people)
            if (known.login == login) return known.id;
        Person made;
        made.id = PersonId(static_cast<std::int64_t>(people.size()) + 1);
        made.login = login;
        made.role = role;
        made.unit = UnitId(unit);
        people.push_back(made);
        return made.id;
    };
    auto share_a_role = [](Step const& one, Step const& other) {
        return std::ranges::any_of(one.by, [&](ActorRule const& rule) {
            return !rule.role.empty() &&
                   std::ranges::find(other.by, rule.role, &ActorRule::role) != other.by.end();
        });
    };
    personal_.assign(procedure_.steps.size(), false);
    for (std::size_t i = 0; i < procedure_.steps.size(); ++i)
        for (Condition const& need : procedure_.steps[i].needs)
            each_inside(need, [&](Condition const& inner) {
                if (inner.what != Condition::What::other_person) return;
                Index taken = procedure_.step(inner.name);
                if (share_a_role(procedure_.steps[i], procedure_.step_at(taken)))
                    personal_[i] = personal_[static_cast<std::size_t>(taken)] = true;
            });
    for (std::size_t i = 0; i < procedure_.steps.size(); ++i) {
        Step const& step = procedure_.steps[i];
        std::vector<Actor> others, askers;
        for (ActorRule const& rule : step.by) {
            if (rule.relation == Relation::clock) {
                // A step of another rulebook begins it; or no timer takes it, so it may come at any time: when a
                // calendar is published, when a system sees a pattern.
                bool const by_timer = std::ranges::any_of(
                    procedure_.timers, [&](Timer const& timer) { return timer.step == static_cast<Index>(i); });
                if (step.opens || !by_timer) others.push_back(Actor::time());
                continue;
            }
            if (rule.relation == Relation::along) {
                Actor other;
                other.along = MatterId(99);
                others.push_back(other);
                continue;
            }
            if (rule.relation == Relation::asker) {
                askers.push_back({{}, rule.role, {}, MatterId(1), false});
                continue;
            }
            bool anywhere = rule.relation == Relation::holder || rule.relation == Relation::lead ||
                            rule.relation == Relation::superior;
            std::vector<std::int64_t> places;
            if (anywhere) places.insert(places.end(), {2, 3, kA1, kD1});
            places.push_back(kCentre);
            if (anywhere || rule.relation == Relation::centre) places.push_back(kD);
            for (std::int64_t place : places)
                for (int which = 0; which < (personal_[i] ? 2 : 1); ++which)
                    others.push_back({person(rule.role, place, which), rule.role, UnitId(place), {}, false});
        }
        others.insert(others.end(), askers.begin(), askers.end());
        actors_.push_back(std::move(others));
    }
    rules_.directory = std::make_shared<Directory>(std::move(units), std::move(people));
    rules_.access = std::make_shared<Access>(Access::read(access).value());
}

std::string Town::lead_unit(Matter const& matter) const {
    for (std::int64_t unit : {std::int64_t{2}, std::int64_t{3}}) {
        bool gave_back = std::ranges::any_of(matter.assignments, [&](Assignment const& s) {
            return s.unit.value == unit && s.progress == Progress::returned && s.share == Share::lead;
        });
        bool has_it = std::ranges::any_of(matter.assignments,
                                          [&](Assignment const& s) { return s.unit.value == unit && s.open(); });
        if (!gave_back && !has_it) return std::string(kUnits[unit - 1]);
    }
    return "d";
}

std::vector<json::object> Town::forms(Index index, Matter const& matter, Assignment const* at,
                                      Moment const& moment) const {
    Step const& step = procedure_.step_at(index);
    std::vector<json::object> all = forms_[static_cast<std::size_t>(index)];
    auto tells_time = [](Field const& field) {
        return field.type == Field::Type::day || field.type == Field::Type::instant;
    };
    bool timed = std::ranges::any_of(step.form, tells_time);
    std::string in_days = timed ? iso(moment.today() + 3) : "", today = timed ? iso(moment.today()) : "";
    for (json::object& form : all)
        for (Field const& field : step.form) {
            if (!timed) break;
            json::value* value = form.if_contains(field.name);
            if (value == nullptr) continue;
            if (field.type == Field::Type::day) *value = json::string(field.name == "due" ? today : in_days);
            if (field.type == Field::Type::instant) *value = json::string(rfc3339(moment.now + hours(1)));
        }
    for (Condition const& need : step.needs) {  // a hold of a day, and one that uses up what is left
        if (need.what != Condition::What::at_most_held || need.name.empty()) continue;
        int left = need.limit->amount - days_held(matter, *need.limit, moment);
        std::size_t short_ones = all.size();
        for (std::size_t i = 0; i < short_ones; ++i) {
            if (!all[i].contains(need.name)) continue;
            all[i][need.name] = json::string(iso(moment.today() + 1));
            if (left <= 0) continue;
            all.push_back(all[i]);
            bool worked = need.limit->unit == Limit::Unit::working_day;
            all.back()[need.name] = json::string(
                iso(worked ? calendar_.working_day_after(moment.today(), left) : moment.today() + left));
        }
    }
    bool offers = step.tree == TreeWord::offer || step.tree == TreeWord::designate;
    if (step.tree == TreeWord::delegate && at != nullptr)
        for (json::object& form : all)
            form["unit"] = json::string(at->unit.value == 2 ? "a1" : at->unit.value == kD ? "d1" : "b");
    if (offers) {
        std::string lead = lead_unit(matter);
        for (json::object& form : all) form["lead"] = json::string(lead);
        if (lead != "d") {
            all.push_back(all.front());
            all.back()["lead"] = "d";
        }
    }
    bool may_assist = std::ranges::any_of(step.form, [](Field const& field) { return field.name == "assist"; });
    if ((offers || step.tree == TreeWord::assist) && may_assist) {
        std::string_view free_unit = "b";
        for (Assignment const& share : matter.assignments)
            if (share.open() && share.unit.value == 3) free_unit = "a";
        if (step.tree == TreeWord::assist) {
            for (json::object& form : all) form["assist"] = json::array{free_unit};
        } else if (!has_open(matter, Share::assist) && all.front().at("lead").as_string() != free_unit) {
            all.push_back(all.front());
            all.back()["assist"] = json::array{free_unit};
        }
    }
    return all;
}

}  // namespace banyan::check_model
