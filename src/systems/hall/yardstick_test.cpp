// The questions of tests/yardsticks/hall_questions.csv and data/hall/citizen_words.csv, asked of the items of
// data/hall. What is right: tests/yardsticks/README.md.
#include <fmt/core.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <map>

#include "base/csv.h"
#include "base/testing.h"
#include "systems/hall/subjects.h"
#include "systems/hall/testing/find.h"

namespace banyan::hall {
namespace {

using testing::source_text;

/// Each situation of each subject once, as one city with all units, its districts and towns would have it.
std::shared_ptr<Finder const> shipped() {
    auto const subjects =
        read_subjects(source_text("data/hall/subjects.csv"), source_text("data/hall/materials.csv"));
    EXPECT_TRUE(subjects);
    Finder::Names names = testing::names();
    names.classes = *read_classes(source_text("data/hall/classes.csv"), source_text("data/hall/scenes.csv"));
    Finder::Builder builder(names);
    int number = 0;
    for (Subject const& subject : *subjects)
        for (Situation const& situation : subject.situations) {
            Item item = subject.item;
            item.situation = situation.key;
            item.situation_name = situation.name;
            item.code = fmt::format("{}-{:06}", item.catalogue, ++number);
            item.unit = subject.unit;
            item.region = "3501";
            item.level = subject.levels.front();
            builder.add(listing_of(item, 1));
        }
    return builder.finish();
}

bool answers(std::string const& wanted, Title const& title) {
    for (std::string const& one : split(wanted, ";")) {
        std::size_t const equals = one.find('=');
        if (title.name != one.substr(0, equals)) continue;
        if (equals == std::string::npos || title.situation == one.substr(equals + 1)) return true;
    }
    return false;
}

TEST(HallYardstick, TheFirstThreeHoldWhatWasMeant) {
    auto const finder = shipped();
    auto const csv = Csv::parse(source_text("tests/yardsticks/hall_questions.csv"));
    std::map<std::string, std::pair<int, int>> figures;  // set and sort: right, asked
    for (CsvRow const& row : csv->rows()) {
        std::string const question(csv->at(row, "question")), wanted(csv->at(row, "answers"));
        auto const page = finder->find({.text = question}, "", 3);
        bool right = wanted.empty() && page->items.empty();
        std::string shown;
        for (Finder::Number const item : page->items) {
            Title const title = finder->listing(item).title;
            right = right || answers(wanted, title);
            shown += fmt::format(" | {} {}", title.name, title.situation_name);
        }
        for (std::string const& key :
             {std::string(csv->at(row, "set")), fmt::format("{} {}", csv->at(row, "set"), csv->at(row, "sort"))}) {
            figures[key].first += right ? 1 : 0;
            ++figures[key].second;
        }
        if (!right) fmt::print("not found: {} {} ({}){}\n", csv->at(row, "set"), question, page->count, shown);
    }
    for (auto const& [key, figure] : figures) fmt::print("{:<16} {} of {}\n", key, figure.first, figure.second);
    auto share = [&](char const* set) { return static_cast<double>(figures[set].first) / figures[set].second; };
    EXPECT_GE(share("seen"), 0.95);
    EXPECT_GE(share("held"), 0.9) << "nobody looked at these when the search was made";
}

TEST(HallYardstick, TheFirstThreeHoldTheItemACitizensWordsAreFor) {
    auto const finder = shipped();
    auto const csv = Csv::parse(source_text("data/hall/citizen_words.csv"));
    int right = 0;
    for (CsvRow const& row : csv->rows()) {
        std::string const word(csv->at(row, "word"));
        auto const page = finder->find({.text = word}, "", 100);
        std::vector<std::string> names;  // of main items: situations of one are one answer
        bool is_there = false;
        for (Finder::Number const item : page->items) {
            Listing const of = finder->listing(item);
            if (std::ranges::find(names, of.title.name) != names.end()) continue;
            if (names.size() == 3) break;
            names.push_back(of.title.name);
            is_there = is_there || of.code.starts_with(csv->at(row, "item"));
        }
        right += is_there ? 1 : 0;
        if (!is_there)
            fmt::print("not found: words {} {} ({}) | {}\n", word, csv->at(row, "item"), page->count,
                       fmt::join(names, " | "));
    }
    fmt::print("words {} of {}\n", right, csv->rows().size());
    EXPECT_GE(static_cast<double>(right), 0.95 * static_cast<double>(csv->rows().size()));
}

}  // namespace
}  // namespace banyan::hall
