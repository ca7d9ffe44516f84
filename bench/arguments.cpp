#include "arguments.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace banyan::bench {

Arguments::Arguments(std::string const& about, std::vector<Argument> const& known, int argc,
                     char const* const* argv) {
    auto help = [&](std::FILE* to) {
        fmt::print(to, "{}\n\n", about);
        for (Argument const& argument : known)
            fmt::print(to, "  --{:<12} {}{}\n", argument.name, argument.about,
                       argument.otherwise.empty() ? "" : " (" + argument.otherwise + ")");
    };
    for (Argument const& argument : known) values_[argument.name] = argument.otherwise;
    for (int i = 1; i < argc; ++i) {
        std::string name = argv[i];
        if (name == "--help") {
            help(stdout);
            std::exit(0);
        }
        auto found =
            std::ranges::find_if(known, [&](Argument const& argument) { return "--" + argument.name == name; });
        if (found == known.end() || (!found->flag && i + 1 == argc)) {
            fmt::print(stderr, "{}: {}\n\n", name, found == known.end() ? "not known" : "its value is missing");
            help(stderr);
            std::exit(2);
        }
        values_[found->name] = found->flag ? "yes" : argv[++i];
    }
}

std::size_t Arguments::number(std::string const& name) const {
    std::string const& value = text(name);
    std::size_t number = 0;
    auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size()) {
        fmt::print(stderr, "--{} {}: not a number\n", name, value);
        std::exit(2);
    }
    return number;
}

}  // namespace banyan::bench
