#include "kernel/people/dispatch_catalogue.h"

#include "base/csv.h"
#include "base/text.h"

namespace banyan {
namespace {

constexpr std::size_t kAreaDigits = 6;

std::string key(std::string_view class_code, std::string_view region) {
    return std::string(class_code) + " " + std::string(region);
}

std::string_view area_of(std::string_view region) {
    return region.size() < kAreaDigits ? std::string_view() : region.substr(0, kAreaDigits);
}

Refusal at_line(std::string_view what, int line, std::string_view value) {
    return {std::string(what), {}, {{"line", std::to_string(line)}, {"value", std::string(value)}}, {}};
}

/// "cg": that unit; "@cg": that of the area.
Unit const* unit_of(std::string_view word, std::string_view area, Directory const& directory) {
    if (!word.starts_with('@')) return directory.current(word);
    return area.empty() ? nullptr : directory.current(std::string(area) + "-" + std::string(word.substr(1)));
}

}  // namespace

Result<DispatchCatalogue> DispatchCatalogue::read(std::string_view catalogue, std::string_view classes,
                                                  Directory const& directory) {
    DispatchCatalogue read;
    BANYAN_TRY(Csv const tree, Csv::parse(classes));
    for (CsvRow const& row : tree.rows())
        read.parent_[std::string(tree.at(row, "code"))] = std::string(tree.at(row, "parent"));
    for (CsvRow const& row : tree.rows()) {
        std::string_view code = tree.at(row, "code");
        for (std::size_t steps = 0; !code.empty(); ++steps) {
            if (steps > read.parent_.size())
                return std::unexpected(at_line("classes.circle", row.line, tree.at(row, "code")));
            auto const parent = read.parent_.find(code);
            code = parent == read.parent_.end() ? std::string_view() : std::string_view(parent->second);
        }
    }
    BANYAN_TRY(Csv const table, Csv::parse(catalogue));
    for (char const* column : {"class", "region", "lead", "assist", "note", "unclear"})
        if (!table.has(column)) return refuse("dispatch_catalogue.columns", column, {{"field", column}});
    std::vector<Refusal> faults;
    for (CsvRow const& row : table.rows()) {
        Row said{std::string(table.at(row, "class")), std::string(table.at(row, "region")),
                 std::string(table.at(row, "lead")),  split(table.at(row, "assist"), ";"),
                 std::string(table.at(row, "note")),  table.at(row, "unclear") == "1"};
        if (!read.parent_.contains(said.class_code))
            faults.push_back(at_line("dispatch_catalogue.class", row.line, said.class_code));
        std::vector<std::string> units = said.assist;
        if (!said.lead.empty()) units.push_back(said.lead);
        for (std::string const& unit : units)
            if (!unit.starts_with('@') && directory.unit(unit) == nullptr)
                faults.push_back(at_line("dispatch_catalogue.unit", row.line, unit));
        std::string const where = key(said.class_code, said.region);
        if (!read.rows_.emplace(where, std::move(said)).second)
            faults.push_back(at_line("dispatch_catalogue.twice", row.line, where));
    }
    if (faults.empty()) return read;
    Refusal first = std::move(faults.front());
    first.others.assign(std::make_move_iterator(faults.begin() + 1), std::make_move_iterator(faults.end()));
    return refuse(std::move(first));
}

DispatchCatalogue::Row const* DispatchCatalogue::row(std::string_view class_code, std::string_view area) const {
    auto found = area.empty() ? rows_.end() : rows_.find(key(class_code, area));
    if (found == rows_.end()) found = rows_.find(key(class_code, ""));
    return found == rows_.end() ? nullptr : &found->second;
}

std::string_view DispatchCatalogue::top(std::string_view class_code) const {
    auto at = parent_.find(class_code);
    if (at == parent_.end()) return {};
    while (!at->second.empty()) {
        auto const above = parent_.find(at->second);
        if (above == parent_.end()) break;
        at = above;
    }
    return at->first;
}

DispatchCatalogue::Proposal DispatchCatalogue::find(std::string_view class_code, std::string_view region,
                                                    Directory const& directory) const {
    std::string_view const area = area_of(region);
    Proposal proposal;
    proposal.row = row(class_code, area);
    if (proposal.row == nullptr && !top(class_code).empty()) proposal.row = row(top(class_code), area);
    if (proposal.row == nullptr) return proposal;
    using Why = Proposal::Why;
    if (proposal.row->unclear || proposal.row->lead.empty()) {
        proposal.why = Why::unclear;
        return proposal;
    }
    proposal.lead = unit_of(proposal.row->lead, area, directory);
    bool const of_area = proposal.row->lead.starts_with('@');
    proposal.why = proposal.lead != nullptr ? Why::row : of_area && area.empty() ? Why::needs_area : Why::no_unit;
    if (proposal.lead == nullptr) return proposal;
    for (std::string const& word : proposal.row->assist)
        if (Unit const* unit = unit_of(word, area, directory)) proposal.assist.push_back(unit);
    return proposal;
}

}  // namespace banyan
