// kernel/engine/named_files.h: uploads that a step's form names become the matter's (docs/files.md).
//
// A form says addresses; the event says address, type and size, so that whoever reads the journal asks nobody. An
// upload is named by who made it, once: in one matter only. Whoever names another's gets the same answer as for
// one that does not exist.
#pragma once
#include <string>

#include "kernel/matter/command.h"
#include "kernel/procedure/fields.h"

namespace banyan {

/// As file.owner says it: the person, or the matter that who asks is signed in for; empty: somebody without
/// account.
std::string file_owner(Actor const& actor);

struct NamedFile {
    std::string address, type;
    std::int64_t size = 0;
};
/// What the fields of type `files` hold in an event's form, in their order.
std::vector<NamedFile> files_in(std::vector<Field> const& fields, json::object const& form);

}  // namespace banyan
