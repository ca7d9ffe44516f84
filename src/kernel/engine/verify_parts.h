// kernel/engine/verify_parts.h: the two readings of verify(): along the ids for the chains, along the matters for
// the states. Nobody else's.
#pragma once
#include <array>
#include <set>
#include <unordered_map>

#include "kernel/engine/event_cursor.h"
#include "kernel/engine/journal.h"
#include "kernel/engine/tally.h"
#include "kernel/engine/verify.h"
#include "kernel/files/contents.h"

namespace banyan::verifying {

class Findings {
  public:
    void add(Finding finding);
    /// One that puts its lane in doubt from this event on, and the matter with it.
    void add_to_chain(Finding finding);
    /// An event of the lane, or of any (-1), up to `through` is in doubt already.
    bool doubted(int lane, std::int64_t through) const;
    bool any_doubt() const { return !lanes_.empty(); }
    void put_into(VerifyReport& report);

  private:
    std::vector<Finding> kept_;
    std::int64_t count_ = 0;
    std::unordered_map<int, std::int64_t> lanes_;  ///< the first doubtful event of each
};

Finding about(EventRow const& row, std::string key, std::vector<std::pair<std::string, std::string>> params = {});

/// Where a matter's chain has come to.
struct Trail {
    std::int64_t last = 0;
    int no = 0;
    bool doubtful = false;
    crypto::Digest hash{};
};
using Trails = std::unordered_map<std::int64_t, Trail>;

/// What comes by turns while the events are read.
struct Meter {
    OnProgress const& call;
    std::int64_t of = 0, done = 0;
    void add(std::int64_t n) {
        std::int64_t const before = done;
        done += n;
        if (call && before / 5000 != done / 5000) call(done, of);
    }
};

/// The first reading.
class ChainCheck {
  public:
    ChainCheck(store::Session& session, crypto::Keyring const* keys, Findings& findings);
    void read(Trails& trails, Meter& meter);
    /// After the second reading, which names missing events better: heads and signed roots that nothing explains.
    void conclude();
    std::int64_t events() const { return events_; }
    std::int64_t checkpoints() const { return checkpoints_; }
    std::int64_t last_event() const { return last_event_; }

  private:
    void check_event(EventCursor::Entry const& entry, Trail& trail);
    void compare_checkpoints();
    void next_checkpoint();
    bool check_checkpoint(Checkpoint const& checkpoint);
    void compare_root(Checkpoint const& checkpoint);
    void conclude_heads();
    void conclude_checkpoints();

    store::Session& session_;
    crypto::Keyring const* keys_;
    Findings& findings_;
    Heads heads_{};
    std::array<std::int64_t, kLanes> lasts_{};  ///< last event of each lane
    std::unordered_map<std::int64_t, crypto::Digest>
        computed_;  ///< of a matter's last event, where the stored hash is another
    std::int64_t events_ = 0, checkpoints_ = 0, last_event_ = 0;

    std::vector<Checkpoint> page_;
    std::size_t place_ = 0;
    std::int64_t checkpoint_from_ = 0;
    std::optional<Checkpoint> waiting_, before_;
    std::int64_t waiting_total_ = 0;
    std::int64_t fitted_ = 0;  ///< the last event of the last checkpoint that fits
    struct Unfit {
        std::int64_t checkpoint, from, to;
    };
    std::optional<Unfit> unfit_;
    std::set<int> cut_;
};

/// Rows as they lie there, to compare with what the rebuilt state would be written as.
using OwnCell = std::variant<std::monostate, std::int64_t, std::string>;
using StoredRow = std::vector<OwnCell>;

/// Files that events name, beside the second reading.
class FileCheck {
  public:
    FileCheck(store::Session& session, crypto::Keyring const* keys, files::Contents* contents, Findings& findings);
    void note(std::vector<EventRow> const& history, Procedure const& procedure);
    void compare(std::span<std::int64_t const> matters);

  private:
    store::Session& session_;
    crypto::Keyring const* keys_;
    files::Contents* contents_;
    Findings& findings_;
    bool present_ = false;
    std::map<std::string, Finding> named_;  ///< address → the event that named it first
};

/// The second reading.
class StateCheck {
  public:
    StateCheck(store::Session& session, Procedures const& procedures, crypto::Keyring const* keys,
               files::Contents* contents, Findings& findings);
    void read(Trails& trails, Meter& meter);
    void conclude(Trails const& trails);

  private:
    struct Chunk;
    void load_rows(Chunk& chunk);
    void check_matter(std::int64_t id, Chunk& chunk);
    void say_unreadable(std::vector<EventRow> const& history, Procedure const& procedure);
    void check_shares(Matter const& matter, std::vector<StoredRow> const& stored);
    void check_personal(Chunk const& chunk);
    void check_strays(Trails const& trails);
    void check_tally();
    std::shared_ptr<Procedure const> procedure_for(StoredRow const& row, std::vector<EventRow> const& history);

    store::Session& session_;
    Procedures const& procedures_;
    crypto::Keyring const* keys_;
    Findings& findings_;
    FileCheck files_;
    Tally tally_;
    std::array<std::int64_t, kLanes> counted_until_{};
    bool all_counted_ = true;  ///< every event up to the position is in tally_
    std::int64_t matters_ = 0, shares_ = 0, personal_ = 0;
};

void check_heads_log(store::Session& session, std::string const& file, std::int64_t size, ChainCheck const& chain,
                     Findings& findings);

}  // namespace banyan::verifying
