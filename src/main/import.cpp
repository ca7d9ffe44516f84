#include <fmt/format.h>

#include <filesystem>

#include "main/app.h"
#include "main/verbs.h"
#include "systems/hotline/hotline.h"

namespace banyan {
namespace {

void say_progress(int done, int of) { fmt::print(stderr, "  {} of {} rows\n", done, of); }

std::string source_of(std::string const& file) { return std::filesystem::path(file).filename().string(); }

/// What --kind takes: the codes, and the words people use for them.
std::vector<std::string> rulebook_kinds() {
    auto procedure = read_procedure(embedded(banyan_embedded_table, "procedures/appeal.toml").value_or(""));
    std::vector<std::string> kinds = procedure ? (*procedure)->kinds : std::vector<std::string>{};
    Texts texts = Texts::of(banyan_embedded_table);
    for (std::size_t i = 0, codes = kinds.size(); i < codes; ++i)
        kinds.push_back(texts.sentence("kind." + kinds[i], Language::zh));
    return kinds;
}

EngineOptions quiet() {
    EngineOptions options;
    options.timers = false;  // each matter's own time is taken step by step
    return options;
}

}  // namespace

void say_bad_rows(std::vector<hotline::BadRow> const& bad) {
    Texts texts = Texts::of(banyan_embedded_table);
    for (hotline::BadRow const& row : bad) {
        std::string field = row.refusal.field.empty() ? "" : row.refusal.field + ": ";
        fmt::print(stderr, "line {}: {}{} ({})\n", row.line, field,
                   texts.sentence("refusal." + row.refusal.key, Language::en, row.refusal.params),
                   row.refusal.key);
        for (Refusal const& other : row.refusal.others)
            fmt::print(stderr, "line {}: {}: {} ({})\n", row.line, other.field,
                       texts.sentence("refusal." + other.key, Language::en, other.params), other.key);
    }
}

Verb import_verb() {
    return {
        "import appeals",
        "take in appeals from a CSV file; the same file twice adds nothing",
        {{.name = "<file>",
          .about = "columns id, title, body, created; kind, class, region, channel, name, phone if there are any",
          .required = true},
         {.name = "data", .about = "folder of the city", .required = true},
         {.name = "db", .about = "postgresql://…"}},
        [](Given const& given) {
            std::string text = read_file(given.at("file"));
            Opened city({given.at("data"), given.contains("db") ? given.at("db") : ""}, quiet());
            city.engine->write_now([](store::Session& session) { hotline::install_plain_city(session); });
            city.reload();
            city.engine->start();
            auto imported = hotline::import_appeals(*city.engine, text, source_of(given.at("file")), say_progress);
            city.engine->stop();
            if (!imported) return say_refused(imported.error());
            say_bad_rows(imported->bad);
            fmt::print("{} taken in, {} were there already, {} refused\n", imported->accepted, imported->already,
                       imported->bad.size());
            return imported->accepted + imported->already > 0 || imported->bad.empty() ? 0 : 1;
        }};
}

Verb replay_verb() {
    return {
        "replay",
        "take real appeals with their times through the whole loop and print what Fuzhou's limits say of them",
        {{.name = "<file>",
          .about = "columns id, title, body, created, reply, replied (Beijing time)",
          .required = true},
         {.name = "data", .about = "folder of the city", .required = true},
         {.name = "db", .about = "postgresql://…"},
         {.name = "kind", .about = "of rows without a kind", .otherwise = "complaint"},
         {.name = "json", .about = "print one JSON object", .flag = true}},
        [](Given const& given) {
            auto const kinds = rulebook_kinds();
            if (std::ranges::find(kinds, given.at("kind")) == kinds.end())
                return say_refused(
                    {"field.choice",
                     "--kind",
                     {{"value", given.at("kind")}, {"choices", fmt::format("{}", fmt::join(kinds, ", "))}},
                     {}});
            std::string text = read_file(given.at("file"));
            Opened city({given.at("data"), given.contains("db") ? given.at("db") : ""}, quiet());
            city.engine->write_now([&](store::Session& session) { hotline::install_replay_units(session, text); });
            city.reload();
            city.engine->start();
            auto replayed = hotline::replay(*city.engine, *city.store, text, source_of(given.at("file")),
                                            given.at("kind"), say_progress);
            city.engine->stop();
            if (!replayed) return say_refused(replayed.error());
            auto session = city.store->open_reader();
            replayed->tally_agrees =
                tally_as_stored(*session) == tally_from_journal(*session, city.engine->procedures());
            say_bad_rows(replayed->bad);
            if (given.contains("json")) {
                fmt::print("{}\n", json::serialize(hotline::to_json(*replayed)));
            } else {
                fmt::print(
                    "accepted {}\nanswered {}\non time  {} ({:.2f} %)\nlate     {}\ndays to the reply: median "
                    "{:.2f}, 90th percentile {:.2f}\n",
                    replayed->accepted, replayed->answered, replayed->on_time,
                    replayed->answered > 0 ? 100.0 * replayed->on_time / replayed->answered : 0.0, replayed->late,
                    replayed->median_days, replayed->p90_days);
                fmt::print("rated    {} of {}: the file says nothing of ratings, and none was invented\n",
                           replayed->rated, replayed->answered);
                fmt::print("already there {}, not answered yet {}, bad rows {}\n", replayed->already,
                           replayed->waiting, replayed->bad.size());
                fmt::print("the tally {} the journal\n", replayed->tally_agrees ? "agrees with" : "DIFFERS FROM");
                fmt::print("{:<12} {:>9} {:>9} {:>9}\n", "unit", "answered", "on time", "late");
                for (auto const& unit : replayed->units)
                    fmt::print("{:<12} {:>9} {:>9} {:>9}\n", unit.zh, unit.answered, unit.on_time, unit.late);
            }
            bool nothing = replayed->accepted + replayed->already == 0 && !replayed->bad.empty();
            return replayed->tally_agrees && !nothing ? 0 : 1;
        }};
}

}  // namespace banyan
