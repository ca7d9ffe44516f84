#include "kernel/learning/taxonomy.h"

#include <optional>
#include <set>

#include "base/text.h"

namespace banyan::learning {
namespace {

std::vector<std::pair<std::string, std::string>> at_line(int line, std::string_view name) {
    return {{"line", std::to_string(line)}, {"name", std::string(name)}};
}

using Below = std::map<std::string, std::map<std::string, int>>;  ///< name → names below it → line

/// The line through which the name lies below itself.
std::optional<int> line_of_cycle(Below const& below, std::string const& name) {
    std::set<std::string> seen;
    std::vector<std::string> waiting{name};
    while (!waiting.empty()) {
        std::string const at = waiting.back();
        waiting.pop_back();
        auto const children = below.find(at);
        if (children == below.end()) continue;
        for (auto const& [child, line] : children->second) {
            if (child == name) return line;
            if (seen.insert(child).second) waiting.push_back(child);
        }
    }
    return std::nullopt;
}

}  // namespace

Result<Taxonomy> Taxonomy::parse(Csv const& table) {
    if (table.has("code") && table.has("parent")) return of_codes(table);
    if (table.has("level1")) return of_levels(table);
    return refuse("taxonomy.columns");
}

Result<Taxonomy> Taxonomy::of_codes(Csv const& table) {
    Taxonomy taxonomy;
    std::map<std::string, int, std::less<>> lines;
    for (CsvRow const& row : table.rows()) {
        std::string const code(trim(table.at(row, "code")));
        if (code.empty()) return refuse("taxonomy.code_missing", "code", {{"line", std::to_string(row.line)}});
        if (!lines.emplace(code, row.line).second)
            return refuse("taxonomy.code_twice", "code", at_line(row.line, code));
        taxonomy.parents_[code] = trim(table.at(row, "parent"));
    }
    if (lines.empty()) return refuse("taxonomy.empty");
    for (auto const& [code, parent] : taxonomy.parents_) {
        if (!parent.empty() && !taxonomy.has(parent))
            return refuse("taxonomy.parent_unknown", "parent", at_line(lines.find(code)->second, parent));
        std::size_t steps = 0;
        for (std::string_view at = parent; !at.empty() && taxonomy.has(at);
             at = taxonomy.parents_.find(at)->second)
            if (++steps > taxonomy.parents_.size())
                return refuse("taxonomy.cycle", "parent", at_line(lines.find(code)->second, code));
    }
    return taxonomy;
}

Result<Taxonomy> Taxonomy::of_levels(Csv const& table) {
    Taxonomy taxonomy;
    for (CsvRow const& row : table.rows())
        if (std::string_view const name = trim(table.at(row, "level1")); !name.empty())
            taxonomy.parents_.try_emplace(std::string(name), "");
    if (taxonomy.parents_.empty()) return refuse("taxonomy.empty");
    Below below;
    for (CsvRow const& row : table.rows()) {
        std::string above;
        for (int level = 1; table.has("level" + std::to_string(level)); ++level) {
            std::string const name(trim(table.at(row, "level" + std::to_string(level))));
            if (name.empty()) break;
            if (name != above && !above.empty()) below[above].try_emplace(name, row.line);
            // A name below two classes stays with the first, and one that is of level 1 too is of level 1.
            taxonomy.parents_.try_emplace(name, above);
            above = name;
        }
    }
    for (auto const& [name, children] : below)
        if (auto const line = line_of_cycle(below, name))
            return refuse("taxonomy.cycle", "level1", at_line(*line, name));
    return taxonomy;
}

std::string_view Taxonomy::top(std::string_view label) const {
    std::string_view top = label;
    for (auto at = parents_.find(label); at != parents_.end() && !at->second.empty();
         at = parents_.find(at->second))
        top = at->second;
    return top;
}

}  // namespace banyan::learning
