// Hot topics, and one with its matters.
#include <cmath>

#include "kernel/alike/suggest.h"
#include "systems/topics/routes.h"

namespace banyan::topics {
namespace {

using namespace api;

constexpr int kSparkline = 30;
constexpr std::size_t kActs = 20;

json::object row_of(Seen const& seen, Desk const& desk, int followers, bool following) {
    Portrait const& portrait = seen.portrait;
    std::string const given = desk.topics.title_of(seen.topic);
    json::object row{{"id", seen.topic.text()},
                     {"title", given.empty() ? portrait.headline : given},
                     {"renamed", !given.empty()},
                     {"place", portrait.place},
                     {"words", json::value_from(portrait.words)},
                     {"class", portrait.class_code},
                     {"region", portrait.region},
                     {"heat", std::round(seen.heat.value * 100) / 100},
                     {"matters", seen.members.size()},
                     {"people", seen.heat.people},
                     {"votes", seen.heat.votes},
                     {"recent", seen.heat.recent},
                     {"usual", std::round(seen.heat.usual * 10) / 10},
                     {"first", rfc3339(portrait.first)},
                     {"last", rfc3339(portrait.last)},
                     {"followers", followers},
                     {"following", following}};
    return row;
}

shape::Schema topic_shape() {
    using namespace shape;
    Schema const number{{"type", "number"}};
    return named(
        "topic",
        object({{"id", id()},
                {"title",
                 shape::text(
                     "as somebody named it, else in the citizens' own words; empty: nobody's words may be shown")},
                {"renamed", flag("somebody named it")},
                {"place", shape::text("the name most of its matters have; empty: none")},
                {"words", list(shape::text(), "of its titles, the commonest first")},
                {"class", shape::text("the commonest")},
                {"region", shape::text("the commonest")},
                {"heat", number},
                {"matters", count("that the viewer may see")},
                {"people", count("who asked; one who asks again counts once")},
                {"votes", count("urges and supplements")},
                {"recent", count("matters of the last seven days")},
                {"usual", number},
                {"first", instant()},
                {"last", instant()},
                {"followers", count()},
                {"following", flag("the viewer")}}));
}

http::Reply list(Desk& desk, store::Session& session, Call& call) {
    Form const form(call.query);
    Viewing const viewing = viewing_of(desk.house, call);
    Wanted wanted;
    wanted.window_days = static_cast<int>(form.integer("window").value_or(30));
    wanted.region = form.text("region");
    wanted.most = static_cast<std::size_t>(form.integer("limit").value_or(20));
    std::map<TopicId, int> const followers = load_followers(session);
    std::vector<TopicId> const mine = load_followed(session, viewing.actor.person);
    std::vector<Seen> all = seen_topics(session, desk.topics, viewing, wanted, desk.redact);
    if (form.text("order") == "last")
        std::ranges::stable_sort(all, std::greater<>{}, [](Seen const& one) { return one.portrait.last; });
    json::array rows;
    for (Seen const& seen : all) {
        auto followed = followers.find(seen.topic);
        rows.push_back(row_of(seen, desk, followed == followers.end() ? 0 : followed->second,
                              std::ranges::find(mine, seen.topic) != mine.end()));
    }
    return json_reply(200, json::object{{"topics", std::move(rows)}});
}

json::array days_of(Seen const& seen, Instant now) {
    std::map<Day, int> counts;
    for (Member const& member : seen.members) ++counts[kBeijing.day(member.at)];
    json::array days;
    Day const today = kBeijing.day(now);
    for (int back = kSparkline - 1; back >= 0; --back) {
        auto n = counts.find(today - back);
        days.push_back({{"day", iso(today - back)}, {"matters", n == counts.end() ? 0 : n->second}});
    }
    return days;
}

json::array acts_of(store::Session& session, TopicId topic, Directory const& directory) {
    json::array all;
    for (Act const& act : load_acts(session, topic, kActs)) {
        json::object one{{"what", act.what}, {"at", rfc3339(act.at)}, {"undone", act.undone}};
        if (Person const* person = directory.person(act.person))
            one["by"] = {{"zh", person->zh}, {"en", person->en}};
        all.push_back(std::move(one));
    }
    return all;
}

http::Reply get(Desk& desk, store::Session& session, Call& call) {
    Viewing const viewing = viewing_of(desk.house, call);
    auto topic = topic_of(call.param(0));
    auto seen = topic ? seen_topic(session, desk.topics, viewing, *topic, desk.redact) : std::nullopt;
    if (!seen) return problem({"topic.unknown", {}, {}, {}}, desk.house.texts, call.language);
    Form const form(call.query);
    auto const limit = static_cast<std::size_t>(form.integer("limit").value_or(50));
    std::int64_t const after = form.integer("after").value_or(0);
    std::vector<std::int64_t> page;  // the newest first
    for (auto member = seen->members.rbegin(); member != seen->members.rend(); ++member)
        page.push_back(member->matter.value);
    if (after != 0)
        if (auto at = std::ranges::find(page, after); at != page.end()) page.erase(page.begin(), at + 1);
    bool const more = page.size() > limit;
    if (more) page.resize(limit);
    std::map<std::int64_t, Matter> matters;
    std::vector<std::int64_t> ids = page;
    std::ranges::sort(ids);
    for (Matter& matter : load_matters(session, ids, viewing.procedures))
        matters.emplace(matter.id.value, std::move(matter));
    json::array rows;
    Viewer const viewer{viewing.actor, *viewing.rules, desk.house.engine.moment(), nullptr};
    for (std::int64_t const each : page)
        if (auto matter = matters.find(each); matter != matters.end())
            if (auto view = view_of(nullptr, matter->second, {}, viewer)) rows.push_back(std::move(*view));
    std::map<TopicId, int> const followers = load_followers(session);
    auto followed = followers.find(seen->topic);
    std::vector<TopicId> const mine = load_followed(session, viewing.actor.person);
    json::object body = row_of(*seen, desk, followed == followers.end() ? 0 : followed->second,
                               std::ranges::find(mine, seen->topic) != mine.end());
    json::object reply{{"topic", std::move(body)},
                       {"days", days_of(*seen, viewing.now)},
                       {"acts", acts_of(session, seen->topic, *viewing.rules->directory)},
                       {"matters", std::move(rows)}};
    if (more) reply["next"] = std::to_string(page.back());
    return json_reply(200, reply);
}

shape::Schema one_shape() {
    using namespace shape;
    auto act = object({{"what", one_of({"rename", "merge", "take_out", "undo"})},
                       {"at", instant()},
                       {"undone", flag()},
                       {"by?", names_shape()}});
    return object(
        {{"topic", topic_shape()},
         {"days", shape::list(object({{"day", day()}, {"matters", count()}}), "the last thirty, today last")},
         {"acts", shape::list(std::move(act), "what people did to it, the latest first")},
         {"matters", shape::list(matter_row_shape(), "the newest first")},
         {"next?", id("`after` of the next page; left out on the last")}});
}

}  // namespace

std::vector<std::string> city_roles() {
    return {"seat",        "shift_leader",        "dispatcher", "reviewer",
            "caller_back", "supervision_officer", "appraiser",  "leader"};
}

std::vector<std::string> reading_roles() {
    std::vector<std::string> roles = city_roles();
    roles.emplace_back("district_centre");
    return roles;
}

std::vector<std::string> acting_roles() {
    return {"shift_leader", "dispatcher", "reviewer", "supervision_officer"};
}

std::optional<TopicId> topic_of(std::string_view text) {
    auto id = read_id(text);
    return id ? std::optional(TopicId(*id)) : std::nullopt;
}

void add_topic_operations(Api& api, Desk& desk) {
    using Type = Field::Type;
    api.add({.method = http::Method::get,
             .pattern = "/api/v1/topics",
             .name = "topic.list",
             .summary = "What the city talks about",
             .tag = "topics",
             .roles = reading_roles(),
             .query =
                 {{.name = "window", .type = Type::integer, .least = 1, .most = 90, .about = "days; left out: 30"},
                  {.name = "region", .type = Type::region, .about = "GB/T 2260: with a matter there"},
                  {.name = "order",
                   .type = Type::choice,
                   .choices = {"heat", "last"},
                   .about = "of the hottest: by heat, or by their newest matter"},
                  {.name = "limit", .type = Type::integer, .least = 1, .most = 50, .about = "left out: 20"}},
             .replies = {{200, "made of the matters the viewer may see"}},
             .reply = shape::object({{"topics", shape::list(topic_shape())}}),
             .handle = [&desk](Call&& call, http::Respond respond) {
                 query(desk.house, std::move(call), std::move(respond),
                       [&desk](store::Session& session, Call& c) { return list(desk, session, c); });
             }});
    api.add(
        {.method = http::Method::get,
         .pattern = "/api/v1/topics/{id}",
         .name = "topic.get",
         .summary = "A topic and its matters",
         .tag = "topics",
         .roles = reading_roles(),
         .path = {{.name = "id", .type = Type::code}},
         .query = {{.name = "limit", .type = Type::integer, .least = 1, .most = 100, .about = "left out: 50"},
                   {.name = "after",
                    .type = Type::integer,
                    .least = 1,
                    .most = std::int64_t{1} << 53,
                    .about = "`next` of the page before"}},
         .replies = {{200, "one merged into another: the other"}, {404, "there is none, or none for the viewer"}},
         .reply = one_shape(),
         .handle = [&desk](Call&& call, http::Respond respond) {
             query(desk.house, std::move(call), std::move(respond),
                   [&desk](store::Session& session, Call& c) { return get(desk, session, c); });
         }});
}

}  // namespace banyan::topics
