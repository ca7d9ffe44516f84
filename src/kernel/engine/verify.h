// kernel/engine/verify.h: does the record still say what was written?
//
// Read from the first event to the last in one snapshot, beside a running server: every event's hash, every
// matter's and lane's chain, the heads, the checkpoints and their signatures, heads.log, the personal parts
// against what the journal commits to; then every matter is rebuilt from its events and compared with what is
// stored, and the tally with what they count. It names the first event that does not fit. Formats: docs/journal.md
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "kernel/engine/progress.h"
#include "kernel/engine/tables.h"
#include "platform/crypto/keys.h"

namespace banyan::files {
class Contents;
}
namespace banyan {

/// One thing that does not fit. Keys (texts/*.json `refusal.<key>`):
///   verify.event_hash        its bytes do not give its hash: the row or the hash was altered
///   verify.event_missing     a later row names it, and it is not there
///   verify.event_before      it does not follow its matter's event before (before, expected)
///   verify.event_no          its number in the matter is not the next (no, expected)
///   verify.event_lane        it lies in a lane that its id does not say (stored)
///   verify.event_unreadable  its body says nothing the rulebook knows (what)
///   verify.head              the lane's head is not the chain over its events (what: hash, events, counter)
///   verify.journal_cut       the lane had more events once (events, expected, by: head, checkpoint); `event`: its
///   last verify.checkpoint_hash, _before, _missing, _signature, _signer   of one checkpoint (checkpoint)
///   verify.checkpoint_root   the events up to it are not those that were signed (checkpoint, from, to)
///   verify.heads_log         a line's checkpoint is missing or another: an exchanged or cut database (line,
///   checkpoint, what) verify.heads_log_unreadable (line), verify.heads_log_missing verify.personal_missing,
///   _unreadable, _differs, _unexpected      the personal part of `event` verify.matter_missing, _differs
///   (column), _unexpected, _procedure verify.assignment_missing, _differs (assignment, column), _unexpected
///   verify.file_missing, _differs   a file that `event` names; verify.file_unexpected  one that no event names
///   verify.tally (day, unit, kind, measure, stored, counted), verify.tally_ahead
struct Finding {
    std::string key;
    int lane = -1;  ///< -1: of no lane
    EventId event;  ///< none: not to be pinned to one
    MatterId matter;
    int no = 0;
    std::vector<std::pair<std::string, std::string>> params;
};

struct VerifyReport {
    bool ok = false;
    std::int64_t events = 0, matters = 0, checkpoints = 0;
    std::int64_t faults = 0;        ///< how many findings there were
    std::vector<Finding> findings;  ///< those with an event first, oldest event first; at most kMostFindings
};
inline constexpr std::size_t kMostFindings = 1000;

/// `keys`: to check signatures and open personal parts; without them both are left out, and so is a signer it does
/// not know: that one is a finding. `contents`: of files; none: only their rows are looked for. `heads_log`: the
/// file beside the database; empty: none is compared. What only follows from another fault (the lane's head after
/// an altered event) is not reported again; while an event is in doubt the tally is not compared. Memory: 120
/// bytes a matter. Throws store::Error.
VerifyReport verify(store::Store& store, Procedures const& procedures, crypto::Keyring const* keys,
                    std::string const& heads_log, OnProgress const& on_progress = {},
                    files::Contents* contents = nullptr);

}  // namespace banyan
