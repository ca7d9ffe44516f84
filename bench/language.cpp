// language: how long reading a text takes (places, region, personal data, a reply against its appeal), and how
// often each advice is given over the replies of a file.
#include <fmt/core.h>

#include <chrono>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "arguments.h"
#include "base/csv.h"
#include "base/embedded.h"
#include "base/text.h"
#include "kernel/language/reply_check.h"

extern "C" banyan::EmbeddedFile const banyan_embedded_table[];

namespace banyan::bench {
namespace {

using namespace banyan::language;
using Steady = std::chrono::steady_clock;

std::vector<Argument> const kArguments{
    {"texts", "", "a CSV file with title and body, perhaps place and reply; otherwise the demo city's appeals"},
    {"city", "3501", "the code below which regions are looked for"},
    {"rounds", "5", "so many times each text is read; the fastest round counts"},
};

double since(Steady::time_point began) {
    return std::chrono::duration<double, std::milli>(Steady::now() - began).count();
}

std::string_view data(std::string_view path) {
    auto file = embedded(banyan_embedded_table, path);
    if (!file) throw std::runtime_error(fmt::format("{} is not embedded", path));
    return *file;
}

template <class T>
T read(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().key);
    return std::move(*result);
}

struct Text {
    std::string place, title, body, reply, all;
};

std::vector<Text> texts_of(std::string const& path) {
    std::string bytes(data("data/demo/appeals.csv"));
    if (!path.empty()) {
        std::ifstream file(path, std::ios::binary);
        if (!file) throw std::runtime_error(path + ": cannot be read");
        bytes.assign(std::istreambuf_iterator<char>(file), {});
    }
    Csv const table = read(Csv::parse(bytes));
    std::vector<Text> texts;
    for (CsvRow const& row : table.rows()) {
        auto cell = [&](char const* name) { return std::string(table.at(row, name)); };
        Text text{cell("place"), cell("title"), cell("body"), cell("reply"), {}};
        text.all = text.place + "\n" + text.title + "\n" + text.body;
        texts.push_back(std::move(text));
    }
    return texts;
}

template <class F>
void measure(char const* what, std::vector<Text> const& texts, std::size_t rounds, F const& reads) {
    double best = 0;
    std::size_t found = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        auto began = Steady::now();
        found = 0;
        for (Text const& text : texts) found += reads(text);
        double took = since(began);
        best = round == 0 ? took : std::min(best, took);
    }
    fmt::print("{:<28}{:>9.1f} us a text{:>10} found\n", what, best * 1000 / static_cast<double>(texts.size()),
               found);
}

void count_advice(std::vector<Text> const& texts, ReplyChecker const& checker) {
    std::map<std::string, int> given;
    int replies = 0, demands = 0, answered = 0;
    for (Text const& text : texts) {
        if (text.reply.empty()) continue;
        ++replies;
        ReplyReport const report = checker.check({text.title, text.body, {}}, text.reply);
        std::set<std::string> keys;
        for (Advice const& one : report.advice) keys.insert(one.key);
        for (auto const& key : keys) ++given[key];
        for (auto const& demand : report.demands) ++demands, answered += demand.answered;
    }
    fmt::print("{} replies, {} demands, {} of them answered\n", replies, demands, answered);
    for (auto const& [key, count] : given) fmt::print("  {:<14}{:>6}\n", key, count);
}

int run(Arguments const& given) {
    auto began = Steady::now();
    Gazetteer const places = read(Gazetteer::read(
        {data("data/divisions/fujian.csv"), data("data/demo/units.csv"), data("data/language/places.csv")}));
    fmt::print("places loaded in {:.0f} ms\n", since(began));
    began = Steady::now();
    Redactor const redactor = read(Redactor::read(data("data/language/redaction.csv")));
    ReplyChecker const checker = read(ReplyChecker::read(data("data/language/reply.csv"), redactor, places));
    fmt::print("word lists loaded in {:.0f} ms\n", since(began));

    std::vector<Text> const texts = texts_of(given.text("texts"));
    if (texts.empty()) throw std::runtime_error("no texts");
    std::size_t characters = 0, rounds = std::max<std::size_t>(1, given.number("rounds"));
    for (Text const& text : texts) characters += count_characters(text.all);
    fmt::print("{} texts of {} characters\n", texts.size(), characters / texts.size());
    measure("places found", texts, rounds, [&](Text const& text) { return places.find(text.all).size(); });
    measure("regions", texts, rounds,
            [&](Text const& text) { return places.region(text.all, given.text("city")).has_value() ? 1U : 0U; });
    measure("numbers of persons", texts, rounds,
            [&](Text const& text) { return personal_numbers(text.all).size(); });
    measure("what betrays a person", texts, rounds,
            [&](Text const& text) { return redactor.find(text.all).size(); });
    measure("advice on the reply", texts, rounds, [&](Text const& text) {
        return text.reply.empty() ? 0U : checker.check({text.title, text.body, {}}, text.reply).advice.size();
    });
    count_advice(texts, checker);
    return 0;
}

}  // namespace
}  // namespace banyan::bench

int main(int argc, char** argv) {
    using namespace banyan::bench;
    try {
        return run(Arguments("language: how long reading a text takes", kArguments, argc, argv));
    } catch (std::exception const& broken) {
        fmt::print(stderr, "{}\n", broken.what());
        return 1;
    }
}
