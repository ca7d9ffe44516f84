#include <fmt/core.h>

#include <filesystem>
#include <fstream>

#include "kernel/check/draw.h"
#include "kernel/check/model.h"
#include "kernel/procedure/variant.h"
#include "main/app.h"
#include "main/verbs.h"

namespace banyan {
namespace {

Option const kTexts{.name = "texts",
                    .about = "folder with zh.json and en.json: the rulebook's own words, beside those that ship"};

/// The program's words and those of the folder; a refusal names the file.
Result<Texts> texts_with(Given const& given) {
    Texts texts = Texts::of(banyan_embedded_table);
    if (!given.contains("texts")) return texts;
    for (auto [language, name] : {std::pair{Language::zh, "zh.json"}, std::pair{Language::en, "en.json"}}) {
        std::string file = (std::filesystem::path(given.at("texts")) / name).string();
        if (auto added = texts.add(language, read_file(file)); !added) {
            std::string& field = added.error().field;
            field = file + (field.empty() ? "" : ": " + field);
            return refuse(std::move(added.error()));
        }
    }
    return texts;
}

/// The file's rulebook; of a variant, the whole that it makes of the one that ships.
Result<std::string> rulebook_in(std::string const& file) {
    std::string said = read_file(file);
    std::string const base = base_of(said);
    if (base.empty()) return said;
    auto const shipped = embedded(banyan_embedded_table, "procedures/" + base + ".toml");
    if (!shipped) return refuse("procedure.unknown", "base", {{"procedure", base}});
    return with_variant(*shipped, said);
}

int say_checked(Procedure const& procedure, Report const& report, Texts const& texts, bool own_texts) {
    bool without_texts = false;
    for (Fault const& fault : report.faults) {
        fmt::print(stderr, "{}\n  {}\n", texts.sentence("refusal." + fault.key, Language::en, fault.params),
                   describe(fault));
        without_texts = without_texts || fault.key == "check.no_text";
    }
    if (without_texts && !own_texts) fmt::print(stderr, "{}\n", texts.sentence("ui.check_texts", Language::en));
    fmt::print("{} {}: {} states, {} moves, {} faults\n", procedure.name, procedure.version, report.states,
               report.moves, report.faults.size());
    return report.faults.empty() ? 0 : 1;
}

std::set<std::string> keys_of(Texts const& texts, Language language) {
    std::set<std::string> keys;
    for (auto const& [key, text] : texts.all(language)) keys.insert(key);
    return keys;
}

}  // namespace

Verb procedure_check_verb() {
    return {"procedure check",
            "prove that a rulebook works",
            {{.name = "<file>", .about = "TOML", .required = true}, kTexts},
            [](Given const& given) {
                auto toml = rulebook_in(given.at("file"));
                auto procedure = toml ? read_procedure(*toml) : refuse(toml.error());
                if (!procedure) return say_refused(procedure.error());
                auto texts = texts_with(given);
                if (!texts) return say_refused(texts.error());
                Report report = check(**procedure, keys_of(*texts, Language::zh), keys_of(*texts, Language::en));
                return say_checked(**procedure, report, *texts, given.contains("texts"));
            }};
}

Verb procedure_install_verb() {
    return {
        "procedure install",
        "take a rulebook into use, once it is proven to work; open matters keep theirs",
        {{.name = "<file>",
          .about = "TOML: a rulebook, or limits of one's own on one that ships",
          .required = true},
         {.name = "data", .about = "folder of the city", .required = true},
         {.name = "db", .about = "postgresql://…"},
         kTexts},
        [](Given const& given) {
            auto toml = rulebook_in(given.at("file"));
            auto procedure = toml ? read_procedure(*toml) : refuse(toml.error());
            if (!procedure) return say_refused(procedure.error());
            auto texts = texts_with(given);
            if (!texts) return say_refused(texts.error());
            Report report = check(**procedure, keys_of(*texts, Language::zh), keys_of(*texts, Language::en));
            if (say_checked(**procedure, report, *texts, given.contains("texts")) != 0) return 1;
            EngineOptions options;
            options.timers = false;
            options.now = clock_of(given.at("data"));
            Opened city({given.at("data"), given.contains("db") ? given.at("db") : ""}, options);
            std::string hash;
            city.engine->write_now([&](store::Session& session) {
                hash = put_procedure(session, *toml, city.engine->now()).value();
            });
            std::int64_t others = 0;
            city.store->open_reader()->query(
                "SELECT COUNT(*) FROM matter WHERE open = 1 AND procedure IN (SELECT hash FROM procedure WHERE "
                "name = $1 AND hash <> $2)",
                {std::string_view((*procedure)->name), std::string_view(hash)},
                [&](store::Row const& row) { others = row.integer(0); });
            fmt::print("{} {} in use: {}; {} open matters keep the one they began with\n", (*procedure)->name,
                       (*procedure)->version, hash, others);
            return 0;
        }};
}

Verb procedure_draw_verb() {
    return {"procedure draw",
            "a picture of a rulebook's stages and steps",
            {{.name = "<file>", .about = "TOML", .required = true},
             {.name = "out", .about = "file to write, .svg or .dot [standard output, SVG]"},
             {.name = "lang", .about = "zh or en", .otherwise = "zh"},
             kTexts},
            [](Given const& given) {
                auto toml = rulebook_in(given.at("file"));
                auto procedure = toml ? read_procedure(*toml) : refuse(toml.error());
                if (!procedure) return say_refused(procedure.error());
                auto texts = texts_with(given);
                if (!texts) return say_refused(texts.error());
                std::map<std::string, std::string> words;
                for (auto const& [key, text] : texts->all(given.at("lang") == "en" ? Language::en : Language::zh))
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
