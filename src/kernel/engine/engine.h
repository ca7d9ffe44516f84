// kernel/engine/engine.h: the one writer.
//
// Commands queue here; the writer thread takes what waits (at most 1,000 and a quarter of what is under way),
// loads what they need with a few statements, decides and applies one after another in memory (a later one sees
// the earlier one's result; a refusal adds nothing). The storekeeper's thread writes what changed with a few
// statements and commits; meanwhile the writer builds the next batch on this one. The teller's thread syncs what
// is committed, and only then answers; meanwhile the storekeeper writes the next. If writing fails the batch is
// rolled back, what was built on it is void, and the commands run again one at a time, so that only the one that
// fails alone gets an error. If a sync fails everything that waits for it is answered failed. A command that
// waited past its deadline is answered busy, not executed.
//
// Several nodes may write one PostgreSQL database: a batch that another node's came before is decided again on
// what that one has left. What others have written is learned and told to followers like one's own (others.cpp).
//
// Threads: submit(), write(), rules(), open_matters() and committed() from any; everything else belongs to the
// writer.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <variant>
#include <vector>

#include "kernel/engine/journal.h"
#include "kernel/engine/nodes.h"
#include "kernel/engine/open_matters.h"
#include "kernel/engine/recent_events.h"
#include "kernel/engine/tally.h"
#include "kernel/engine/timekeeper.h"
#include "kernel/matter/access.h"
#include "kernel/matter/command.h"
#include "kernel/procedure/shape.h"
#include "platform/crypto/keys.h"
#include "platform/store/flat_map.h"

namespace banyan {

/// What comes back from a command.
struct Answer {
    enum class Kind { done, repeated, refused, busy, failed } kind = Kind::failed;
    Refusal refusal;
    std::string body;  ///< JSON of what is true now: id, number, stage, version, due, assignments
    MatterId matter;
    EventId event;
    bool ok() const { return kind == Kind::done || kind == Kind::repeated; }
};

/// Takes every timer step of a matter that is due at `at`; `exact`: each at its own instant (replays).
struct Wake {
    MatterId matter;
    Instant at;
    bool exact = false;
};

struct Request {
    std::variant<Command, Wake> what;
    std::string who, once;        ///< Idempotency-Key of whom; empty: not asked for
    std::string asked;            ///< digest of the request, compared when the key comes again
    std::string code, code_hash;  ///< query code of a matter that is opened; `code` is kept sealed, if it is given
    Instant deadline;             ///< by the wall clock; zero: none
    std::function<void(Answer&&)> done;
};

/// What followers in this process hear after each commit.
struct Changed {
    MatterId matter;
    int version = 0;
    std::string stage, stage_before;
    Concerned concerned;  ///< whose shares it has, or had a moment ago
};

/// Reading is an event too: kept in read_log.
struct Reading {
    Instant at;
    PersonId person;
    std::string role, what;
    MatterId matter;
};

struct EngineOptions {
    std::size_t most_in_batch = 1000, most_waiting = 10'000;
    std::size_t cached_matters = 40'000;  ///< kept between batches while nobody else writes
    std::function<Instant()> now = wall_clock;
    std::string heads_log;  ///< file beside the database; empty: none
    /// `timers`: of several nodes each takes its part; without, it is none of them.
    bool checkpoints = true, timers = true;
    std::string node;                            ///< Nodes' id
    std::int64_t most_file_bytes = 100LL << 20;  ///< of all files of a matter
};

/// Measures for /metrics, without knowing of it.
struct EngineFigures {
    std::atomic<std::int64_t> batches{0}, commands{0}, events{0}, refused{0}, failed{0}, timers{0}, checkpoints{0};
    std::atomic<std::int64_t> last_batch{0}, commit_us_sum{0}, busy{0};
    std::atomic<std::int64_t> heard{0};  ///< events of other nodes
    std::function<void(std::size_t commands, double commit_s)> on_batch;
    std::atomic<std::int64_t> clock_backs{0};
    std::function<void(Instant was, Instant is)> on_clock_back;  ///< on the writer's thread
};

class Engine {
  public:
    Engine(store::Store& store, crypto::Keyring const& keys, std::shared_ptr<Rules const> rules,
           std::shared_ptr<Calendar const> calendar, Procedures procedures, EngineOptions options);
    ~Engine();  ///< as stop()
    Engine(Engine const&) = delete;

    void start();
    /// Takes no more, ends what waits, writes the tally and a last checkpoint.
    void stop();

    /// False: the queue is full (503, Retry-After). Otherwise `done` is called exactly once, on the teller's
    /// thread when something was decided, on the writer's when not.
    bool submit(Request request);
    /// Submits and waits; for the command line and tests.
    Answer run(Request request);
    /// A write that is no step (sessions, catalogue): in a transaction of its own, between batches. `done` is
    /// called when it is durable, or with what was thrown; on the writer's thread.
    using Work = std::function<void(store::Session&)>;
    using Worked = std::function<void(std::exception_ptr)>;
    void write(Work work, Worked done);
    void write_now(Work work);  ///< waits; throws what the work threw

    std::shared_ptr<Rules const> rules() const;
    void set_rules(std::shared_ptr<Rules const> rules, Procedures procedures);
    std::shared_ptr<Calendar const> calendar() const;
    void set_calendar(std::shared_ptr<Calendar const> calendar);
    Procedures procedures() const;
    Moment moment() const;  ///< valid while `calendar()` is held; the engine keeps old calendars
    Instant now() const { return options_.now(); }
    Span clock_behind() const;  ///< what it said once, before it was set back; zero: it is not

    /// Somebody read a matter: written with the next batch, or within half a second.
    void note_reading(Reading reading);
    /// Called when a commit is durable, one at a time, on the teller's thread.
    void follow(std::function<void(std::vector<Changed> const&)> follower);

    Nodes& nodes() { return nodes_; }
    Nodes const& nodes() const { return nodes_; }
    OpenMatters const& open_matters() const { return open_; }
    std::size_t waiting() const;
    /// Many wait for an answer at once, now or a moment ago.
    bool pressed() const;
    EngineFigures& figures() { return figures_; }
    Heads committed() const;
    /// Every event up to this one is on the disk.
    EventId durable() const;
    /// Durable events behind `after`, oldest first, `most` of them; read once for all who follow.
    std::vector<EventRow> next_events(store::Session& session, EventId after, std::size_t most) const {
        return recent_.after(session, after, durable(), most);
    }
    std::optional<Checkpoint> checkpoint() const;
    /// Signs the heads as they are, unless nothing has happened since the last.
    void make_checkpoint_now();

  private:
    struct Batch;
    struct Tidings;
    struct Item {
        Request request;
        Work work;
        Worked worked;
    };
    /// Idempotency: in memory only when it was; what was answered is in the table.
    struct Answered {
        std::string request, answer;
        Instant at;
        EventId event;
        MatterId matter;
    };
    struct Known {
        EventId event;
        Instant at;
    };

    /// An upload that an event names.
    struct NamedUpload {
        std::string address, type;
        std::int64_t size = 0;
        MatterId matter;
        EventId event;
    };

    using Matters = store::FlatMap<std::int64_t, std::unique_ptr<Matter>>;
    static constexpr std::size_t kMostReadings = 100'000;  ///< that wait, while nothing can be written

    // The writer (flight.cpp).
    void serve();
    std::size_t room_in_batch(std::size_t building, std::size_t under_way) const;
    void take_from_queue(std::vector<Item>& items, std::size_t room, int shard, bool only_commands);
    int shard_of(Item const& item) const;
    template <class Items>
    int shard_of_all(Items const& items) const;
    bool too_late(Item& item);
    void take_in(std::vector<Item>& items);
    void add(std::vector<Item>& commands);
    void settle();
    void wait_and_conclude();
    void take_off();
    void conclude(std::unique_ptr<Batch> batch);
    void start_over(std::unique_ptr<Batch> batch);
    void in_order(std::deque<Item>& items, bool more);
    void fail(Batch& batch);
    bool recover(Batch const& batch);
    void load_position();
    void run_work(Item& item);
    void work_alone(Work const& work);
    // What other nodes do (others.cpp).
    bool shared() const { return store_.engine() == store::Engine::postgresql; }
    bool others_came(std::string const& batch) const;
    void load_ahead(std::deque<Item> const& items);
    void take_more(std::deque<Item>& items);
    void look_at_others();
    void open_session_again();
    bool hear_of_others();
    void learn_everything(store::Session& session);
    void count_for_all();
    void learn_checkpoint();
    void keep_checkpoint(Checkpoint checkpoint);
    // The storekeeper (commit.cpp).
    void keep_store();
    void commit(Batch& batch);
    // The teller.
    void tell();
    void hand_to_teller(Batch& batch, std::chrono::steady_clock::time_point committing);
    void wait_until_told();

    std::unique_ptr<Batch> begin_batch(int shard);
    static std::vector<std::int64_t> matters_of(std::deque<Item> const& items, std::size_t from);
    void take_from(Batch& batch, std::size_t from);
    void load_missing(Batch& batch, std::vector<std::int64_t> ids);
    void take(Batch& batch, Item& item);
    Answer take_command(Batch& batch, Request& request, Command const& command);
    Answer take_wake(Batch& batch, Wake const& wake);
    Result<Answer> follow_up_all(Batch& batch, Event event, std::shared_ptr<Procedure const> const& procedure,
                                 Moment const& moment, Request const* request);
    Answer follow_up(Batch& batch, Event event, std::shared_ptr<Procedure const> const& procedure,
                     Request const* request);
    struct WhoAsked {
        PersonId account;
        json::object personal;
        Request code;  ///< only its code and the code's hash
    };
    WhoAsked who_asked(Batch const& batch, Event const& event);  ///< openings.cpp
    void seal(Batch& batch);
    void write_rows(Batch& batch);
    // Uploads that a form names (named_files.cpp).
    NamedUpload find_upload(Batch const& batch, std::string_view address, std::string const& owner);
    Result<std::vector<NamedUpload>> name_files(Batch const& batch, Actor const& actor, Event& event,
                                                Procedure const& procedure);
    void save_named_files(Batch const& batch);
    // Steps that are taken back (undo.cpp).
    std::optional<Past> past_of_last(Batch const& batch, Matter const& matter);
    static std::vector<UnitId> forget_shares(Batch& batch, Matter const& matter, Event const& event);
    void save_undone(Batch const& batch);
    Instant read_clock();  ///< clock.cpp
    void answer(Item& item, Answer&& answer);
    void flush_tally(bool now);
    void keep_time();
    void keep_checkpoints();
    void load_idempotency(store::Session& session);
    bool write_tally(std::int64_t counter);
    void count_from_journal();
    void forget_idempotency();
    std::optional<Answered> find_answered(Batch const& batch, std::string const& who, std::string const& key);
    void save_readings();
    void forget_cache();

    store::Store& store_;
    crypto::Keyring const& keys_;
    EngineOptions options_;
    EngineFigures figures_;

    std::mutex notary_mutex_;  ///< one checkpoint at a time
    mutable std::mutex mutex_;
    std::condition_variable ready_, stopped_;
    std::deque<Item> queue_;
    bool stopping_ = false;  ///< no more commands
    bool ending_ = false;    ///< no more writes either: the writer goes when the queue is empty
    std::vector<Reading> readings_;
    std::shared_ptr<Rules const> rules_;
    std::shared_ptr<Calendar const> calendar_;
    std::vector<std::shared_ptr<Calendar const>> calendars_;  ///< Moments point into them
    Procedures procedures_;
    std::vector<std::function<void(std::vector<Changed> const&)>> followers_;
    Heads committed_heads_;
    mutable RecentEvents recent_;
    std::optional<Checkpoint> checkpoint_;

    Batch* sealed_ = nullptr;  ///< for the storekeeper
    bool landed_ = false;      ///< it is done with it
    bool closed_ = false;      ///< nothing comes any more
    std::condition_variable take_off_;
    std::deque<Tidings> tidings_;  ///< committed, for the teller
    bool telling_ = false;
    std::condition_variable tell_, told_;

    // The storekeeper's while a batch is in flight, the writer's otherwise.
    std::unique_ptr<store::Session> session_;
    std::vector<Reading> saving_;  ///< in the transaction at hand; until it is committed
    Tally tally_;
    std::chrono::steady_clock::time_point tally_written_{};

    std::int64_t tally_from_ = 0;  ///< where the stored counts end, as far as this node knows
    std::atomic<bool> others_count_{
        false};  ///< who leads counts for all: another node has written, or there are shards

    // The writer's own.
    std::unique_ptr<store::Session> reading_;
    std::unique_ptr<Batch> building_, flight_;
    Heads heads_;             ///< as the last sealed batch leaves them
    std::string last_batch_;  ///< its random id; another one in the database: another node wrote
    Instant clock_read_;      ///< what the clock said last: here, or when the newest event was written
    std::atomic<std::chrono::steady_clock::time_point> pressed_until_{};
    std::atomic<std::int64_t> clock_high_us_{0};  ///< the highest of it, for any thread
    std::int64_t clock_ = 0;  ///< counter of the last id given out: ids grow with time over all lanes
    std::size_t next_lane_ = 0, new_shard_ = 0;  ///< of new matters
    /// Lanes that lie together; a batch is of one shard, as far as can be known before it is decided.
    std::vector<std::vector<std::int64_t>> const& shards_;
    std::vector<int> shard_of_lane_;  ///< empty: there is only one
    Matters cache_;
    store::FlatMap<std::size_t, Known> answered_;              ///< by hash of who and key
    bool learn_again_ = false;                                 ///< all timers and open matters
    std::chrono::steady_clock::time_point contended_until_{};  ///< another node writes too
    std::atomic<bool> unsynced_{false};                        ///< the writer's session is to be opened again
    Timekeeper wakes_;
    OpenMatters open_;
    std::unique_ptr<store::Session> counting_;  ///< the notary's
    Nodes nodes_;

    std::thread writer_, storekeeper_, teller_, timekeeper_, notary_;
};

/// What is told of a machine that failed (server.unsure, by the teller, aside): store.full, store.read_only,
/// server.slow or server.failed; `what` is for the log.
Refusal refusal_of(std::exception_ptr const& error);

/// An answer's body.
std::string outcome_text(Matter const& matter, Event const& event, Directory const& directory);
shape::Schema outcome_shape();

}  // namespace banyan
