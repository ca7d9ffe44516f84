// What the editor's answers have in common: a revision somebody may see, what is judged of a draft, who may do
// what.
#include <array>

#include "kernel/engine/view.h"
#include "systems/hall/editor_routes.h"

namespace banyan::hall {
namespace {

struct StepName {
    std::string_view said, stage, step, role;
};
constexpr std::array<StepName, 8> kSteps{{{"hand_in", "item_drafting", "hand_in_item", "item_writer"},
                                          {"endorse", "item_endorsing", "endorse_item", "item_endorser"},
                                          {"send_back", "item_endorsing", "return_item", "item_endorser"},
                                          {"send_back", "item_publishing", "send_back_item", "item_publisher"},
                                          {"publish", "item_publishing", "publish_item", "item_publisher"},
                                          {"give_up", "", "give_up_item", "item_writer"},
                                          {"begin", "", "begin_item", "item_writer"},
                                          {"file", "item_drafting", "attach_item_file", "item_writer"}}};

json::array faults_json(Texts const& texts, std::vector<Refusal> const& faults) {
    json::array all;
    for (Refusal const& fault : faults) {
        json::object row = api::sentence_json(texts, "refusal." + fault.key, fault.params);
        row["key"] = fault.key;
        row["field"] = fault.field;
        all.push_back(std::move(row));
    }
    return all;
}

}  // namespace

json::array differences_json(json::object const& before, json::object const& after) {
    json::array all;
    for (Difference const& each : differences(before, after)) {
        json::object row{{"field", each.field}};
        if (!each.before.is_null()) row["before"] = json::serialize(each.before);
        if (!each.after.is_null()) row["after"] = json::serialize(each.after);
        all.push_back(std::move(row));
    }
    return all;
}

shape::Schema differences_shape(std::string_view about) {
    using namespace shape;
    return list(named("hall_difference", object({{"field", code("member of an item")},
                                                 {"before?", shape::text("JSON; left out: it was not there")},
                                                 {"after?", shape::text("JSON; left out: it is gone")}})),
                about);
}

std::vector<std::string> writing_roles() { return {"unit_clerk", "unit_head"}; }
std::vector<std::string> editing_roles() { return {"unit_clerk", "unit_head", "hall_manager", "reviewer"}; }

Field revision_field() {
    return {.name = "id", .type = Field::Type::code, .about = "the matter's id, or its receipt number"};
}

std::string_view step_named(std::string_view said, std::string_view stage) {
    std::string_view found;
    for (StepName const& each : kSteps)
        if (each.said == said && (each.stage.empty() || each.stage == stage || found.empty())) found = each.step;
    return found;
}

Actor acting(Actor actor, std::string_view step) {
    for (StepName const& each : kSteps)
        if (each.step == step) actor.role = each.role;
    return actor;
}

Result<Seen> seen_revision(EditorDesk const& desk, store::Session& session, api::Call const& call) {
    auto const id = api::read_matter(call.param(0));
    if (!id) return refuse("revision.unknown");
    auto matter = load_matter(session, *id, desk.house.engine.procedures());
    auto revision = matter ? find_revision(session, *id) : std::nullopt;
    if (!revision) return refuse("revision.unknown");
    Part const part = part_of(call.actor(), revision->unit, *desk.house.engine.rules()->directory);
    if (!part.any()) return refuse("revision.unknown");
    return Seen{std::move(*revision), std::move(*matter), part};
}

json::object parsed_draft(std::string_view body) {
    boost::system::error_code error;
    json::value value = json::parse(body, error);
    return !error && value.is_object() ? std::move(value.as_object()) : json::object();
}

void put_judgement(json::object& into, EditorDesk const& desk, store::Session& session, Revision const& revision,
                   json::object const& body) {
    Texts const& texts = desk.house.texts;
    auto const rules = desk.house.engine.rules();
    Checked const checked =
        check_draft(session, *rules->directory, desk.around, revision, body, desk.house.engine.moment().today());
    into["faults"] = faults_json(texts, checked.faults);
    json::object before;
    if (revision.base > 0)
        if (auto const found = find_item(session, revision.item, revision.base)) before = item_json(found->item);
    if (revision.writes_item()) {
        Item const item = checked.item ? *checked.item : item_written(body);
        into["trips"] = code_of(trips_of(item));
        into["trips_why"] = api::sentence_json(texts, "hall.trips_why." + std::string(trips_why(item)),
                                               {{"times", std::to_string(item.in_person)}});
        // what cannot be read yet is compared as it was typed
        into["changes"] = differences_json(before, checked.item ? item_json(*checked.item) : body);
    } else {
        into["changes"] = json::array();
    }
}

shape::Schema judgement_shape(std::initializer_list<shape::Member> more) {
    using namespace shape;
    Schema shown =
        object({{"faults", list(object({{"key", code()},
                                        {"field", shape::text("path within the draft; empty: the whole")},
                                        {"zh", shape::text()},
                                        {"en", shape::text()}}),
                                "every rule it breaks: it can be saved, not handed in")},
                {"trips?", one_of({"none", "one", "more"}, "visits it would take, derived")},
                {"trips_why?", names_shape()},
                {"changes", differences_shape("against the version it is a revision of")}});
    return extended(std::move(shown), more);
}

}  // namespace banyan::hall
