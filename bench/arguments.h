// bench/arguments.h: --name value, --flag.
#pragma once
#include <map>
#include <string>
#include <vector>

namespace banyan::bench {

struct Argument {
    std::string name, otherwise, about;
    bool flag = false;
};

class Arguments {
  public:
    /// Prints what there is and ends the program for --help, and with status 2 for what is not known.
    Arguments(std::string const& about, std::vector<Argument> const& known, int argc, char const* const* argv);

    std::string const& text(std::string const& name) const { return values_.at(name); }
    bool given(std::string const& name) const { return !values_.at(name).empty(); }
    bool flag(std::string const& name) const { return given(name); }
    std::size_t number(std::string const& name) const;  ///< ends with status 2 for what is none

  private:
    std::map<std::string, std::string> values_;
};

}  // namespace banyan::bench
