#include <fmt/core.h>

#include <charconv>

#include "main/app.h"
#include "main/verbs.h"
#include "main/web.h"

namespace banyan {
namespace {

int number_between(std::string const& setting, std::string const& text, int least, int most) {
    int number = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || number < least || number > most)
        throw std::runtime_error(fmt::format("{} = {}: takes a number from {} to {}", setting, text, least, most));
    return number;
}

bool yes_or_no(std::string const& setting, std::string const& text) {
    if (text != "true" && text != "false")
        throw std::runtime_error(fmt::format("{} = {}: takes true or false", setting, text));
    return text == "true";
}

}  // namespace

ServeOptions serve_options_from(Given const& asked) {
    std::string data = asked.contains("data") ? asked.at("data") : "";
    Given given = with_configuration(serve_options(), asked, data + "/banyan.toml");
    ServeOptions options;
    options.place = {data, given.contains("db") ? given.at("db") : "",
                     given.contains("unsafe") && given.at("unsafe") == "true"};
    options.listen = given.at("listen");
    options.name = given.at("name");
    options.log_file = given.contains("log-file") ? given.at("log-file") : "";
    options.messages = given.contains("messages") ? given.at("messages") : "";
    options.open311 = given.contains("open311") ? given.at("open311") : "";
    options.tiles = Tiles::read(given.contains("tiles") ? given.at("tiles") : "").address;
    options.readers = number_between("readers", given.at("readers"), 1, 64);
    options.file_most_mb = number_between("file-most", given.at("file-most"), 1, 100);
    options.matter_files_mb = number_between("matter-files-most", given.at("matter-files-most"), 1, 10'000);
    options.access_log = yes_or_no("access-log", given.at("access-log"));
    return options;
}

std::vector<Option> const& serve_options() {
    static std::vector<Option> const kOptions{
        {.name = "data", .about = "folder of the city: database, keys, attachments", .required = true},
        {.name = "db", .about = "postgresql://… instead of SQLite in the folder", .configurable = true},
        {.name = "listen", .about = "address and port", .otherwise = "127.0.0.1:12345", .configurable = true},
        {.name = "name",
         .about = "name of the city, as pages show it",
         .otherwise = "Banyan",
         .configurable = true},
        {.name = "messages",
         .about = "http://HOST:PORT/PATH of a gateway: messages to who asked and to units are posted there; "
                  "empty: none leave",
         .configurable = true},
        {.name = "open311",
         .about =
             "jurisdiction ids for which Open311 is served, between commas, each as ID or ID=REGION; empty or "
             "off: it is not served",
         .configurable = true},
        {.name = "tiles",
         .about =
             "https://HOST/…{z}…{x}…{y}… of map tiles in WGS-84: maps show them beneath their outlines, browsers "
             "ask that host for them; empty: no tiles",
         .configurable = true},
        {.name = "readers", .about = "threads for queries", .otherwise = "2", .configurable = true},
        {.name = "file-most",
         .about = "largest file that may be sent in, MiB",
         .otherwise = "10",
         .configurable = true},
        {.name = "matter-files-most",
         .about = "all files of one matter together, MiB",
         .otherwise = "100",
         .configurable = true},
        {.name = "log-file", .about = "file for the log; empty: standard error", .configurable = true},
        {.name = "access-log",
         .about = "a line for each request: true or false",
         .otherwise = "true",
         .configurable = true},
        {.name = "unsafe",
         .about = "accept a database that may lose what was acknowledged (fsync off)",
         .flag = true,
         .configurable = true},
    };
    return kOptions;
}

Verb serve_verb() {
    return {"serve", "serve a city", serve_options(),
            [](Given const& given) { return serve(serve_options_from(given)); }};
}

Verb demo_verb() {
    std::vector<Option> options = serve_options();
    options.push_back({.name = "now",
                       .about = "`real`: the wall clock; otherwise the demo's, which starts at 2026-10-09 09:00"});
    options.push_back(
        {.name = "items", .about = "`all`: the hall's whole catalogue, 127,531 items; otherwise the city's 820"});
    return {"demo", "serve the demo city with fixed accounts", options, [](Given const& given) {
                ServeOptions serving = serve_options_from(given);
                serving.demo = true;
                serving.real_time = given.contains("now") && given.at("now") == "real";
                if (given.contains("now") && given.at("now") != "real")
                    throw std::runtime_error("--now takes only `real`");
                if (given.contains("items") && given.at("items") != "all")
                    throw std::runtime_error("--items takes only `all`");
                serving.all_items = given.contains("items");
                if (!given.contains("name")) serving.name = "\u6995\u5dde\u5e02";
                if (serving.open311.empty()) serving.open311 = "rongzhou.example";
                if (serving.log_file.empty()) serving.log_file = serving.place.data + "/banyan.log";
                return serve(serving);
            }};
}

Verb config_verb() {
    return {"config",
            "print every setting: its key, environment variable, default and meaning",
            {{.name = "data", .about = "read banyan.toml of this folder too and print what is in force"}},
            [](Given const& given) {
                std::string data = given.contains("data") ? given.at("data") : "";
                Given in_force =
                    with_configuration(serve_options(), {}, data.empty() ? "" : data + "/banyan.toml");
                fmt::print(
                    "# banyan.toml in the data folder; flags win over the environment, the environment over the "
                    "file\n");
                for (Option const& option : serve_options()) {
                    if (!option.configurable) continue;
                    std::string variable = "BANYAN_";
                    for (char c : option.name)
                        variable += c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
                    fmt::print("\n# {}\n# --{}, {}; default: {}\n{} = \"{}\"\n", option.about, option.name,
                               variable, option.otherwise.empty() ? "(empty)" : option.otherwise, option.name,
                               in_force.contains(option.name) ? in_force.at(option.name) : "");
                }
                return 0;
            }};
}

}  // namespace banyan
