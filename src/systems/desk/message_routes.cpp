// The log of messages (短信记录): what was said to whom, when, and what became of it; sending one again.
#include <unordered_map>

#include "kernel/engine/outbox.h"
#include "systems/desk/cursor.h"
#include "systems/desk/letters.h"
#include "systems/desk/loading.h"
#include "systems/desk/routes.h"

namespace banyan::desk {
namespace {

std::vector<std::string> centre_roles() {
    return {"seat",      "shift_leader", "dispatcher",     "reviewer", "caller_back", "supervision_officer",
            "appraiser", "leader",       "district_centre"};
}
std::vector<std::string> reading_roles() {
    std::vector<std::string> roles = centre_roles();
    roles.insert(roles.end(), {"unit_clerk", "unit_head"});
    return roles;
}
std::vector<std::string> sending_roles() {
    return {"seat", "shift_leader", "dispatcher", "reviewer", "caller_back", "supervision_officer"};
}

struct Log {
    House& house;
    Letters letters;
};

json::object names_json(Directory const& directory, UnitId id) {
    Unit const* unit = directory.unit(id);
    if (unit == nullptr) return {{"code", ""}, {"zh", ""}, {"en", ""}};
    return {{"code", unit->code}, {"zh", unit->zh}, {"en", unit->en}};
}

json::array resends_json(Directory const& directory, std::vector<Resend> const& resends) {
    json::array all;
    for (Resend const& each : resends) {
        json::object row{{"no", each.no}, {"at", rfc3339(each.at)}, {"role", each.role}, {"reason", each.reason}};
        if (Person const* person = directory.person(each.by)) row["by"] = {{"zh", person->zh}, {"en", person->en}};
        all.push_back(std::move(row));
    }
    return all;
}

/// A unit reads what its own branch was told, and, where it reads who asked, what they were.
bool shown_to(Viewer const& viewer, Tie tie, LoggedMessage const& logged) {
    UnitId const unit = logged.message.unit;
    if (unit) return shares_shown(tie) || viewer.rules.directory->in_subtree(unit, viewer.actor.unit);
    return tie == Tie::centre || viewer.rules.access->may_read(viewer.actor, tie, FieldClass::asker);
}

json::object message_json(Log const& log, store::Session& session, LoggedMessage const& logged,
                          Loaded const& loaded, Viewer const& viewer) {
    Message const& message = logged.message;
    Directory const& directory = *viewer.rules.directory;
    Tie const tie = viewer.rules.access->tie(viewer.actor, loaded.matter, directory);
    json::object row{{"id", std::to_string(message.id)},
                     {"number", receipt_number(message.matter)},
                     {"text", message.text},
                     {"said", log.letters.shown(message, loaded.history, loaded.matter, viewer)},
                     {"told_at", rfc3339(message.told_at)},
                     {"state", name(logged.state)},
                     {"attempts", message.attempts}};
    if (message.unit)
        row["unit"] = names_json(directory, message.unit);
    else if (viewer.rules.access->may_read(viewer.actor, tie, FieldClass::centre))
        row["phone"] = log.letters.masked_number(loaded.history, loaded.matter, session);
    if (!logged.sent_to.empty()) row["phone"] = logged.sent_to;
    if (logged.ended_at) row["ended_at"] = rfc3339(logged.ended_at);
    if (!logged.why.empty()) row["why"] = logged.why;
    if (!logged.resends.empty()) row["resends"] = resends_json(directory, logged.resends);
    if (logged.state != MessageState::waiting)
        row["may_resend"] = may_resend(logged, viewer.moment.now).has_value();
    return row;
}

Result<MessagesAsked> read_asked(Call const& call, House& house, Access const& access,
                                 Directory const& directory) {
    Form const form(call.query);
    MessagesAsked asked;
    Day const day = form.has("day") ? *parse_day(form.text("day")) : kBeijing.day(house.engine.now());
    asked.from = kBeijing.start_of(day);
    asked.until = kBeijing.start_of(day + 1);
    asked.scope = access.sql(call.actor(), directory);
    for (MessageState state :
         {MessageState::waiting, MessageState::delivered, MessageState::given_up, MessageState::taken_back})
        if (form.text("state") == name(state)) asked.state = state;
    if (form.has("to")) asked.to_unit = form.text("to") == "unit";
    asked.text = form.text("text");
    asked.kind = form.text("kind");
    asked.limit = static_cast<std::size_t>(form.integer("limit").value_or(50));
    if (form.has("cursor")) {
        BANYAN_TRY(auto cursor, read_cursor(form.text("cursor")));
        asked.before = std::pair{Instant{cursor.first}, cursor.second};
    }
    return asked;
}

http::Reply of_day(Log const& log, store::Session& session, Call& call) {
    auto const rules = log.house.engine.rules();
    auto const asked = read_asked(call, log.house, *rules->access, *rules->directory);
    if (!asked) return problem(asked.error(), log.house.texts, call.language);
    std::vector<LoggedMessage> page = load_messages(session, *asked);
    bool const more = page.size() > asked->limit;
    if (more) page.pop_back();
    Viewer const viewer{call.actor(), *rules, log.house.engine.moment(), &log.house.keys};
    std::unordered_map<std::int64_t, std::optional<Loaded>> matters;
    json::array rows;
    for (LoggedMessage const& each : page) {
        auto [found, fresh] = matters.try_emplace(each.message.matter.value);
        if (fresh) found->second = load(log.house, session, each.message.matter.text());
        if (!found->second) continue;
        Tie const tie = rules->access->tie(viewer.actor, found->second->matter, *rules->directory);
        if (tie != Tie::nothing && shown_to(viewer, tie, each))
            rows.push_back(message_json(log, session, each, *found->second, viewer));
    }
    json::object body{{"messages", std::move(rows)}};
    if (more) body["next"] = cursor_text(page.back().message.told_at.us, page.back().message.id);
    return json_reply(200, body);
}

http::Reply of_matter(Log const& log, store::Session& session, Call& call) {
    auto const loaded = load(log.house, session, call.param(0));
    auto const rules = log.house.engine.rules();
    Viewer const viewer{call.actor(), *rules, log.house.engine.moment(), &log.house.keys};
    if (!loaded) return unknown(log.house, call);
    Tie const tie = rules->access->tie(viewer.actor, loaded->matter, *rules->directory);
    if (tie == Tie::nothing) return unknown(log.house, call);
    note_reading(log.house, viewer.actor, loaded->matter, kReadDetail);
    json::array rows;
    for (LoggedMessage const& each : load_messages_of(session, loaded->matter, loaded->history))
        if (shown_to(viewer, tie, each)) rows.push_back(message_json(log, session, each, *loaded, viewer));
    return json_reply(200, json::object{{"messages", std::move(rows)}});
}

struct Sending {
    http::Respond respond;
    api::Asker asker;
    Actor actor;
    std::optional<std::int64_t> id;
    std::string reason;
    Result<Instant> at = Instant{};
};

Result<Instant> send_again(House& house, store::Session& writing, Sending const& sending) {
    auto const rules = house.engine.rules();
    auto const message = sending.id ? load_message(writing, *sending.id) : std::nullopt;
    auto const matter =
        message ? load_matter(writing, message->message.matter, house.engine.procedures()) : std::nullopt;
    if (!matter || !rules->access->may_see(sending.actor, *matter, *rules->directory))
        return refuse("message.unknown");
    Instant const now = house.engine.now();
    BANYAN_CHECK(resend(writing, *sending.id, {0, now, sending.actor.person, sending.actor.role, sending.reason}));
    return now;
}

void send(House& house, Call&& call, http::Respond respond) {
    auto const id = api::read_id(call.param(0));
    auto held = std::make_shared<Sending>(Sending{std::move(respond), api::asker_of(call), call.actor(), id,
                                                  std::string(Form(call.body).text("reason"))});
    house.engine.write([&house, held](store::Session& writing) { held->at = send_again(house, writing, *held); },
                       [&house, held](std::exception_ptr const& failed) {
                           if (failed) held->at = refuse(refusal_of(failed));
                           if (!held->at) return held->respond(api::refused(house, held->asker, held->at.error()));
                           held->respond(json_reply(200, json::object{{"waits_since", rfc3339(*held->at)}}));
                       });
}

shape::Schema message_shape() {
    using namespace shape;
    return named("message",
                 object({{"id", id()},
                         {"number", id("receipt number of the matter it is about")},
                         {"text", code("which sentence: tell.…")},
                         {"said", text("as the viewer may read it; the query code never")},
                         {"told_at", instant()},
                         {"state", one_of(MessageState::waiting, MessageState::taken_back)},
                         {"attempts", count("since it was said, or sent again")},
                         {"unit?", unit_shape()},
                         {"phone?", text("of who asked, masked; of a unit, the duty phone that was rung")},
                         {"ended_at?", instant("delivered or given up, the last time")},
                         {"why?", one_of({"too_old", "nobody", "refused"}, "it was given up")},
                         {"resends?", list(object({{"no", count()},
                                                   {"at", instant()},
                                                   {"by?", names_shape()},
                                                   {"role", code()},
                                                   {"reason", text()}}))},
                         {"may_resend?", flag()}}));
}

}  // namespace

void add_message_operations(Api& api, House& house, Letters const& letters) {
    using Type = Field::Type;
    auto log = std::make_shared<Log const>(Log{house, letters});
    auto reading = [log](http::Reply (*job)(Log const&, store::Session&, Call&)) {
        return [log, job](Call&& call, http::Respond respond) {
            query(log->house, std::move(call), std::move(respond),
                  [log, job](store::Session& session, Call& asked) { return job(*log, session, asked); });
        };
    };
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/messages",
             .name = "message.list",
             .summary = "Messages of a day to who asked and to units, and what became of them; the newest first",
             .tag = "messages",
             .roles = centre_roles(),
             .query = {{.name = "day", .type = Type::day, .about = "left out: today"},
                       {.name = "state",
                        .type = Type::choice,
                        .choices = {"waiting", "delivered", "given_up", "taken_back"}},
                       {.name = "to", .type = Type::choice, .choices = {"asker", "unit"}},
                       {.name = "text", .type = Type::code, .about = "which sentence: tell.…"},
                       {.name = "kind", .type = Type::code, .about = "of the matter"},
                       {.name = "limit", .type = Type::integer, .least = 1, .most = 200},
                       {.name = "cursor"}},
             .replies = {{200, "those about matters the viewer finds"}},
             .reply = shape::object(
                 {{"messages", shape::list(message_shape())}, {"next?", shape::text("the next page's cursor")}}),
             .handle = reading(of_day)});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/matters/{id}/messages",
             .name = "message.of_matter",
             .summary = "All messages about one matter, the oldest first",
             .tag = "messages",
             .roles = reading_roles(),
             .path = {{.name = "id", .type = Type::code, .about = "id or receipt number"}},
             .replies = {{200, "a unit: those to its branch, and to who asked where it reads them"}},
             .reply = shape::object({{"messages", shape::list(message_shape())}}),
             .handle = reading(of_matter)});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/messages/{id}/resend",
             .name = "message.resend",
             .summary = "Sends one again that was delivered or given up; recorded with who, when and why",
             .tag = "messages",
             .roles = sending_roles(),
             .path = {{.name = "id", .type = Type::code}},
             .body = {{.name = "reason", .required = true, .most = 200}},
             .replies = {{200, "it waits to be sent"},
                         {404, "there is none that the viewer finds"},
                         {409, "it waits, was taken back, or was sent a moment ago or often enough"}},
             .reply = shape::object({{"waits_since", shape::instant()}}),
             .handle = [&house](Call&& call, http::Respond respond) {
                 send(house, std::move(call), std::move(respond));
             }});
}

}  // namespace banyan::desk
