#include "systems/topics/ledger.h"

namespace banyan::topics {
namespace {

using store::Type;

store::Table const kPuts{"topic_matter",
                         {{"matter", Type::integer},
                          {"topic", Type::integer},
                          {"event", Type::integer},
                          {"at", Type::integer},
                          {"votes", Type::integer}},
                         {"matter"}};

}  // namespace

std::vector<Put> load_puts(store::Session& session, Instant since) {
    std::vector<Put> all;
    session.query("SELECT matter, topic, event, at, votes FROM topic_matter WHERE at >= $1 ORDER BY at, matter",
                  {since.us}, [&](store::Row const& row) {
                      all.push_back({MatterId(row.integer(0)), TopicId(row.integer(1)), EventId(row.integer(2)),
                                     Instant{row.integer(3)}, static_cast<int>(row.integer(4))});
                  });
    return all;
}

std::vector<Named> load_named(store::Session& session) {
    std::vector<Named> all;
    session.query("SELECT id, into_topic, title FROM topic ORDER BY id", {}, [&](store::Row const& row) {
        all.push_back({TopicId(row.integer(0)), TopicId(row.integer(1)), std::string(row.text(2))});
    });
    return all;
}

std::vector<Warning> load_warnings(store::Session& session, Instant since, std::size_t most) {
    std::vector<Warning> all;
    session.query(
        "SELECT name, at, day, topic, class, region, n, expected, chance FROM topic_warning WHERE at >= $1 "
        "ORDER BY at DESC, name LIMIT $2",
        {since.us, static_cast<std::int64_t>(most)}, [&](store::Row const& row) {
            all.push_back({std::string(row.text(0)), Instant{row.integer(1)},
                           Day{static_cast<std::int32_t>(row.integer(2))}, TopicId(row.integer(3)),
                           std::string(row.text(4)), std::string(row.text(5)), static_cast<int>(row.integer(6)),
                           row.real(7), row.real(8)});
        });
    return all;
}

std::vector<Act> load_acts(store::Session& session, TopicId topic, std::size_t most) {
    std::vector<Act> all;
    session.query(
        "SELECT id, topic, what, other, matter, before, person, at, undone FROM topic_act WHERE topic = $1 "
        "ORDER BY id DESC LIMIT $2",
        {topic.value, static_cast<std::int64_t>(most)}, [&](store::Row const& row) {
            all.push_back({row.integer(0), TopicId(row.integer(1)), std::string(row.text(2)),
                           TopicId(row.integer(3)), MatterId(row.integer(4)), std::string(row.text(5)),
                           PersonId(row.integer(6)), Instant{row.integer(7)}, row.integer(8) != 0});
        });
    return all;
}

std::map<TopicId, int> load_followers(store::Session& session) {
    std::map<TopicId, int> all;
    session.query("SELECT topic, COUNT(*) FROM topic_follow GROUP BY topic", {},
                  [&](store::Row const& row) { all[TopicId(row.integer(0))] = static_cast<int>(row.integer(1)); });
    return all;
}

std::vector<TopicId> load_followed(store::Session& session, PersonId person) {
    std::vector<TopicId> all;
    session.query("SELECT topic FROM topic_follow WHERE person = $1 ORDER BY topic", {person.value},
                  [&](store::Row const& row) { all.emplace_back(row.integer(0)); });
    return all;
}

std::int64_t last_act(store::Session& session) {
    std::int64_t last = 0;
    session.query("SELECT coalesce(max(id), 0) FROM topic_act", {},
                  [&](store::Row const& row) { last = row.integer(0); });
    return last;
}

void save_puts(store::Session& session, std::span<Put const> puts) {
    if (puts.empty()) return;
    std::vector<store::Cell> cells;
    for (Put const& put : puts)
        for (std::int64_t const value :
             {put.matter.value, put.topic.value, put.event.value, put.at.us, std::int64_t{put.votes}})
            cells.emplace_back(value);
    session.write(kPuts, cells);
}

void save_votes(store::Session& session, MatterId matter, int votes) {
    session.execute("UPDATE topic_matter SET votes = $1 WHERE matter = $2", {std::int64_t{votes}, matter.value});
}

void save_topic(store::Session& session, MatterId matter, TopicId topic) {
    session.execute("UPDATE topic_matter SET topic = $1 WHERE matter = $2", {topic.value, matter.value});
}

void save_named(store::Session& session, Named const& named) {
    session.execute(
        "INSERT INTO topic (id, title, into_topic) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET title = "
        "excluded.title, into_topic = excluded.into_topic",
        {named.topic.value, std::string_view(named.title), named.into.value});
}

void save_act(store::Session& session, Act const& act) {
    session.execute(
        "INSERT INTO topic_act (id, topic, what, other, matter, before, person, at, undone) VALUES ($1, $2, $3, "
        "$4, $5, $6, $7, $8, $9)",
        {act.id, act.topic.value, std::string_view(act.what), act.other.value, act.matter.value,
         std::string_view(act.before), act.person.value, act.at.us, std::int64_t{act.undone ? 1 : 0}});
}

void save_undone(store::Session& session, std::int64_t act) {
    session.execute("UPDATE topic_act SET undone = 1 WHERE id = $1", {act});
}

void save_follow(store::Session& session, TopicId topic, PersonId person, Instant at) {
    session.execute(
        "INSERT INTO topic_follow (topic, person, at) VALUES ($1, $2, $3) ON CONFLICT (topic, person) DO "
        "NOTHING",
        {topic.value, person.value, at.us});
}

void forget_follow(store::Session& session, TopicId topic, PersonId person) {
    session.execute("DELETE FROM topic_follow WHERE topic = $1 AND person = $2", {topic.value, person.value});
}

void save_warning(store::Session& session, Warning const& warning) {
    session.execute(
        "INSERT INTO topic_warning (name, at, day, topic, class, region, n, expected, chance) VALUES ($1, $2, $3, "
        "$4, "
        "$5, $6, $7, $8, $9) ON CONFLICT (name) DO NOTHING",
        {std::string_view(warning.name), warning.at.us, std::int64_t{warning.day.number}, warning.topic.value,
         std::string_view(warning.class_code), std::string_view(warning.region), std::int64_t{warning.n},
         warning.expected, warning.chance});
}

}  // namespace banyan::topics
