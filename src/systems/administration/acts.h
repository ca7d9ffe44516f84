// systems/administration/acts.h: what administrators did, provably.
//
// One row for each change, written in its transaction, never changed: when, who, in which role, what, to whom,
// from what to what. Its hash is SM3( F("banyan act 1") ‖ F(hash of the row before; 32 zero bytes for the first) ‖
// F(be64(id)) ‖ F(be64(at)) ‖ F(be64(person)) ‖ F(role) ‖ F(act) ‖ F(subject) ‖ F(detail) ), in the notation of
// docs/journal.md. Source: GB/T 22239-2019 8.1.4 (the audit covers every user and cannot be altered by
// administrators).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "platform/store/store.h"

namespace banyan::administration {

struct Act {
    std::int64_t id = 0;
    Instant at;
    PersonId person;
    std::string role, act, subject;
    std::string detail;  ///< JSON
    std::string hash;
};

/// Gives it its id and hash. REQUIRES: in a transaction of the writer.
void put_act(store::Session& writing, Act act);
/// The latest before `before` (0: of all), at most `most`.
std::vector<Act> load_acts(store::Session& session, std::int64_t before, std::size_t most);
/// The first row whose hash is not what its bytes and the row before give; 0: every one is.
std::int64_t first_altered_act(store::Session& session);

}  // namespace banyan::administration
