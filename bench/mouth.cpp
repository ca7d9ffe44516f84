#include "mouth.h"

#include <fmt/format.h>

#include <stdexcept>

#include "base/csv.h"
#include "base/text.h"
#include "main/app.h"

namespace banyan::bench {
namespace {

constexpr std::string_view kRegions[] = {"350102", "350103", "350104", "350105", "350111", "350181"};

Csv demo(std::string_view name) {
    auto csv = Csv::parse(embedded(banyan_embedded_table, "data/demo/" + std::string(name)).value_or(""));
    if (!csv) throw std::runtime_error(fmt::format("data/demo/{} cannot be read", name));
    return std::move(*csv);
}

bool is_chinese(std::string_view character) { return character >= "\u4e00" && character <= "\u9fff"; }

/// Runs of at least `least` Chinese characters, each character apart.
std::vector<std::vector<std::string_view>> runs_of(std::string_view text, std::size_t least) {
    std::vector<std::vector<std::string_view>> all(1);
    while (!text.empty()) {
        std::string_view const first = first_characters(text, 1);
        text.remove_prefix(first.size());
        if (is_chinese(first))
            all.back().push_back(first);
        else
            all.emplace_back();
    }
    std::erase_if(all, [&](auto const& run) { return run.size() < least; });
    return all;
}

}  // namespace

Mouth::Mouth(std::uint64_t seed, std::size_t people, std::size_t characters)
    : random_(seed), people_(std::max<std::size_t>(people, 1)), characters_(characters) {
    Csv const appeals = demo("appeals.csv"), classes = demo("classes.csv");
    for (CsvRow const& row : appeals.rows()) {
        titles_.emplace_back(appeals.at(row, "title"));
        for (std::string& clause : split(appeals.at(row, "body"), "\uFF0C")) clauses_.push_back(std::move(clause));
        places_.emplace_back(appeals.at(row, "place"));
    }
    for (CsvRow const& row : classes.rows())
        if (!classes.at(row, "parent").empty()) classes_.emplace_back(classes.at(row, "code"));
}

std::string Mouth::phone() { return fmt::format("154{:08}", number(people_)); }

boost::json::object Mouth::appeal() {
    std::size_t const wanted = characters_ * 2 / 5 + number(characters_ * 6 / 5);
    std::string body;
    for (std::size_t length = 0; length < wanted; body += "\uFF0C") {
        std::string const& clause = pick(clauses_);
        body += clause;
        length += count_characters(clause) + 1;
    }
    return {{"title", pick(titles_)},  {"body", std::move(body)},
            {"place", pick(places_)},  {"channel", number(10) == 0 ? "counter" : "phone"},
            {"class", pick(classes_)}, {"region", kRegions[number(std::size(kRegions))]},
            {"phone", phone()}};
}

std::string Mouth::words(std::size_t characters) {
    for (;;) {
        auto const runs = runs_of(pick(clauses_), characters);
        if (runs.empty()) continue;
        auto const& run = runs[number(runs.size())];
        std::size_t const from = number(run.size() - characters + 1);
        std::string words;
        for (std::size_t i = from; i < from + characters; ++i) words += run[i];
        return words;
    }
}

}  // namespace banyan::bench
