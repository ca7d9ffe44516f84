// kernel/engine/installation.h: what a city has in its database besides matters: rulebooks, units, people,
// calendar, catalogues.
//
// Files and the editor are how they get in; from then on the database is the truth.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/embedded.h"
#include "kernel/engine/tables.h"
#include "kernel/matter/command.h"
#include "kernel/people/reorganisation.h"
#include "platform/crypto/keys.h"

namespace banyan {

/// Everything the engine starts with.
struct Installed {
    std::shared_ptr<Rules> rules;
    std::shared_ptr<Calendar const> calendar;
    Procedures procedures;
    std::map<std::string, std::string, std::less<>> catalogues;  ///< by name, as CSV
};

/// Reads it back. `roles`: data/roles.toml of the program. Throws for a database that cannot be understood.
Installed load_installation(store::Session& session, crypto::Keyring const& keys, std::string_view roles,
                            Checks checks);

/// Fills what is missing in a new database: the rulebooks below procedures/, the calendar. One transaction of the
/// caller's.
void install_defaults(store::Session& session, EmbeddedTable embedded, Instant now);
/// The rulebook becomes the current one of its name. Refused as read_procedure().
Result<std::string> put_procedure(store::Session& session, std::string_view toml, Instant now);
void put_units(store::Session& session, std::vector<Unit> const& units);
/// `password`: argon2id hash; empty: cannot sign in.
void put_person(store::Session& session, crypto::Keyring const& keys, Person const& person,
                std::string_view password);
/// All of a person that is there but the password.
void change_person(store::Session& session, crypto::Keyring const& keys, Person const& person);
/// `password`: argon2id hash; empty: cannot sign in. Whoever was locked out is no longer.
void put_password(store::Session& session, PersonId person, std::string_view password);
/// People go with the work; matters stay as they are: the heir stands for who had them.
void put_reorganised(store::Session& session, Reorganised const& done);
/// Shares of open matters that the unit itself has something to do with still.
std::int64_t open_shares(store::Session& session, UnitId unit);
void put_catalogue(store::Session& session, std::string_view name, std::string_view text, Instant now);

}  // namespace banyan
