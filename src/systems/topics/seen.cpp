#include "systems/topics/seen.h"

#include <algorithm>

namespace banyan::topics {
namespace {

constexpr std::size_t kLookedAt = 3;       ///< so many times what is shown are loaded, as some may not be
constexpr std::size_t kMostMatters = 300;  ///< of a topic, the newest
constexpr std::size_t kLeast = 2;          ///< one matter is no topic
constexpr int kDays = 30;

struct Known {
    TopicId topic;
    std::vector<Member> members;
    double heat = 0;
};

std::vector<Member> copied(std::vector<Member const*> const& members, Instant now) {
    std::vector<Member> all;
    for (Member const* member : members)
        if (member->at <= now) all.push_back(*member);
    if (all.size() > kMostMatters) all.erase(all.begin(), all.end() - kMostMatters);
    return all;
}

std::vector<Member const*> pointers(std::vector<Member> const& members) {
    std::vector<Member const*> all;
    for (Member const& member : members) all.push_back(&member);
    return all;
}

/// What the viewer may find of it, as the matters are in the database now.
Seen filtered(store::Session& session, Known known, Viewing const& viewing) {
    std::vector<std::int64_t> ids;
    for (Member const& member : known.members) ids.push_back(member.matter.value);
    std::ranges::sort(ids);
    Access const& access = *viewing.rules->access;
    std::map<MatterId, bool> found;  // and whether its title may be read
    for (Matter const& matter : load_matters(session, ids, viewing.procedures)) {
        Tie const tie = access.tie(viewing.actor, matter, *viewing.rules->directory);
        if (tie != Tie::nothing) found[matter.id] = access.may_read(viewing.actor, tie, FieldClass::asker);
    }
    Seen seen;
    seen.topic = known.topic;
    for (Member& member : known.members) {
        auto one = found.find(member.matter);
        if (one == found.end()) continue;
        if (one->second) seen.readable.insert(member.matter);
        seen.members.push_back(std::move(member));
    }
    return seen;
}

void describe(Seen& seen, Topics const& topics, Instant now, int window_days, Redact const& redact) {
    std::vector<Member const*> const members = pointers(seen.members);
    std::vector<Member const*> readable;
    for (Member const* member : members)
        if (seen.readable.contains(member->matter)) readable.push_back(member);
    seen.heat = heat_of(members, now, window_days, topics.numbers());
    seen.portrait = portrait_of(members, readable, topics.sketcher(), redact);
}

bool enough(Seen const& seen, Topics const& topics, Viewing const& viewing) {
    std::size_t const least = viewing.sees_all() ? 1 : static_cast<std::size_t>(topics.numbers().least_small);
    return seen.members.size() >= least;
}

}  // namespace

std::string Viewing::district() const {
    Unit const* unit = sees_all() ? nullptr : rules->directory->unit(actor.unit);
    return unit == nullptr ? std::string() : district_of(unit->region);
}

Viewing viewing_of(api::House const& house, api::Call const& call) {
    return {call.actor(), house.engine.rules(), house.engine.now(), house.engine.procedures()};
}

std::vector<Seen> seen_topics(store::Session& session, Topics const& topics, Viewing const& viewing,
                              Wanted const& wanted, Redact const& redact) {
    std::string const region = wanted.region.empty() ? viewing.district() : wanted.region;
    Instant const since = viewing.now - days(wanted.window_days);
    std::vector<Known> hot = topics.look([&](Clusters const& clusters) {
        std::vector<std::pair<double, TopicId>> ranked;
        for (TopicId const topic : clusters.topics(kLeast)) {
            std::vector<Member const*> const members = clusters.members(topic);
            bool const here = std::ranges::any_of(members, [&](Member const* member) {
                return member->at > since && member->at <= viewing.now && member->region.starts_with(region);
            });
            if (here)
                ranked.emplace_back(heat_of(members, viewing.now, wanted.window_days, topics.numbers()).value,
                                    topic);
        }
        std::ranges::sort(ranked, std::greater<>{});
        if (ranked.size() > wanted.most * kLookedAt) ranked.resize(wanted.most * kLookedAt);
        std::vector<Known> all;
        for (auto const& [heat, topic] : ranked)
            all.push_back({topic, copied(clusters.members(topic), viewing.now), heat});
        return all;
    });
    std::vector<Seen> shown;
    for (Known& one : hot) {
        Seen seen = filtered(session, std::move(one), viewing);
        if (seen.members.size() < kLeast || !enough(seen, topics, viewing)) continue;
        describe(seen, topics, viewing.now, wanted.window_days, redact);
        shown.push_back(std::move(seen));
    }
    std::ranges::stable_sort(shown, std::greater<>{}, [](Seen const& one) { return one.heat.value; });
    if (shown.size() > wanted.most) shown.resize(wanted.most);
    return shown;
}

std::optional<Seen> seen_topic(store::Session& session, Topics const& topics, Viewing const& viewing,
                               TopicId topic, Redact const& redact) {
    Known known = topics.look([&](Clusters const& clusters) {
        TopicId const root = clusters.root(topic);
        return Known{root, copied(clusters.members(root), viewing.now), 0};
    });
    Seen seen = filtered(session, std::move(known), viewing);
    if (seen.members.empty() || !enough(seen, topics, viewing)) return std::nullopt;
    describe(seen, topics, viewing.now, kDays, redact);
    return seen;
}

}  // namespace banyan::topics
