// bench/history: what a centre's people look up all day, in a city that has years behind it.
//
//   history --matters 439000       Fuzhou's 2017, in a fresh folder
//
// Makes the past through the real kernel (past.h), starts the real program, waits until all who follow the journal
// have caught up, then asks it over HTTP as people who are signed in: one client, one question at a time, each
// about something else; kind after kind in blocks, several rounds of them, so that no kind has the machine's bad
// minutes alone. With --beside also while so many connections take steps. docs/speed.md says what came out.
#include <fmt/core.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <thread>

#include "arguments.h"
#include "asked.h"
#include "base/text.h"
#include "drive.h"
#include "folder.h"
#include "kernel/index/rebuild_index.h"
#include "past.h"
#include "platform/http/client.h"

namespace banyan::bench {
namespace {

namespace json = boost::json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kRounds = 5, kNumbers = 5'000;
constexpr std::int64_t kMattersOfADay = 1'203;  ///< Fuzhou's 439,000 in 2017

double seconds_since(Clock::time_point from) { return std::chrono::duration<double>(Clock::now() - from).count(); }
double rounded(double value) { return std::round(value * 100) / 100; }

double gigabytes_below(std::filesystem::path const& path) {
    double bytes = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(path))
        if (entry.is_regular_file()) bytes += static_cast<double>(entry.file_size());
    return bytes / 1e9;
}

struct City {
    std::int64_t matters = 0, open = 0, events = 0;
    Stock stock;
};

/// What is there, and what may be asked about. REQUIRES: no server runs.
City look_around(Place const& place, Mouth& mouth) {
    City city;
    auto const store = open_store(place);
    auto const session = store->open_reader();
    std::int64_t last = 0, first_at = 0, last_at = 0;
    session->query(
        "SELECT COUNT(*), coalesce(max(id), 0), coalesce(min(filed_at), 0), coalesce(max(filed_at), 0) FROM "
        "matter",
        {}, [&](store::Row const& row) {
            city.matters = row.integer(0);
            last = row.integer(1);
            first_at = row.integer(2);
            last_at = row.integer(3);
        });
    session->query("SELECT COUNT(*) FROM matter WHERE open = 1", {},
                   [&](store::Row const& row) { city.open = row.integer(0); });
    session->query("SELECT SUM(events) FROM head", {},
                   [&](store::Row const& row) { city.events = row.integer(0); });
    for (std::size_t i = 0; i < kNumbers && city.matters > 0; ++i)
        session->query("SELECT id FROM matter WHERE id >= $1 ORDER BY id LIMIT 1",
                       {static_cast<std::int64_t>(mouth.number(static_cast<std::size_t>(last)))},
                       [&](store::Row const& row) {
                           city.stock.numbers.push_back(receipt_number(MatterId(row.integer(0))));
                       });
    std::set<std::string> months;
    for (Instant at{first_at}; first_at > 0 && at <= Instant{last_at}; at = at + hours(24))
        months.insert(iso(kBeijing.day(at)).substr(0, 7));
    city.stock.months.assign(months.begin(), months.end());
    city.stock.classes = mouth.classes();
    return city;
}

/// Until the index is whole and nobody works any more: who follows the journal, what was due.
double wait_for_followers(Server& server, std::size_t most_s) {
    auto const began = Clock::now();
    http::Client client("127.0.0.1", server.port());
    constexpr int kStill = 6;  // seconds: some followers look every five
    constexpr double kIdle = 0.04;
    for (int still = 0; still < kStill && seconds_since(began) < static_cast<double>(most_s);) {
        double const before = cpu_us(server.pid()).value_or(0);
        std::this_thread::sleep_for(std::chrono::seconds(1));
        bool const idle = cpu_us(server.pid()).value_or(0) - before < kIdle * 1e6;
        auto const health = json::parse(client.request(http::Method::get, "/healthz").body);
        bool const whole = health.at("index").at("complete").as_bool();
        still = idle && whole ? still + 1 : 0;
    }
    return seconds_since(began);
}

struct Found {
    std::string name;
    Times took, cpu;  ///< cpu: of the server's readers, who answer
    std::size_t answered = 0, rows = 0;
};

class Asker {
  public:
    Asker(Server& server, Mouth& mouth)
        : mouth_(mouth),
          client_("127.0.0.1", server.port()),
          readers_(server.pid(), "reader"),
          tokens_(sign_in_all(server.port())) {}

    void ask(Asked const& asked, Found& result, std::size_t times) {
        std::string cursor;
        Asked::Request request;
        for (std::size_t i = 0; i < times; ++i) {
            if (cursor.empty()) request = asked.next(mouth_);
            std::string const target = request.target + (cursor.empty() ? "" : "&cursor=" + cursor);
            double const before = readers_.cpu_us();
            auto const began = Clock::now();
            http::Answer const answer = client_.request(http::Method::get, target,
                                                        {{"Authorization", "Bearer " + tokens_[request.account]}});
            result.took.add(seconds_since(began) * 1e6);
            result.cpu.add(readers_.cpu_us() - before);
            if (answer.status != 200)
                throw std::runtime_error(
                    fmt::format("{} answered with {}: {}", target, answer.status, answer.body));
            ++result.answered;
            cursor = note(answer, asked, result);
        }
    }

  private:
    /// Counts what was found; the next page's cursor, if it is gone on to.
    std::string note(http::Answer const& answer, Asked const& asked, Found& result) {
        json::value const body = json::parse(answer.body);
        for (char const* list : {"matters", "hits", "values", "classes"})
            if (json::value const* rows = body.as_object().if_contains(list); rows != nullptr && rows->is_array())
                result.rows += rows->as_array().size();
        json::value const* next = body.as_object().if_contains("next");
        bool const on = asked.pages && next != nullptr && next->is_string() && mouth_.number(3) > 0;
        return on ? std::string(next->as_string()) : std::string();
    }

    Mouth& mouth_;
    http::Client client_;
    ThreadTimes const readers_;
    std::vector<std::string> const tokens_;
};

struct Session {
    std::vector<Asked> asked;
    std::size_t times;
};

std::vector<Found> ask_all(Asker& asker, Session const& session) {
    std::vector<Found> results;
    for (Asked const& asked : session.asked) results.push_back({asked.name, {}, {}, 0, 0});
    std::size_t const rounds = std::min(kRounds, session.times);
    for (std::size_t round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < results.size(); ++i)
            asker.ask(session.asked[i], results[i], session.times / rounds);
    return results;
}

/// Steps that others take meanwhile, as fast as so many connections are answered.
class Beside {
  public:
    Beside(Server& server, std::size_t connections)
        : drive_(server, {.open = 40 * connections, .batch = 0, .connections = connections}, nullptr),
          thread_([this] {
              while (!done_) steps_ += drive_.take(200).steps;
          }) {}
    ~Beside() { stop(); }
    Beside(Beside const&) = delete;
    double stop() {
        done_ = true;
        if (thread_.joinable()) thread_.join();
        return static_cast<double>(steps_) / seconds_since(began_);
    }

  private:
    Drive drive_;
    std::atomic<bool> done_{false};
    std::size_t steps_ = 0;
    Clock::time_point const began_ = Clock::now();
    std::thread thread_;
};

json::array report(std::vector<Found>& results) {
    json::array all;
    for (Found& result : results) {
        auto const n = static_cast<double>(result.answered);
        all.push_back({{"asked", result.name},
                       {"times", result.answered},
                       {"p50_ms", result.took.ms(50)},
                       {"p99_ms", result.took.ms(99)},
                       {"max_ms", result.took.ms(100)},
                       {"cpu_p50_ms", result.cpu.ms(50)},
                       {"cpu_p99_ms", result.cpu.ms(99)},
                       {"rows", rounded(static_cast<double>(result.rows) / n)}});
    }
    return all;
}

void print(json::array const& report) {
    fmt::print("{:<26}{:>7}{:>9}{:>9}{:>9}{:>9}{:>9}{:>9}\n", "", "times", "p50 ms", "p99 ms", "max ms", "CPU p50",
               "CPU p99", "rows");
    for (json::value const& row : report)
        fmt::print("{:<26}{:>7}{:>9.2f}{:>9.2f}{:>9.2f}{:>9.2f}{:>9.2f}{:>9.1f}\n",
                   std::string_view(row.at("asked").as_string()), row.at("times").to_number<std::int64_t>(),
                   row.at("p50_ms").to_number<double>(), row.at("p99_ms").to_number<double>(),
                   row.at("max_ms").to_number<double>(), row.at("cpu_p50_ms").to_number<double>(),
                   row.at("cpu_p99_ms").to_number<double>(), row.at("rows").to_number<double>());
}

std::vector<Asked> chosen(Stock const& stock, Arguments const& given) {
    std::vector<Asked> all = all_asked(stock);
    std::vector<std::string> const parts = split(given.text("only"), ",");
    std::erase_if(all, [&](Asked const& asked) {
        auto const said = [&](std::string const& part) { return asked.name.find(part) != std::string::npos; };
        return (given.flag("no-texts") && asked.text) || (!parts.empty() && std::ranges::none_of(parts, said));
    });
    return all;
}

int run(Arguments const& given) {
    Folder const folder(given.text("data"));
    Place const place{folder.path, given.text("db"), given.flag("unsafe")};
    std::size_t const matters = given.number("matters");
    Mouth mouth(given.number("seed"), people_of(matters), given.number("characters"));
    auto say = [&](std::string const& line) { fmt::print(given.flag("json") ? stderr : stdout, "{}\n", line); };
    prepare_city(place);
    if (look_around(place, mouth).matters == 0) {
        Past const past{matters, given.number("open"),
                        std::max<std::int64_t>(31, static_cast<std::int64_t>(matters) / kMattersOfADay)};
        MadePast const made = make_past(place, past, mouth);
        say(fmt::format("{} steps of {} matters in {:.0f} s: {:.0f} a second", made.steps, matters, made.seconds,
                        static_cast<double>(made.steps) / made.seconds));
    }
    if (std::string const path = place.data + "/index"; !std::filesystem::exists(path)) {
        auto const began = Clock::now();
        Opened city(place, {});
        text::Reader const reader;
        index::RebuildFrom const from{*city.store, city.installed.procedures, reader};
        if (given.flag("no-texts")) {  // making it takes long, and no text is asked for
            index::leave_out_index(index::Folder(path), from);
        } else {
            auto const made = index::rebuild_index(index::Folder(path), from);
            say(fmt::format("index of {} matters in {:.0f} s", made.documents, seconds_since(began)));
        }
    }
    City const city = look_around(place, mouth);
    say(fmt::format("{} matters, {} of them open, {} events, {} months; {:.2f} GB", city.matters, city.open,
                    city.events, city.stock.months.size(), gigabytes_below(place.data)));

    Server server(place);
    double const waited = wait_for_followers(server, given.number("wait"));
    say(fmt::format("who follows the journal was done after {:.0f} s; {:.2f} GB, the server holds {:.0f} MB",
                    waited, gigabytes_below(place.data), rss_mb(server.pid())));
    Asker asker(server, mouth);
    Session const session{chosen(city.stock, given), given.number("times")};
    ask_all(asker,
            {session.asked, std::min<std::size_t>(session.times, 20)});  // what is read first is read slowly
    json::object figures{{"matters", city.matters}, {"open", city.open}, {"events", city.events}};
    auto results = ask_all(asker, session);
    figures["alone"] = report(results);
    if (!given.flag("json")) print(figures["alone"].as_array());
    if (given.number("beside") > 0) {
        Beside beside(server, given.number("beside"));
        results = ask_all(asker, session);
        double const steps = beside.stop();
        say(fmt::format("beside {:.0f} steps a second:", steps));
        figures["steps_per_second"] = std::round(steps);
        figures["beside"] = report(results);
        if (!given.flag("json")) print(figures["beside"].as_array());
    }
    server.stop();
    if (given.flag("json")) fmt::print("{}\n", json::serialize(figures));
    return 0;
}

}  // namespace
}  // namespace banyan::bench

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    using namespace banyan::bench;
    Arguments const given("history: what is looked up in a city that has years behind it, and how fast",
                          {{"matters", "439000", "of the past, where the folder holds none yet"},
                           {"open", "36000", "of them not over"},
                           {"characters", "330", "an appeal of the past has, on average"},
                           {"times", "1000", "so often each kind of question is asked"},
                           {"beside", "0", "then again while so many connections take steps"},
                           {"wait", "7200", "seconds, at most, until followers have caught up"},
                           {"only", "", "questions whose names have one of these in them: worklist,text"},
                           {"no-texts", "", "leave out what asks the index of texts", true},
                           {"seed", "1", "of texts and questions"},
                           {"data", "", "folder of the city, kept; otherwise a fresh one that is removed"},
                           {"db", "", "postgresql://… instead of SQLite"},
                           {"unsafe", "", "accept a database with fsync off", true},
                           {"json", "", "one JSON object", true}},
                          argc, argv);
    try {
        return run(given);
    } catch (std::exception const& error) {
        fmt::print(stderr, "history: {}\n", error.what());
        return 1;
    }
}
