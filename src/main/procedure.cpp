#include <fmt/core.h>

#include <filesystem>
#include <fstream>

#include "kernel/check/draw.h"
#include "kernel/check/model.h"
#include "kernel/engine/succession.h"
#include "kernel/procedure/variant.h"
#include "main/app.h"
#include "main/rulebooks.h"
#include "main/verbs.h"
#include "systems/rulebooks/ledger.h"

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

/// What the command line names: a rulebook, of a variant the whole, and its words.
struct Book {
    Whole whole;
    Texts texts;
};
Result<Book> book_of(Given const& given) {
    BANYAN_TRY(Whole whole, read_whole(read_file(given.at("file")), shipped_rulebooks(banyan_embedded_table)));
    BANYAN_TRY(Texts texts, texts_with(given));
    return Book{std::move(whole), std::move(texts)};
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

/// The exit status: 0 for one without a fault.
int check_and_say(Book const& book, Given const& given) {
    Report const report =
        check(*book.whole.procedure, keys_of(book.texts, Language::zh), keys_of(book.texts, Language::en));
    return say_checked(*book.whole.procedure, report, book.texts, given.contains("texts"));
}

}  // namespace

Verb procedure_check_verb() {
    return {"procedure check",
            "prove that a rulebook works",
            {{.name = "<file>", .about = "TOML", .required = true}, kTexts},
            [](Given const& given) {
                auto const book = book_of(given);
                return book ? check_and_say(*book, given) : say_refused(book.error());
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
            auto const book = book_of(given);
            if (!book) return say_refused(book.error());
            if (check_and_say(*book, given) != 0) return 1;
            Whole const& whole = book->whole;
            EngineOptions options;
            options.timers = false;
            options.now = clock_of(given.at("data"));
            Opened city({given.at("data"), given.contains("db") ? given.at("db") : ""}, options);
            std::string const hash = rulebooks::hash_of(whole.text);
            auto const& rules = *city.installed.rules;
            auto const known = rules.procedures.find(whole.procedure->name);
            if (known == rules.procedures.end() || known->second->hash != hash)
                if (auto const may = may_follow(rules, whole.procedure); !may) return say_refused(may.error());
            city.engine->write_now([&](store::Session& session) {
                put_procedure(session, whole.text, city.engine->now()).value();
                rulebooks::put_taken(session, {hash,
                                               city.engine->now(),
                                               {},
                                               {},
                                               whole.base,
                                               whole.base.empty() ? std::string() : whole.said});
            });
            std::int64_t others = 0;
            city.store->open_reader()->query(
                "SELECT COUNT(*) FROM matter WHERE open = 1 AND procedure IN (SELECT hash FROM procedure WHERE "
                "name = $1 AND hash <> $2)",
                {std::string_view(whole.procedure->name), std::string_view(hash)},
                [&](store::Row const& row) { others = row.integer(0); });
            fmt::print("{} {} in use: {}; {} open matters keep the one they began with\n", whole.procedure->name,
                       whole.procedure->version, hash, others);
            return 0;
        }};
}

Verb procedure_draw_verb() {
    return {
        "procedure draw",
        "a picture of a rulebook's stages and steps",
        {{.name = "<file>", .about = "TOML", .required = true},
         {.name = "out", .about = "file to write, .svg or .dot [standard output, SVG]"},
         {.name = "lang", .about = "zh or en", .otherwise = "zh"},
         kTexts},
        [](Given const& given) {
            auto const book = book_of(given);
            if (!book) return say_refused(book.error());
            Procedure const& procedure = *book->whole.procedure;
            std::map<std::string, std::string> words;
            for (auto const& [key, text] : book->texts.all(given.at("lang") == "en" ? Language::en : Language::zh))
                words[key] = text;
            std::string out = given.contains("out") ? given.at("out") : "";
            std::string picture = out.ends_with(".dot") ? draw_dot(procedure, words) : draw_svg(procedure, words);
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
