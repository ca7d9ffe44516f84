// systems/rulebooks/ledger.h: all SQL of the rulebooks: which versions there are, what is bound to them, who took
// them.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "platform/store/store.h"

namespace banyan::rulebooks {

/// A rulebook's version, as the database keeps it.
struct Version {
    std::string hash, name;
    int number = 1;
    bool current = false;
    Instant since;  ///< when it came into the database
};
/// Of one name, or of all; the newest first.
std::vector<Version> load_versions(store::Session& session, std::string_view name = {});
/// Its whole text; nothing: there is none.
std::optional<std::string> load_source(store::Session& session, std::string_view name, std::string_view hash);
/// How many open matters keep each version, by its hash.
std::map<std::string, std::int64_t, std::less<>> count_open(store::Session& session);

/// Somebody took it into force.
struct Taken {
    std::string hash;
    Instant at;
    PersonId person;  ///< nobody: at the command line
    std::string note, base, said;
};
void put_taken(store::Session& session, Taken const& taken);
/// The last time each, by hash.
std::map<std::string, Taken, std::less<>> load_taken(store::Session& session);

}  // namespace banyan::rulebooks
