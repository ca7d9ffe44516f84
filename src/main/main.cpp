// banyan: the verbs, and what is said when something breaks.
#include <fmt/core.h>

#include <exception>

#include "main/app.h"
#include "main/verbs.h"

int main(int argc, char** argv) {
    using namespace banyan;
    try {
        return run_command_line("banyan",
                                "Banyan: what a citizen asks of a government is taken in, given an owner and a "
                                "clock, carried through, answered and proven.",
                                {serve_verb(),
                                 demo_verb(),
                                 practice_verb(),
                                 import_verb(),
                                 import_history_verb(),
                                 import_knowledge_verb(),
                                 import_items_verb(),
                                 import_changes_verb(),
                                 import_halls_verb(),
                                 import_places_verb(),
                                 export_items_verb(),
                                 replay_verb(),
                                 due_verb(),
                                 calendar_verb(),
                                 procedure_check_verb(),
                                 procedure_draw_verb(),
                                 procedure_install_verb(),
                                 units_change_verb(),
                                 verify_verb(),
                                 reindex_verb(),
                                 backup_verb(),
                                 restore_verb(),
                                 migrate_verb(),
                                 config_verb(),
                                 classify_train_verb(),
                                 classify_eval_verb(),
                                 classify_text_verb(),
                                 clean_verb()},
                                argc, argv);
    } catch (std::exception const& error) {
        fmt::print(stderr, "banyan: {}\n", error.what());
        return 1;
    }
}
