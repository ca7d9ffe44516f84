#include "main/hints.h"

#include <filesystem>
#include <stdexcept>

#include "base/csv.h"
#include "kernel/learning/train.h"
#include "main/verbs.h"

namespace banyan {

std::unique_ptr<hints::Hints> make_hints(api::House& house, Place const& place) {
    auto file = [](char const* path) { return embedded(banyan_embedded_table, path).value_or(""); };
    return std::make_unique<hints::Hints>(
        house,
        hints::Files{file("data/divisions/fujian.csv"), file("data/language/places.csv"),
                     file("data/language/redaction.csv"), file("data/language/reply.csv"),
                     file("data/language/emergency.csv")},
        std::filesystem::path(place.data) / "models");
}

void make_shipped_models(Place const& place) {
    namespace fs = std::filesystem;
    fs::path const folder = fs::path(place.data) / "models";
    fs::create_directories(folder);
    auto const lessons = Csv::parse(embedded(banyan_embedded_table, "data/demo/lessons.csv").value_or(""));
    auto const tree = Csv::parse(embedded(banyan_embedded_table, "data/demo/classes.csv").value_or(""));
    if (!lessons || !tree) throw std::runtime_error("lessons.csv: not in the program");
    std::map<std::string, std::string, std::less<>> parents;
    for (CsvRow const& row : tree->rows())
        parents[std::string(tree->at(row, "code"))] = std::string(tree->at(row, "parent"));
    for (char const* name : {"class", "kind", "urgent"}) {
        fs::path const file = folder / (std::string(name) + ".model");
        if (fs::exists(file)) continue;
        std::vector<learning::Lesson> rows;
        for (CsvRow const& row : lessons->rows())
            rows.push_back({{{}, lessons->at(row, "text")}, lessons->at(row, name)});
        learning::Training how;
        how.repeats = 1;
        how.right = 0.8;  // a person looks at each: a silent machine helps nobody
        how.made = "shipped";
        if (std::string_view(name) == "class")
            how.parent = [&](std::string_view code) { return parents[std::string(code)]; };
        auto trained = learning::train(rows, how);
        if (!trained) throw std::runtime_error("lessons.csv: " + trained.error().key);
        write_file(file.string(), trained->model.bytes());
    }
}

}  // namespace banyan
