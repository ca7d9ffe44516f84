// main/verbs.h: the verbs of the command line; each in a file of its name.
#pragma once
#include "platform/config/command_line.h"

namespace banyan {

Verb serve_verb();
Verb demo_verb();
Verb import_verb();
Verb replay_verb();
Verb due_verb();
Verb calendar_verb();
Verb procedure_check_verb();
Verb procedure_draw_verb();
Verb verify_verb();
Verb reindex_verb();
Verb backup_verb();
Verb restore_verb();
Verb config_verb();

/// What serve and demo can be told: also the table of `banyan config`.
std::vector<Option> const& serve_options();

/// A file's bytes. Throws with its name when it cannot be read.
std::string read_file(std::string const& path);
/// A refusal as one line on standard error; returns 1.
int say_refused(struct Refusal const& refusal);

}  // namespace banyan
