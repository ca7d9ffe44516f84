// main/verbs.h: the verbs of the command line; each in a file of its name.
#pragma once
#include "platform/config/command_line.h"

namespace banyan {
namespace hotline {
struct BadRow;
}
struct VerifyReport;

Verb serve_verb();
Verb demo_verb();
Verb practice_verb();
Verb import_verb();
Verb import_history_verb();
Verb import_knowledge_verb();
Verb import_items_verb();
Verb import_changes_verb();
Verb import_halls_verb();
Verb import_places_verb();
Verb export_items_verb();
Verb replay_verb();
Verb due_verb();
Verb calendar_verb();
Verb procedure_check_verb();
Verb procedure_install_verb();
Verb units_change_verb();
Verb procedure_draw_verb();
Verb verify_verb();
Verb migrate_verb();
Verb reindex_verb();
Verb backup_verb();
Verb restore_verb();
Verb config_verb();
Verb classify_train_verb();
Verb classify_eval_verb();
Verb classify_text_verb();
Verb clean_verb();

/// What serve, demo and practice can be told: also the table of `banyan config`.
std::vector<Option> const& serve_options();
/// With banyan.toml and the environment.
struct ServeOptions serve_options_from(Given const& asked);

/// `classify train --data`: new models from the city's own matters, taken into use where they are better.
int learn_from_city(Given const& given);

/// A file's bytes. Throws with its name when it cannot be read.
std::string read_file(std::string const& path);
/// The whole file or nothing: written beside it, then renamed. Throws with its name when it cannot be written.
void write_file(std::string const& path, std::string_view bytes);
/// A refusal as one line on standard error; returns 1.
int say_refused(struct Refusal const& refusal);
/// What a verification found, a line each on standard error, and the sum; returns 0 when everything fits.
int say_verified(VerifyReport const& report);
/// Rows of a file that were not taken in, a line each, likewise.
void say_bad_rows(std::vector<hotline::BadRow> const& bad);

}  // namespace banyan
