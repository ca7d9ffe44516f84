// banyan: the verbs, and what is said when something breaks.
#include <fmt/core.h>

#include <exception>
#include <fstream>

#include "base/result.h"
#include "kernel/procedure/texts.h"
#include "main/app.h"
#include "main/verbs.h"

namespace banyan {

std::string read_file(std::string const& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path + ": cannot be read");
    return {std::istreambuf_iterator<char>(file), {}};
}

int say_refused(Refusal const& refusal) {
    static Texts const kTexts = Texts::of(banyan_embedded_table);
    auto say = [&](Refusal const& each) {
        std::string where = each.field.empty() ? "" : each.field + ": ";
        for (auto const& [name, value] : each.params)
            if (name == "line") where = "line " + value + ": " + where;
        std::string what;
        for (auto const& [name, value] : each.params)
            if (name == "what" || name == "text") what += " " + value;
        fmt::print(stderr, "{}{} ({}{})\n", where,
                   kTexts.sentence("refusal." + each.key, Language::en, each.params), each.key, what);
    };
    say(refusal);
    for (Refusal const& other : refusal.others) say(other);
    return 1;
}

}  // namespace banyan

int main(int argc, char** argv) {
    using namespace banyan;
    try {
        return run_command_line("banyan",
                                "Banyan: what a citizen asks of a government is taken in, given an owner and a "
                                "clock, carried through, answered and proven.",
                                {serve_verb(), demo_verb(), import_verb(), replay_verb(), due_verb(),
                                 calendar_verb(), procedure_check_verb(), procedure_draw_verb(), verify_verb(),
                                 reindex_verb(), backup_verb(), restore_verb(), config_verb()},
                                argc, argv);
    } catch (std::exception const& error) {
        fmt::print(stderr, "banyan: {}\n", error.what());
        return 1;
    }
}
