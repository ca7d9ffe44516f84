// What staff do to topics. Who may not see a topic cannot change it.
#include "systems/topics/routes.h"

namespace banyan::topics {
namespace {

using namespace api;

/// The topic is looked at with the viewer's eyes on a reader's thread, then `act` is begun.
using Begin = std::function<void(TopicId, json::object const& body, Topics::By, Topics::Done)>;

void begin(Desk& desk, Call&& call, http::Respond respond, Begin act) {
    auto held = std::make_shared<http::Respond>(std::move(respond));
    auto kept = std::make_shared<Call>(std::move(call));
    Asker const asker = asker_of(*kept);
    auto refuse_with = [&desk, held, asker](Refusal const& refusal) {
        (*held)(refused(desk.house, asker, refusal));
    };
    bool const taken = desk.house.readers.submit(
        [&desk, kept, held, asker, act = std::move(act), refuse_with](store::Session& session) {
            auto topic = topic_of(kept->param(0));
            Viewing const viewing = viewing_of(desk.house, *kept);
            auto seen = topic ? seen_topic(session, desk.topics, viewing, *topic, desk.redact) : std::nullopt;
            if (!seen) return refuse_with({"topic.unknown", {}, {}, {}});
            act(seen->topic, kept->body, {viewing.actor.person, viewing.now},
                [held, refuse_with](Result<void> done) {
                    if (!done) return refuse_with(done.error());
                    (*held)(json_reply(200, json::object{{"ok", true}}));
                });
        },
        [refuse_with](std::exception const&) { refuse_with({"server.failed", {}, {}, {}}); });
    if (!taken) refuse_with({"server.busy", {}, {}, {}});
}

struct Route {
    std::string what, path, summary;
    std::vector<Field> body;
    std::vector<std::string> roles;
    Begin act;
};

void add(Api& api, Desk& desk, Route route) {
    api.add({.method = http::Method::post,
             .pattern = route.path,
             .name = "topic." + route.what,
             .summary = std::move(route.summary),
             .tag = "topics",
             .roles = std::move(route.roles),
             .path = {{.name = "id", .type = Field::Type::code}},
             .body = std::move(route.body),
             .replies = {{200, "it is kept, with who and when"},
                         {404, "there is none, or none for the viewer"},
                         {409, "into itself, or nothing to take back"}},
             .reply = shape::object({{"ok", shape::always(true)}}),
             .handle = [&desk, act = std::move(route.act)](Call&& call, http::Respond respond) {
                 begin(desk, std::move(call), std::move(respond), act);
             }});
}

std::string text_in(json::object const& body, std::string_view name) {
    json::value const* value = body.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace

void add_act_operations(Api& api, Desk& desk) {
    using Type = Field::Type;
    Topics& topics = desk.topics;
    add(api, desk,
        {"rename",
         "/api/v1/topics/{id}/rename",
         "Name a topic; left out: in the citizens' words again",
         {{.name = "title", .least = 2, .most = 60}},
         acting_roles(),
         [&topics](TopicId topic, json::object const& body, Topics::By by, Topics::Done done) {
             topics.rename(topic, text_in(body, "title"), by, std::move(done));
         }});
    add(api, desk,
        {"merge",
         "/api/v1/topics/{id}/merge",
         "Put this topic into another; matters to come go there too",
         {{.name = "into", .type = Type::code, .required = true}},
         acting_roles(),
         [&topics](TopicId topic, json::object const& body, Topics::By by, Topics::Done done) {
             auto into = topic_of(text_in(body, "into"));
             if (!into) return done(refuse("topic.unknown", "into"));
             topics.merge(topic, *into, by, std::move(done));
         }});
    add(api, desk,
        {"take_out",
         "/api/v1/topics/{id}/take_out",
         "A matter that does not belong here gets a topic of its own",
         {{.name = "matter", .type = Type::code, .required = true}},
         acting_roles(),
         [&topics](TopicId topic, json::object const& body, Topics::By by, Topics::Done done) {
             auto matter = read_id(text_in(body, "matter"));
             if (!matter) return done(refuse("topic.not_in_it", "matter"));
             topics.take_out(topic, MatterId(*matter), by, std::move(done));
         }});
    add(api, desk,
        {"undo",
         "/api/v1/topics/{id}/undo",
         "Take back the last of these that still holds",
         {},
         acting_roles(),
         [&topics](TopicId topic, json::object const&, Topics::By by, Topics::Done done) {
             topics.undo(topic, by, std::move(done));
         }});
    add(api, desk,
        {"follow",
         "/api/v1/topics/{id}/follow",
         "Follow a topic",
         {},
         reading_roles(),
         [&topics](TopicId topic, json::object const&, Topics::By by, Topics::Done done) {
             topics.follow(topic, by, std::move(done));
         }});
    add(api, desk,
        {"unfollow",
         "/api/v1/topics/{id}/unfollow",
         "Follow it no more",
         {},
         reading_roles(),
         [&topics](TopicId topic, json::object const&, Topics::By by, Topics::Done done) {
             topics.unfollow(topic, by, std::move(done));
         }});
}

}  // namespace banyan::topics
