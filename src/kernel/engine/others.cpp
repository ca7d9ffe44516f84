// What other nodes write: met in the turn, learned from the journal, told like one's own.
//
// Batches of all nodes come one after another (Session::begin_turn()), and the ids of events rise with them: what
// a node has not heard lies behind the highest id it knows.
#include <algorithm>

#include "kernel/engine/batch.h"
#include "kernel/engine/event_cursor.h"

namespace banyan {

using Steady = std::chrono::steady_clock;

namespace {

constexpr std::int64_t kMostHeard = 20'000;  ///< events: behind more than these everything is read anew

std::int64_t high_of(Heads const& heads) { return std::ranges::max(heads, {}, &Head::counter).counter; }

}  // namespace

std::string newest_batch(store::Session& session) {
    std::string newest;
    session.query("SELECT batch FROM head ORDER BY counter DESC LIMIT 1", {},
                  [&](store::Row const& row) { newest = row.bytes(0); });
    return newest;
}

/// Within a turn: another node's batch came after this one.
bool Engine::others_came(std::string const& batch) const { return shared() && newest_batch(*session_) != batch; }

/// What they need, before the turn is taken: others wait for nothing that can be had without it. What another node
/// changes meanwhile is heard when it is taken.
void Engine::load_ahead(std::deque<Item> const& items) {
    Batch batch(cache_);
    batch.procedures = procedures();
    load_missing(batch, matters_of(items, 0));
}

/// Commands that have come while this node waited for its turn.
void Engine::take_more(std::deque<Item>& items) {
    if (items.size() >= options_.most_in_batch) return;
    std::vector<Item> more;
    {
        std::lock_guard lock(mutex_);
        take_from_queue(more, options_.most_in_batch - items.size(), shard_of_all(items), true);
    }
    for (Item& item : more)
        if (!too_late(item)) items.push_back(std::move(item));
}

/// Between batches, when there is nothing else to do.
void Engine::look_at_others() {
    if (!shared()) return;
    try {
        open_session_again();
        nodes_.listen(*reading_);
        if (newest_batch(*reading_) == last_batch_) return;
        // Of several shards one may show a later batch than another while somebody commits.
        if (shards_.size() > 1) session_->begin_turn();
        hear_of_others();
        session_->rollback();
    } catch (std::exception const&) {  // the database is away: the next look may find it
        session_->rollback();
        nodes_.listen_anew();
        unsynced_ = true;
    }
}

/// After the database was away; whoever writes would find out by failing, but who only hears would not.
void Engine::open_session_again() {
    if (!unsynced_) {
        session_->query("SELECT 1", {}, {});
        return;
    }
    wait_until_told();  // the teller uses it
    session_ = store_.open_writer();
    load_position();  // of a standby, perhaps, which had not got everything
    learn_everything(*session_);
    unsynced_ = false;
    std::lock_guard lock(mutex_);  // what could not be told of is told by what comes next, this at the latest
    tidings_.push_back({{}, {}, {}, heads_, Steady::now(), true});
    tell_.notify_one();
}

void Engine::learn_everything(store::Session& session) {
    forget_cache();
    recent_.forget();
    wakes_.learn_all(session);
    open_.learn_all(session);
    answered_.clear();
    load_idempotency(session);
}

/// REQUIRES: nothing is being built or in flight. True: there was something.
bool Engine::hear_of_others() {
    Procedures const procedures = this->procedures();
    std::vector<std::int64_t> ids;
    std::vector<Matter> matters;
    Heads heads;
    std::string newest;
    std::int64_t const known = high_of(heads_);
    std::int64_t events = 0;
    bool anew = false;  // too much, or a database that was set back: a standby had not got it all
    {
        store::Snapshot const snapshot(*reading_);
        newest = newest_batch(*reading_);
        if (newest == last_batch_) return false;
        heads = load_heads(*reading_);
        std::int64_t const behind = known * kLanes + kLanes - 1, through = high_of(heads) * kLanes + kLanes - 1;
        auto new_in = [&](std::vector<std::int64_t> const& lanes) {
            return std::ranges::any_of(
                lanes, [&](std::int64_t lane) { return heads[static_cast<std::size_t>(lane)].counter > known; });
        };
        for (std::vector<std::int64_t> const& lanes : shards_) {
            if (!new_in(lanes)) continue;
            std::string const where = " WHERE lane IN (" + lane_list(lanes) + ") AND ";
            reading_->query("SELECT matter FROM event" + where + "id > $1 AND id <= $2 LIMIT $3",
                            {behind, through, kMostHeard}, [&](store::Row const& row) {
                                ids.push_back(row.integer(0));
                                ++events;
                            });
            reading_->query("SELECT event, at, who, key FROM idempotency" + where + "event > $1 AND event <= $2",
                            {behind, through}, [&](store::Row const& row) {
                                answered_[std::hash<std::string>{}(
                                    once_key(std::string(row.text(2)), std::string(row.text(3))))] = {
                                    EventId(row.integer(0)), Instant{row.integer(1)}};
                            });
        }
        anew = events >= kMostHeard || high_of(heads) < known;
        if (!anew) {
            std::ranges::sort(ids);
            ids.erase(std::ranges::unique(ids).begin(), ids.end());
            matters = load_matters(*reading_, ids, procedures);
        }
    }
    std::vector<Changed> changed;
    if (anew) {
        learn_everything(*reading_);
    } else {
        OpenMatters::News news;
        for (Matter& matter : matters) {
            wakes_.learn(matter.id, matter.wakes());
            news.add(matter);
            std::string const& stage = matter.procedure->at(matter.stage).name;
            changed.push_back({matter.id, matter.version, stage, stage, concerned_by(matter)});
        }
        open_.learn(news);
        for (Matter& matter : matters) {
            std::int64_t const id = matter.id.value;
            cache_.erase(id);
            if (matter.open()) cache_.emplace(id, std::make_unique<Matter>(std::move(matter)));
        }
    }
    heads_ = heads;
    last_batch_ = newest;
    clock_ = std::max(clock_, high_of(heads));
    others_count_ = true;
    figures_.heard.fetch_add(events, std::memory_order_relaxed);
    {
        std::lock_guard lock(mutex_);
        tidings_.push_back({{}, {}, std::move(changed), heads_, Steady::now(), true});
    }
    tell_.notify_one();
    return true;
}

/// Who leads counts what all have written, once more than one writes. On the notary's thread.
void Engine::count_for_all() {
    if (!shared() || !others_count_ || !nodes_.leads()) return;
    try {
        if (!counting_) counting_ = store_.open_writer();
        counting_->begin_write();
        count_on(*counting_, procedures(), durable());
        counting_->commit();
    } catch (std::exception const&) {
        counting_.reset();
        figures_.failed.fetch_add(1, std::memory_order_relaxed);
    }
}

/// What another node has signed: receipts name it. On the notary's thread.
void Engine::learn_checkpoint() {
    try {
        if (!counting_) counting_ = store_.open_writer();
        std::optional<Checkpoint> last = last_checkpoint(*counting_);
        std::optional<Checkpoint> const known = checkpoint();
        if (last && (!known || last->id > known->id)) keep_checkpoint(std::move(*last));
    } catch (std::exception const&) {
        counting_.reset();
        throw;
    }
}

}  // namespace banyan
