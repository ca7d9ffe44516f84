// What is pinned, urgent ones first; confirming to have read one; who has and who has not.
#include "systems/notices/routes.h"

#include "systems/notices/readings.h"

namespace banyan::notices {
namespace {

constexpr std::size_t kMost = 200;  ///< pinned at once; the newest

std::vector<std::string> reading_roles() {
    return {"seat",        "shift_leader",        "dispatcher", "reviewer",
            "caller_back", "supervision_officer", "appraiser",  "leader"};
}
std::vector<std::string> leading_roles() { return {"shift_leader", "reviewer", "supervision_officer", "leader"}; }
bool leads(Actor const& actor) {
    auto const roles = leading_roles();
    return std::ranges::find(roles, actor.role) != roles.end();
}

bool is_notice(Matter const& matter) { return matter.procedure->name == "notice"; }
bool is_pinned(Matter const& matter) { return matter.procedure->at(matter.stage).name == "pinned"; }

std::string fact(Matter const& matter, std::string_view name) {
    json::value const* value = matter.facts.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}
bool is_urgent(Matter const& matter) {
    json::value const* value = matter.facts.if_contains("urgent");
    return value != nullptr && value->is_bool() && value->as_bool();
}

/// Those that are pinned and the viewer finds: urgent ones first, then the newest.
std::vector<Matter> pinned(api::House& house, store::Session& session, Actor const& viewer) {
    std::vector<std::int64_t> ids;
    OpenMatters::Asked asked;
    asked.stage = "pinned";
    for (auto const& place : house.engine.open_matters().find(asked, std::nullopt, kMost))
        ids.push_back(place.matter.value);
    auto const rules = house.engine.rules();
    std::vector<Matter> all;
    for (Matter& matter : load_matters(session, ids, house.engine.procedures()))
        if (is_notice(matter) && is_pinned(matter) && rules->access->may_see(viewer, matter, *rules->directory))
            all.push_back(std::move(matter));
    std::ranges::sort(all, [](Matter const& one, Matter const& other) {
        if (is_urgent(one) != is_urgent(other)) return is_urgent(one);
        return std::pair(one.entered_at, one.id) > std::pair(other.entered_at, other.id);
    });
    return all;
}

/// A notice the viewer finds, pinned or over, and no draft of one.
Result<Matter> found(api::House& house, store::Session& session, api::Call const& call) {
    auto const id = api::read_matter(call.param(0));
    if (!id) return refuse("notice.unknown");
    auto matter = load_matter(session, *id, house.engine.procedures());
    auto const rules = house.engine.rules();
    if (!matter || !is_notice(*matter) || !rules->access->may_see(call.actor(), *matter, *rules->directory))
        return refuse("notice.unknown");
    return std::move(*matter);
}

json::object notice_json(Matter const& notice) {
    json::object row{{"id", notice.id.text()},
                     {"number", receipt_number(notice.id)},
                     {"sort", fact(notice, "sort")},
                     {"title", notice.title},
                     {"text", fact(notice, "text")},
                     {"basis", fact(notice, "basis")},
                     {"urgent", is_urgent(notice)},
                     {"pinned", rfc3339(notice.entered_at)},
                     {"until", fact(notice, "pin_until")}};
    if (!notice.class_code.empty()) row["class"] = notice.class_code;
    if (!notice.region.empty()) row["region"] = notice.region;
    return row;
}

json::object count_json(std::map<PersonId, Instant> const& read, std::vector<Person const*> const& whose) {
    auto const have = std::ranges::count_if(whose, [&](Person const* one) { return read.contains(one->id); });
    return {{"read", have}, {"of", static_cast<std::int64_t>(whose.size())}};
}

http::Reply pinned_list(api::House& house, store::Session& session, api::Call& call) {
    Actor const viewer = call.actor();
    Form const form(call.query);
    auto const mine = load_read_by(session, viewer.person);
    auto const rules = house.engine.rules();
    auto const whose = readers(*rules->directory, viewer.unit);
    json::array rows;
    std::int64_t unread = 0;
    for (Matter const& notice : pinned(house, session, viewer)) {
        auto const read = mine.find(notice.id);
        if (read == mine.end()) ++unread;
        if (form.flag("unread") && read != mine.end()) continue;
        json::object row = notice_json(notice);
        if (read != mine.end()) row["read"] = rfc3339(read->second);
        if (leads(viewer)) row["readers"] = count_json(load_readings(session, notice.id), whose);
        rows.push_back(std::move(row));
    }
    return api::json_reply(200, json::object{{"notices", std::move(rows)}, {"unread", unread}});
}

http::Reply who(api::House& house, store::Session& session, api::Call& call) {
    auto const notice = found(house, session, call);
    if (!notice) return api::problem(notice.error(), house.texts, call.language, &call.request);
    auto const read = load_readings(session, notice->id);
    auto const rules = house.engine.rules();
    auto const whose = readers(*rules->directory, call.actor().unit);
    json::array have, have_not;
    for (Person const* person : whose) {
        json::object row{{"login", person->login}, {"zh", person->zh}, {"en", person->en}};
        auto const at = read.find(person->id);
        if (at != read.end()) row["at"] = rfc3339(at->second);
        (at != read.end() ? have : have_not).push_back(std::move(row));
    }
    return api::json_reply(200, json::object{{"number", receipt_number(notice->id)},
                                             {"title", notice->title},
                                             {"pinned", is_pinned(*notice)},
                                             {"readers", count_json(read, whose)},
                                             {"read", std::move(have)},
                                             {"unread", std::move(have_not)}});
}

struct Confirming {
    http::Respond respond;
    PersonId person;
    api::Asker asker;
    Result<Instant> at = Instant{};
};

/// Whether it is pinned is looked up in the transaction that keeps it: what was unpinned a moment ago is refused.
void confirm(api::House& house, api::Call&& call, http::Respond respond) {
    auto held = std::make_shared<Confirming>(
        Confirming{std::move(respond), call.actor().person, api::asker_of(call), Instant{}});
    auto asked = std::make_shared<api::Call>(std::move(call));
    house.engine.write(
        [&house, held, asked](store::Session& writing) {
            auto const notice = found(house, writing, *asked);
            if (!notice)
                held->at = refuse(notice.error());
            else if (!is_pinned(*notice))
                held->at = refuse("notice.not_pinned");
            else
                held->at = put_reading(writing, notice->id, held->person, house.engine.now());
        },
        [&house, held](std::exception_ptr const& failed) {
            if (failed) held->at = refuse(refusal_of(failed));
            if (!held->at) return held->respond(api::refused(house, held->asker, held->at.error()));
            held->respond(api::json_reply(200, json::object{{"read", rfc3339(*held->at)}}));
        });
}

shape::Schema count_shape() {
    using namespace shape;
    return object({{"read", count()}, {"of", count("seats and shift leaders who are to read it")}});
}

shape::Schema list_shape() {
    using namespace shape;
    auto notice = object({{"id", id()},
                          {"number", id("receipt number")},
                          {"sort", one_of({"announcement", "wording"})},
                          {"title", text()},
                          {"text", text()},
                          {"basis", text("who said so, and when")},
                          {"urgent", flag()},
                          {"pinned", instant("since")},
                          {"until", day("the last day")},
                          {"class?", code()},
                          {"region?", code()},
                          {"read?", instant("by the viewer; left out: not yet")},
                          {"readers?", count_shape()}});
    return object({{"notices", list(std::move(notice), "urgent ones first, then the newest")},
                   {"unread", count("pinned ones that the viewer has not read")}});
}

shape::Schema who_shape() {
    using namespace shape;
    auto person = [](bool read) {
        auto shape = object({{"login", text()}, {"zh", text()}, {"en", text()}});
        return read ? extended(std::move(shape), {{"at", instant()}}) : shape;
    };
    return object({{"number", id("receipt number")},
                   {"title", text()},
                   {"pinned", flag("it still is")},
                   {"readers", count_shape()},
                   {"read", shape::list(person(true))},
                   {"unread", shape::list(person(false))}});
}

}  // namespace

void add_operations(api::Api& api, api::House& house) {
    using Type = Field::Type;
    auto reading = [&house](auto job) {
        return [&house, job](api::Call&& call, http::Respond respond) {
            api::query(
                house, std::move(call), std::move(respond),
                [&house, job](store::Session& session, api::Call& asked) { return job(house, session, asked); });
        };
    };
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/notices",
             .name = "notice.list",
             .summary = "What is pinned for all seats: notices and agreed wordings; for who leads, how many have "
                        "read each",
             .tag = "notices",
             .roles = reading_roles(),
             .query = {{.name = "unread", .type = Type::flag, .about = "only what the viewer has not read"}},
             .replies = {{200, "at most 200"}},
             .reply = list_shape(),
             .handle = reading(pinned_list)});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/notices/{id}/read",
             .name = "notice.read",
             .summary = "Confirms to have read it; the first time stands",
             .tag = "notices",
             .roles = reading_roles(),
             .path = {{.name = "id", .type = Type::code, .about = "id or receipt number"}},
             .replies = {{200, "when it was read first"}, {404, "there is none"}, {409, "it is not pinned"}},
             .reply = shape::object({{"read", shape::instant()}}),
             .handle = [&house](api::Call&& call, http::Respond respond) {
                 confirm(house, std::move(call), std::move(respond));
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/notices/{id}/readers",
             .name = "notice.readers",
             .summary = "Who has read it and who has not: all seats for the city's centre, else those of the unit",
             .tag = "notices",
             .roles = leading_roles(),
             .path = {{.name = "id", .type = Type::code, .about = "id or receipt number"}},
             .replies = {{200, "also of one that is over"}, {404, "there is none"}},
             .reply = who_shape(),
             .handle = reading(who)});
}

}  // namespace banyan::notices
