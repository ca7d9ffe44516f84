// What an account was told about its own matters (消息): the newest first, with a mark of what it has read.
#include <algorithm>
#include <set>

#include "kernel/engine/outbox.h"
#include "systems/desk/letters.h"
#include "systems/desk/routes.h"

namespace banyan::desk {
namespace {

/// Of an account's newest matters: what was said about older ones stands on their own pages.
constexpr std::int64_t kMostMatters = 40;
constexpr std::size_t kMostMessages = 100;

struct Told {
    Matter matter;
    std::vector<EventRow> history;
    LoggedMessage logged;
};

std::vector<Told> told_to(House& house, store::Session& session, Actor const& actor) {
    auto const rules = house.engine.rules();
    std::vector<std::int64_t> ids;
    std::string sql("SELECT m.id FROM matter m WHERE ");
    sql += rules->access->sql(actor, *rules->directory);
    session.query(sql + " ORDER BY m.id DESC LIMIT $1", {kMostMatters},
                  [&](store::Row const& row) { ids.push_back(row.integer(0)); });
    std::vector<Told> all;
    for (Matter& matter : load_matters(session, ids, house.engine.procedures())) {
        std::vector<EventRow> const history = load_history(session, matter);
        for (LoggedMessage& each : load_messages_of(session, matter, history))
            if (!each.message.unit && each.state != MessageState::taken_back)
                all.push_back({matter, history, std::move(each)});
    }
    std::ranges::sort(all, std::ranges::greater{}, [](Told const& each) {
        return std::pair{each.logged.message.told_at.us, each.logged.message.id};
    });
    if (all.size() > kMostMessages) all.erase(all.begin() + kMostMessages, all.end());
    return all;
}

std::set<std::int64_t> read_by(store::Session& session, PersonId person) {
    std::set<std::int64_t> all;
    session.query("SELECT message FROM message_read WHERE person = $1 ORDER BY message DESC LIMIT 10000",
                  {person.value}, [&](store::Row const& row) { all.insert(row.integer(0)); });
    return all;
}

std::int64_t unread_of(std::vector<Told> const& told, std::set<std::int64_t> const& read) {
    return std::ranges::count_if(told, [&](Told const& each) { return !read.contains(each.logged.message.id); });
}

http::Reply list(House& house, Letters const& letters, store::Session& session, Call& call) {
    if (!call.actor().person) return problem({"account.needed", {}, {}, {}}, house.texts, call.language);
    auto const rules = house.engine.rules();
    Viewer const viewer{call.actor(), *rules, house.engine.moment(), &house.keys};
    std::vector<Told> const told = told_to(house, session, viewer.actor);
    std::set<std::int64_t> const read = read_by(session, viewer.actor.person);
    json::array rows;
    for (Told const& each : told) {
        Message const& message = each.logged.message;
        rows.push_back({{"id", std::to_string(message.id)},
                        {"number", receipt_number(message.matter)},
                        {"procedure", each.matter.procedure->name},
                        {"title", each.matter.title},
                        {"text", message.text},
                        {"said", letters.shown(message, each.history, each.matter, viewer)},
                        {"told_at", rfc3339(message.told_at)},
                        {"read", read.contains(message.id)}});
    }
    return json_reply(200, json::object{{"messages", std::move(rows)}, {"unread", unread_of(told, read)}});
}

/// Only of one's own: an id of another's is passed over as one that never was.
json::object mark(House& house, store::Session& writing, Call const& call) {
    Actor const actor = call.actor();
    std::vector<Told> const told = told_to(house, writing, actor);
    std::set<std::string> wanted;
    if (json::value const* ids = call.body.if_contains("ids"))
        for (json::value const& each : ids->as_array()) wanted.emplace(each.at("id").as_string());
    bool const all = !call.body.contains("ids");
    for (Told const& each : told) {
        std::int64_t const id = each.logged.message.id;
        if (all || wanted.contains(std::to_string(id)))
            writing.execute(
                "INSERT INTO message_read (person, message, at) VALUES ($1, $2, $3) ON CONFLICT (person, message) "
                "DO "
                "NOTHING",
                {actor.person.value, id, house.engine.now().us});
    }
    return {{"unread", unread_of(told, read_by(writing, actor.person))}};
}

struct Marking {
    Call call;
    http::Respond respond;
    json::object body;
};

void mark_read(House& house, Call&& call, http::Respond respond) {
    if (!call.actor().person) return respond(problem({"account.needed", {}, {}, {}}, house.texts, call.language));
    auto held = std::make_shared<Marking>(Marking{std::move(call), std::move(respond), {}});
    house.engine.write(
        [&house, held](store::Session& writing) { held->body = mark(house, writing, held->call); },
        [&house, held](std::exception_ptr const& failed) {
            if (failed) return held->respond(api::refused(house, api::asker_of(held->call), refusal_of(failed)));
            held->respond(json_reply(200, held->body));
        });
}

}  // namespace

void add_own_message_operations(Api& api, House& house, Letters const& letters) {
    using Type = Field::Type;
    auto row = shape::object({{"id", shape::id()},
                              {"number", shape::id("receipt number of the matter it is about")},
                              {"procedure", shape::code("of that matter")},
                              {"title", shape::text("of that matter")},
                              {"text", shape::code("which sentence: tell.…")},
                              {"said", shape::text("in Chinese, as it was sent; the query code never")},
                              {"told_at", shape::instant()},
                              {"read", shape::flag("by this account")}});
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/messages/mine",
             .name = "message.mine",
             .summary = "What an account was told about its own matters, the newest first",
             .tag = "messages",
             .roles = {"appellant"},
             .replies = {{200, "of its newest 40 matters, at most 100"}, {401, "a query code is no account"}},
             .reply = shape::object({{"messages", shape::list(shape::named("own_message", std::move(row)))},
                                     {"unread", shape::count()}}),
             .handle = [&house, &letters](Call&& call, http::Respond respond) {
                 query(house, std::move(call), std::move(respond),
                       [&house, &letters](store::Session& session, Call& asked) {
                           return list(house, letters, session, asked);
                       });
             }});
    api.add({.method = http::Method::post,
             .pattern = "/api/v1/messages/mine/read",
             .name = "message.mine.read",
             .summary = "Marks messages as read; without `ids` all of them",
             .tag = "messages",
             .roles = {"appellant"},
             .body = {{.name = "ids",
                       .type = Type::list,
                       .most = kMostMessages,
                       .inner = {{.name = "id", .type = Type::code, .required = true}}}},
             .replies = {{200, "how many are still unread"}, {401, "a query code is no account"}},
             .reply = shape::object({{"unread", shape::count()}}),
             .handle = [&house](Call&& call, http::Respond respond) {
                 mark_read(house, std::move(call), std::move(respond));
             }});
}

}  // namespace banyan::desk
