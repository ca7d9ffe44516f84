// systems/hall/cases/licence.h: the result of a case (证照, 批文), and how a stranger sees that it is genuine.
//
// Nothing is stored beside the journal: a licence is what the decision says. Its check code is the beginning of
// that event's hash, which nobody can know without having seen the licence, and which no other decision has.
#pragma once
#include <optional>
#include <string>

#include "kernel/engine/journal.h"
#include "kernel/people/directory.h"
#include "platform/crypto/keys.h"

namespace banyan::hall {

struct Licence {
    std::string number, name, holder;  ///< holder: whole; masked by who shows it to strangers
    std::string item, item_title, unit, unit_en;
    std::string check;  ///< 16 hex digits
    Day decided;
    std::optional<Day> until;
    bool valid(Day today) const { return !until || today <= *until; }
};

/// Of a case that was granted and has a result; else nothing. `holder` is empty without keys.
std::optional<Licence> licence_of(store::Session& session, Matter const& matter,
                                  std::vector<EventRow> const& history, Directory const& directory,
                                  crypto::Keyring const* keys);

}  // namespace banyan::hall
