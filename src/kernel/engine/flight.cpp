// How batches are committed: while one is on its way into the database the next is built on it, and what is in the
// database is on its way to the disk.
//
// The writer takes commands in, decides and applies; the storekeeper writes and commits what the writer has
// sealed; the teller syncs all that is committed by then, and answers (both: commit.cpp). A batch is built on what
// is not durable yet; its own answers leave after a sync that comes after its commit, and commits become durable
// in their order. When a commit fails, everything built on it is void: the state is read again from the database,
// the commands run again. When a sync fails nobody knows what the disk has: what waits for it is answered failed,
// and the store takes no more commits (docs/decisions/0005).
#include <algorithm>
#include <chrono>

#include "kernel/engine/batch.h"

namespace banyan {

using Steady = std::chrono::steady_clock;

namespace {

/// Another node that came between will come again soon.
constexpr std::chrono::milliseconds kContended{500};

constexpr std::chrono::milliseconds kBetweenDuties{500}, kBetweenLooks{200};

/// So few commands are committed on the spot: handing them over would take longer.
constexpr std::size_t kFew = 8;

/// So many that have waited together say that many wait, and for how long that is believed.
constexpr std::size_t kPressing = 16;
constexpr std::chrono::milliseconds kPressedFor{500};

/// So many commands are worth a batch of their own, and so many are decided before the writer looks again whether
/// one may take off. A batch by itself costs SQLite half a millisecond, PostgreSQL several.
std::size_t worthwhile(store::Engine engine) { return engine == store::Engine::sqlite ? 64 : 256; }

store::Error::Kind kind_of(std::exception const& error) {
    auto const* broken = dynamic_cast<store::Error const*>(&error);
    return broken != nullptr ? broken->kind() : store::Error::Kind::other;
}

}  // namespace

void Engine::serve() {
    std::vector<Item> items;
    bool waits_for_landing = false;
    for (;;) {
        bool landed = false, over = false, way_is_free = false;
        std::size_t const building = building_ ? building_->items.size() : 0;
        std::size_t const flying = flight_ ? flight_->commands : 0;
        std::size_t room = 0;
        {
            std::unique_lock lock(mutex_);
            room = waits_for_landing && flight_ ? 0 : room_in_batch(building, queue_.size() + building + flying);
            ready_.wait_for(lock, shared() ? kBetweenLooks : kBetweenDuties, [&] {
                return landed_ || (room > 0 && !queue_.empty()) || (ending_ && !flight_ && !building_) ||
                       (building_ && !flight_ && tidings_.empty());
            });
            landed = std::exchange(landed_, false);
            way_is_free = tidings_.empty();
            over = ending_ && queue_.empty();
            take_from_queue(items, room, building_ ? building_->shard : -1, false);
            waits_for_landing = building_ && items.empty() && !queue_.empty();  // they are of another shard
        }
        bool const idle = items.empty() && !flight_ && !building_;
        if (landed) conclude(std::move(flight_));
        take_in(items);
        // What is committed while a sync runs waits for the next: a second batch behind it would come no sooner.
        if (building_ && !flight_ && way_is_free) take_off();
        if (idle && over) return;
        if (!idle) continue;
        look_at_others();
        read_clock();
        flush_tally(false);
    }
}

/// -1: of any. What is new goes to one shard after the other: with what happens to be there, the fullest would
/// grow.
int Engine::shard_of(Item const& item) const {
    if (shard_of_lane_.empty() || item.work) return -1;
    auto const* command = std::get_if<Command>(&item.request.what);
    MatterId const matter = command != nullptr ? command->matter : std::get<Wake>(item.request.what).matter;
    return matter ? shard_of_lane_[static_cast<std::size_t>(matter.lane())] : static_cast<int>(new_shard_);
}

/// Under the mutex. The oldest ones; of several shards those of `shard`, or of the oldest one's. What is no
/// command waits for all before it.
void Engine::take_from_queue(std::vector<Item>& items, std::size_t room, int shard, bool only_commands) {
    std::vector<Item> left;
    while (!queue_.empty() && items.size() < room) {
        Item item = std::move(queue_.front());
        queue_.pop_front();
        int const of = shard_of(item);
        if (item.work && (only_commands || !left.empty())) {
            queue_.push_front(std::move(item));
            break;
        }
        if (of >= 0 && shard < 0) shard = of;
        (of >= 0 && of != shard ? left : items).push_back(std::move(item));
    }
    queue_.insert(queue_.begin(), std::make_move_iterator(left.begin()), std::make_move_iterator(left.end()));
}

/// A batch takes at most a quarter of what is under way: one is built, one written, one synced, one answered. If
/// all of it went in one, everybody would wait in the same place, and the other places rest.
std::size_t Engine::room_in_batch(std::size_t building, std::size_t under_way) const {
    std::size_t const few = std::min(worthwhile(store_.engine()), options_.most_in_batch);
    std::size_t const most = std::clamp(under_way / 4, few, options_.most_in_batch);
    return std::min(few, most - std::min(most, building));
}

void Engine::take_in(std::vector<Item>& items) {
    std::vector<Item> commands;
    for (Item& item : items) {
        if (item.work) {
            add(commands);
            settle();
            run_work(item);
        } else if (!too_late(item)) {
            commands.push_back(std::move(item));
        }
    }
    add(commands);
    items.clear();
}

/// Nobody waits for it any more; said to whom it concerns.
bool Engine::too_late(Item& item) {
    if (!item.request.deadline || item.request.deadline >= wall_clock()) return false;
    answer(item, {Answer::Kind::busy, {"server.busy", {}, {}, {}}, {}, {}, {}});
    return true;
}

/// To the batch that is being built.
void Engine::add(std::vector<Item>& commands) {
    if (commands.empty()) return;
    if (shared() && Steady::now() < contended_until_) {  // most likely another node's batch comes between
        settle();
        std::deque<Item> items(std::make_move_iterator(commands.begin()), std::make_move_iterator(commands.end()));
        commands.clear();
        return in_order(items, true);
    }
    if (!building_) building_ = begin_batch(shard_of_all(commands));
    std::size_t const from = building_->items.size();
    for (Item& command : commands) building_->items.push_back(std::move(command));
    commands.clear();
    try {
        take_from(*building_, from);
    } catch (std::exception const&) {  // reading failed, perhaps half-way: what was applied is void
        building_->failed = std::current_exception();
        if (flight_) wait_and_conclude();
        if (building_ && building_->failed) start_over(std::move(building_));
    }
}

/// Nothing is being built or in flight after it.
void Engine::settle() {
    while (building_ || flight_) {
        if (flight_)
            wait_and_conclude();
        else
            take_off();
    }
}

void Engine::wait_and_conclude() {
    {
        std::unique_lock lock(mutex_);
        ready_.wait(lock, [&] { return landed_; });
        landed_ = false;
    }
    conclude(std::move(flight_));
}

void Engine::take_off() {
    seal(*building_);
    flight_ = std::move(building_);
    if (flight_->commands > kFew) {
        {
            std::lock_guard lock(mutex_);
            sealed_ = flight_.get();
        }
        take_off_.notify_one();
        return;
    }
    commit(*flight_);
    conclude(std::move(flight_));
}

/// What the writer remembers of a batch that is committed; or all over again.
void Engine::conclude(std::unique_ptr<Batch> batch) {
    if (batch->failed || batch->stale) return start_over(std::move(batch));
    if (batch->commands >= kPressing) pressed_until_ = Steady::now() + kPressedFor;
    for (auto const& [key, answered] : batch->answered)
        answered_[std::hash<std::string>{}(key)] = {answered.event, answered.at};
    auto in_hand = [&](std::int64_t id) { return building_ && building_->touched.contains(id); };
    for (auto const& [id, touched] : batch->touched) {
        wakes_.learn(MatterId(id), touched.matter->wakes());
        if (!touched.matter->open() && !in_hand(id)) cache_.erase(id);  // what is over is seldom asked for again
    }
    if (cache_.size() > options_.cached_matters)
        store::erase_if(cache_, [&](auto const& entry) { return !in_hand(entry.first); });
    if (std::exchange(learn_again_, false)) learn_everything(*reading_);
}

/// The batch did not come through, so what is being built on it is void too.
void Engine::start_over(std::unique_ptr<Batch> batch) {
    std::unique_ptr<Batch> const later = std::move(building_);
    if (batch->stale) {
        session_->rollback();
        forget_cache();
        heads_ = batch->began;
        last_batch_ = batch->follows;
        in_order(batch->items, true);
    } else if (recover(*batch)) {
        hand_to_teller(*batch, Steady::now());
    } else if (batch->items.size() == 1) {
        fail(*batch);
    } else {
        for (Item& item : batch->items) {
            std::deque<Item> one;
            one.push_back(std::move(item));
            in_order(one, false);
        }
    }
    if (!later) return;
    std::vector<Item> again(std::make_move_iterator(later->items.begin()),
                            std::make_move_iterator(later->items.end()));
    add(again);
}

/// Without building on anything that is not committed; on PostgreSQL after its turn was taken. `more`: with those
/// that came while it waited.
void Engine::in_order(std::deque<Item>& items, bool more) {
    std::erase_if(items, [&](Item& item) { return too_late(item); });
    if (items.empty()) return;
    std::unique_ptr<Batch> batch;
    try {
        if (shared()) load_ahead(items);
        session_->begin_turn();
        if (others_came(last_batch_)) {
            nodes_.listen(*reading_);
            hear_of_others();
            contended_until_ = Steady::now() + kContended;
        }
        if (shared() && more) take_more(items);
        batch = begin_batch(shard_of_all(items));
        batch->holds_turn = true;
        batch->items = std::move(items);
        take_from(*batch, 0);
        seal(*batch);
    } catch (std::exception const&) {
        if (!batch) {
            batch = std::make_unique<Batch>(cache_);
            batch->items = std::move(items);
        }
        batch->failed = std::current_exception();
    }
    if (!batch->failed) commit(*batch);
    if (batch->failed && batch->items.size() == 1) {
        if (!recover(*batch)) return fail(*batch);
        return hand_to_teller(*batch, Steady::now());
    }
    conclude(std::move(batch));
}

void Engine::fail(Batch& batch) {
    figures_.failed.fetch_add(1, std::memory_order_relaxed);
    for (Item& item : batch.items) answer(item, {Answer::Kind::failed, refusal_of(batch.failed), {}, {}, {}});
}

/// After a failure: everything in memory as the database has it. True when the batch is in it all the same: a lost
/// connection may have swallowed the answer of a COMMIT that came through; the batch's id in the heads tells. It
/// is the teller's then like any other: seen is not synced.
bool Engine::recover(Batch const& batch) {
    // A standby may have to take over first: those who wait meanwhile are told when it is too late for them.
    Steady::time_point const until = Steady::now() + std::chrono::seconds(20);
    bool lost = false;
    try {
        std::rethrow_exception(batch.failed);
    } catch (std::exception const& error) {
        lost = kind_of(error) == store::Error::Kind::connection;
    }
    session_->rollback();
    wait_until_told();  // the teller uses the session
    forget_cache();
    bool came_through = false;
    do {
        try {
            if (lost) {
                session_ = store_.open_writer();
                unsynced_ = false;
                reading_ = store_.open_reader();
            }
            if (lost && !batch.touched.empty())
                session_->query("SELECT COUNT(*) FROM head WHERE batch = $1", {store::Bytes{batch.id}},
                                [&](store::Row const& row) { came_through = row.integer(0) > 0; });
            load_position();
            count_from_journal();
            if (came_through) saving_.clear();
            if (came_through || shared()) learn_everything(*session_);
            if (shared()) nodes_.listen_anew();
            break;
        } catch (std::exception const&) {  // not back yet; the next batch tries again
            if (lost) std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
    } while (lost && Steady::now() < until);
    std::lock_guard lock(mutex_);
    committed_heads_ = heads_;
    return came_through;
}

void Engine::forget_cache() { cache_.clear(); }

/// Where the journal ends.
void Engine::load_position() {
    heads_ = load_heads(*session_);
    for (Head const& head : heads_) clock_ = std::max(clock_, head.counter);
    last_batch_ = newest_batch(*session_);
}

}  // namespace banyan
