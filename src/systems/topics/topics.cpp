#include "systems/topics/topics.h"

#include <boost/json.hpp>

#include "kernel/alike/opening.h"

namespace banyan::topics {
namespace {

constexpr std::size_t kAtOnce = 500;    ///< events in one transaction
constexpr std::size_t kRestored = 500;  ///< matters loaded together
constexpr std::chrono::milliseconds kBetween{1000};

/// Its words are nobody's to show: docs/systems/topics.md
bool may_be_quoted(bool confidential, bool anonymous, std::string_view kind) {
    return !confidential && !anonymous && kind != "report";
}

bool fact(Matter const& matter, std::string_view name) {
    json::value const* value = matter.facts.if_contains(name);
    return value != nullptr && *value == true;
}

}  // namespace

struct Topics::Batch {
    std::map<MatterId, Put> puts;
    std::map<MatterId, int> votes;
    std::vector<Warning> warnings;
    std::vector<std::pair<MatterId, int>> concentrated;  ///< with how many people
};

Topics::Topics(Engine& engine, store::Store& store, alike::Sketcher const& sketcher, Numbers numbers)
    : engine_(engine),
      store_(store),
      sketcher_(sketcher),
      numbers_(std::move(numbers)),
      follower_(store, engine, "topics"),
      clusters_(std::make_unique<Clusters>(sketcher, numbers_)) {
    engine_.nodes().hear(kTiding, [this](std::string const&) { heard_ = true; });
}

Topics::~Topics() { stop(); }

void Topics::start() {
    behind_.start(
        "topics", kBetween, [this] { run_once(); },
        [this](std::string const& why) {
            loaded_ = false;  // what is in memory may be ahead of what is kept: read it again
            if (on_failure) on_failure(why);
        });
}

void Topics::stop() { behind_.stop(); }

std::string Topics::title_of(TopicId topic) const {
    std::shared_lock lock(mutex_);
    auto found = titles_.find(topic);
    return found == titles_.end() ? std::string() : found->second;
}

void Topics::load() {
    auto session = store_.open_reader();
    std::vector<Put> const puts = load_puts(*session, engine_.now() - days(numbers_.window_days));
    {
        std::unique_lock lock(mutex_);
        clusters_ = std::make_unique<Clusters>(sketcher_, numbers_);
        titles_.clear();
        growth_ = Growth();
    }
    for (std::size_t from = 0; from < puts.size() && !behind_.stopping(); from += kRestored)
        restore(*session, std::span(puts).subspan(from, std::min(kRestored, puts.size() - from)));
    std::unique_lock lock(mutex_);
    for (Named const& one : load_named(*session)) {
        if (one.into) clusters_->merge(one.topic, one.into);
        if (!one.title.empty()) titles_[one.topic] = one.title;
    }
    loaded_ = !behind_.stopping();
}

/// In the order of `puts`, as they came.
void Topics::restore(store::Session& session, std::span<Put const> puts) {
    std::vector<std::int64_t> events, ids;
    for (Put const& put : puts) {
        events.push_back(put.event.value);
        ids.push_back(put.matter.value);
    }
    std::map<MatterId, alike::Opening> openings;
    session.load(kEventTable, "id", events, [&](store::Row const& row) {
        if (auto opening = alike::opening_of(event_row(row)))
            openings.emplace(opening->matter, std::move(*opening));
    });
    std::map<MatterId, Matter> matters;
    for (Matter& matter : load_matters(session, ids, engine_.procedures()))
        matters.emplace(matter.id, std::move(matter));
    for (Put const& put : puts) {
        auto opening = openings.find(put.matter);
        auto matter = matters.find(put.matter);
        if (opening == openings.end() || matter == matters.end()) continue;
        Matter const& now = matter->second;
        std::string const kind =
            now.kind < 0 ? std::string() : now.procedure->kinds[static_cast<std::size_t>(now.kind)];
        Member member{put.matter, put.topic, put.at, now.title, kind, now.class_code, now.region, now.asker};
        member.quotable = may_be_quoted(fact(now, "confidential"), fact(now, "anonymous"), kind);
        member.accuses = static_cast<bool>(now.about);
        member.votes = put.votes;
        alike::Reading const reading =
            sketcher_.read(opening->second.title, opening->second.body, opening->second.place);
        std::unique_lock lock(mutex_);
        growth_.add(member.class_code, member.region, kBeijing.day(member.at), 1);
        clusters_->restore(std::move(member), reading);
    }
}

void Topics::run_once() {
    if (heard_.exchange(false)) loaded_ = false;
    if (!loaded_) load();
    while (!behind_.stopping() && loaded_) {
        std::vector<EventRow> const events = follower_.read(kAtOnce);
        if (events.empty()) break;
        Batch batch;
        loaded_ = false;  // until what was made of them is kept
        for (EventRow const& event : events) take(event, batch);
        for (auto const& [matter, times] : batch.concentrated) supervise(matter, times);
        engine_.write_now([&](store::Session& session) {
            std::vector<Put> puts;
            for (auto const& [matter, put] : batch.puts) puts.push_back(put);
            save_puts(session, puts);
            for (auto const& [matter, votes] : batch.votes) save_votes(session, matter, votes);
            for (Warning const& warning : batch.warnings) save_warning(session, warning);
            follower_.keep(session, events.back().id);
        });
        loaded_ = true;
        behind_.rest();
    }
    stand_by();
    forget_old();
}

/// Where another node follows, what it has made of events is read again now and then: all of it.
void Topics::stand_by() {
    constexpr std::chrono::seconds kBetweenReadings{30};
    auto const now = std::chrono::steady_clock::now();
    if (now - read_again_ < kBetweenReadings || !follower_.went_on_elsewhere()) return;
    read_again_ = now;
    heard_ = true;
}

void Topics::take(EventRow const& event, Batch& batch) {
    if (event.no == 1) {
        if (auto opening = alike::opening_of(event)) open(*opening, event, batch);
        return;
    }
    if (event.step == "urge" || event.step == "supplement") return vote(event.matter, batch);
    correct(event, batch);
}

void Topics::open(alike::Opening const& opening, EventRow const& event, Batch& batch) {
    Member member;
    member.matter = opening.matter;
    member.at = opening.at;
    member.title = opening.title;
    member.kind = opening.kind;
    member.class_code = opening.class_code;
    member.region = opening.region;
    member.quotable = may_be_quoted(opening.confidential, opening.anonymous, opening.kind);
    member.accuses = opening.accuses;
    member.asker = opening.asker;
    alike::Reading const reading = sketcher_.read(opening.title, opening.body, opening.place);
    std::unique_lock lock(mutex_);
    if (clusters_->find(opening.matter) != nullptr) return;
    growth_.add(member.class_code, member.region, kBeijing.day(member.at), 1);
    TopicId const topic = clusters_->add(std::move(member), reading);
    batch.puts[opening.matter] = {opening.matter, topic, event.id, opening.at, 0};
    warn(*clusters_->find(opening.matter), batch);
    look_for_concentration(*clusters_->find(opening.matter), batch);
}

/// What the seat says of it while accepting it.
void Topics::correct(EventRow const& event, Batch& batch) {
    {
        std::shared_lock lock(mutex_);
        if (clusters_->find(event.matter) == nullptr) return;
    }
    alike::Sorting const sorting = alike::sorting_of(event);
    if (sorting.empty()) return;
    std::unique_lock lock(mutex_);
    Member& member = *clusters_->find(event.matter);
    Day const day = kBeijing.day(member.at);
    growth_.add(member.class_code, member.region, day, -1);
    if (sorting.kind) member.kind = *sorting.kind;
    if (sorting.class_code) member.class_code = *sorting.class_code;
    if (sorting.region) member.region = *sorting.region;
    if (sorting.accuses) member.accuses = true;
    if (member.kind == "report") member.quotable = false;
    growth_.add(member.class_code, member.region, day, 1);
    warn(member, batch);
}

void Topics::vote(MatterId matter, Batch& batch) {
    std::unique_lock lock(mutex_);
    Member* member = clusters_->find(matter);
    if (member == nullptr) return;
    ++member->votes;
    if (auto put = batch.puts.find(matter); put != batch.puts.end())
        put->second.votes = member->votes;
    else
        batch.votes[matter] = member->votes;
}

void Topics::warn(Member const& member, Batch& batch) {
    Instant const now = engine_.now();
    if (now - member.at > days(numbers_.fresh_days)) return;
    auto add = [&](std::optional<Warning> warning) {
        if (!warning) return;
        warning->at = now;
        batch.warnings.push_back(std::move(*warning));
    };
    add(growth_.test(member.class_code, member.region, kBeijing.day(member.at), numbers_));
    TopicId const topic = clusters_->root(member.topic);
    std::vector<Member const*> const members = clusters_->members(topic);
    add(test_topic(topic, members, numbers_));
}

/// Once for a topic: with the matter that makes it as many.
void Topics::look_for_concentration(Member const& member, Batch& batch) {
    if (engine_.now() - member.at > days(numbers_.fresh_days)) return;
    std::vector<Member const*> const members = clusters_->members(clusters_->root(member.topic));
    std::optional<int> const times = concentrated(members, numbers_);
    if (!times || members.back()->matter != member.matter) return;
    batch.concentrated.emplace_back(member.matter, *times);
}

void Topics::supervise(MatterId matter, int times) {
    Answer const answer =
        take_by_clock(engine_, "topics", matter, numbers_.supervise_step,
                      {{"trigger", "concentrated"}, {"times", times}}, "concentrated:" + matter.text());
    // Withdrawn meanwhile, or of a rulebook that has no such step.
    if (!answer.ok() && on_failure) on_failure("supervise " + receipt_number(matter) + ": " + answer.refusal.key);
}

void Topics::forget_old() {
    Day const today = kBeijing.day(engine_.now());
    if (today == forgotten_) return;
    forgotten_ = today;
    std::unique_lock lock(mutex_);
    clusters_->forget_before(today - numbers_.window_days);
    growth_.forget_before(today - numbers_.window_days);
}

}  // namespace banyan::topics
