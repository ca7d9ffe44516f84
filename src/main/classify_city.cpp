// banyan classify train --data: what a city's matters have taught since the last time.
#include <fmt/format.h>

#include <filesystem>

#include "base/csv.h"
#include "base/text.h"
#include "kernel/engine/backup.h"
#include "kernel/engine/installation.h"
#include "kernel/lessons/lessons.h"
#include "main/app.h"
#include "main/verbs.h"

namespace banyan {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostMatters = 20'000;  ///< the newest; older ones have had their turn
constexpr int kOftenReturned = 3;

/// Lessons that ship, or those of --lessons: text, class, kind, urgent.
Result<Csv> shipped(Given const& given) {
    if (given.contains("lessons")) {
        auto table = Csv::parse(read_file(given.at("lessons")));
        if (!table) table.error().field = given.at("lessons");
        return table;
    }
    auto const bytes = embedded(banyan_embedded_table, "data/demo/lessons.csv");
    return bytes ? Csv::parse(*bytes) : Result<Csv>(Csv{});
}

std::vector<learning::Lesson> shipped_of(Csv const& table, Subject subject) {
    std::vector<learning::Lesson> lessons;
    std::string_view const column = name(subject);
    if (!table.has("text") || !table.has(column)) return lessons;
    for (CsvRow const& row : table.rows()) {
        std::string_view label = trim(table.at(row, column));
        if (subject == Subject::urgent)
            label = label.empty() || label == "0" || label == "no" || label == "false" ? "no" : "yes";
        if (!label.empty()) lessons.push_back({{{}, table.at(row, "text")}, label, false});
    }
    return lessons;
}

std::optional<learning::Model> present_model(fs::path const& file) {
    if (!fs::exists(file)) return std::nullopt;
    auto model = learning::Model::read(read_file(file));
    if (model) return std::move(*model);
    model.error().field = file;
    say_refused(model.error());  // and go on as if there were none
    return std::nullopt;
}

json::object to_json(Subject subject, learning::Renewal const& renewal) {
    return {{"subject", name(subject)},
            {"taken", renewal.taken()},
            {"why", learning::name(renewal.why)},
            {"learnt_from", renewal.learnt_from},
            {"held_out", renewal.held_out},
            {"present", {{"macro_f1", renewal.present_f1}, {"accuracy", renewal.present_accuracy}}},
            {"candidate", {{"macro_f1", renewal.candidate_f1}, {"accuracy", renewal.candidate_accuracy}}}};
}

void say(Subject subject, learning::Renewal const& renewal, Texts const& texts) {
    fmt::print("{:<7} {}\n", name(subject),
               texts.sentence("ui.renewal_" + std::string(learning::name(renewal.why)), Language::en,
                              {{"learnt_from", std::to_string(renewal.learnt_from)},
                               {"held_out", std::to_string(renewal.held_out)},
                               {"present", fmt::format("{:.4f}", renewal.present_f1)},
                               {"candidate", fmt::format("{:.4f}", renewal.candidate_f1)}}));
}

/// The former file stays beside the new one.
void take_into_use(fs::path const& file, learning::Model const& model) {
    fs::create_directories(file.parent_path());
    if (fs::exists(file)) fs::copy_file(file, file.string() + ".before", fs::copy_options::overwrite_existing);
    write_file(file, model.bytes());
}

void say_routes(CityLessons const& lessons, Directory const& directory) {
    for (auto const& [route, figures] : lessons.routes) {
        if (figures.returned < kOftenReturned || figures.returned * 2 < figures.given) continue;
        Unit const* unit = directory.unit(route.unit);
        fmt::print("often returned: class {} in {} by {}: {} of {}\n", route.class_code,
                   route.region.empty() ? "-" : route.region, unit == nullptr ? "?" : unit->code, figures.returned,
                   figures.given);
    }
}

}  // namespace

int learn_from_city(Given const& given) {
    auto const more = shipped(given);
    if (!more) return say_refused(more.error());
    Place const place{given.at("data"), given.contains("db") ? given.at("db") : ""};
    DataFolder const folder(place.data, DataFolder::Use::beside);
    crypto::Keyring const keys = open_keys(folder);
    auto const store = place.db.empty()
                           ? store::open_sqlite({.file = folder.file(kDatabaseFile), .read_only = true, .vfs = {}})
                           : open_store(place);
    auto const session = store->open_reader();
    Installed const installed =
        load_installation(*session, keys, embedded(banyan_embedded_table, "data/roles.toml").value_or(""), {});
    CityLessons const lessons = read_lessons(*session, installed.procedures, kMostMatters);

    Texts const texts = Texts::of(banyan_embedded_table);
    json::array report;
    for (Subject const subject : kSubjects) {
        fs::path const file = fs::path(folder.file("models")) / (std::string(name(subject)) + ".model");
        auto const present = present_model(file);
        learning::Training how;
        how.repeats = 1;
        how.made = lessons.matters.empty() ? "" : rfc3339(lessons.matters.back().at);
        auto const renewal = learning::renew(present ? &*present : nullptr, lessons_of(lessons, subject),
                                             shipped_of(*more, subject), how);
        if (!renewal) {
            say_refused(renewal.error());
            continue;
        }
        if (renewal->taken()) take_into_use(file, *renewal->model);
        report.push_back(to_json(subject, *renewal));
        if (!given.contains("json")) say(subject, *renewal, texts);
    }
    if (given.contains("json"))
        fmt::print("{}\n", json::serialize(report));
    else
        say_routes(lessons, *installed.rules->directory);
    return 0;
}

}  // namespace banyan
