// systems/topics/clusters.h: which matters belong together, one after another as they come. Pure: no clock, no
// database.
//
// A new matter joins the topic of those it is likely to be about the same as (kernel/alike), or begins one. What
// has been decided stays: nothing is clustered again, so that a topic's history is not reshuffled. People merge
// topics and take matters out; a merged topic keeps its matters and says into which it went, so that this can be
// undone.
#pragma once
#include <map>
#include <unordered_map>

#include "kernel/alike/neighbours.h"
#include "systems/topics/rules.h"

namespace banyan::topics {

/// Of the matter that began it: its id × 4; of matters that were taken out, one more.
using TopicId = Id<struct TopicTag>;

/// What is known of a matter within the window.
struct Member {
    MatterId matter;
    TopicId topic;  ///< that it was put into; merged ones: Clusters::root()
    Instant at;
    std::string title, kind, class_code, region;
    PersonId asker;
    bool quotable = true;             ///< its words may be shown: neither confidential nor anonymous nor a report
    bool accuses = false;             ///< it is about a unit
    int votes = 0;                    ///< urges and supplements
    std::vector<std::string> places;  ///< names in it, at most four
    std::vector<alike::Hash> words;   ///< of the title
};

class Clusters {
  public:
    Clusters(alike::Sketcher const& sketcher, Numbers const& numbers);

    /// A new matter: its topic is found. REQUIRES: it is not there yet.
    TopicId add(Member member, alike::Reading const& reading);
    /// One whose topic is known.
    void restore(Member member, alike::Reading const& reading);

    Member const* find(MatterId matter) const;
    Member* find(MatterId matter);
    TopicId root(TopicId topic) const;                       ///< the topic it was merged into, or itself
    std::vector<Member const*> members(TopicId root) const;  ///< with those of topics merged into it, oldest first
    /// Topics of at least so many matters.
    std::vector<TopicId> topics(std::size_t least) const;
    std::unordered_map<std::int64_t, Member> const& all() const { return members_; }
    std::string_view word(alike::Hash hash) const;

    void merge(TopicId topic, TopicId into);  ///< REQUIRES: both roots, and not the same
    void part(TopicId topic);                 ///< undoes a merge
    void move(MatterId matter, TopicId to);
    /// An id that no topic has, for a matter that is taken out.
    TopicId free_id(MatterId matter) const;
    /// Forgets matters of before that day.
    void forget_before(Day day);

  private:
    TopicId choose(alike::Reading const& reading, Member const& member) const;
    void keep(Member member, alike::Reading const& reading);

    alike::Sketcher const& sketcher_;
    Numbers const numbers_;
    alike::Neighbours neighbours_;
    std::unordered_map<std::int64_t, Member> members_;
    std::unordered_map<TopicId, std::vector<MatterId>> topics_;
    std::map<TopicId, TopicId> into_;
    std::unordered_map<alike::Hash, std::string> words_;
};

}  // namespace banyan::topics
