#include "kernel/matter/event.h"

#include <algorithm>

#include "base/text.h"

namespace banyan {

json::array marks_json(std::vector<Mark> const& marks, Procedure const& procedure);
json::array timers_json(std::vector<Running> const& timers, Procedure const& procedure);
std::vector<Running> timers_from(json::value const* list, Procedure const& procedure);

namespace {

void mark(std::vector<Mark>& marks, Event const& event) {
    auto found = std::ranges::find(marks, event.step, &Mark::step);
    if (found == marks.end()) marks.push_back({event.step, 1, event.at, event.by});
    else *found = {event.step, found->count + 1, event.at, event.by};
}

void apply_set(Matter& m, Set const& set) {
    if (set.kind) m.kind = *set.kind;
    if (set.title) m.title = *set.title;
    if (set.class_code) m.class_code = *set.class_code;
    if (set.region) m.region = *set.region;
    if (set.channel) m.channel = *set.channel;
    if (set.source) m.source = *set.source;
    if (set.external) m.external = *set.external;
    if (set.about) m.about = *set.about;
    if (set.asker) m.asker = *set.asker;
    for (auto const& fact : set.facts) m.facts[fact.key()] = fact.value();
    if (set.clock) m.clock = *set.clock;
    if (set.due) m.due = *set.due;
    if (set.first_due) m.first_due = *set.first_due;
    if (set.limit) m.limit = *set.limit;
    if (set.yellow_days) m.yellow_days = *set.yellow_days;
    if (set.held_since) m.held_since = *set.held_since;
    if (set.accepted_at) m.accepted_at = *set.accepted_at;
    if (set.redone) ++m.redone;
}

template <class T>
void put(json::object& object, std::string_view key, std::optional<T> const& value) {
    if (value) object.emplace(key, *value);
}
template <class Tag>
void put(json::object& object, std::string_view key, std::optional<Id<Tag>> const& value) {
    if (value) object.emplace(key, value->value);
}

json::object set_json(Set const& set, Procedure const& procedure) {
    json::object object;
    if (set.kind) object.emplace("kind", procedure.kinds[static_cast<std::size_t>(*set.kind)]);
    put(object, "title", set.title);
    put(object, "class", set.class_code);
    put(object, "region", set.region);
    put(object, "channel", set.channel);
    put(object, "source", set.source);
    put(object, "external", set.external);
    put(object, "about", set.about);
    put(object, "asker", set.asker);
    if (!set.facts.empty()) object.emplace("facts", set.facts);
    if (set.clock) object.emplace("clock", static_cast<int>(*set.clock));
    if (set.due) {
        if (*set.due) object.emplace("due", to_json(**set.due));
        else object.emplace("due", nullptr);
    }
    if (set.first_due) object.emplace("first_due", to_json(*set.first_due));
    if (set.limit) object.emplace("limit", text(*set.limit));
    put(object, "yellow_days", set.yellow_days);
    if (set.held_since) object.emplace("held_since", set.held_since->us);
    if (set.accepted_at) object.emplace("accepted_at", set.accepted_at->us);
    if (set.redone) object.emplace("redone", true);
    return object;
}

Set set_from(json::object const& object, Procedure const& procedure) {
    Set set;
    auto text_of = [](json::value const& value) { return std::string(value.as_string()); };
    for (auto const& member : object) {
        std::string_view key = member.key();
        json::value const& value = member.value();
        if (key == "kind") {
            auto found = std::ranges::find(procedure.kinds, text_of(value));
            set.kind = static_cast<Index>(found - procedure.kinds.begin());
        } else if (key == "title") set.title = text_of(value);
        else if (key == "class") set.class_code = text_of(value);
        else if (key == "region") set.region = text_of(value);
        else if (key == "channel") set.channel = text_of(value);
        else if (key == "source") set.source = text_of(value);
        else if (key == "external") set.external = text_of(value);
        else if (key == "about") set.about = UnitId(value.as_int64());
        else if (key == "asker") set.asker = PersonId(value.as_int64());
        else if (key == "facts") set.facts = value.as_object();
        else if (key == "clock") set.clock = static_cast<Clock>(value.as_int64());
        else if (key == "due") set.due = value.is_null() ? std::optional<Due>() : due_from(value.as_object());
        else if (key == "first_due") set.first_due = due_from(value.as_object());
        else if (key == "limit") set.limit = parse_limit(value.as_string()).value();
        else if (key == "yellow_days") set.yellow_days = static_cast<int>(value.as_int64());
        else if (key == "held_since") set.held_since = Instant{value.as_int64()};
        else if (key == "accepted_at") set.accepted_at = Instant{value.as_int64()};
        else if (key == "redone") set.redone = true;
    }
    return set;
}

}  // namespace

void apply(Matter& m, Event const& event) {
    Procedure const& procedure = *m.procedure;
    if (event.no == 1) {
        m.id = event.matter;
        m.filed_at = event.at;
    }
    m.version = event.no;
    m.last_event = event.id;
    if (event.stage != event.stage_before || event.no == 1) {
        m.stage = event.stage;
        m.entered_at = event.at;
        m.closed_at = procedure.at(m.stage).final ? event.at : Instant{};
    }
    apply_set(m, event.set);
    for (Assignment const& changed : event.assignments) {
        auto found = changed.id ? std::ranges::find(m.assignments, changed.id, &Assignment::id) : m.assignments.end();
        if (found == m.assignments.end()) m.assignments.push_back(changed);
        else *found = changed;
    }
    if (event.timers) m.timers = *event.timers;
    if (procedure.step_at(event.step).marks) mark(m.marks, event);
}

std::string body_of(Event const& event, Procedure const& procedure, std::string_view commitment_hex) {
    json::object body{{"v", 1}, {"to", procedure.at(event.stage).name}};
    if (event.no == 1) body.emplace("procedure", procedure.hash);  // so that the journal alone says by which rules
    if (event.stage_before >= 0 && event.stage_before != event.stage) body.emplace("from", procedure.at(event.stage_before).name);
    if (!event.role.empty()) body.emplace("role", event.role);
    if (event.unit) body.emplace("unit", event.unit.value);
    if (event.assignment) body.emplace("on", event.assignment.value);
    if (!event.form.empty()) body.emplace("form", event.form);
    if (!commitment_hex.empty()) body.emplace("personal", commitment_hex);
    if (json::object set = set_json(event.set, procedure); !set.empty()) body.emplace("set", std::move(set));
    if (!event.assignments.empty()) {
        json::array shares;
        for (Assignment const& share : event.assignments) shares.push_back(to_json(share, procedure));
        body.emplace("shares", std::move(shares));
    }
    if (event.timers) body.emplace("timers", timers_json(*event.timers, procedure));
    if (!event.counted.empty()) {
        json::array counts;
        for (Counted const& count : event.counted)
            counts.push_back({{"measure", count.measure}, {"unit", count.unit.value}, {"day", iso(count.day)}, {"n", count.n}});
        body.emplace("counts", std::move(counts));
    }
    if (!event.told.empty()) {
        json::array told;
        for (Told const& tell : event.told) told.push_back({{"text", tell.text}, {"whom", tell.whom}, {"unit", tell.unit.value}});
        body.emplace("tell", std::move(told));
    }
    return json::serialize(body);
}

Result<Event> event_from(std::string_view text, Procedure const& procedure) {
    json::error_code error;
    json::value value = json::parse(text, error);
    if (error || !value.is_object()) return refuse("event.unreadable");
    try {  // a body of ours holds what it must; one that was tampered with may not
        json::object const& body = value.as_object();
        if (body.at("v").as_int64() != 1) return refuse("event.newer");
        Event event;
        event.stage = procedure.stage(std::string_view(body.at("to").as_string()));
        event.stage_before = body.contains("from") ? procedure.stage(std::string_view(body.at("from").as_string())) : event.stage;
        if (auto const* role = body.if_contains("role")) event.role = std::string(role->as_string());
        if (auto const* unit = body.if_contains("unit")) event.unit = UnitId(unit->as_int64());
        if (auto const* on = body.if_contains("on")) event.assignment = AssignmentId(on->as_int64());
        if (auto const* form = body.if_contains("form")) event.form = form->as_object();
        if (auto const* set = body.if_contains("set")) event.set = set_from(set->as_object(), procedure);
        if (auto const* shares = body.if_contains("shares"))
            for (auto const& share : shares->as_array()) event.assignments.push_back(assignment_from(share.as_object(), procedure));
        if (body.contains("timers")) event.timers = timers_from(body.if_contains("timers"), procedure);
        if (auto const* counts = body.if_contains("counts"))
            for (auto const& entry : counts->as_array()) {
                auto const& count = entry.as_object();
                event.counted.push_back({std::string(count.at("measure").as_string()), UnitId(count.at("unit").as_int64()),
                                         parse_day(count.at("day").as_string()).value_or(Day{}),
                                         static_cast<int>(count.at("n").as_int64())});
            }
        if (auto const* told = body.if_contains("tell"))
            for (auto const& entry : told->as_array()) {
                auto const& tell = entry.as_object();
                event.told.push_back({std::string(tell.at("text").as_string()), std::string(tell.at("whom").as_string()),
                                      UnitId(tell.at("unit").as_int64())});
            }
        if (event.stage < 0 || event.stage_before < 0) return refuse("event.unreadable");
        return event;
    } catch (std::exception const&) {
        return refuse("event.unreadable");
    }
}

}  // namespace banyan
