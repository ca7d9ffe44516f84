#include "systems/figures/tables.h"

#include "base/csv.h"

namespace banyan::figures {
namespace {

using sheet::Cell;
using Row = std::vector<Cell>;

constexpr double kHundred = 100;

Cell percent_cell(std::optional<std::int64_t> hundredths) {
    if (!hundredths) return std::monostate();
    return static_cast<double>(*hundredths) / kHundred;
}

Row titles(Shown const& shown, Texts const& texts, Language language) {
    auto title = [&](std::string const& key) { return Cell(texts.sentence(key, language)); };
    Row row;
    for (char const* column : {"month", "class", "code", "unit", "score", "of", "percent", "band"})
        row.push_back(title(std::string("figures.column.") + column));
    for (Indicator const& one : shown.formulas.indicators) {
        if (one.city) continue;
        std::string const name = texts.sentence("indicator." + one.key, language);
        row.emplace_back(name);
        for (char const* part : {"numerator", "denominator"})
            row.emplace_back(
                texts.sentence(std::string("figures.column.") + part, language, {{"indicator", name}}));
    }
    return row;
}

Row begun(Shown const& shown, std::string const& group, Unit const& unit, Texts const& texts, Language language) {
    std::string const key = "unit_group." + group;
    return {shown.month.text(), texts.has(key, language) ? texts.sentence(key, language) : group, unit.code,
            language == Language::zh ? unit.zh : unit.en};
}

std::string text_of(Cell const& cell) {
    if (auto const* text = std::get_if<std::string>(&cell)) return csv_cell(*text, true);
    if (auto const* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    if (auto const* number = std::get_if<double>(&cell)) return fmt::format("{:.2f}", *number);
    return {};
}

}  // namespace

sheet::Table table_of(Shown const& shown, std::map<std::string, UnitClass> const& classes, Texts const& texts,
                      Language language) {
    sheet::Table table{shown.month.text(), {titles(shown, texts, language)}};
    for (auto const& [group, members] : classes)
        for (UnitRow const& one : members.units) {
            Row row = begun(shown, group, *one.unit, texts, language);
            row.push_back(one.score.of == 0 ? Cell() : percent_cell(one.score.points));
            row.push_back(percent_cell(one.score.of));
            row.push_back(percent_cell(one.score.percent()));
            row.emplace_back(std::string(one.band));
            for (Figure const& figure : one.figures) {
                row.push_back(percent_cell(figure.value()));
                row.emplace_back(figure.numerator);
                row.emplace_back(figure.denominator);
            }
            table.rows.push_back(std::move(row));
        }
    for (auto const& [group, members] : classes)
        for (Unit const* unit : members.apart) table.rows.push_back(begun(shown, group, *unit, texts, language));
    return table;
}

std::string csv_of(sheet::Table const& table) {
    std::string csv = "\xEF\xBB\xBF";
    for (Row const& row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) csv += ',';
            csv += text_of(row[i]);
        }
        csv += "\r\n";
    }
    return csv;
}

}  // namespace banyan::figures
