// bench/search: how fast the index of matters catches up, how large it is, how fast it is searched, how far it
// lags behind while the city works.
//
// Files appeals through the real engine into SQLite (texts: clauses of the demo's appeals, put together at random,
// 330 characters on average), makes the index as `banyan reindex` does, asks it as the API does (index, loading,
// access, passages), then writes on while it follows. docs/search.md says what came out.
#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "arguments.h"
#include "base/csv.h"
#include "city.h"
#include "folder.h"
#include "kernel/index/find.h"
#include "kernel/index/matter_index.h"
#include "kernel/index/rebuild_index.h"
#include "mouth.h"

namespace banyan::bench {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point from) { return std::chrono::duration<double>(Clock::now() - from).count(); }

/// Of this thread: what a question costs, however busy the machine is.
double thread_cpu_s() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double percentile(std::vector<double> values, std::size_t percent) {
    std::ranges::sort(values);
    return values[values.size() * percent / 100];
}

double peak_memory_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::uint64_t bytes_below(std::filesystem::path const& path) {
    std::uint64_t bytes = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(path))
        if (entry.is_regular_file()) bytes += entry.file_size();
    return bytes;
}

/// Appeals that are filed, accepted and dispatched, a few thousand under way at a time.
class Filing {
  public:
    Filing(Opened& city, Mouth& mouth) : city_(city), mouth_(mouth) {}
    void file(std::size_t many) {
        std::vector<MatterId> filed(many);
        each(many, [&](std::size_t i) { return command("seat", {}, "file", mouth_.appeal(), &filed[i]); });
        each(many,
             [&](std::size_t i) { return command("seat", filed[i], "accept", {{"kind", "complaint"}}, nullptr); });
        each(many, [&](std::size_t i) {
            return command("dispatcher", filed[i], "dispatch", {{"lead", unit_code(mouth_.number(kUnits))}},
                           nullptr);
        });
    }

  private:
    Request command(std::string_view role, MatterId matter, std::string step, json::object form, MatterId* into) {
        Command command;
        for (Person const& person : city_.engine->rules()->directory->people())
            if (person.role == role) command.actor = {person.id, person.role, person.unit, {}, false};
        command.matter = matter;
        if (!matter) command.procedure = "appeal";
        command.step = std::move(step);
        command.form = std::move(form);
        Request request;
        request.what = std::move(command);
        request.done = [this, into](Answer&& answer) {
            if (!answer.ok()) ++failed_;
            if (into != nullptr) *into = answer.matter;
            --under_way_;
        };
        return request;
    }
    template <class Make>
    void each(std::size_t many, Make const& make) {
        for (std::size_t i = 0; i < many; ++i) {
            while (under_way_ > 3000) std::this_thread::sleep_for(std::chrono::microseconds(200));
            ++under_way_;
            if (!city_.engine->submit(make(i))) throw std::runtime_error("the queue is full");
        }
        while (under_way_ > 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
        if (failed_ > 0) throw std::runtime_error("steps were refused");
    }

    Opened& city_;
    Mouth& mouth_;
    std::atomic<std::int64_t> under_way_{0}, failed_{0};
};

struct Question {
    std::string name, typed, role;
};

/// bench/questions.csv: what is asked, as whom.
std::vector<Question> read_questions(std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    auto const csv = Csv::parse(std::string(std::istreambuf_iterator<char>(in), {}));
    if (!csv) throw std::runtime_error(file + ": cannot be read");
    std::vector<Question> all;
    for (CsvRow const& row : csv->rows())
        all.push_back({std::string(csv->at(row, "name")), std::string(csv->at(row, "typed")),
                       std::string(csv->at(row, "role"))});
    return all;
}

Actor actor_of(Directory const& directory, std::string_view role) {
    Actor actor;
    actor.role = role;
    actor.unit = role == "unit_clerk" ? directory.unit(unit_code(0))->id : directory.city_centre();
    for (Person const& person : directory.people())
        if (person.role == role) actor.person = person.id;
    return actor;
}

struct Asking {
    std::vector<Question> questions;
    std::size_t times;
};

void ask(Opened& city, text::Reader const& reader, std::filesystem::path const& folder, Asking const& asking) {
    search::Searcher const searcher(*index::Folder(folder).current());
    index::Names const names(index::Names::units_of(*city.installed.rules->directory, reader), {});
    auto const session = city.store->open_reader();
    fmt::print("{:<20}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n", "question, ms", "p50", "p99", "CPU p50", "CPU p99",
               "hits", "about");
    for (Question const& question : asking.questions) {
        Viewer const viewer{actor_of(*city.installed.rules->directory, question.role), *city.installed.rules,
                            city.engine->moment(), nullptr};
        std::vector<double> took, cpu;
        std::size_t hits = 0;
        std::uint64_t about = 0;
        for (std::size_t i = 0; i < asking.times; ++i) {
            auto const began = Clock::now();
            double const cpu_began = thread_cpu_s();
            auto asked = index::read_question(question.typed, reader);
            session->begin_read();
            auto found = index::find({std::move(*asked), index::Order::relevance, 20, {}}, viewer,
                                     {*session, city.installed.procedures, city.keys, reader, names, searcher});
            session->commit();
            took.push_back(seconds_since(began) * 1e3);
            cpu.push_back((thread_cpu_s() - cpu_began) * 1e3);
            hits = found->matters.size();
            about = found->about;
        }
        fmt::print("{:<20}{:>9.2f}{:>9.2f}{:>9.2f}{:>9.2f}{:>9}{:>9}\n", question.name, percentile(took, 50),
                   percentile(took, 99), percentile(cpu, 50), percentile(cpu, 99), hits, about);
    }
}

/// Writes for some seconds while the indexer follows; how far it was behind, and how long it needed after that.
void write_on(Opened& city, Mouth& mouth, text::Reader const& reader, std::filesystem::path const& folder,
              std::size_t seconds) {
    index::IndexOptions options;
    options.folder = folder;
    index::MatterIndex matters(*city.store, *city.engine, reader, options);
    matters.start();
    matters.wait_until_whole(std::chrono::minutes(5));
    std::atomic<bool> done = false;
    double most_s = 0;
    std::int64_t most_events = 0;
    std::thread watcher([&] {
        while (!done) {
            index::IndexStatus const status = matters.status();
            most_s = std::max(most_s, status.lag_s);
            most_events = std::max(most_events, status.lag_events);
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    });
    Filing filing(city, mouth);
    std::size_t written = 0;
    auto const began = Clock::now();
    while (seconds_since(began) < static_cast<double>(seconds)) {
        filing.file(500);
        written += 1500;
    }
    double const took = seconds_since(began);
    auto const stopped = Clock::now();
    matters.wait_until_whole(std::chrono::minutes(30));
    double const caught_up = seconds_since(stopped);
    done = true;
    watcher.join();
    matters.stop();
    fmt::print(
        "while {:.0f} steps a second were written for {:.0f} s: at most {} events or {:.1f} s behind, and {:.1f} "
        "s "
        "afterwards everything was found\n",
        static_cast<double>(written) / took, took, most_events, most_s, caught_up);
}

int run(Arguments const& arguments) {
    Folder const made(arguments.given("data") ? arguments.text("data") : "");
    Place const place{made.path, {}, false};
    prepare_city(place);
    Opened city(place, {});
    city.engine->start();
    Mouth mouth(arguments.number("seed"), 200'000);
    std::size_t const matters = arguments.number("matters");
    std::int64_t there = 0;
    city.store->open_reader()->query("SELECT COUNT(*) FROM matter", {},
                                     [&](store::Row const& row) { there = row.integer(0); });
    if (auto const have = static_cast<std::size_t>(there); have < matters) {
        auto const began = Clock::now();
        Filing(city, mouth).file(matters - have);
        fmt::print("{} appeals filed, accepted and dispatched in {:.1f} s\n", matters - have,
                   seconds_since(began));
    }
    text::Reader const reader;
    std::filesystem::path const folder = place.data + "/index";
    if (!arguments.flag("keep")) {
        auto const began = Clock::now();
        double const cpu = thread_cpu_s();
        auto const done =
            index::rebuild_index(index::Folder(folder), {*city.store, city.installed.procedures, reader});
        double const used = thread_cpu_s() - cpu, took = seconds_since(began);
        auto const n = static_cast<double>(done.documents);
        fmt::print("index of {} matters in {:.1f} s: {:.0f} a second, {:.0f} us CPU each\n", done.documents, took,
                   n / took, used / n * 1e6);
        fmt::print("{:.0f} MB on the disk, {:.0f} bytes a matter; peak memory {:.0f} MB\n",
                   static_cast<double>(bytes_below(folder)) / 1e6, static_cast<double>(bytes_below(folder)) / n,
                   peak_memory_mb());
    }
    ask(city, reader, folder, {read_questions(arguments.text("questions")), arguments.number("times")});
    if (arguments.number("write") > 0) write_on(city, mouth, reader, folder, arguments.number("write"));
    city.engine->stop();
    return 0;
}

}  // namespace
}  // namespace banyan::bench

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    using namespace banyan::bench;
    return run(Arguments("The index of matters: how fast it is made and searched.",
                         {{"matters", "100000", "how many appeals"},
                          {"times", "200", "how often each question is asked"},
                          {"write", "10", "seconds to write on while it follows"},
                          {"seed", "1", "of the texts"},
                          {"data", "", "a folder to keep; otherwise one that is thrown away"},
                          {"questions", BANYAN_SOURCE_DIR "/bench/questions.csv", "what is asked, as whom"},
                          {"keep", "", "ask the index that is there", true}},
                         argc, argv));
}
