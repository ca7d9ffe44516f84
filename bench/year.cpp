// year: appeals through their seven steps over HTTP, against the real program in a process of its own.
//
//   year --matters 439000 --mode batch     Fuzhou's year 2017
//
// First fills the city: --open matters are filed and taken some steps on, so that every stage is populated; this
// part is reported apart. Then --matters × 7 steps are measured, each for a matter picked at random. Any answer
// but success ends the run.
#include <fmt/core.h>

#include <boost/json.hpp>
#include <cmath>
#include <filesystem>
#include <memory>

#include "arguments.h"
#include "drive.h"
#include "folder.h"

namespace banyan::bench {
namespace {

namespace json = boost::json;

constexpr std::size_t kFillSteps = 7;  ///< halves: 3.5 steps for each matter that stays open

std::vector<Argument> const kArguments{
    {"matters", "20000", "so many times seven steps are measured"},
    {"mode", "single", "single: a request for each step; batch: many in one"},
    {"connections", "", "keep-alive connections (256; batch 8)"},
    {"open", "36000", "matters open at any time"},
    {"batch", "500", "commands in one request, with --mode batch"},
    {"data", "", "folder of the city, kept; otherwise a fresh one that is removed"},
    {"db", "", "postgresql://… instead of SQLite; an empty database or one of this bench"},
    {"nodes", "1", "programs on that database, each with its part of the connections"},
    {"unsafe", "", "accept a database with fsync off", true},
    {"verify", "", "afterwards, run `banyan verify` too", true},
    {"json", "", "one JSON object", true},
};

double rounded(double value) { return std::round(value * 100) / 100; }

json::object report(Arguments const& given, Measured& all, Measured const& fill, std::int64_t events, double rss) {
    auto steps = static_cast<double>(all.steps);
    json::object report{{"mode", given.text("mode")},
                        {"engine", given.given("db") ? "postgresql" : "sqlite"},
                        {"matters", all.filed},
                        {"steps", all.steps},
                        {"open", given.number("open")},
                        {"seconds", rounded(all.seconds)},
                        {"steps_per_second", std::round(steps / all.seconds)},
                        {"server_cpu_us_per_step", rounded(all.server_cpu_us / steps)},
                        {"client_cpu_us_per_step", rounded(all.client_cpu_us / steps)},
                        {"written_kb_per_step", rounded(all.written_kb / steps)},
                        {"p50_ms", all.latencies.ms(50)},
                        {"p99_ms", all.latencies.ms(99)},
                        {"max_ms", all.latencies.ms(100)},
                        {"errors", 0},
                        {"requests", all.requests},
                        {"batches", all.batches},
                        {"commands_per_batch", rounded(steps / std::max(all.batches, 1.0))},
                        {"server_rss_mb", std::round(rss)},
                        {"events_before", events},
                        {"fill_steps", fill.steps},
                        {"fill_steps_per_second", std::round(static_cast<double>(fill.steps) / fill.seconds)}};
    if (given.given("db"))
        report["postgres_cpu_us_per_step"] =
            all.postgres_cpu_us ? json::value(rounded(*all.postgres_cpu_us / steps)) : json::value();
    return report;
}

void print(json::object const& report) {
    for (auto const& [name, value] : report)
        fmt::print("{:<26} {}\n", std::string_view(name), json::serialize(value));
}

int run(Arguments const& given) {
    if (given.text("mode") != "single" && given.text("mode") != "batch")
        throw std::runtime_error("--mode is single or batch");
    bool const many = given.text("mode") == "batch";
    Load load{
        .open = given.number("open"), .batch = many ? given.number("batch") : 0, .connections = many ? 8U : 256U};
    if (given.given("connections")) load.connections = given.number("connections");
    if (load.batch > 1000 || (many && load.batch == 0)) throw std::runtime_error("--batch is 1 to 1000");
    if (load.open < load.connections * std::max<std::size_t>(load.batch, 1))
        throw std::runtime_error("--open must be at least as many as are under way at once");

    std::size_t const nodes = given.number("nodes");
    if (nodes == 0 || (nodes > 1 && !given.given("db")))
        throw std::runtime_error("--nodes: of one database, --db");

    Folder folder(given.text("data"));
    Place place{folder.path, given.text("db"), given.flag("unsafe")};
    prepare_city(place);
    std::int64_t events = 0;
    std::optional<PostgresCost> postgres;
    auto store = open_store(place);
    auto session = store->open_reader();
    session->query("SELECT events FROM head", {}, [&](store::Row const& row) { events += row.integer(0); });
    if (given.given("db"))
        session->query("SELECT pg_backend_pid()", {},
                       [&](store::Row const& row) { postgres.emplace(static_cast<pid_t>(row.integer(0))); });
    if (!postgres) session.reset(), store.reset();  // SQLite: the file is the server's alone

    json::object figures;
    {
        std::vector<std::unique_ptr<Folder>> folders;  // the city's keys in each
        std::vector<std::unique_ptr<Server>> servers;
        for (std::size_t node = 0; node < nodes; ++node) {
            Place own = place;
            if (node > 0) {
                own.data = folders.emplace_back(std::make_unique<Folder>(""))->path;
                std::filesystem::copy(place.data + "/keys", own.data + "/keys",
                                      std::filesystem::copy_options::recursive);
            }
            servers.push_back(std::make_unique<Server>(own));
        }
        std::vector<Server*> all_servers;
        for (auto const& server : servers) all_servers.push_back(server.get());
        Server& server = *servers.front();
        Drive drive(all_servers, load, postgres ? &*postgres : nullptr);
        Measured fill = drive.take(load.open * kFillSteps / 2);
        Measured all = drive.take(given.number("matters") * kSteps);
        figures = report(given, all, fill, events, rss_mb(server.pid()));
        figures["body_characters"] = std::round(drive.work().forms().body_characters());
        for (auto const& each : servers) each->stop();
    }
    figures["nodes"] = nodes;
    if (given.flag("verify")) {
        figures["verified"] = verified(place);
        if (!figures["verified"].as_bool()) throw std::runtime_error("the record does not verify");
    }
    if (given.flag("json"))
        fmt::print("{}\n", json::serialize(figures));
    else
        print(figures);
    return 0;
}

}  // namespace
}  // namespace banyan::bench

int main(int argc, char** argv) {
    using namespace banyan::bench;
    Arguments const given("year: appeals through their seven steps over HTTP, against the real program",
                          kArguments, argc, argv);
    try {
        return run(given);
    } catch (std::exception const& error) {
        fmt::print(stderr, "year: {}\n", error.what());
        return 1;
    }
}
