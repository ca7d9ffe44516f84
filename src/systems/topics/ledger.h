// systems/topics/ledger.h: all SQL of this system. On both databases.
#pragma once
#include <span>

#include "kernel/engine/engine.h"
#include "systems/topics/clusters.h"

namespace banyan::topics {

struct Put {  ///< a matter into a topic
    MatterId matter;
    TopicId topic;
    EventId event;
    Instant at;
    int votes = 0;
};

struct Act {
    std::int64_t id = 0;
    TopicId topic;
    std::string what;
    TopicId other;
    MatterId matter;
    std::string before;
    PersonId person;
    Instant at;
    bool undone = false;
};

struct Warning {
    std::string name;
    Instant at;
    Day day;
    TopicId topic;
    std::string class_code, region;
    int n = 0;
    double expected = 0, chance = 0;
};

struct Named {
    TopicId topic, into;
    std::string title;
};

std::vector<Put> load_puts(store::Session& session, Instant since);
std::vector<Named> load_named(store::Session& session);
std::vector<Warning> load_warnings(store::Session& session, Instant since, std::size_t most);
std::vector<Act> load_acts(store::Session& session, TopicId topic, std::size_t most);  ///< the latest first
std::map<TopicId, int> load_followers(store::Session& session);
std::vector<TopicId> load_followed(store::Session& session, PersonId person);
std::int64_t last_act(store::Session& session);

void save_puts(store::Session& session, std::span<Put const> puts);
void save_votes(store::Session& session, MatterId matter, int votes);
void save_topic(store::Session& session, MatterId matter, TopicId topic);
void save_named(store::Session& session, Named const& named);
void save_act(store::Session& session, Act const& act);
void save_undone(store::Session& session, std::int64_t act);
void save_follow(store::Session& session, TopicId topic, PersonId person, Instant at);
void forget_follow(store::Session& session, TopicId topic, PersonId person);
void save_warning(store::Session& session, Warning const& warning);

}  // namespace banyan::topics
