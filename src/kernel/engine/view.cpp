#include "kernel/engine/view.h"

#include <array>

#include <map>

#include "base/text.h"
#include "kernel/engine/rebuild.h"

namespace banyan {
namespace {

constexpr std::array<std::string_view, 4> kLights{"green", "yellow", "red", "grey"};

std::string_view light_name(Light light) { return kLights[static_cast<std::size_t>(light)]; }

json::object due_json(Due const& due, Viewer const& viewer) {
    json::object object{{"at", rfc3339(due.instant)},
                        {"last_day", iso(due.last_day)},
                        {"working_days_left", working_days_left(*viewer.moment.calendar, due, viewer.moment.now)}};
    if (due.provisional) object["provisional"] = true;
    return object;
}

json::object share_json(Assignment const& share, Matter const& matter, Viewer const& viewer) {
    Unit const* unit = viewer.rules.directory->unit(share.unit);
    json::object object{{"id", share.id.text()},
                        {"share", name(share.share)},
                        {"progress", name(share.progress)},
                        {"version", share.version},
                        {"light", light_name(matter.light(share, viewer.moment))},
                        {"offered_at", rfc3339(share.offered_at)}};
    if (unit != nullptr) object["unit"] = {{"code", unit->code}, {"zh", unit->zh}, {"en", unit->en}};
    if (share.parent) object["parent"] = share.parent.text();
    if (share.due) object["due"] = due_json(*share.due, viewer);
    if (share.first_due && share.first_due != share.due) object["first_due"] = due_json(*share.first_due, viewer);
    if (share.asked != Asked::nothing) object["asked"] = name(share.asked);
    if (share.designated) object["designated"] = true;
    if (share.signed_at) object["signed_at"] = rfc3339(share.signed_at);
    if (share.contacted_at) object["contacted_at"] = rfc3339(share.contacted_at);
    if (share.replied_at) object["replied_at"] = rfc3339(share.replied_at);
    return object;
}

json::object claim_json(Claim const& claim, Viewer const& viewer) {
    json::object object{
        {"role", claim.role}, {"mine", claim.by == viewer.actor.person}, {"until", rfc3339(claim.until)}};
    if (Person const* person = viewer.rules.directory->person(claim.by))
        object["by"] = {{"zh", person->zh}, {"en", person->en}};
    return object;
}

/// The matters that began with an event, for who handles it; of those that who asked went along to only for them
/// and for the centre, as one may be about who handles the other. Whether one may see those is asked there.
json::array openings_json(json::object const& body, bool handles, bool asked) {
    json::array all;
    json::value const* opens = body.if_contains("opens");
    if (opens == nullptr || !opens->is_array()) return all;
    for (json::value const& opening : opens->as_array())
        if (opening.as_object().contains("asker") ? asked : handles)
            all.push_back({{"procedure", opening.at("procedure")},
                           {"number", receipt_number(MatterId(opening.at("matter").as_int64()))}});
    return all;
}

/// Whether matters of this rulebook begin with who asked in another of them.
bool is_divided(Procedure const& procedure) {
    return std::ranges::any_of(procedure.steps, [&](Step const& step) {
        return std::ranges::any_of(step.openings, [&](OpeningRule const& rule) {
            return rule.asker && rule.procedure == procedure.name;
        });
    });
}

/// The matters that took a step with it; for the centre: others asked in them.
json::array along_json(json::object const& body) {
    json::array all;
    if (json::value const* along = body.if_contains("along"))
        for (json::value const& other : along->as_array())
            all.push_back(
                {{"step", other.at("step")}, {"number", receipt_number(MatterId(other.at("matter").as_int64()))}});
    return all;
}

}  // namespace

/// A unit sees its own branch: what is above its share, itself, and what is below; who sees all, all.
bool shares_shown(Tie tie) {
    return tie == Tie::centre || tie == Tie::asker || tie == Tie::lead || tie == Tie::assist || tie == Tie::above;
}

bool offers_shares(std::string_view step) {
    return step == "delegate" || step == "dispatch" || step == "designate";
}

std::string masked(std::string_view field, std::string_view value) {
    if (field == "phone" || field == "identity") {
        std::string digits;
        for (char c : value)
            if (c != ' ' && c != '-') digits += c;
        if (digits.size() <= 7) return "****";
        return digits.substr(0, 3) + "****" + digits.substr(digits.size() - 4);
    }
    return std::string(first_characters(value, 1)) + "**";
}

json::object open_personal(store::Session& session, EventId event, crypto::Keyring const& keys) {
    json::object personal;
    std::int64_t id = event.value;
    static store::Table const kSealed{"personal",
                                      {{"lane", store::Type::integer},
                                       {"event", store::Type::integer},
                                       {"matter", store::Type::integer},
                                       {"sealed", store::Type::bytes}},
                                      {"event"}};
    session.load(kSealed, "event", {&id, 1}, [&](store::Row const& row) {
        auto plain = keys.open(crypto::place("personal", id, "plain"), row.bytes(3));
        if (!plain || plain->size() < 16) return;
        json::error_code error;
        json::value value = json::parse(std::string_view(*plain).substr(16), error);
        if (!error && value.is_object()) personal = std::move(value.as_object());
    });
    return personal;
}

std::optional<json::object> view_of(store::Session* session, Matter const& matter,
                                    std::vector<EventRow> const& history, Viewer const& viewer) {
    Access const& access = *viewer.rules.access;
    Directory const& directory = *viewer.rules.directory;
    Tie tie = access.tie(viewer.actor, matter, directory);
    if (tie == Tie::nothing) return std::nullopt;
    auto may_read = [&](FieldClass which) { return access.may_read(viewer.actor, tie, which); };
    Procedure const& procedure = *matter.procedure;
    json::object object{
        {"id", matter.id.text()},
        {"number", receipt_number(matter.id)},
        {"procedure", procedure.name},
        {"stage", procedure.at(matter.stage).name},
        {"kind",
         matter.kind < 0 ? json::value() : json::value(procedure.kinds[static_cast<std::size_t>(matter.kind)])},
        {"class", matter.class_code},
        {"region", matter.region},
        {"channel", matter.channel},
        {"filed_at", rfc3339(matter.filed_at)},
        {"version", matter.version},
        {"open", matter.open()},
        {"tie", name(tie)},
        {"light", light_name(matter.light(viewer.moment))}};
    if (may_read(FieldClass::asker)) object["title"] = matter.title;
    if (matter.accepted_at) object["accepted_at"] = rfc3339(matter.accepted_at);
    if (matter.closed_at) object["closed_at"] = rfc3339(matter.closed_at);
    if (matter.due) object["due"] = due_json(*matter.due, viewer);
    if (matter.first_due && matter.first_due != matter.due)
        object["first_due"] = due_json(*matter.first_due, viewer);
    if (matter.clock == Clock::held) object["held_since"] = rfc3339(matter.held_since);
    if (matter.redone > 0) object["redone"] = matter.redone;
    if (may_read(FieldClass::centre) && matter.main) object["main"] = receipt_number(matter.main);
    if (may_read(FieldClass::handler) && !matter.merged.empty()) object["merged"] = matter.merged.size();
    bool const with_asker = matter.opened_by && is_divided(*matter.procedure);
    if (matter.opened_by &&
        (with_asker ? tie == Tie::asker || may_read(FieldClass::centre) : may_read(FieldClass::handler)))
        object["opened_by"] = receipt_number(matter.opened_by);
    if (may_read(FieldClass::sealed) && matter.about)
        if (Unit const* about = directory.unit(matter.about)) object["about"] = about->code;
    for (std::string_view flag : {"urgent", "hazard", "incident"})
        if (is_set(matter.facts, flag)) object[flag] = true;
    if (may_read(FieldClass::centre))
        for (std::string_view flag : {"confidential", "anonymous", "no_reply"})
            if (is_set(matter.facts, flag)) object[flag] = true;
    if (Claim const* claim = matter.claimed(viewer.moment.now); claim != nullptr && may_read(FieldClass::centre))
        object["claim"] = claim_json(*claim, viewer);
    json::array shares;
    for (Assignment const& share : matter.assignments)
        if (shares_shown(tie) || directory.in_subtree(share.unit, viewer.actor.unit))
            shares.push_back(share_json(share, matter, viewer));
    object["assignments"] = std::move(shares);
    if (history.empty()) return object;

    std::map<EventId, int> undone;  // by which event
    for (EventRow const& row : history)
        if (row.step == kUndo)
            if (auto event = readable_event(row, procedure)) undone[event->undoes] = row.no;

    // Who asked reads a reply once it was approved, not before.
    int approved_through = 0;
    for (EventRow const& row : history)
        if (undone.contains(row.id))
            continue;
        else if (Index index = procedure.step(row.step);
                 index >= 0 && procedure.step_at(index).tree == TreeWord::approve)
            approved_through = row.no;

    json::object fields;
    json::array timeline;
    for (EventRow const& row : history) {
        Index index = procedure.step(row.step);
        if (index < 0) continue;
        Step const& step = procedure.step_at(index);
        json::error_code error;
        json::value parsed = json::parse(row.body, error);
        if (error || !parsed.is_object()) continue;
        json::object const& body = parsed.as_object();
        if (!shares_shown(tie)) {  // below a share: of the timeline, too, only one's own branch
            json::value const* unit = body.if_contains("unit");
            UnitId by(unit != nullptr ? unit->as_int64() : 0);
            if (!offers_shares(row.step) && !directory.in_subtree(by, viewer.actor.unit)) continue;
        }
        json::object said;
        bool withheld = tie == Tie::asker && step.tree == TreeWord::reply && row.no > approved_through;
        if (json::value const* form = body.if_contains("form"))
            for (auto const& value : form->as_object())
                for (Field const& field : step.form)
                    if (field.name == value.key() && !withheld && may_read(field.readers))
                        said[value.key()] = value.value();
        auto taken_back = undone.find(row.id);
        bool counts = taken_back == undone.end();  // what was taken back was said, but does not hold
        if (counts && body.contains("personal") && viewer.keys != nullptr && session != nullptr) {
            json::object personal = open_personal(*session, row.id, *viewer.keys);
            for (auto const& value : personal)
                for (Field const& field : step.form)
                    if (field.name == value.key() && may_read(field.readers) && value.value().is_string())
                        fields[value.key()] = masked(field.name, value.value().as_string());
        }
        if (counts)
            for (auto const& value : said) fields[value.key()] = value.value();
        json::object entry{{"no", row.no}, {"event", row.id.text()}, {"step", row.step}, {"at", rfc3339(row.at)}};
        if (auto const* stage = body.if_contains("to")) entry["stage"] = *stage;
        if (auto const* unit_id = body.if_contains("unit"))
            if (Unit const* unit = directory.unit(UnitId(unit_id->as_int64())))
                entry["unit"] = {{"code", unit->code}, {"zh", unit->zh}, {"en", unit->en}};
        if (auto const* role = body.if_contains("role")) entry["role"] = *role;
        if (may_read(FieldClass::handler) || may_read(FieldClass::centre))
            if (Person const* person = directory.person(row.person);
                person != nullptr && person->role != "appellant")
                entry["by"] = {{"zh", person->zh}, {"en", person->en}};
        if (!said.empty()) entry["form"] = std::move(said);
        if (json::array opens = openings_json(body, may_read(FieldClass::handler),
                                              tie == Tie::asker || may_read(FieldClass::centre));
            !opens.empty())
            entry["opens"] = std::move(opens);
        if (may_read(FieldClass::centre)) {
            if (json::array along = along_json(body); !along.empty()) entry["along"] = std::move(along);
            if (json::value const* with = body.if_contains("along_with"))
                entry["along_with"] = receipt_number(MatterId(with->as_int64()));
        }
        if (json::value const* hints = body.if_contains("hints");
            hints != nullptr && may_read(FieldClass::handler))
            entry["hints"] = *hints;
        if (!counts) entry["undone_by"] = taken_back->second;
        if (row.step == kUndo) entry["undoes"] = row.no - 1;
        timeline.push_back(std::move(entry));
    }
    object["fields"] = std::move(fields);
    object["timeline"] = std::move(timeline);
    json::array offered;
    Result<Event> last = readable_event(history.back(), procedure);
    for (Offer const& offer : offers(viewer.actor, matter, viewer.rules, viewer.moment, last ? &*last : nullptr)) {
        json::object one{{"step", procedure.step_at(offer.step).name}};
        if (offer.until) {
            one["until"] = rfc3339(*offer.until);
            one["undoes"] = history.back().step;
        }
        if (offer.assignment) one["assignment"] = offer.assignment.text();
        offered.push_back(std::move(one));
    }
    object["steps"] = std::move(offered);
    return object;
}

// ── the same, as shapes ──────────────────────────────────────────────────────────────────────────────────────

namespace {

shape::Schema light_shape() {
    using namespace shape;
    return named("light", one_of({kLights.begin(), kLights.end()}, "by the server's clock; grey: it stands"));
}

shape::Schema due_shape() {
    using namespace shape;
    return named("due", object({{"at", instant("the first instant that is late")},
                                {"last_day", day("what people are told")},
                                {"working_days_left", integer("below 0: late by so many")},
                                {"provisional?", always(true)}}));
}

shape::Schema share_shape() {
    using namespace shape;
    return named(
        "share",
        object({{"id", id()},
                {"share", one_of(Share::lead, Share::delegate)},
                {"progress", one_of(Progress::offered, Progress::ended)},
                {"version", count("for If-Match of steps on this share")},
                {"light", light_shape()},
                {"offered_at", instant()},
                {"unit?", unit_shape()},
                {"parent?", id("the share whose delegate it is")},
                {"due?", due_shape()},
                {"first_due?", due_shape()},
                {"asked?", one_of(Asked::to_return, Asked::extension, "what the unit waits to be granted")},
                {"designated?", always(true)},
                {"signed_at?", instant()},
                {"contacted_at?", instant()},
                {"replied_at?", instant()}}));
}

}  // namespace

shape::Schema names_shape() {
    using namespace shape;
    return named("names", object({{"zh", text()}, {"en", text()}}));
}

shape::Schema unit_shape() {
    using namespace shape;
    return named("unit", object({{"code", code()}, {"zh", text()}, {"en", text()}}));
}

shape::Schema matter_row_shape() {
    using namespace shape;
    return named("matter_row",
                 object({{"id", id()},
                         {"number", id("receipt number, as it is read aloud")},
                         {"procedure", code()},
                         {"stage", code()},
                         {"kind", or_null(code())},
                         {"class", code("empty: not classified")},
                         {"region", code("GB/T 2260; empty: not known")},
                         {"channel", code()},
                         {"filed_at", instant()},
                         {"version", count("for If-Match of steps on the matter")},
                         {"open", flag()},
                         {"tie", one_of(Tie::asker, Tie::other, "what the viewer is to it")},
                         {"light", light_shape()},
                         {"title?", text("for who may read it")},
                         {"accepted_at?", instant()},
                         {"closed_at?", instant()},
                         {"due?", due_shape()},
                         {"first_due?", due_shape()},
                         {"held_since?", instant()},
                         {"redone?", count("how often it was sent back to be done again")},
                         {"opened_by?", id("receipt number of the matter that it began with a step of")},
                         {"main?", id("receipt number of the one it is merged into; for the centre")},
                         {"merged?", count("so many are merged into it")},
                         {"about?", code("unit that is complained about; for who may read sealed fields")},
                         {"claim?", object({{"role", code("within which nobody else decides")},
                                            {"mine", flag()},
                                            {"until", instant("then it is in the pool again")},
                                            {"by?", names_shape()}})},
                         {"urgent?", always(true)},
                         {"hazard?", always(true)},
                         {"incident?", always(true)},
                         {"confidential?", always(true)},
                         {"anonymous?", always(true)},
                         {"no_reply?", always(true)},
                         {"assignments", list(share_shape(), "shares that the viewer may see")}}));
}

shape::Schema matter_shape() {
    using namespace shape;
    auto entry = object(
        {{"no", count()},
         {"event", id()},
         {"step", code()},
         {"at", instant()},
         {"stage?", code("where it went")},
         {"unit?", unit_shape()},
         {"role?", code()},
         {"by?", names_shape()},
         {"form?", open("what was said with it: `form.<procedure>.<step>`")},
         {"opens?", list(named("opening", object({{"procedure", code()}, {"number", id("receipt number")}})),
                         "matters that began with it")},
         {"along?", list(named("along", object({{"step", code()}, {"number", id("receipt number")}})),
                         "matters that took a step with it; for the centre")},
         {"along_with?", id("receipt number of the matter whose step took this one along; for the centre")},
         {"hints?", list(named("hint", object({{"field", code()},
                                               {"value", text("what was proposed; long texts: their SM3")},
                                               {"by", code("which rule or model")},
                                               {"taken", flag()}})),
                         "what was proposed to who took it")},
         {"undone_by?", count("`no` of the step that took it back")},
         {"undoes?", count("`no` of the step it takes back")}});
    auto offer = object({{"step", code()},
                         {"assignment?", id("the share it would be taken on")},
                         {"undoes?", code("of `undo`: the step it would take back")},
                         {"until?", instant("of `undo`: from then on it is too late")}});
    return named("matter",
                 extended(matter_row_shape(),
                          {{"fields", open("what the forms said last, personal fields masked")},
                           {"timeline", list(named("timeline_entry", std::move(entry)), "the steps taken")},
                           {"steps", list(named("offer", std::move(offer)), "what the viewer may do next")}}));
}

}  // namespace banyan
