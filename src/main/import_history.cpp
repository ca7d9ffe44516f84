#include <fmt/format.h>

#include <filesystem>

#include "main/app.h"
#include "main/verbs.h"
#include "systems/hotline/history.h"

namespace banyan {
namespace {

constexpr std::string_view kRulebook = "procedures/past.toml";

/// A city that was made before there was a rulebook for its past gets it.
void install_rulebook(Opened& city) {
    if (city.installed.rules->procedures.contains("past")) return city.reload();
    city.engine->write_now([&](store::Session& session) {
        auto const put =
            put_procedure(session, embedded(banyan_embedded_table, kRulebook).value_or(""), city.engine->now());
        if (!put) throw std::runtime_error(std::string(kRulebook) + ": " + put.error().key);
    });
    city.reload();
}

std::set<std::string, std::less<>> class_codes(Installed const& installed) {
    std::set<std::string, std::less<>> codes;
    auto const classes = installed.catalogues.find("classes");
    if (classes == installed.catalogues.end()) return codes;
    if (auto const table = Csv::parse(classes->second))
        for (CsvRow const& row : table->rows()) codes.emplace(table->at(row, "code"));
    return codes;
}

}  // namespace

Verb import_history_verb() {
    return {"import history",
            "take in what a centre did in its old system, with its times; run again, it goes on where it was "
            "broken off",
            {{.name = "<file>",
              .about = "columns id, state, created; what else there may be: docs/systems/history.md",
              .required = true},
             {.name = "data", .about = "folder of the city", .required = true},
             {.name = "db", .about = "postgresql://…"},
             {.name = "map", .about = "CSV with columns what, from, to: the old system's words and ours"},
             {.name = "source", .about = "name of the old system; without it the file's name"}},
            [](Given const& given) {
                std::string const file = given.at("file"), text = read_file(file);
                Texts const texts = Texts::of(banyan_embedded_table);
                auto const words =
                    hotline::OldWords::read(given.contains("map") ? read_file(given.at("map")) : "", texts);
                if (!words) return say_refused(words.error());
                EngineOptions quiet;
                quiet.timers = false;
                Opened city({given.at("data"), given.contains("db") ? given.at("db") : ""}, quiet);
                city.checks.clear();  // import_only among them
                install_rulebook(city);
                city.engine->start();
                std::string const source = given.contains("source")
                                               ? given.at("source")
                                               : std::filesystem::path(file).filename().string();
                auto const rules = city.engine->rules();
                auto const imported = hotline::import_history(
                    *city.engine, *city.store, text, source,
                    {*rules->directory, *words, class_codes(city.installed), city.engine->now()},
                    [](int done, int of) { fmt::print(stderr, "  {} of {} rows\n", done, of); });
                city.engine->stop();
                if (!imported) return say_refused(imported.error());
                say_bad_rows(imported->bad);
                fmt::print("{} taken in, {} were there already, {} refused\n", imported->taken, imported->already,
                           imported->bad.size());
                return imported->taken + imported->already > 0 || imported->bad.empty() ? 0 : 1;
            }};
}

}  // namespace banyan
