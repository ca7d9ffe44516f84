#include "systems/rulebooks/faults.h"

#include <algorithm>
#include <cstdlib>

#include "platform/config/toml.h"

namespace banyan::rulebooks {
namespace {

using Params = std::vector<std::pair<std::string, std::string>>;

std::string param(Params const& params, std::string_view name) {
    auto const found = std::ranges::find(params, name, &Params::value_type::first);
    return found == params.end() ? std::string() : found->second;
}

json::object fault_json(std::string const& key, int line, Params const& params, Texts const& texts) {
    return {{"key", key}, {"line", line}, {"text", api::sentence_json(texts, "refusal." + key, params)}};
}

/// Where in the file what a fault names is said.
std::string place_of(Params const& params) {
    for (char const* table : {"stage", "step", "timer"})
        if (std::string name = param(params, table); !name.empty()) return std::string(table) + "." + name;
    if (std::string where = param(params, "in"); !where.empty()) return where;
    if (std::string text = param(params, "text"); text.starts_with("stage.") || text.starts_with("step."))
        return text;
    std::string const cycle = param(params, "cycle");
    return cycle.empty() ? std::string() : "step." + cycle.substr(0, cycle.find_first_of(",@"));
}

}  // namespace

json::array faults_json(Refusal const& refusal, Texts const& texts) {
    json::array all;
    auto add = [&](Refusal const& fault) {
        json::object one =
            fault_json(fault.key, std::atoi(param(fault.params, "line").c_str()), fault.params, texts);
        if (!fault.field.empty()) one["place"] = fault.field;
        all.push_back(std::move(one));
    };
    add(refusal);
    for (Refusal const& other : refusal.others) add(other);
    std::ranges::stable_sort(all, {}, [](json::value const& fault) { return fault.at("line").as_int64(); });
    return all;
}

json::object hindrance_json(Refusal const& refusal, std::string_view said, Texts const& texts) {
    auto const document = parse_toml(said);
    json::object one =
        fault_json(refusal.key, document ? document->line_of(refusal.field) : 0, refusal.params, texts);
    if (!refusal.field.empty()) one["place"] = refusal.field;
    return one;
}

json::array faults_json(Report const& report, std::string_view said, Texts const& texts) {
    auto const document = parse_toml(said);
    json::array all;
    for (Fault const& fault : report.faults) {
        std::string const place = place_of(fault.params);
        json::object one = fault_json(fault.key, document ? document->line_of(place) : 0, fault.params, texts);
        if (!place.empty()) one["place"] = place;
        if (!fault.path.empty()) one["way"] = json::array(fault.path.begin(), fault.path.end());
        if (std::string const count = param(fault.params, "count"); !count.empty()) one["count"] = count;
        all.push_back(std::move(one));
    }
    return all;
}

shape::Schema fault_shape() {
    using namespace shape;
    return named("rulebook_fault",
                 object({{"key", code("docs/procedures.md")},
                         {"line", count("of what was written; 0: of no line")},
                         {"text", object({{"zh", text()}, {"en", text()}})},
                         {"place?", text("path in the file")},
                         {"way?", list(code("a step; with @ the share it is on; wait: time passes"),
                                       "the shortest way to it")},
                         {"count?", text("which smaller count was walked instead")}}));
}

}  // namespace banyan::rulebooks
