#include "kernel/matter/event.h"

#include <algorithm>

#include "base/text.h"
#include "platform/crypto/digest.h"

namespace banyan {

void write_json(JsonWriter& out, std::vector<Running> const& timers, Procedure const& procedure);
std::vector<Running> timers_from(json::value const* list, Procedure const& procedure);

namespace {

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
    if (set.opened_by) m.opened_by = *set.opened_by;
    if (set.main) m.main = *set.main;
    if (set.took && std::ranges::find(m.merged, *set.took) == m.merged.end()) m.merged.push_back(*set.took);
    if (set.let_go) std::erase(m.merged, *set.let_go);
    if (set.let_all_go) m.merged.clear();
    if (set.led_by) m.led_by = *set.led_by;
    for (auto const& fact : set.facts) m.facts[fact.key()] = fact.value();
    if (set.clock) m.clock = *set.clock;
    if (set.due) m.due = *set.due;
    if (set.first_due) m.first_due = *set.first_due;
    if (set.limit) m.limit = *set.limit;
    if (set.yellow_days) m.yellow_days = *set.yellow_days;
    if (set.held_since) m.held_since = *set.held_since;
    if (set.accepted_at) m.accepted_at = *set.accepted_at;
    if (set.held) m.holds.push_back(*set.held);
    if (set.redone) ++m.redone;
    if (set.claim) m.claim = *set.claim;
}

void set_shares(Matter& m, std::vector<Assignment> const& shares) {
    for (Assignment const& changed : shares) {
        auto found =
            changed.id ? std::ranges::find(m.assignments, changed.id, &Assignment::id) : m.assignments.end();
        if (found == m.assignments.end())
            m.assignments.push_back(changed);
        else
            *found = changed;
    }
}

/// As it was before the event that is taken back; its number, and its place in the journal, go on.
void restore(Matter& m, Event const& event) {
    Matter before = matter_from(m.id, event.restores, m.procedure);
    before.version = event.no;
    before.last_event = event.id;
    before.last_at = std::max(m.last_at, event.at);
    before.last_hash = m.last_hash;
    before.assignments = std::move(m.assignments);
    std::erase_if(before.assignments, [&](Assignment const& share) {
        return std::ranges::find(event.removes, share.id) != event.removes.end();
    });
    m = std::move(before);
    set_shares(m, event.assignments);
}

/// Whether a body's state can be restored by this rulebook.
bool restorable(Event const& event, Procedure const& procedure) {
    Matter const m = matter_from({}, event.restores, {std::shared_ptr<void>(), &procedure});
    return m.stage == event.stage && std::ranges::all_of(m.marks, [](Mark const& mark) { return mark.step >= 0; });
}

template <class T>
void put(JsonWriter& out, std::string_view key, std::optional<T> const& value) {
    if (value) out.put(key, *value);
}
template <class Tag>
void put(JsonWriter& out, std::string_view key, std::optional<Id<Tag>> const& value) {
    if (value) out.put(key, value->value);
}

bool merges(Set const& set) { return set.main || set.took || set.let_go || set.let_all_go || set.led_by; }

bool says_something(Set const& set) {
    return set.kind || set.title || set.class_code || set.region || set.channel || set.source || set.external ||
           set.about || set.asker || set.opened_by || merges(set) || !set.facts.empty() || set.clock || set.due ||
           set.first_due || set.limit || set.yellow_days || set.held_since || set.accepted_at || set.held ||
           set.redone || set.claim;
}

void write_json(JsonWriter& out, Set const& set, Procedure const& procedure) {
    out.open();
    if (set.kind) out.put("kind", procedure.kinds[static_cast<std::size_t>(*set.kind)]);
    put(out, "title", set.title);
    put(out, "class", set.class_code);
    put(out, "region", set.region);
    put(out, "channel", set.channel);
    put(out, "source", set.source);
    put(out, "external", set.external);
    put(out, "about", set.about);
    put(out, "asker", set.asker);
    put(out, "opened_by", set.opened_by);
    put(out, "main", set.main);
    put(out, "took", set.took);
    put(out, "let_go", set.let_go);
    if (set.let_all_go) out.key("let_all_go").flag(true);
    put(out, "led_by", set.led_by);
    if (!set.facts.empty()) out.key("facts").raw(json::serialize(set.facts));
    if (set.clock) out.put("clock", static_cast<int>(*set.clock));
    if (set.due) {
        if (*set.due)
            write_json(out.key("due"), **set.due);
        else
            out.key("due").raw("null");
    }
    if (set.first_due) write_json(out.key("first_due"), *set.first_due);
    if (set.limit) out.put("limit", text_of(*set.limit));
    put(out, "yellow_days", set.yellow_days);
    if (set.held_since) out.put("held_since", set.held_since->us);
    if (set.accepted_at) out.put("accepted_at", set.accepted_at->us);
    if (set.held) write_json(out.key("held"), *set.held);
    if (set.redone) out.key("redone").flag(true);
    if (set.claim && *set.claim) write_json(out.key("claim"), **set.claim);
    if (set.claim && !*set.claim) out.key("claim").raw("null");
    out.close();
}

constexpr int kNewest = 2;

/// 1 for as long as a program that knows no other would read the same in it.
int version_of(Event const& event) {
    Set const& set = event.set;
    return set.held || set.opened_by || set.claim || event.undoes || merges(set) ? 2 : 1;
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
        } else if (key == "title")
            set.title = text_of(value);
        else if (key == "class")
            set.class_code = text_of(value);
        else if (key == "region")
            set.region = text_of(value);
        else if (key == "channel")
            set.channel = text_of(value);
        else if (key == "source")
            set.source = text_of(value);
        else if (key == "external")
            set.external = text_of(value);
        else if (key == "about")
            set.about = UnitId(value.as_int64());
        else if (key == "asker")
            set.asker = PersonId(value.as_int64());
        else if (key == "opened_by")
            set.opened_by = MatterId(value.as_int64());
        else if (key == "main")
            set.main = MatterId(value.as_int64());
        else if (key == "took")
            set.took = MatterId(value.as_int64());
        else if (key == "let_go")
            set.let_go = MatterId(value.as_int64());
        else if (key == "let_all_go")
            set.let_all_go = true;
        else if (key == "led_by")
            set.led_by = UnitId(value.as_int64());
        else if (key == "facts")
            set.facts = value.as_object();
        else if (key == "clock")
            set.clock = static_cast<Clock>(value.as_int64());
        else if (key == "due")
            set.due = value.is_null() ? std::optional<Due>() : due_from(value.as_object());
        else if (key == "first_due")
            set.first_due = due_from(value.as_object());
        else if (key == "limit")
            set.limit = parse_limit(value.as_string()).value();
        else if (key == "yellow_days")
            set.yellow_days = static_cast<int>(value.as_int64());
        else if (key == "held_since")
            set.held_since = Instant{value.as_int64()};
        else if (key == "accepted_at")
            set.accepted_at = Instant{value.as_int64()};
        else if (key == "held")
            set.held = hold_from(value.as_object());
        else if (key == "redone")
            set.redone = true;
        else if (key == "claim")
            set.claim = value.is_null() ? std::optional<Claim>() : claim_from(value.as_object());
    }
    return set;
}

}  // namespace

std::optional<Index> kind_said(Event const& event, Procedure const& procedure) {
    if (!event.undoes) return event.set.kind;
    json::value const* kind = event.restores.if_contains("kind");
    if (kind == nullptr || !kind->is_string()) return -1;
    auto found = std::ranges::find(procedure.kinds, std::string_view(kind->as_string()));
    return found == procedure.kinds.end() ? -1 : static_cast<Index>(found - procedure.kinds.begin());
}

void apply(Matter& m, Event const& event) {
    if (event.undoes) return restore(m, event);
    Procedure const& procedure = *m.procedure;
    if (event.no == 1) {
        m.id = event.matter;
        m.filed_at = event.at;
    }
    m.version = event.no;
    m.last_event = event.id;
    m.last_at = std::max(m.last_at, event.at);
    if (event.stage != event.stage_before || event.no == 1) {
        m.stage = event.stage;
        m.entered_at = event.at;
        m.closed_at = procedure.at(m.stage).final ? event.at : Instant{};
        m.claim.reset();
    }
    apply_set(m, event.set);
    set_shares(m, event.assignments);
    if (event.timers) m.timers = *event.timers;
    if (procedure.step_at(event.step).marks) mark(m.marks, procedure, {event.step, 1, event.at, event.by});
}

std::string hint_value(std::string_view value) {
    if (value.size() <= kLongestHint) return std::string(value);
    return "sm3:" + to_hex(crypto::view(crypto::sm3(value)));
}

std::string body_of(Event const& event, Procedure const& procedure, std::string_view commitment_hex) {
    JsonWriter out(1024);
    out.open().put("v", version_of(event)).put("to", procedure.at(event.stage).name);
    if (event.no == 1) out.put("procedure", procedure.hash);  // so that the journal alone says by which rules
    if (event.stage_before >= 0 && event.stage_before != event.stage)
        out.put("from", procedure.at(event.stage_before).name);
    if (!event.role.empty()) out.put("role", event.role);
    if (event.unit) out.put("unit", event.unit.value);
    if (event.assignment) out.put("on", event.assignment.value);
    if (!event.form.empty()) out.key("form").raw(json::serialize(event.form));
    if (!commitment_hex.empty()) out.put("personal", commitment_hex);
    if (says_something(event.set)) write_json(out.key("set"), event.set, procedure);
    if (!event.assignments.empty()) {
        out.key("shares").open_list();
        for (Assignment const& share : event.assignments) write_json(out, share, procedure);
        out.close_list();
    }
    if (event.timers) write_json(out.key("timers"), *event.timers, procedure);
    if (!event.counted.empty()) {
        out.key("counts").open_list();
        for (Counted const& count : event.counted)
            out.open()
                .put("measure", count.measure)
                .put("unit", count.unit.value)
                .put("day", iso(count.day))
                .put("n", count.n)
                .close();
        out.close_list();
    }
    if (!event.told.empty()) {
        out.key("tell").open_list();
        for (Told const& tell : event.told)
            out.open().put("text", tell.text).put("whom", tell.whom).put("unit", tell.unit.value).close();
        out.close_list();
    }
    if (!event.opens.empty()) {
        out.key("opens").open_list();
        for (Opening const& opening : event.opens) {
            out.open().put("procedure", opening.procedure).put("matter", opening.matter.value);
            if (opening.asker) out.put("asker", true);
            out.close();
        }
        out.close_list();
    }
    if (!event.along.empty()) {
        out.key("along").open_list();
        for (Along const& other : event.along)
            out.open().put("matter", other.matter.value).put("step", other.step).close();
        out.close_list();
    }
    if (event.along_with) out.put("along_with", event.along_with.value);
    if (!event.hints.empty()) {
        out.key("hints").open_list();
        for (Hint const& hint : event.hints)
            out.open()
                .put("field", hint.field)
                .put("value", hint.value)
                .put("by", hint.by)
                .key("taken")
                .flag(hint.taken)
                .close();
        out.close_list();
    }
    if (event.undoes) {
        out.put("undoes", event.undoes.value).key("restores").raw(json::serialize(event.restores));
        if (!event.removes.empty()) {
            out.key("removes").open_list();
            for (AssignmentId id : event.removes) out.integer(id.value);
            out.close_list();
        }
    }
    return out.close().take();
}

Result<Event> event_from(std::string_view text, Procedure const& procedure) {
    json::error_code error;
    json::value value = json::parse(text, error);
    if (error || !value.is_object()) return refuse("event.unreadable");
    try {  // a body of ours holds what it must; one that was tampered with may not
        json::object const& body = value.as_object();
        if (std::int64_t const version = body.at("v").as_int64(); version < 1 || version > kNewest)
            return refuse("event.newer");
        Event event;
        event.stage = procedure.stage(std::string_view(body.at("to").as_string()));
        event.stage_before =
            body.contains("from") ? procedure.stage(std::string_view(body.at("from").as_string())) : event.stage;
        if (auto const* role = body.if_contains("role")) event.role = std::string(role->as_string());
        if (auto const* unit = body.if_contains("unit")) event.unit = UnitId(unit->as_int64());
        if (auto const* on = body.if_contains("on")) event.assignment = AssignmentId(on->as_int64());
        if (auto const* form = body.if_contains("form")) event.form = form->as_object();
        if (auto const* set = body.if_contains("set")) event.set = set_from(set->as_object(), procedure);
        if (auto const* shares = body.if_contains("shares"))
            for (auto const& share : shares->as_array())
                event.assignments.push_back(assignment_from(share.as_object(), procedure));
        if (body.contains("timers")) event.timers = timers_from(body.if_contains("timers"), procedure);
        if (auto const* counts = body.if_contains("counts"))
            for (auto const& entry : counts->as_array()) {
                auto const& count = entry.as_object();
                event.counted.push_back({std::string(count.at("measure").as_string()),
                                         UnitId(count.at("unit").as_int64()),
                                         parse_day(count.at("day").as_string()).value_or(Day{}),
                                         static_cast<int>(count.at("n").as_int64())});
            }
        if (auto const* told = body.if_contains("tell"))
            for (auto const& entry : told->as_array()) {
                auto const& tell = entry.as_object();
                event.told.push_back({std::string(tell.at("text").as_string()),
                                      std::string(tell.at("whom").as_string()),
                                      UnitId(tell.at("unit").as_int64())});
            }
        if (auto const* opens = body.if_contains("opens"))
            for (auto const& entry : opens->as_array()) {
                auto const& opening = entry.as_object();
                event.opens.push_back({std::string(opening.at("procedure").as_string()),
                                       {},
                                       {},
                                       MatterId(opening.at("matter").as_int64()),
                                       opening.contains("asker"),
                                       {}});
            }
        if (auto const* along = body.if_contains("along"))
            for (auto const& entry : along->as_array()) {
                auto const& other = entry.as_object();
                event.along.push_back(
                    {MatterId(other.at("matter").as_int64()), std::string(other.at("step").as_string()), {}});
            }
        if (auto const* with = body.if_contains("along_with")) event.along_with = MatterId(with->as_int64());
        if (auto const* hints = body.if_contains("hints"))
            for (auto const& entry : hints->as_array()) {
                auto const& hint = entry.as_object();
                event.hints.push_back({std::string(hint.at("field").as_string()),
                                       std::string(hint.at("value").as_string()),
                                       std::string(hint.at("by").as_string()), hint.at("taken").as_bool()});
            }
        if (auto const* undoes = body.if_contains("undoes")) {
            event.undoes = EventId(undoes->as_int64());
            event.restores = body.at("restores").as_object();
            if (auto const* removes = body.if_contains("removes"))
                for (auto const& id : removes->as_array()) event.removes.emplace_back(id.as_int64());
            if (!event.undoes || !restorable(event, procedure)) return refuse("event.unreadable");
        }
        if (event.stage < 0 || event.stage_before < 0) return refuse("event.unreadable");
        return event;
    } catch (std::exception const&) {
        return refuse("event.unreadable");
    }
}

}  // namespace banyan
