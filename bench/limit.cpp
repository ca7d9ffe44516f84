// limit: the bare database writing the rows of `year`, without rules, HTTP, hashes or encryption: what year can be
// measured against.
#include <fmt/core.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <chrono>
#include <cmath>

#include "arguments.h"
#include "bare.h"
#include "base/text.h"
#include "folder.h"

namespace banyan::bench {
namespace {

namespace json = boost::json;
using Steady = std::chrono::steady_clock;

constexpr std::size_t kStories = 200;

std::vector<Argument> const kArguments{
    {"matters", "20000", "so many times seven steps are measured"},
    {"batch", "100", "steps in one transaction; year reports what the server makes"},
    {"open", "36000", "matters open at any time"},
    {"db", "", "postgresql://… instead of SQLite; an empty database"},
    {"without", "", "indexes left out, by commas: what each of them costs"},
    {"unsafe", "", "accept a database with fsync off", true},
    {"json", "", "one JSON object", true},
};

double rounded(double value) { return std::round(value * 100) / 100; }

int run(Arguments const& given) {
    if (given.number("batch") == 0 || given.number("open") < given.number("batch"))
        throw std::runtime_error("--batch is 1 to --open");
    Folder model;
    std::vector<Story> patterns = stories(model.path, kStories);
    Folder folder;
    Place place{folder.path, given.text("db"), given.flag("unsafe")};
    auto store = open_store(place);
    store->migrate(migrations(banyan_embedded_table));
    std::optional<PostgresCost> postgres;
    auto session = store->open_writer();
    std::int64_t rows = 0;
    session->query("SELECT COUNT(*) FROM event", {}, [&](store::Row const& row) { rows = row.integer(0); });
    if (rows != 0) throw std::runtime_error("the database is not empty");
    session->begin_write();
    install_defaults(*session, banyan_embedded_table, wall_clock());
    for (std::string const& index : split(given.text("without"), ",")) session->execute("DROP INDEX " + index);
    session->commit();
    if (given.given("db"))
        session->query("SELECT pg_backend_pid()", {},
                       [&](store::Row const& row) { postgres.emplace(static_cast<pid_t>(row.integer(0))); });

    Bare bare(*store, std::move(patterns), given.number("open"));
    Times filling, commits;
    bare.take(given.number("open") * kSteps / 2, std::min<std::size_t>(1000, given.number("open")), filling);
    std::size_t const filed = bare.filed(), steps = given.number("matters") * kSteps;
    double const cpu_before = own_cpu_us(), written_before = written_kb(::getpid());
    auto const postgres_before = postgres ? postgres->cpu_us() : std::nullopt;
    auto const began = Steady::now();
    bare.take(steps, given.number("batch"), commits);
    double const seconds = std::chrono::duration<double>(Steady::now() - began).count();
    double const cpu = own_cpu_us() - cpu_before, written = written_kb(::getpid()) - written_before;

    auto n = static_cast<double>(steps);
    json::object report{{"engine", given.given("db") ? "postgresql" : "sqlite"},
                        {"matters", bare.filed() - filed},
                        {"steps", steps},
                        {"batch", given.number("batch")},
                        {"open", given.number("open")},
                        {"seconds", rounded(seconds)},
                        {"steps_per_second", std::round(n / seconds)},
                        {"cpu_us_per_step", rounded(cpu / n)},
                        {"written_kb_per_step", rounded(written / n)},
                        {"commits", commits.count()},
                        {"commit_p50_ms", commits.ms(50)},
                        {"commit_p99_ms", commits.ms(99)}};
    if (given.given("db"))
        report["postgres_cpu_us_per_step"] =
            postgres_before ? json::value(rounded((*postgres->cpu_us() - *postgres_before) / n)) : json::value();
    if (given.flag("json"))
        fmt::print("{}\n", json::serialize(report));
    else
        for (auto const& [name, value] : report)
            fmt::print("{:<26} {}\n", std::string_view(name), json::serialize(value));
    return 0;
}

}  // namespace
}  // namespace banyan::bench

int main(int argc, char** argv) {
    using namespace banyan::bench;
    Arguments const given("limit: the bare database writing the rows of year", kArguments, argc, argv);
    try {
        return run(given);
    } catch (std::exception const& error) {
        fmt::print(stderr, "limit: {}\n", error.what());
        return 1;
    }
}
