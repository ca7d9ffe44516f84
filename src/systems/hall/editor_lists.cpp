// What the editor shows: a unit's items, revisions that go on, one of them, an item's history, two versions
// compared.
#include "base/text.h"
#include "kernel/engine/rebuild.h"
#include "kernel/engine/view.h"
#include "systems/hall/code.h"
#include "systems/hall/editor_routes.h"
#include "systems/hall/routes.h"
#include "systems/hall/units.h"

namespace banyan::hall {
namespace {

constexpr int kMostItems = 500;

using Job = Result<http::Reply> (*)(EditorDesk const&, store::Session&, api::Call const&);

json::object person_json(Directory const& directory, PersonId id) {
    Person const* person = directory.person(id);
    if (person == nullptr) return {{"zh", ""}, {"en", ""}};
    return {{"zh", person->zh}, {"en", person->en.empty() ? person->zh : person->en}};
}

json::object unit_json(Directory const& directory, std::string_view code) {
    Unit const* unit = directory.unit(code);
    return {{"code", code},
            {"zh", unit == nullptr ? std::string(code) : unit->zh},
            {"en", unit == nullptr ? std::string(code) : unit->en}};
}

std::string stage_of(Matter const& matter) { return matter.procedure->at(matter.stage).name; }

// ── a unit's items ────────────────────────────────────────────────────────────────────────────────────────────
bool says(Item const& item, std::string_view words) {
    if (words.empty()) return true;
    for (std::string const* text : {&item.name, &item.name_en, &item.situation_name, &item.code})
        if (text->find(words) != std::string::npos) return true;
    return false;
}

Result<http::Reply> items(EditorDesk const& desk, store::Session& session, api::Call const& call) {
    auto const rules = desk.house.engine.rules();
    Directory const& directory = *rules->directory;
    Form const asked(call.query);
    std::string unit = unit_of_writer(call.actor(), directory);
    if (asked.has("unit")) {
        if (!part_of(call.actor(), asked.text("unit"), directory).any())
            return refuse("revision.not_your_unit", "unit");
        unit = asked.text("unit");
    }
    json::array rows;
    if (!unit.empty()) {
        std::map<std::string, MatterId, std::less<>> open;
        for (Revision const& one : open_revisions(session, unit)) open.emplace(one.item, one.matter);
        for (Stored const& each : items_of_unit(session, unit, "", kMostItems)) {
            Item const& item = each.item;
            if (!says(item, asked.text("q"))) continue;
            json::object row{{"code", item.code},
                             {"name", item.name},
                             {"situation", item.situation},
                             {"version", each.version},
                             {"state", code_of(each.state)},
                             {"since", rfc3339(each.begins)},
                             {"trips", code_of(trips_of(item))}};
            if (!item.situation_name.empty()) row["situation_name"] = item.situation_name;
            if (each.revising) row["revising_since"] = rfc3339(each.revising);
            if (auto const going = open.find(item.code); going != open.end())
                row["revision"] = going->second.text();
            rows.push_back(std::move(row));
        }
    }
    return api::json_reply(200, json::object{{"items", std::move(rows)}});
}

shape::Schema items_shape() {
    using namespace shape;
    return object(
        {{"items", list(object({{"code", code()},
                                {"name", shape::text()},
                                {"situation", code()},
                                {"situation_name?", shape::text()},
                                {"version", count("the last")},
                                {"state", one_of({"published", "cancelled", "delegated", "merged", "revising"})},
                                {"since", instant("this version")},
                                {"revising_since?", instant("nobody applies for it")},
                                {"trips", one_of({"none", "one", "more"})},
                                {"revision?", id("of it that goes on")}}),
                        "by code, 500 at most")}});
}

// ── revisions ─────────────────────────────────────────────────────────────────────────────────────────────────
json::object head_json(Directory const& directory, Revision const& one, Matter const& matter) {
    json::object row{{"id", one.matter.text()},
                     {"number", receipt_number(one.matter)},
                     {"kind", one.kind},
                     {"stage", stage_of(matter)},
                     {"unit", unit_json(directory, one.unit)},
                     {"name", one.name},
                     {"withdraws", one.withdraws},
                     {"draft", one.draft},
                     {"saved_at", rfc3339(one.saved_at)},
                     {"saved_by", person_json(directory, one.saved_by)},
                     {"begun", rfc3339(one.begun)}};
    if (!one.item.empty()) row["item"] = one.item;
    if (one.base > 0) row["base"] = one.base;
    if (one.published > 0) row["published"] = one.published;
    return row;
}

shape::Schema head_shape() {
    using namespace shape;
    return object({{"id", id()},
                   {"number", shape::text("receipt number")},
                   {"kind", one_of({"new", "revise", "cancelled", "delegated", "merged", "struck"})},
                   {"stage", one_of({"item_drafting", "item_endorsing", "item_publishing", "item_published",
                                     "item_given_up"})},
                   {"unit", unit_shape()},
                   {"name", shape::text()},
                   {"item?", code("left out: it is new")},
                   {"base?", count("version it is a revision of")},
                   {"withdraws", flag("nobody applies for the item meanwhile")},
                   {"draft", count("how often it was saved: what saving and handing in name")},
                   {"saved_at", instant()},
                   {"saved_by", names_shape()},
                   {"begun", instant()}});
}

json::array heads(EditorDesk const& desk, store::Session& session, std::vector<Revision> const& all,
                  bool open_only) {
    auto const rules = desk.house.engine.rules();
    std::vector<std::int64_t> ids;
    for (Revision const& one : all) ids.push_back(one.matter.value);
    std::map<MatterId, Matter> matters;
    for (Matter& matter : load_matters(session, ids, desk.house.engine.procedures())) {
        MatterId const id = matter.id;
        matters.emplace(id, std::move(matter));
    }
    json::array rows;
    for (Revision const& one : all)
        if (auto const found = matters.find(one.matter);
            found != matters.end() && (!open_only || found->second.open()))
            rows.push_back(head_json(*rules->directory, one, found->second));
    return rows;
}

Result<http::Reply> revisions(EditorDesk const& desk, store::Session& session, api::Call const& call) {
    auto const rules = desk.house.engine.rules();
    std::string const unit = unit_of_writer(call.actor(), *rules->directory);
    bool const all = publishes(call.actor(), *rules->directory);
    json::array rows;
    if (all || !unit.empty())
        rows = heads(desk, session, open_revisions(session, all ? std::string() : unit), true);
    return api::json_reply(200, json::object{{"revisions", std::move(rows)}});
}

/// What was done to it, the oldest first.
json::array events_json(EditorDesk const& desk, store::Session& session, Matter const& matter) {
    auto const rules = desk.house.engine.rules();
    json::array all;
    for (EventRow const& row : load_history(session, matter)) {
        auto const event = readable_event(row, *matter.procedure);
        if (!event || row.step == "attach_item_file") continue;
        json::object one{{"step", row.step}, {"at", rfc3339(row.at)}};
        if (row.person) one["by"] = person_json(*rules->directory, row.person);
        Form const said(event->form);
        for (char const* member : {"reason", "note"})
            if (said.has(member)) one["said"] = said.text(member);
        all.push_back(std::move(one));
    }
    return all;
}

shape::Schema events_shape() {
    using namespace shape;
    return list(named("hall_revision_step", object({{"step", code()},
                                                    {"at", instant()},
                                                    {"by?", names_shape()},
                                                    {"said?", shape::text("the reason, or a note")}})),
                "the oldest first");
}

json::array may_json(EditorDesk const& desk, api::Call const& call, Seen const& seen) {
    json::array all;
    std::string const stage = stage_of(seen.matter);
    auto const rules = desk.house.engine.rules();
    if (seen.part.writes && stage == "item_drafting") all.emplace_back("save");
    for (auto const& [said, role] : std::initializer_list<std::pair<char const*, bool>>{
             {"hand_in", seen.part.writes},
             {"endorse", seen.part.endorses},
             {"publish", seen.part.publishes},
             {"send_back", stage == "item_publishing" ? seen.part.publishes : seen.part.endorses},
             {"give_up", seen.part.writes}}) {
        std::string_view const step = step_named(said, stage);
        if (!role) continue;
        for (Offer const& offer :
             offers(acting(call.actor(), step), seen.matter, *rules, desk.house.engine.moment()))
            if (seen.matter.procedure->step_at(offer.step).name == step) all.emplace_back(said);
    }
    return all;
}

/// The unit's credit code and the next serial number, for a code that is still to be given.
void put_next_code(json::object& out, store::Session& session, std::string_view unit) {
    std::string credit;
    session.query("SELECT credit FROM hall_unit WHERE code = $1", {unit},
                  [&](store::Row const& row) { credit = row.text(0); });
    if (credit.empty()) return;
    int last = 0;
    session.query("SELECT code FROM hall_item WHERE unit = $1", {unit}, [&](store::Row const& row) {
        if (auto const code = read_code(row.text(0))) last = std::max(last, code->serial);
    });
    out["credit"] = credit;
    out["next_serial"] = last + 1;
}

Result<http::Reply> revision(EditorDesk const& desk, store::Session& session, api::Call const& call) {
    BANYAN_TRY(Seen const seen, seen_revision(desk, session, call));
    auto const rules = desk.house.engine.rules();
    Revision const& one = seen.revision;
    json::object const body = parsed_draft(one.body);
    json::object out = head_json(*rules->directory, one, seen.matter);
    put_judgement(out, desk, session, one, body);
    if (one.base > 0)
        if (auto const before = find_item(session, one.item, one.base)) out["before"] = item_json(before->item);
    out["body"] = body;
    out["may"] = may_json(desk, call, seen);
    out["steps"] = events_json(desk, session, seen.matter);
    if (one.kind == "new") put_next_code(out, session, one.unit);
    return api::json_reply(200, out);
}

shape::Schema revision_shape() {
    using namespace shape;
    Schema whole = extended(
        head_shape(), {{"body", shape::open("the draft as it was typed: members of an item, or "
                                            "basis, day, zh, en, into, material of how one ends")},
                       {"before?", shape::open("the item it is a revision of, as it was then")},
                       {"published?", count("version that came of it")},
                       {"may", list(one_of({"save", "hand_in", "endorse", "publish", "send_back", "give_up"}))},
                       {"steps", events_shape()},
                       {"credit?", code("of the unit, with which a new item's code begins")},
                       {"next_serial?", count("that is free")}});
    Schema const judged = judgement_shape({});
    for (auto const& [name, schema] : judged.at("properties").as_object())
        whole.at("properties").as_object()[name] = schema;
    for (json::value const& name : judged.at("required").as_array())
        whole.at("required").as_array().push_back(name);
    return named("hall_revision", std::move(whole));
}

// ── history ───────────────────────────────────────────────────────────────────────────────────────────────────
Result<Stored> own_item(EditorDesk const& desk, store::Session& session, api::Call const& call,
                        std::optional<int> version = {}) {
    auto found = find_item(session, call.param(0), version);
    if (!found || !part_of(call.actor(), found->item.unit, *desk.house.engine.rules()->directory).any())
        return refuse("item.unknown", "path.code", {{"code", std::string(first_characters(call.param(0), 40))}});
    return std::move(*found);
}

Result<http::Reply> history(EditorDesk const& desk, store::Session& session, api::Call const& call) {
    BANYAN_TRY(Stored const item, own_item(desk, session, call));
    json::array versions;
    for (VersionRow const& each : versions_of(session, item.id)) {
        json::object row{{"version", each.version}, {"from", rfc3339(each.begins)}};
        if (each.ends) row["until"] = rfc3339(each.ends);
        versions.push_back(std::move(row));
    }
    std::vector<Revision> const all = revisions_of(session, item.item.code);
    json::array rows = heads(desk, session, all, false);
    for (json::value& row : rows)
        if (auto const matter = load_matter(session, MatterId(*api::read_id(row.at("id").as_string())),
                                            desk.house.engine.procedures()))
            row.as_object()["steps"] = events_json(desk, session, *matter);
    return api::json_reply(200, json::object{{"versions", std::move(versions)}, {"revisions", std::move(rows)}});
}

Result<http::Reply> compared(EditorDesk const& desk, store::Session& session, api::Call const& call) {
    Form const asked(call.query);
    BANYAN_TRY(Stored const from, own_item(desk, session, call, static_cast<int>(*asked.integer("from"))));
    BANYAN_TRY(Stored const to, own_item(desk, session, call, static_cast<int>(*asked.integer("to"))));
    return api::json_reply(200,
                           json::object{{"changes", differences_json(item_json(from.item), item_json(to.item))}});
}

api::Operation listed(EditorDesk const& desk, char const* path, char const* name, char const* summary, Job job) {
    api::Operation one{.method = http::Method::get};
    one.pattern = std::string("/api/v1/hall/editor/") + path;
    one.name = std::string("hall.editor.") + name;
    one.summary = summary;
    one.tag = "hall";
    one.roles = editing_roles();
    one.handle = reading(desk, job);
    return one;
}

}  // namespace

void add_editor_lists(api::Api& api, EditorDesk const& desk) {
    using namespace shape;
    using Type_ = Field::Type;
    api::Operation one = listed(desk, "items", "items", "Items of a unit, as its people keep them", items);
    one.query = {{.name = "unit", .type = Type_::code, .about = "left out: one's own"},
                 {.name = "q", .most = 100, .about = "within name, situation or code"}};
    one.replies = {{200, "also those that ended"}, {403, "another unit's"}};
    one.reply = items_shape();
    api.add(std::move(one));

    one = listed(desk, "revisions", "revisions", "Revisions that go on: one's unit's, or all for who publishes",
                 revisions);
    one.replies = {{200, "the newest first, 500 at most"}};
    one.reply = object({{"revisions", list(head_shape())}});
    api.add(std::move(one));

    one = listed(desk, "revisions/{id}", "revision",
                 "A revision with its draft, what is wrong with it, what it changes", revision);
    one.path = {revision_field()};
    one.replies = {{200, "with what the caller may do"}, {404, "there is none, or it is not theirs to see"}};
    one.reply = revision_shape();
    api.add(std::move(one));

    one =
        listed(desk, "items/{code}/history", "history",
               "Every version of an item, and every revision with who wrote, endorsed and published it", history);
    one.path = {code_field()};
    one.replies = {{200, "versions the oldest first, revisions the newest first"},
                   {404, "there is none of theirs"}};
    one.reply =
        object({{"versions", list(object({{"version", count()}, {"from", instant()}, {"until?", instant()}}))},
                {"revisions", list(extended(head_shape(), {{"published?", count("version that came of it")},
                                                           {"steps", events_shape()}}))}});
    api.add(std::move(one));

    one = listed(desk, "items/{code}/differences", "differences", "Two versions of an item compared, by member",
                 compared);
    one.path = {code_field()};
    for (char const* name : {"from", "to"})
        one.query.push_back({.name = name,
                             .type = Type_::integer,
                             .required = true,
                             .least = 1,
                             .most = 100'000,
                             .about = "version"});
    one.replies = {{200, "what is not the same"}, {404, "no such item or version of theirs"}};
    one.reply = object({{"changes", differences_shape("members that are not the same")}});
    api.add(std::move(one));
}

}  // namespace banyan::hall
