// One matter: opening it, reading it, steps on it, its receipt.
#include "base/text.h"
#include "kernel/engine/view.h"
#include "systems/desk/loading.h"

namespace banyan::desk {
namespace {

json::object form_of(json::object& body) {
    json::value* form = body.if_contains("form");
    return form != nullptr && form->is_object() ? std::move(form->as_object()) : json::object();
}

/// What opening a matter and taking a step have in common.
Result<void> read_rest(House const& house, Call const& call, Form& body, Request& request, Command& command) {
    command.form = form_of(body.values());
    BANYAN_TRY(command.hints, hint_tokens(house, call).read(body.values().if_contains("hints")));
    return api::read_headers(call, request, command);
}

void open_matter(House& house, Call&& call, http::Respond respond) {
    Request request;
    Command command;
    Form body(std::move(call.body));
    command.actor = call.actor();
    if (!call.session)
        command.actor.role = "appellant";  // without an account: the number and the code are the way back
    command.procedure = std::string(body.text("procedure"));
    command.step = body.has("step") ? std::string(body.text("step")) : "file";
    if (auto read = read_rest(house, call, body, request, command); !read)
        return respond(problem(read.error(), house.texts, call.language, &call.request));
    std::string const code = give_code(house, request);
    request.what = std::move(command);
    request.deadline = wall_clock() + seconds(10);
    api::command(house, call, std::move(request), std::move(respond), 201,
                 [code](Answer const& answer) { return with_code(answer, code); });
}

void take_step(House& house, Call&& call, http::Respond respond) {
    auto matter = read_matter(call.param(0));
    if (!matter)
        return respond(problem({"matter.unknown", {}, {}, {}}, house.texts, call.language, &call.request));
    Request request;
    Command command;
    Form body(std::move(call.body));
    command.actor = call.actor();
    command.matter = *matter;
    command.step = std::string(call.param(1));
    if (body.has("assignment")) {
        auto assignment = read_id(body.text("assignment"));
        if (!assignment)
            return respond(
                problem({"assignment.unknown", "assignment", {}, {}}, house.texts, call.language, &call.request));
        command.assignment = AssignmentId(*assignment);
    }
    if (auto read = read_rest(house, call, body, request, command); !read)
        return respond(problem(read.error(), house.texts, call.language, &call.request));
    request.what = std::move(command);
    request.deadline = wall_clock() + seconds(10);
    api::command(house, call, std::move(request), std::move(respond), 200);
}

http::Reply get_matter(House& house, store::Session& session, Call& call) {
    auto loaded = load(house, session, call.param(0));
    if (!loaded) return unknown(house, call);
    auto rules = house.engine.rules();
    auto view = view_of(&session, loaded->matter, loaded->history,
                        {call.actor(), *rules, house.engine.moment(), &house.keys});
    if (!view) return unknown(house, call);
    note_reading(house, call.actor(), loaded->matter, kReadDetail);
    http::Reply reply = json_reply(200, *view);
    reply.headers.emplace_back("ETag", "\"" + std::to_string(loaded->matter.version) + "\"");
    return reply;
}

/// The events' hashes as they chain, and the last checkpoint over them: what a citizen keeps and compares.
http::Reply get_receipt(House& house, store::Session& session, Call& call) {
    auto loaded = load(house, session, call.param(0));
    auto rules = house.engine.rules();
    if (!loaded || !rules->access->may_see(call.actor(), loaded->matter, *rules->directory))
        return unknown(house, call);
    json::array events;
    bool whole = rules->access->tie(call.actor(), loaded->matter, *rules->directory) != Tie::below;
    for (EventRow const& row : loaded->history) {
        json::object event{{"no", row.no}, {"event", row.id.text()}, {"hash", to_hex(row.hash)}};
        if (whole) {  // a delegate sees its own branch only: of the rest just the chain
            event["step"] = row.step;
            event["at"] = rfc3339(row.at);
        }
        events.push_back(std::move(event));
    }
    json::object receipt{{"number", receipt_number(loaded->matter.id)},
                         {"lane", loaded->matter.id.lane()},
                         {"events", std::move(events)}};
    if (auto checkpoint = house.engine.checkpoint()) receipt["checkpoint"] = to_json(*checkpoint);
    return json_reply(200, receipt);
}

shape::Schema receipt_shape() {
    using namespace shape;
    auto event = object({{"no", count()},
                         {"event", id()},
                         {"hash", hex("SM3, over the hash before it too")},
                         {"step?", code("left out below the lead unit")},
                         {"at?", instant()}});
    return named("receipt", object({{"number", id("receipt number")},
                                    {"lane", count("in which it is chained")},
                                    {"events", list(std::move(event))},
                                    {"checkpoint?", checkpoint_shape()}}));
}

/// Who read this one, in two clicks.
http::Reply get_readers(House& house, store::Session& session, Call& call) {
    auto loaded = load(house, session, call.param(0));
    auto rules = house.engine.rules();
    if (!loaded || !rules->access->may_see(call.actor(), loaded->matter, *rules->directory))
        return unknown(house, call);
    json::array readers;
    session.query("SELECT at, person, role, what FROM read_log WHERE matter = $1 ORDER BY at DESC LIMIT 200",
                  {loaded->matter.id.value}, [&](store::Row const& row) {
                      json::object one{
                          {"at", rfc3339(Instant{row.integer(0)})}, {"role", row.text(2)}, {"what", row.text(3)}};
                      if (Person const* person = rules->directory->person(PersonId(row.integer(1)))) {
                          one["by"] = {{"zh", person->zh}, {"en", person->en}};
                          if (Unit const* unit = rules->directory->unit(person->unit)) one["unit"] = unit->code;
                      }
                      readers.push_back(std::move(one));
                  });
    return json_reply(200, json::object{{"readers", std::move(readers)}});
}

shape::Schema readers_shape() {
    using namespace shape;
    auto one = object({{"at", instant()},
                       {"role", code()},
                       {"what", one_of({kReadDetail, kReadFile, kReadPrint})},
                       {"by?", names_shape()},
                       {"unit?", code()}});
    return object({{"readers", list(std::move(one), "the latest first")}});
}

/// The step `unmask` with its reason, and after its commit the personal fields, whole.
void unmask(House& house, Call&& call, http::Respond respond) {
    auto matter = read_matter(call.param(0));
    if (!matter) return respond(unknown(house, call));
    Request request;
    Command command;
    command.actor = call.actor();
    command.matter = *matter;
    command.step = "unmask";
    command.form = std::move(call.body);
    request.what = std::move(command);
    request.deadline = wall_clock() + seconds(10);
    auto held = std::make_shared<std::pair<Call, http::Respond>>(std::move(call), std::move(respond));
    request.done = [&house, held](Answer&& answer) {
        if (!answer.ok()) return held->second(problem(answer.refusal, house.texts, held->first.language));
        query(house, std::move(held->first), std::move(held->second),
              [&house](store::Session& session, Call& again) {
                  auto loaded = load(house, session, again.param(0));
                  if (!loaded) return unknown(house, again);
                  json::object personal;
                  for (EventRow const& row : loaded->history)
                      if (row.body.find("\"personal\"") != std::string::npos)
                          for (auto const& value : open_personal(session, row.id, house.keys))
                              personal[value.key()] = value.value();
                  return json_reply(200, json::object{{"personal", std::move(personal)}});
              });
    };
    Language language = held->first.language;
    if (!house.engine.submit(std::move(request)))
        held->second(problem({"server.busy", {}, {}, {}}, house.texts, language));
}

}  // namespace

void add_matter_operations(Api& api, House& house) {
    using Type = Field::Type;
    Field matter{
        .name = "id", .type = Type::code, .about = "the matter's id, or its receipt number (12 to 14 digits)"};
    Field form{.name = "form",
               .type = Type::object,
               .open = true,
               .about = "the step's form: components.schemas `form.<procedure>.<step>`"};
    api.add(
        {.method = http::Method::post,
         .pattern = "/api/v1/matters",
         .name = "matter.open",
         .summary = "Open a matter: file an appeal, apply for an item; appellants need no account",
         .tag = "matters",
         .who = Who::anyone,
         .body = {{.name = "procedure", .type = Type::code, .required = true, .about = "the rulebook: appeal"},
                  {.name = "step", .type = Type::code, .about = "that opens it; left out: file"},
                  form,
                  hints_field()},
         .replies = {{201, "taken in: id, receipt number and, this once, the query code"},
                     {200, "the same request again; without the code"},
                     {404, "no such procedure or step"},
                     {409, "already there"}},
         .reply = opened_shape(),
         .handle = [&house](Call&& call,
                            http::Respond respond) { open_matter(house, std::move(call), std::move(respond)); },
         .takes_key = true});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/matters/{id}",
             .name = "matter.get",
             .summary = "A matter as the viewer may see it: fields, timeline, shares, offered steps",
             .tag = "matters",
             .path = {matter},
             .replies = {{200, "the matter; ETag is its version"}},
             .reply = matter_shape(),
             .handle = [&house](Call&& call, http::Respond respond) {
                 query(house, std::move(call), std::move(respond),
                       [&house](store::Session& session, Call& c) { return get_matter(house, session, c); });
             }});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/matters/{id}/steps/{step}",
             .name = "matter.step",
             .summary = "Take a step of the rulebook",
             .tag = "matters",
             .path = {matter, {.name = "step", .type = Type::code, .about = "`steps` of the matter says which"}},
             .body = {{.name = "assignment",
                       .type = Type::code,
                       .about = "the share it is taken on; may be left out when only one fits"},
                      form,
                      hints_field()},
             .replies = {{200, "taken: what is true now"},
                         {409, "not its turn"},
                         {412, "somebody else was faster"},
                         {422, "a rule says no"}},
             .reply = outcome_shape(),
             .handle = [&house](Call&& call, http::Respond respond) {
                 take_step(house, std::move(call), std::move(respond));
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/matters/{id}/receipt",
             .name = "matter.receipt",
             .summary = "The receipt of evidence: chained hashes and the last signed checkpoint",
             .tag = "matters",
             .path = {matter},
             .replies = {{200, "the receipt"}},
             .reply = receipt_shape(),
             .handle = [&house](Call&& call, http::Respond respond) {
                 query(house, std::move(call), std::move(respond),
                       [&house](store::Session& session, Call& c) { return get_receipt(house, session, c); });
             }});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/matters/{id}/readers",
             .name = "matter.readers",
             .summary = "Who has read it",
             .tag = "matters",
             .roles = {"shift_leader", "reviewer", "supervision_officer", "leader"},
             .path = {matter},
             .replies = {{200, "the latest 200 readings"}},
             .reply = readers_shape(),
             .handle = [&house](Call&& call, http::Respond respond) {
                 query(house, std::move(call), std::move(respond),
                       [&house](store::Session& session, Call& c) { return get_readers(house, session, c); });
             }});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/matters/{id}/personal",
             .name = "matter.unmask",
             .summary = "Read the personal fields whole; the reason is recorded",
             .tag = "matters",
             .path = {matter},
             .body = {{.name = "reason", .required = true, .least = 2, .most = 500, .about = "is recorded"}},
             .replies = {{200, "the personal fields"}, {403, "not this viewer's to read"}, {409, "not its turn"}},
             .reply = shape::object({{"personal", shape::map(shape::text(), "field → what was said last")}}),
             .handle = [&house](Call&& call, http::Respond respond) {
                 unmask(house, std::move(call), std::move(respond));
             }});
}

}  // namespace banyan::desk
