// platform/config/command_line.h: the verbs of a program and their options.
//
// Each key of the configuration is a flag, an environment variable (BANYAN_LISTEN) and a line of banyan.toml; the
// flag wins over the environment, the environment over the file.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace banyan {

struct Option {
    std::string name;  ///< "listen": --listen, BANYAN_LISTEN, `listen = …`; positional when it begins with '<'
    std::string about;
    std::string otherwise;  ///< the default
    bool flag = false;      ///< takes no value
    bool required = false;
    bool configurable = false;  ///< may also come from the environment and the file
    bool many = false;          ///< may be given several times: values_of() parts them
};

/// What was given: option → value ("true" for a flag).
using Given = std::map<std::string, std::string, std::less<>>;

/// The values of an option that may be given several times.
std::vector<std::string> values_of(Given const& given, std::string_view option);

struct Verb {
    std::string name;  ///< "serve", "procedure check"
    std::string about;
    std::vector<Option> options;
    std::function<int(Given const&)> run;  ///< exit status
};

/// Reads the arguments, prints help or what is wrong, runs the verb. Returns the exit status.
int run_command_line(std::string const& program, std::string const& about, std::vector<Verb> const& verbs,
                     int argc, char const* const* argv);

/// Values of configurable options by environment, then by the text of banyan.toml; unknown keys are refused by
/// throwing std::runtime_error with the line.
Given with_configuration(std::vector<Option> const& options, Given given, std::string const& toml_file);

}  // namespace banyan
