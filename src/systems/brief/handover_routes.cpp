// Hand-over of a shift (交接班): written with what is left, listed, read, printed. Signed like any step:
// POST /api/v1/matters/{number}/steps/sign_handover
#include <algorithm>

#include "kernel/engine/view.h"
#include "systems/brief/handover.h"
#include "systems/brief/routes.h"
#include "systems/brief/views.h"

namespace banyan::brief {
namespace {

constexpr std::size_t kListed = 30;

std::vector<std::string> reading_roles() { return {"shift_leader", "reviewer", "supervision_officer", "leader"}; }

std::string said(Event const& event, std::string_view field) {
    json::value const* value = event.form.if_contains(field);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

json::value names_json(Directory const& directory, PersonId id) {
    Person const* person = directory.person(id);
    if (person == nullptr) return {{"zh", ""}, {"en", ""}};
    return {{"zh", person->zh}, {"en", person->en}};
}

json::array split(std::string const& numbers) {
    json::array all;
    for (std::size_t from = 0; from < numbers.size();) {
        std::size_t const to = std::min(numbers.find(' ', from), numbers.size());
        all.emplace_back(numbers.substr(from, to - from));
        from = to + 1;
    }
    return all;
}

json::array left_json(Handover const& handover) {
    json::array all;
    for (json::value const& each : handover.written.form.at("left").as_array()) {
        json::object const& row = each.as_object();
        json::object made{{"what", row.at("what")}, {"count", row.at("count")}};
        if (json::value const* numbers = row.if_contains("numbers"))
            made["numbers"] = split(std::string(numbers->as_string()));
        all.push_back(std::move(made));
    }
    return all;
}

json::object handover_json(Handover const& handover, Directory const& directory) {
    json::object row{{"number", receipt_number(handover.matter.id)},
                     {"title", handover.matter.title},
                     {"stage", handover.matter.procedure->at(handover.matter.stage).name},
                     {"written", rfc3339(handover.written.at)},
                     {"by", names_json(directory, handover.written.by)},
                     {"remarks", said(handover.written, "remarks")},
                     {"left", left_json(handover)}};
    if (handover.signed_for) {
        json::object taken{{"at", rfc3339(handover.signed_for->at)},
                           {"by", names_json(directory, handover.signed_for->by)}};
        if (std::string answer = said(*handover.signed_for, "answer"); !answer.empty()) taken["answer"] = answer;
        row["signed"] = std::move(taken);
    }
    return row;
}

http::Reply latest(Desk const& desk, store::Session& session, api::Call& call) {
    auto const rules = desk.house.engine.rules();
    json::array rows;
    for (MatterId id : latest_handovers(session, kListed))
        if (auto const handover = load_handover(session, desk.house, call.actor(), id))
            rows.push_back(handover_json(*handover, *rules->directory));
    return api::json_reply(200, json::object{{"handovers", std::move(rows)}});
}

std::optional<Handover> found(Desk const& desk, store::Session& session, api::Call const& call) {
    auto const id = api::read_matter(call.param(0));
    return id ? load_handover(session, desk.house, call.actor(), *id) : std::nullopt;
}

http::Reply unknown(Desk const& desk, api::Call const& call) {
    return api::problem({"handover.unknown", {}, {}, {}}, desk.house.texts, call.language, &call.request);
}

http::Reply one(Desk const& desk, store::Session& session, api::Call& call) {
    auto const handover = found(desk, session, call);
    if (!handover) return unknown(desk, call);
    return api::json_reply(200, handover_json(*handover, *desk.house.engine.rules()->directory));
}

std::string wall_time(Instant at) {
    std::string const text = rfc3339(at);
    return text.substr(0, 10) + " " + text.substr(11, 5);
}

http::Reply page(Desk const& desk, store::Session& session, api::Call& call) {
    auto const handover = found(desk, session, call);
    if (!handover) return unknown(desk, call);
    auto const rules = desk.house.engine.rules();
    auto word = [&](std::string const& key, std::vector<std::pair<std::string, std::string>> const& params = {}) {
        return desk.house.texts.sentence(key, call.language, params);
    };
    auto who = [&](PersonId id) {
        Person const* person = rules->directory->person(id);
        return person == nullptr ? std::string() : call.language == Language::zh ? person->zh : person->en;
    };
    Printed printed = printed_for(desk.house, call);
    printed.title = word("brief.handover");
    printed.subtitle = word("brief.handover_under", {{"at", wall_time(handover->written.at)}}) + " · " +
                       receipt_number(handover->matter.id);
    printed.remarks.emplace_back(word("field.remarks"), said(handover->written, "remarks"));
    Section left{"left", {}};
    for (json::value const& each : handover->written.form.at("left").as_array()) {
        json::object const& row = each.as_object();
        std::string const what = "choice.what." + std::string(row.at("what").as_string());
        left.rows.push_back({.zh = desk.house.texts.sentence(what, Language::zh),
                             .en = desk.house.texts.sentence(what, Language::en),
                             .now = row.at("count").as_int64()});
        if (json::value const* numbers = row.if_contains("numbers"))
            printed.remarks.emplace_back(word(what), std::string(numbers->as_string()));
    }
    printed.signatures = {
        word("brief.handed_over", {{"who", who(handover->written.by)}, {"at", wall_time(handover->written.at)}}),
        handover->signed_for ? word("brief.taken_over", {{"who", who(handover->signed_for->by)},
                                                         {"at", wall_time(handover->signed_for->at)}})
                             : word("brief.not_taken_over")};
    if (handover->signed_for)
        if (std::string answer = said(*handover->signed_for, "answer"); !answer.empty())
            printed.remarks.emplace_back(word("brief.answer"), std::move(answer));
    return page_reply(page_html({left}, desk.house.texts, call.language, printed));
}

/// Counted on a reader's thread, then taken by the engine like any step.
void write(Desk const& desk, api::Call&& call, http::Respond respond) {
    auto held = std::make_shared<http::Respond>(std::move(respond));
    auto kept = std::make_shared<api::Call>(std::move(call));
    auto refused = [&desk, held, asker = api::asker_of(*kept)](Refusal const& refusal) {
        (*held)(api::refused(desk.house, asker, refusal));
    };
    auto job = [&desk, held, kept](store::Session& session) {
        Engine& engine = desk.house.engine;
        Request request;
        request.what = writing(left_now(desk.sources, session, engine, kept->actor()), desk.house.texts,
                               kept->actor(), Form(kept->body).text("remarks"), engine.now());
        request.deadline = wall_clock() + seconds(10);
        api::command(desk.house, *kept, std::move(request), std::move(*held), 201);
    };
    bool const taken = desk.house.readers.submit(std::move(job), [refused](std::exception const& error) {
        refused({"server.failed", {}, {{"what", error.what()}}, {}});
    });
    if (!taken) refused({"server.busy", {}, {}, {}});
}

shape::Schema handover_shape() {
    using namespace shape;
    return named("handover",
                 object({{"number", id("receipt number")},
                         {"title", text()},
                         {"stage", code()},
                         {"written", instant()},
                         {"by", names_shape()},
                         {"remarks", text()},
                         {"left", list(object({{"what", code()},
                                               {"count", count()},
                                               {"numbers?", list(id(), "the most urgent first; 100 at most")}}))},
                         {"signed?", object({{"at", instant()}, {"by", names_shape()}, {"answer?", text()}})}}));
}

}  // namespace

void add_handover_operations(api::Api& api, Desk const& desk) {
    using Type = Field::Type;
    auto reading = [&desk](Reading job) { return handled(desk, job); };
    Field const number{.name = "number", .type = Type::code, .about = "receipt number"};
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/handovers",
             .name = "handover.write",
             .summary =
                 "Hands a shift over: remarks, with what is left counted now. The coming leader takes the step "
                 "sign_handover",
             .tag = "brief",
             .roles = {"shift_leader"},
             .body = {{.name = "remarks", .required = true, .least = 2, .most = 2000}},
             .replies = {{201, "it waits to be signed"}, {409, "another was written within this second"}},
             .reply = outcome_shape(),
             .handle = [&desk](api::Call&& call, http::Respond respond) {
                 write(desk, std::move(call), std::move(respond));
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/handovers",
             .name = "handover.list",
             .summary = "The latest hand-overs, the newest first",
             .tag = "brief",
             .roles = reading_roles(),
             .replies = {{200, "30 at most"}},
             .reply = shape::object({{"handovers", shape::list(handover_shape())}}),
             .handle = reading(latest)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/handovers/{number}",
             .name = "handover.one",
             .summary = "A hand-over: what was left, remarks, who signed",
             .tag = "brief",
             .roles = reading_roles(),
             .path = {number},
             .replies = {{200, "as it was written"}, {404, "there is none"}},
             .reply = handover_shape(),
             .handle = reading(one)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/handovers/{number}/page",
             .name = "handover.page",
             .summary = "A hand-over on paper, with the lines to sign",
             .tag = "brief",
             .roles = reading_roles(),
             .path = {number},
             .replies = {{200, "a page for A4"}, {404, "there is none"}},
             .reply = shape::text(),
             .reply_type = "text/html",
             .handle = reading(page)});
}

}  // namespace banyan::brief
