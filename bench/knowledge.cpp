// knowledge: does a question find its answer? The questions of tests/yardsticks, asked of the stock that ships:
// how often the right answer is the first, among the first five, the mean of 1/rank, how often the program is sure
// of an answer where there is none, and how long a question takes.
#include <fmt/core.h>

#include <boost/json.hpp>
#include <chrono>
#include <cmath>
#include <fstream>
#include <sstream>

#include "arguments.h"
#include "figures.h"
#include "main/app.h"
#include "systems/knowledge/library.h"
#include "systems/knowledge/shipped.h"

namespace banyan::bench {
namespace {

namespace json = boost::json;
using Steady = std::chrono::steady_clock;

std::vector<Argument> const kArguments{
    {"questions", "tests/yardsticks/questions.jsonl", "a question a line, as tests/yardsticks/README.md says"},
    {"times", "20", "so often each is asked, for the latency"},
    {"with", "", "other numbers of the ranking: passage=0.5,good=0.7"},
    {"citizen", "", "as a citizen asks: only what is shown to everyone", true},
    {"misses", "", "print those whose first result is wrong", true},
    {"results", "", "print the first results of each as JSON lines, and no figures", true},
    {"json", "", "one JSON object", true},
};

struct Case {
    std::string id;
    knowledge::Question question;
    std::vector<std::string> answers;
};

std::vector<Case> read_cases(std::string const& file, bool citizen) {
    std::ifstream in(file);
    if (!in) throw std::runtime_error(file + ": cannot be read");
    std::vector<Case> cases;
    for (std::string line; std::getline(in, line);) {
        json::object const row = json::parse(line).as_object();
        auto text = [&](char const* name, char const* otherwise) {
            return row.contains(name) ? std::string(row.at(name).as_string()) : std::string(otherwise);
        };
        Case one{
            text("id", ""), {text("question", ""), text("area", "3501"), {}, !citizen, false, 10, citizen}, {}};
        one.question.day = parse_day(text("date", "2026-10-09")).value();
        for (json::value const& answer : row.at("answers").as_array())
            one.answers.emplace_back(answer.as_string());
        cases.push_back(std::move(one));
    }
    return cases;
}

struct Figures {
    int with_answer = 0, first = 0, five = 0, good = 0, good_and_right = 0, without = 0, falsely_good = 0;
    double reciprocal = 0;
};

double share(double n, int of) { return of > 0 ? std::round(n / of * 10000) / 10000 : 0; }

/// Rank of the first right one, from 1; 0: none.
std::size_t rank_of(Case const& one, knowledge::Library const& library,
                    std::vector<knowledge::Match> const& matches) {
    for (std::size_t i = 0; i < matches.size(); ++i)
        if (std::ranges::find(one.answers, library.name(matches[i])) != one.answers.end()) return i + 1;
    return 0;
}

void count(Figures& figures, Case const& one, std::size_t rank, bool good) {
    if (one.answers.empty()) {
        ++figures.without;
        figures.falsely_good += good ? 1 : 0;
        return;
    }
    ++figures.with_answer;
    figures.first += rank == 1 ? 1 : 0;
    figures.five += rank >= 1 && rank <= 5 ? 1 : 0;
    figures.reciprocal += rank > 0 ? 1.0 / static_cast<double>(rank) : 0;
    figures.good += good ? 1 : 0;
    figures.good_and_right += good && rank == 1 ? 1 : 0;
}

void print_results(Case const& one, knowledge::Library const& library,
                   std::vector<knowledge::Match> const& matches) {
    json::array results;
    for (knowledge::Match const& match : matches)
        results.push_back({{"name", library.name(match)},
                           {"score", match.found.score},
                           {"certainty", match.found.certainty},
                           {"bm25", match.found.bm25},
                           {"passage", match.found.best_passage},
                           {"wording", match.found.best_wording},
                           {"title", match.found.of_title}});
    fmt::print("{}\n", json::serialize(json::object{{"id", one.id},
                                                    {"question", one.question.text},
                                                    {"answers", json::value_from(one.answers)},
                                                    {"results", results}}));
}

int run(Arguments const& given) {
    auto ranking = knowledge::read_ranking(given.text("with"));
    if (!ranking) throw std::runtime_error("--with: " + ranking.error().key + " " + ranking.error().field);
    std::vector<Case> const cases = read_cases(given.text("questions"), given.flag("citizen"));
    auto const began = Steady::now();
    auto const lexicon = knowledge::shipped_lexicon(banyan_embedded_table);
    auto const read = Steady::now();
    knowledge::Stock stock = knowledge::shipped_stock(banyan_embedded_table);
    auto const parsed = Steady::now();
    knowledge::Library const library(std::move(stock), lexicon, *ranking);
    auto const built = Steady::now();
    auto ms = [](auto span) { return std::chrono::duration<double, std::milli>(span).count(); };

    Figures figures;
    for (Case const& one : cases) {
        auto const matches = library.find(one.question);
        if (given.flag("results")) {
            print_results(one, library, matches);
            continue;
        }
        std::size_t const rank = rank_of(one, library, matches);
        bool const good = !matches.empty() && matches.front().found.good;
        count(figures, one, rank, good);
        if (given.flag("misses") && (one.answers.empty() ? good : rank != 1)) {
            fmt::print("{} {} wanted {} at {}\n", one.id, one.question.text,
                       one.answers.empty() ? "nothing" : one.answers.front(), rank);
            for (std::size_t i = 0; i < std::min<std::size_t>(3, matches.size()); ++i)
                fmt::print("     {:.3f} {}\n", matches[i].found.certainty, library.name(matches[i]));
        }
    }
    if (given.flag("results")) return 0;
    std::vector<double> times, costs;
    for (std::size_t turn = 0; turn < given.number("times"); ++turn)
        for (Case const& one : cases) {
            auto const before = Steady::now();
            double const cost = own_cpu_us();
            auto const matches = library.find(one.question);
            if (!matches.empty()) (void)library.parts(matches.front().passage, one.question.text);
            costs.push_back((own_cpu_us() - cost) / 1000);
            times.push_back(ms(Steady::now() - before));
        }
    std::ranges::sort(times);
    std::ranges::sort(costs);
    auto at = [](std::vector<double> const& sorted, double share_of) {
        if (sorted.empty()) return 0.0;
        auto const place = static_cast<std::size_t>(share_of * static_cast<double>(sorted.size() - 1));
        return std::round(sorted[place] * 1000) / 1000;
    };
    json::object const out{{"questions", cases.size()},
                           {"with_answer", figures.with_answer},
                           {"recall_at_1", share(figures.first, figures.with_answer)},
                           {"recall_at_5", share(figures.five, figures.with_answer)},
                           {"mrr", share(figures.reciprocal, figures.with_answer)},
                           {"called_good", figures.good},
                           {"good_and_right", figures.good_and_right},
                           {"without_answer", figures.without},
                           {"falsely_good", figures.falsely_good},
                           {"p50_ms", at(times, 0.5)},
                           {"p99_ms", at(times, 0.99)},
                           {"p99_cpu_ms", at(costs, 0.99)},
                           {"dictionaries_ms", std::round(ms(read - began))},
                           {"parse_ms", std::round(ms(parsed - read))},
                           {"build_ms", std::round(ms(built - parsed))},
                           {"documents", library.stock().entries.size() + library.stock().articles.size()}};
    if (given.flag("json")) {
        fmt::print("{}\n", json::serialize(out));
    } else {
        for (auto const& [name, value] : out) fmt::print("{:<16} {}\n", std::string(name), json::serialize(value));
    }
    return 0;
}

}  // namespace
}  // namespace banyan::bench

int main(int argc, char** argv) {
    try {
        return banyan::bench::run(banyan::bench::Arguments("knowledge: does a question find its answer?",
                                                           banyan::bench::kArguments, argc, argv));
    } catch (std::exception const& e) {
        fmt::print(stderr, "{}\n", e.what());
        return 1;
    }
}
