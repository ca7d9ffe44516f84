// systems/administration/people.h: accounts of the staff and of systems: who may be what, where.
//
// One person has one role at a time (practice.md). Administrators never see appellants' accounts, and no
// administrator changes their own. An account that ends stays, because the record names it: its role is `ended`,
// which finds nothing, and nobody signs in with it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "kernel/matter/command.h"

namespace banyan::administration {

inline constexpr std::string_view kEnded = "ended";

/// Roles that an account may be given, in the order of data/roles.toml's names.
std::vector<std::string> given_roles(Access const& access);
/// Accounts that administrators look after: not the appellants'.
bool is_looked_after(Person const& person);

/// What a form says of an account; what it leaves out stays as it was.
struct Said {
    std::optional<std::string> role, unit, zh, en, phone, employer;
};
/// The account as it is then. Refused: person.role, person.unit_needed, person.unit_unknown, person.unit_other (of
/// another kind than the role works in), person.unit_needless; `from.role` empty: it is new.
Result<Person> changed(Person from, Said const& said, Rules const& rules);
/// Letters, digits, - _ . @; three characters at least. Refused: person.login, person.login_twice.
Result<void> check_login(std::string_view login, Directory const& directory);
/// Whether nobody would be left who may change accounts.
bool is_last_of(Person const& person, std::string_view role, Directory const& directory);

}  // namespace banyan::administration
