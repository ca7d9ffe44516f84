// systems/calls/ledger.h: the SQL of calls, their reports, matters and acts. On both databases.
#pragma once
#include <span>
#include <vector>

#include "kernel/engine/engine.h"
#include "systems/calls/call.h"
#include "systems/calls/handbook.h"

namespace banyan::calls {

/// What a piece of work has: in a transaction of the writer, or of a reader.
struct Office {
    store::Session& session;
    Handbook const& book;
    crypto::Keyring const& keys;
    Directory const& directory;
    Actor actor;
    Instant now;
};

struct Act {
    std::int64_t id = 0;
    CallId call;
    std::string what;
    MatterId matter;
    std::string before, note;
    PersonId person;
    Instant at;
};

/// A report as it lies in call_event.
struct Told {
    Report report;
    std::string digest;
};

/// Those that fit; zeros and empties: all.
struct CallsAsked {
    std::string scope;  ///< a condition of scope_of()
    PersonId seat;
    std::optional<Day> day;
    std::string closing;
    std::optional<bool> missed;
    MatterId matter;
    CallId before;  ///< ids below: the newest come first
    std::size_t limit = 50;
};

std::optional<Call> load_call(store::Session& session, CallId id);
std::optional<Call> load_call(store::Session& session, PersonId telephone, std::string_view external);
std::vector<Call> load_calls(store::Session& session, CallsAsked const& asked);
std::vector<Call> load_calls_of(store::Session& session, std::string_view token, std::size_t most);
std::vector<Told> load_told(store::Session& session, CallId call);
std::vector<MatterId> load_matters_of(store::Session& session, CallId call);
std::vector<Act> load_acts(store::Session& session, CallId call, std::size_t most);  ///< the latest first
/// The calls of this seat that are over and have no closing: the oldest first.
std::vector<CallId> load_unclosed(store::Session& session, PersonId seat, std::size_t most);

std::int64_t next_id(store::Session& session, std::string_view table);
void save_call(store::Session& session, Call const& call);
void save_told(store::Session& session, CallId call, Told const& told, Instant heard);
void save_matter(store::Session& session, CallId call, MatterId matter, Act const& act);
void forget_matter(store::Session& session, CallId call, MatterId matter);
void save_act(store::Session& session, Act act);  ///< gives it its id
void save_finished(store::Session& session, CallId call, Instant at);

/// Whose calls somebody sees, as a condition over the row `c` of call: a seat its own, a shift leader the team's,
/// the others (who see figures only) all. Only integers of ours are written into it.
std::string scope_of(Actor const& actor, Directory const& directory);
bool in_scope(Actor const& actor, Directory const& directory, PersonId seat);

/// The number, opened; empty: withheld.
std::string number_of(crypto::Keyring const& keys, Call const& call);
void seal_number(crypto::Keyring const& keys, Call& call, std::string_view number);

}  // namespace banyan::calls
