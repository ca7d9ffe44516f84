#include "systems/topics/clusters.h"

#include <algorithm>

namespace banyan::topics {
namespace {

constexpr std::int64_t kPerMatter = 4;
constexpr std::size_t kMostPlaces = 4;
constexpr double kAlone =
    0.8;  ///< what a topic's second matter is taken to have, of the first, when it is not like it

}  // namespace

Clusters::Clusters(alike::Sketcher const& sketcher, Numbers const& numbers)
    : sketcher_(sketcher), numbers_(numbers), neighbours_(sketcher.words()) {}

/// Two of a topic's matters must speak for it, or one alone the more clearly: one link does not make a chain.
TopicId Clusters::choose(alike::Reading const& reading, Member const& member) const {
    struct Spoken {
        double first = 0, second = 0;
        TopicId through;  ///< the likest one's own: when a merge is undone, what came meanwhile goes with it
    };
    std::map<TopicId, Spoken> spoken;
    for (alike::Neighbour const& one :
         neighbours_.find(sketcher_, reading,
                          {.day = kBeijing.day(member.at),
                           .class_code = member.class_code.empty() ? 0 : alike::hash_of(member.class_code),
                           .most = static_cast<std::size_t>(numbers_.neighbours),
                           .but = member.matter,
                           .threshold = numbers_.join / 2})) {
        Member const* other = find(one.matter);
        if (other == nullptr) continue;
        Spoken& here = spoken[root(other->topic)];
        if (here.first == 0) {
            here.first = one.like.score;
            here.through = other->topic;
        } else if (here.second == 0)
            here.second = one.like.score;
    }
    TopicId best;
    double most = 0;
    for (auto const& [topic, one] : spoken) {
        auto found = topics_.find(topic);
        bool const single = found != topics_.end() && found->second.size() == 1;
        double const second = single ? one.first : std::max(one.second, one.first * kAlone);
        double const strength = (one.first + second) / 2;
        if (strength < numbers_.join || strength <= most) continue;
        most = strength;
        best = one.through;
    }
    return best;
}

TopicId Clusters::add(Member member, alike::Reading const& reading) {
    member.topic = choose(reading, member);
    if (!member.topic) member.topic = free_id(member.matter);
    TopicId const topic = member.topic;
    keep(std::move(member), reading);
    return topic;
}

void Clusters::restore(Member member, alike::Reading const& reading) { keep(std::move(member), reading); }

void Clusters::keep(Member member, alike::Reading const& reading) {
    for (std::string const& place : reading.places)
        if (member.places.size() < kMostPlaces) member.places.push_back(place);
    if (member.quotable && !member.accuses)
        for (std::size_t i = 0; i < reading.terms.size(); ++i)
            if ((reading.terms[i].bits & alike::Term::kTitle) != 0) {
                member.words.push_back(reading.terms[i].hash);
                words_.try_emplace(reading.terms[i].hash, reading.texts[i]);
            }
    neighbours_.add(member.matter, sketcher_, reading, kBeijing.day(member.at),
                    member.class_code.empty() ? 0 : alike::hash_of(member.class_code));
    topics_[member.topic].push_back(member.matter);
    members_.insert_or_assign(member.matter.value, std::move(member));
}

Member const* Clusters::find(MatterId matter) const {
    auto found = members_.find(matter.value);
    return found == members_.end() ? nullptr : &found->second;
}

Member* Clusters::find(MatterId matter) {
    auto found = members_.find(matter.value);
    return found == members_.end() ? nullptr : &found->second;
}

TopicId Clusters::root(TopicId topic) const {
    for (auto next = into_.find(topic); next != into_.end(); next = into_.find(topic)) topic = next->second;
    return topic;
}

std::vector<Member const*> Clusters::members(TopicId root_topic) const {
    std::vector<Member const*> all;
    auto add_of = [&](TopicId topic) {
        auto found = topics_.find(topic);
        if (found == topics_.end()) return;
        for (MatterId matter : found->second)
            if (Member const* member = find(matter)) all.push_back(member);
    };
    add_of(root_topic);
    for (auto const& [topic, into] : into_)
        if (root(topic) == root_topic) add_of(topic);
    std::ranges::sort(all, {}, [](Member const* member) { return std::pair(member->at, member->matter); });
    return all;
}

std::vector<TopicId> Clusters::topics(std::size_t least) const {
    std::map<TopicId, std::size_t> sizes;
    for (auto const& [topic, matters] : topics_) sizes[root(topic)] += matters.size();
    std::vector<TopicId> all;
    for (auto const& [topic, size] : sizes)
        if (size >= least) all.push_back(topic);
    return all;
}

std::string_view Clusters::word(alike::Hash hash) const {
    auto found = words_.find(hash);
    return found == words_.end() ? std::string_view() : std::string_view(found->second);
}

void Clusters::merge(TopicId topic, TopicId into) {
    if (root(into) != topic) into_[topic] = root(into);
}

void Clusters::part(TopicId topic) { into_.erase(topic); }

void Clusters::move(MatterId matter, TopicId to) {
    Member* member = find(matter);
    if (member == nullptr) return;
    std::erase(topics_[member->topic], matter);
    if (topics_[member->topic].empty()) topics_.erase(member->topic);
    member->topic = to;
    topics_[to].push_back(matter);
}

TopicId Clusters::free_id(MatterId matter) const {
    for (std::int64_t n = 0; n < kPerMatter; ++n)
        if (TopicId const id(matter.value * kPerMatter + n); !topics_.contains(id) && !into_.contains(id))
            return id;
    return TopicId(matter.value * kPerMatter);
}

void Clusters::forget_before(Day day) {
    neighbours_.forget_before(day);
    std::erase_if(members_, [&](auto const& one) { return kBeijing.day(one.second.at) < day; });
    for (auto& [topic, matters] : topics_)
        std::erase_if(matters, [&](MatterId matter) { return !members_.contains(matter.value); });
    std::erase_if(topics_, [](auto const& one) { return one.second.empty(); });
}

}  // namespace banyan::topics
