// systems/calls/practice.h: the demo city has no telephone, so a seat lets one ring: the same reports a telephone
// makes, in its name. Never in a city of its own: its routes are added to the demo only.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace banyan::calls {

/// A caller of the demo: data/demo/practice_calls.csv.
struct PracticeCaller {
    std::string number, language, line;
};
std::vector<PracticeCaller> read_practice(std::string_view csv);

}  // namespace banyan::calls
