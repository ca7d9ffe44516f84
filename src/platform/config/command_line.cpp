#include "platform/config/command_line.h"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <fstream>

#include "base/text.h"
#include "platform/config/toml.h"

namespace banyan {
namespace {

std::string environment_name(std::string const& option) {
    std::string name = "BANYAN_";
    for (char c : option) name += c == '-' ? '_' : static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    return name;
}

}  // namespace

std::vector<std::string> values_of(Given const& given, std::string_view option) {
    auto const found = given.find(option);
    return found == given.end() ? std::vector<std::string>{} : split(found->second, "\n");
}

int run_command_line(std::string const& program, std::string const& about, std::vector<Verb> const& verbs,
                     int argc, char const* const* argv) {
    CLI::App app(about, program);
    app.require_subcommand(1);
    app.set_version_flag("--version", BANYAN_VERSION);
    app.get_formatter()->column_width(34);
    std::map<std::string, CLI::App*> parents;
    std::vector<std::pair<CLI::App*, std::shared_ptr<Given>>> made;
    std::vector<std::shared_ptr<std::map<std::string, bool>>> flags;
    for (Verb const& verb : verbs) {
        CLI::App* parent = &app;
        std::string last = verb.name;
        if (std::size_t space = verb.name.find(' '); space != std::string::npos) {
            std::string first = verb.name.substr(0, space);
            last = verb.name.substr(space + 1);
            if (!parents.contains(first)) {
                parents[first] = app.add_subcommand(first, "");
                parents[first]->require_subcommand(1);
            }
            parent = parents[first];
            parent->description(parent->get_description() + (parent->get_description().empty() ? "" : "; ") +
                                last + ": " + verb.about);
        }
        CLI::App* sub = parent->add_subcommand(last, verb.about);
        auto given = std::make_shared<Given>();
        auto set = flags.emplace_back(std::make_shared<std::map<std::string, bool>>());
        for (Option const& option : verb.options) {
            bool positional = option.name.starts_with('<');
            std::string name = positional ? option.name.substr(1, option.name.size() - 2) : option.name;
            if (option.flag) {
                sub->add_flag("--" + name, (*set)[name], option.about);
                continue;
            }
            std::string about_it = option.about + (option.otherwise.empty() ? "" : " [" + option.otherwise + "]");
            CLI::Option* added = sub->add_option(positional ? name : "--" + name, (*given)[name], about_it);
            if (option.many) {
                added->multi_option_policy(CLI::MultiOptionPolicy::Join);  // by line ends
                if (positional) added->expected(1, CLI::detail::expected_max_vector_size)->allow_extra_args();
            }
            if (option.required) added->required();
        }
        made.emplace_back(sub, given);
    }
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error);
    }
    for (std::size_t i = 0; i < verbs.size(); ++i) {
        if (!made[i].first->parsed()) continue;
        Given given = *made[i].second;
        std::erase_if(given, [](auto const& entry) { return entry.second.empty(); });
        for (auto const& [name, set] : *flags[i])
            if (set) given[name] = "true";
        for (Option const& option : verbs[i].options)
            if (std::string name =
                    option.name.starts_with('<') ? option.name.substr(1, option.name.size() - 2) : option.name;
                !option.configurable && !given.contains(name) && !option.otherwise.empty())
                given[name] = option.otherwise;
        return verbs[i].run(given);
    }
    return 2;
}

Given with_configuration(std::vector<Option> const& options, Given given, std::string const& toml_file) {
    std::ifstream file(toml_file, std::ios::binary);
    boost::json::object lines;
    if (file) {
        std::string text((std::istreambuf_iterator<char>(file)), {});
        auto document = parse_toml(text);
        if (!document) {
            std::string what = toml_file + ": ";
            for (auto const& [name, value] : document.error().params) what += name + " " + value + " ";
            throw std::runtime_error(what);
        }
        for (auto const& line : document->root) {
            bool known = false;
            for (Option const& option : options)
                known = known || (option.configurable && option.name == line.key());
            if (!known)
                throw std::runtime_error(fmt::format("{}: line {}: unknown key {}", toml_file,
                                                     document->line_of(line.key()), std::string(line.key())));
        }
        lines = document->root;
    }
    for (Option const& option : options) {
        if (!option.configurable || given.contains(option.name)) continue;
        if (char const* value = std::getenv(environment_name(option.name).c_str());
            value != nullptr && *value != '\0') {
            given[option.name] = value;
        } else if (auto const* line = lines.if_contains(option.name)) {
            given[option.name] =
                line->is_string() ? std::string(line->as_string()) : boost::json::serialize(*line);
        } else if (!option.otherwise.empty()) {
            given[option.name] = option.otherwise;
        }
    }
    return given;
}

}  // namespace banyan
