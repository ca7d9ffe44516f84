// systems/hall/cases/known.h: what the government knows of who applies already, so that nobody types it twice. Now
// it is their account and their own earlier cases; other departments' data joins here, as one more source.
#pragma once
#include "kernel/engine/tables.h"
#include "kernel/people/directory.h"
#include "platform/crypto/keys.h"
#include "systems/hall/cases/sheet.h"

namespace banyan::hall {

/// A material given in a case of theirs before: it may be given again without looking for the paper.
struct GivenBefore {
    std::string code, name;
    MatterId matter;
    std::vector<std::string> files;
};

struct KnownAlready {
    json::object values;  ///< field → value, of what the sheet asks
    std::vector<GivenBefore> materials;
};

struct Asking {
    store::Session& session;
    Directory const& directory;
    Procedures const& procedures;
    crypto::Keyring const& keys;
    PersonId person;
};

/// Of the newest cases, at most 20. Only what this sheet and this item ask is handed out.
KnownAlready known_of(Asking const& asking, Sheet const& sheet, Item const& item);

}  // namespace banyan::hall
