#include "channels/open311/services.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/csv.h"
#include "base/text.h"

namespace banyan::open311 {
namespace {

constexpr std::array<std::string_view, 6> kDatatypes{"string", "number",          "datetime",
                                                     "text",   "singlevaluelist", "multivaluelist"};

bool is_list(Datatype datatype) {
    return datatype == Datatype::singlevaluelist || datatype == Datatype::multivaluelist;
}

/// "one=一盏|One;several=连续几盏|Several in a row"
bool read_choices(std::string_view text, std::vector<Attribute::Choice>& choices) {
    for (std::string const& each : split(text, ";")) {
        std::size_t const equals = each.find('='), bar = each.find('|');
        if (equals == std::string::npos || equals == 0 || bar == std::string::npos || bar < equals) return false;
        choices.push_back(
            {each.substr(0, equals), {each.substr(equals + 1, bar - equals - 1), each.substr(bar + 1)}});
    }
    return true;
}

Result<Attribute> read_attribute(Csv const& table, CsvRow const& row) {
    auto cell = [&](std::string_view column) { return std::string(table.at(row, column)); };
    auto fault = [&](std::string const& column) {
        return refuse("georeport.attributes", column, {{"line", std::to_string(row.line)}});
    };
    Attribute made;
    made.code = cell("code");
    if (made.code.empty() || made.code.find_first_of("[]&=") != std::string::npos) return fault("code");
    auto const datatype = std::ranges::find(kDatatypes, cell("datatype"));
    if (datatype == kDatatypes.end()) return fault("datatype");
    made.datatype = static_cast<Datatype>(datatype - kDatatypes.begin());
    made.variable = cell("variable") != "false";
    made.required = cell("required") == "true";
    made.field = cell("field");
    made.description = {cell("zh"), cell("en")};
    made.hint = {cell("hint_zh"), cell("hint_en")};
    if (made.description.zh.empty()) return fault("zh");
    if (!read_choices(cell("values"), made.choices) || is_list(made.datatype) == made.choices.empty())
        return fault("values");
    return made;
}

struct Row {
    std::string of;  ///< class; empty: every service
    Attribute attribute;
};

Result<std::vector<Row>> read_attributes(std::string_view csv) {
    BANYAN_TRY(Csv const table, Csv::parse(csv));
    std::vector<Row> rows;
    for (CsvRow const& row : table.rows()) {
        BANYAN_TRY(Attribute attribute, read_attribute(table, row));
        rows.push_back({std::string(table.at(row, "class")), std::move(attribute)});
    }
    return rows;
}

/// Its own first, then those of what is above it, then everybody's. A code once: the nearest.
void give_attributes(Service& service, std::string const& parent, std::vector<Row> const& rows) {
    for (std::string const& of : {service.code, parent, std::string()})
        for (Row const& row : rows)
            if (row.of == of && std::ranges::find(service.attributes, row.attribute.code, &Attribute::code) ==
                                    service.attributes.end())
                service.attributes.push_back(row.attribute);
}

}  // namespace

std::string_view name(Datatype datatype) { return kDatatypes[static_cast<std::size_t>(datatype)]; }

Result<Services> Services::read(std::string_view classes, std::string_view attributes) {
    BANYAN_TRY(Csv const table, Csv::parse(classes));
    BANYAN_TRY(std::vector<Row> const rows, read_attributes(attributes));
    std::map<std::string, Names, std::less<>> names;
    std::set<std::string, std::less<>> parents;
    for (CsvRow const& row : table.rows()) {
        names[std::string(table.at(row, "code"))] = {std::string(table.at(row, "zh")),
                                                     std::string(table.at(row, "en"))};
        parents.emplace(table.at(row, "parent"));
    }
    Services services;
    for (CsvRow const& row : table.rows()) {
        std::string const code(table.at(row, "code")), parent(table.at(row, "parent"));
        if (parents.contains(code)) continue;
        Service service{code, names[code], parent.empty() ? names[code] : names[parent], {}};
        give_attributes(service, parent, rows);
        services.by_code_[code] = services.services_.size();
        services.services_.push_back(std::move(service));
    }
    return services;
}

Service const* Services::find(std::string_view code) const {
    auto const found = by_code_.find(code);
    return found == by_code_.end() ? nullptr : &services_[found->second];
}

}  // namespace banyan::open311
