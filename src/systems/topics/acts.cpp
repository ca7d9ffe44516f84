// What people do to topics: written first, then true in memory; who and when is kept, and the last can be undone.
#include "systems/topics/topics.h"

namespace banyan::topics {
namespace {

Act act_of(TopicId topic, std::string_view what, Topics::By by) {
    Act act;
    act.topic = topic;
    act.what = what;
    act.person = by.person;
    act.at = by.at;
    return act;
}

void record(store::Session& session, Act act) {
    act.id = last_act(session) + 1;
    save_act(session, act);
}

}  // namespace

bool Topics::known(TopicId topic) const {
    return !clusters_->members(topic).empty() && clusters_->root(topic) == topic;
}

Named Topics::named(TopicId topic) const {
    auto title = titles_.find(topic);
    TopicId const root = clusters_->root(topic);
    return {topic, root == topic ? TopicId() : root, title == titles_.end() ? std::string() : title->second};
}

void Topics::write(std::function<void(store::Session&)> work, std::function<void()> then, Done done) {
    engine_.write(
        [this, work = std::move(work)](store::Session& session) {
            work(session);
            engine_.nodes().tell(session, kTiding);
        },
        [then = std::move(then), done = std::move(done)](std::exception_ptr const& error) {
            if (error) return done(refuse(refusal_of(error)));
            then();
            done({});
        });
}

void Topics::rename(TopicId topic, std::string const& title, By by, Done done) {
    std::shared_lock lock(mutex_);
    if (!known(topic)) return done(refuse("topic.unknown"));
    Named now = named(topic);
    Act act = act_of(topic, "rename", by);
    act.before = now.title;
    now.title = title;
    lock.unlock();
    write(
        [now, act](store::Session& session) {
            save_named(session, now);
            record(session, act);
        },
        [this, topic, title] {
            std::unique_lock held(mutex_);
            if (title.empty())
                titles_.erase(topic);
            else
                titles_[topic] = title;
        },
        std::move(done));
}

void Topics::merge(TopicId topic, TopicId into, By by, Done done) {
    std::shared_lock lock(mutex_);
    if (!known(topic) || !known(into)) return done(refuse("topic.unknown"));
    if (topic == into) return done(refuse("topic.itself"));
    Named now = named(topic);
    now.into = into;
    Act act = act_of(into, "merge", by);  // told where people will look: the topic that is left
    act.other = topic;
    lock.unlock();
    write(
        [now, act](store::Session& session) {
            save_named(session, now);
            record(session, act);
        },
        [this, topic, into] {
            std::unique_lock held(mutex_);
            clusters_->merge(topic, into);
        },
        std::move(done));
}

void Topics::take_out(TopicId topic, MatterId matter, By by, Done done) {
    std::shared_lock lock(mutex_);
    Member const* member = clusters_->find(matter);
    if (!known(topic)) return done(refuse("topic.unknown"));
    if (member == nullptr || clusters_->root(member->topic) != topic) return done(refuse("topic.not_in_it"));
    TopicId const to = clusters_->free_id(matter);
    Act act = act_of(topic, "take_out", by);
    act.other = to;
    act.matter = matter;
    act.before = member->topic.text();
    lock.unlock();
    write(
        [matter, to, act](store::Session& session) {
            save_topic(session, matter, to);
            record(session, act);
        },
        [this, matter, to] {
            std::unique_lock held(mutex_);
            clusters_->move(matter, to);
        },
        std::move(done));
}

void Topics::undo(TopicId topic, By by, Done done) {
    {
        std::shared_lock lock(mutex_);
        if (!known(topic)) return done(refuse("topic.unknown"));
    }
    auto undone = std::make_shared<std::optional<Act>>();
    engine_.write(
        [this, topic, by, undone](store::Session& session) {
            for (Act const& act : load_acts(session, topic, 100))
                if (!act.undone && act.what != "undo") {
                    *undone = act;
                    break;
                }
            if (!*undone) return;
            Act const& act = **undone;
            save_undone(session, act.id);
            engine_.nodes().tell(session, kTiding);
            Act said = act_of(topic, "undo", by);
            said.before = act.what;
            said.other = act.other;
            said.matter = act.matter;
            record(session, said);
            std::shared_lock lock(mutex_);
            Named now = named(act.what == "merge" ? act.other : act.topic);
            if (act.what == "rename") now.title = act.before;
            if (act.what == "merge") now.into = TopicId();
            if (act.what == "take_out")
                save_topic(session, act.matter, TopicId(std::stoll(act.before)));
            else
                save_named(session, now);
        },
        [this, undone, done = std::move(done)](std::exception_ptr const& error) {
            if (error) return done(refuse(refusal_of(error)));
            if (!*undone) return done(refuse("topic.nothing_to_undo"));
            undo_act(**undone);
            done({});
        });
}

void Topics::undo_act(Act const& act) {
    std::unique_lock lock(mutex_);
    if (act.what == "merge") clusters_->part(act.other);
    if (act.what == "take_out") clusters_->move(act.matter, TopicId(std::stoll(act.before)));
    if (act.what != "rename") return;
    if (act.before.empty())
        titles_.erase(act.topic);
    else
        titles_[act.topic] = act.before;
}

void Topics::follow(TopicId topic, By by, Done done) {
    {
        std::shared_lock lock(mutex_);
        if (!known(topic)) return done(refuse("topic.unknown"));
    }
    write([=](store::Session& session) { save_follow(session, topic, by.person, by.at); }, [] {}, std::move(done));
}

void Topics::unfollow(TopicId topic, By by, Done done) {
    write([=](store::Session& session) { forget_follow(session, topic, by.person); }, [] {}, std::move(done));
}

}  // namespace banyan::topics
