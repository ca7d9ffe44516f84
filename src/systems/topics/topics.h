// systems/topics/topics.h: the topics as they are now: kept by the journal, asked by the API, changed by people.
//
// A thread that gives way to everything else reads the journal on (kernel/engine/follower.h), puts each new matter
// into a topic, and writes where it put it together with how far it has come. At start what is within the window
// is read back: from topic_matter which topic a matter is in, from the journal its words.
//
// Thread rule: any.
#pragma once
#include <atomic>
#include <shared_mutex>

#include "kernel/engine/behind.h"
#include "kernel/engine/follower.h"
#include "systems/topics/ledger.h"
#include "systems/topics/warnings.h"

namespace banyan::alike {
struct Opening;
}

namespace banyan::topics {

class Topics {
  public:
    Topics(Engine& engine, store::Store& store, alike::Sketcher const& sketcher, Numbers numbers);
    ~Topics();  ///< as stop()
    Topics(Topics const&) = delete;

    void start();
    void stop();
    /// Takes what is durable and not taken yet. On the caller's thread; one at a time.
    void run_once();
    std::function<void(std::string const& why)> on_failure;

    /// `look` sees topics that do not change meanwhile; it is quick.
    template <class Look>
    auto look(Look look) const {
        std::shared_lock lock(mutex_);
        return look(std::as_const(*clusters_));
    }
    std::string title_of(TopicId topic) const;  ///< that somebody gave it; else empty
    Numbers const& numbers() const { return numbers_; }
    alike::Sketcher const& sketcher() const { return sketcher_; }

    /// What people do; `done` when it is durable, on the writer's thread. Refused: topic.unknown, topic.itself,
    /// topic.not_in_it, topic.nothing_to_undo, store.*, server.failed.
    using Done = std::function<void(Result<void>)>;
    struct By {
        PersonId person;
        Instant at;
    };
    void rename(TopicId topic, std::string const& title, By by,
                Done done);  ///< an empty title: in citizens' words again
    void merge(TopicId topic, TopicId into, By by, Done done);
    void take_out(TopicId topic, MatterId matter, By by, Done done);
    void undo(TopicId topic, By by, Done done);  ///< the last act on it that still holds
    void follow(TopicId topic, By by, Done done);
    void unfollow(TopicId topic, By by, Done done);

  private:
    struct Batch;
    void load();
    void restore(store::Session& session, std::span<Put const> puts);
    void take(EventRow const& event, Batch& batch);
    void open(alike::Opening const& opening, EventRow const& event, Batch& batch);
    void correct(EventRow const& event, Batch& batch);
    void vote(MatterId matter, Batch& batch);
    void warn(Member const& member, Batch& batch);
    void look_for_concentration(Member const& member, Batch& batch);
    void supervise(MatterId matter, int times);
    void stand_by();
    void forget_old();
    void write(std::function<void(store::Session&)> work, std::function<void()> then, Done done);
    bool known(TopicId topic) const;
    Named named(TopicId topic) const;
    void undo_act(Act const& act);

    Engine& engine_;
    store::Store& store_;
    alike::Sketcher const& sketcher_;
    Numbers const numbers_;
    Follower follower_;
    static constexpr char const* kTiding = "topics";  ///< Nodes
    bool loaded_ = false;
    std::atomic<bool> heard_{false};  ///< people have changed some at another node
    std::chrono::steady_clock::time_point read_again_{};
    Day forgotten_;

    mutable std::shared_mutex mutex_;  ///< of what follows
    std::unique_ptr<Clusters> clusters_;
    std::map<TopicId, std::string> titles_;
    Growth growth_;

    Behind behind_{engine_};  ///< ends first
};

}  // namespace banyan::topics
