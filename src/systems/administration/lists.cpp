#include "systems/administration/lists.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/csv.h"
#include "kernel/people/dispatch_catalogue.h"

namespace banyan::administration {
namespace {

using Keyed = std::map<std::string, std::vector<std::string>>;

Keyed by_key(Csv const& table, std::initializer_list<char const*> keys) {
    Keyed all;
    for (CsvRow const& row : table.rows()) {
        std::string key;
        for (char const* column : keys) key += std::string(table.at(row, column)) + ' ';
        std::vector<std::string> cells;
        for (std::string const& column : table.columns())
            cells.push_back(column + "=" + std::string(table.at(row, column)));
        std::ranges::sort(cells);
        all[key] = std::move(cells);
    }
    return all;
}

Difference difference(std::string_view before, Csv const& now, std::initializer_list<char const*> keys) {
    auto const old_table = Csv::parse(before);  // none yet: everything is new
    Keyed const was = old_table ? by_key(*old_table, keys) : Keyed{}, is = by_key(now, keys);
    Difference made{static_cast<int>(now.rows().size()), 0, 0, 0};
    for (auto const& [key, cells] : is) {
        auto const found = was.find(key);
        if (found == was.end())
            ++made.added;
        else if (found->second != cells)
            ++made.changed;
    }
    for (auto const& [key, cells] : was) made.removed += is.contains(key) ? 0 : 1;
    return made;
}

std::unexpected<Refusal> all_of(std::vector<Refusal> faults) {
    Refusal first = std::move(faults.front());
    first.others.assign(std::make_move_iterator(faults.begin() + 1), std::make_move_iterator(faults.end()));
    return refuse(std::move(first));
}

bool is_code(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
}

class Classes {
  public:
    explicit Classes(Csv const& table) : table_(table) {
        for (CsvRow const& row : table.rows()) parents_.emplace(at(row, "code"), at(row, "parent"));
    }

    std::vector<Refusal> faults() {
        for (CsvRow const& row : table_.rows()) look(row);
        return std::move(faults_);
    }
    bool has(std::string const& code) const { return parents_.contains(code); }

  private:
    std::string at(CsvRow const& row, char const* column) const { return std::string(table_.at(row, column)); }
    void fault(CsvRow const& row, std::string key, char const* column, std::string value) {
        faults_.push_back(
            {std::move(key), column, {{"line", std::to_string(row.line)}, {"value", std::move(value)}}, {}});
    }
    void look(CsvRow const& row) {
        std::string const code = at(row, "code"), parent = at(row, "parent"), flag = at(row, "convenience");
        if (!is_code(code)) return fault(row, "classes.code", "code", code);
        if (!seen_.insert(code).second) fault(row, "classes.twice", "code", code);
        for (char const* column : {"zh", "en"})
            if (at(row, column).empty()) fault(row, "classes.name", column, code);
        if (!parent.empty() && !has(parent)) fault(row, "classes.parent", "parent", parent);
        if (flag != "0" && flag != "1") fault(row, "classes.convenience", "convenience", flag);
        if (in_circle(code)) fault(row, "classes.circle", "parent", code);
    }
    bool in_circle(std::string code) const {
        for (std::size_t steps = 0; steps <= parents_.size(); ++steps) {
            auto const found = parents_.find(code);
            if (found == parents_.end() || found->second.empty()) return false;
            code = found->second;
        }
        return true;
    }

    Csv const& table_;
    std::map<std::string, std::string> parents_;
    std::set<std::string> seen_;
    std::vector<Refusal> faults_;
};

}  // namespace

Result<Difference> check_classes(std::string_view before, std::string_view now) {
    BANYAN_TRY(Csv const table, Csv::parse(now));
    for (char const* column : {"code", "parent", "zh", "en", "convenience"})
        if (!table.has(column)) return refuse("classes.columns", column, {{"column", column}});
    Classes classes(table);
    std::vector<Refusal> faults = classes.faults();
    if (auto const was = Csv::parse(before))
        for (CsvRow const& row : was->rows())
            if (std::string const code(was->at(row, "code")); !classes.has(code))
                faults.push_back({"classes.gone", "code", {{"value", code}}, {}});
    if (!faults.empty()) return all_of(std::move(faults));
    return difference(before, table, {"code"});
}

Result<Difference> check_dispatch(std::string_view before, std::string_view now, std::string_view classes,
                                  Directory const& directory) {
    BANYAN_TRY(DispatchCatalogue const read, DispatchCatalogue::read(now, classes, directory));
    Csv const table = Csv::parse(now).value();
    std::vector<Refusal> faults;
    for (CsvRow const& row : table.rows())
        if (table.at(row, "lead").empty() && table.at(row, "unclear") != "1")
            faults.push_back({"dispatch_catalogue.lead",
                              "lead",
                              {{"line", std::to_string(row.line)}, {"value", std::string(table.at(row, "class"))}},
                              {}});
    if (!faults.empty()) return all_of(std::move(faults));
    return difference(before, table, {"class", "region"});
}

}  // namespace banyan::administration
