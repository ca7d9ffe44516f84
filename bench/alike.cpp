// alike: how long it takes to find what may be about the same as a text, among as many matters as Fuzhou has in a
// year, and what they take in memory. Texts are invented (sentences.h), each about one of Fujian's villages.
#include <fmt/core.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <stdexcept>

#include "arguments.h"
#include "base/csv.h"
#include "kernel/alike/neighbours.h"
#include "main/app.h"
#include "sentences.h"

namespace banyan::bench {
namespace {

using Steady = std::chrono::steady_clock;

std::vector<Argument> const kArguments{
    {"matters", "439000", "so many are learned first"},
    {"lookups", "2000", "so many are asked for"},
    {"divisions", "data/divisions/fujian.csv", "whose names the texts are about"},
};

/// Of this thread: what it took where others want the machine too.
double cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double ms(Steady::duration took) { return std::chrono::duration<double, std::milli>(took).count(); }

/// Resident memory, in MiB.
double resident() {
    std::ifstream statm("/proc/self/statm");
    double pages = 0;
    statm >> pages >> pages;
    return pages * 4096 / (1 << 20);
}

std::vector<std::string> villages(std::string const& path) {
    std::ifstream in(path);
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    auto csv = Csv::parse(text);
    if (!csv) throw std::runtime_error(path + ": " + csv.error().key);
    std::vector<std::string> names;
    for (CsvRow const& row : csv->rows())
        if (csv->at(row, "code").size() > 6) names.emplace_back(csv->at(row, "name"));
    if (names.empty()) throw std::runtime_error(path + ": no names");
    return names;
}

struct Made {
    std::string title, body;
    Day day;
};

Made appeal(Random& random, std::vector<std::string> const& names, int day) {
    std::string const& name = names[random() % names.size()];
    std::string const number = std::to_string(random() % 300 + 1);
    return {name + appeal_title(random), name + number + "号。" + appeal_body(random), Day{day}};
}

int run(Arguments const& given) {
    std::vector<std::string> const names = villages(given.text("divisions"));
    auto words = alike::read_words(embedded(banyan_embedded_table, "data/alike.toml").value_or(""));
    if (!words) throw std::runtime_error(words.error().key);
    text::Reader const reader;
    alike::Sketcher const sketcher(reader, *words);
    alike::Neighbours neighbours(sketcher.words());
    std::size_t const matters = given.number("matters"), lookups = given.number("lookups");
    Random random(12345);
    double const before = resident();
    Steady::duration reading{}, adding{};
    for (std::size_t i = 0; i < matters; ++i) {
        Made const made =
            appeal(random, names, 20'000 + static_cast<int>(i * 365 / std::max<std::size_t>(matters, 1)));
        auto const begun = Steady::now();
        alike::Reading const read = sketcher.read(made.title, made.body);
        auto const was_read = Steady::now();
        neighbours.add(MatterId(static_cast<std::int64_t>(i + 1)), sketcher, read, made.day, 0);
        adding += Steady::now() - was_read;
        reading += was_read - begun;
    }
    double const after = resident();
    std::vector<double> took, cpu;
    std::size_t found = 0;
    for (std::size_t i = 0; i < lookups; ++i) {
        Made const made = appeal(random, names, 20'365);
        auto const begun = Steady::now();
        double const cpu_begun = cpu_ms();
        alike::Reading const read = sketcher.read(made.title, made.body);
        found += neighbours.find(sketcher, read, {.day = made.day}).size();
        took.push_back(ms(Steady::now() - begun));
        cpu.push_back(cpu_ms() - cpu_begun);
    }
    std::ranges::sort(took);
    std::ranges::sort(cpu);
    auto at = [](std::vector<double> const& sorted, double share) {
        if (sorted.empty()) return 0.0;
        return sorted[std::min(sorted.size() - 1,
                               static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
    };
    double const n = static_cast<double>(std::max<std::size_t>(matters, 1));
    fmt::print("{} matters learned: {:.3f} ms each to read, {:.3f} ms to add: {:.0f} a second\n", matters,
               ms(reading) / n, ms(adding) / n, n * 1000 / ms(reading + adding));
    fmt::print("memory: {:.0f} MiB counted, {:.0f} MiB resident more\n",
               static_cast<double>(neighbours.bytes()) / (1 << 20), after - before);
    for (auto const& [name, sorted] : {std::pair("wall", &took), std::pair("CPU", &cpu)})
        fmt::print("{} lookups, {}: p50 {:.2f} ms, p95 {:.2f} ms, p99 {:.2f} ms, longest {:.2f} ms\n", lookups,
                   name, at(*sorted, 0.5), at(*sorted, 0.95), at(*sorted, 0.99), at(*sorted, 1));
    fmt::print("{:.1f} found each\n",
               static_cast<double>(found) / static_cast<double>(std::max<std::size_t>(lookups, 1)));
    return 0;
}

}  // namespace
}  // namespace banyan::bench

int main(int argc, char** argv) {
    using namespace banyan::bench;
    Arguments const given("alike: what is alike, and how fast it is found", kArguments, argc, argv);
    try {
        return run(given);
    } catch (std::exception const& error) {
        fmt::print(stderr, "alike: {}\n", error.what());
        return 1;
    }
}
