#include <fmt/core.h>

#include <fstream>

#include "kernel/check/draw.h"
#include "kernel/check/model.h"
#include "main/app.h"
#include "main/verbs.h"

namespace banyan {
namespace {

std::set<std::string> keys_of(Texts const& texts, Language language) {
    std::set<std::string> keys;
    for (auto const& [key, text] : texts.all(language)) keys.insert(key);
    return keys;
}

}  // namespace

Verb procedure_check_verb() {
    return {"procedure check",
            "prove that a rulebook works",
            {{.name = "<file>", .about = "TOML", .required = true}},
            [](Given const& given) {
                auto procedure = read_procedure(read_file(given.at("file")));
                if (!procedure) return say_refused(procedure.error());
                Texts texts = Texts::of(banyan_embedded_table);
                Report report = check(**procedure, keys_of(texts, Language::zh), keys_of(texts, Language::en));
                for (Fault const& fault : report.faults) {
                    fmt::print(stderr, "{}\n  {}\n",
                               texts.sentence("refusal." + fault.key, Language::en, fault.params),
                               describe(fault));
                }
                fmt::print("{} {}: {} states, {} moves, {} faults\n", (*procedure)->name, (*procedure)->version,
                           report.states, report.moves, report.faults.size());
                return report.faults.empty() ? 0 : 1;
            }};
}

Verb procedure_draw_verb() {
    return {"procedure draw",
            "a picture of a rulebook's stages and steps",
            {{.name = "<file>", .about = "TOML", .required = true},
             {.name = "out", .about = "file to write, .svg or .dot [standard output, SVG]"},
             {.name = "lang", .about = "zh or en", .otherwise = "zh"}},
            [](Given const& given) {
                auto procedure = read_procedure(read_file(given.at("file")));
                if (!procedure) return say_refused(procedure.error());
                Texts texts = Texts::of(banyan_embedded_table);
                std::map<std::string, std::string> words;
                for (auto const& [key, text] : texts.all(given.at("lang") == "en" ? Language::en : Language::zh))
                    words[key] = text;
                std::string out = given.contains("out") ? given.at("out") : "";
                std::string picture =
                    out.ends_with(".dot") ? draw_dot(**procedure, words) : draw_svg(**procedure, words);
                if (out.empty()) {
                    fmt::print("{}", picture);
                    return 0;
                }
                std::ofstream file(out, std::ios::binary);
                file << picture;
                if (!file.flush()) throw std::runtime_error(out + ": cannot be written");
                return 0;
            }};
}

}  // namespace banyan
