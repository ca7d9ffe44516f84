#include "systems/hall/subjects.h"

#include <algorithm>

#include "base/csv.h"
#include "base/text.h"

namespace banyan::hall {
namespace {

/// Parts between `by`, trimmed, empty ones kept.
std::vector<std::string> parts(std::string_view text, char by) {
    std::vector<std::string> all;
    while (true) {
        std::size_t const end = text.find(by);
        all.emplace_back(trim(text.substr(0, end)));
        if (end == std::string_view::npos) return all;
        text.remove_prefix(end + 1);
    }
}
std::string part(std::vector<std::string> const& all, std::size_t n) {
    return n < all.size() ? all[n] : std::string();
}

std::optional<int> number(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::string_view const digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || digits.size() > 5 || digits.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    return std::stoi(std::string(text));
}

using Materials = std::map<std::string, Material, std::less<>>;

/// One row of subjects.csv; the first thing that cannot be read is remembered.
class Row {
  public:
    Row(Csv const& csv, CsvRow const& row) : csv_(csv), row_(row) {}

    std::string text(std::string_view column) const { return std::string(trim(csv_.at(row_, column))); }
    std::vector<std::string> texts(std::string_view column) const { return split(csv_.at(row_, column), ";"); }
    int integer(std::string_view column, int otherwise) {
        std::string const cell = text(column);
        if (cell.empty()) return otherwise;
        auto const read = number(cell);
        if (!read) wrong(column, cell);
        return read.value_or(otherwise);
    }
    bool flag(std::string_view column) {
        std::string const cell = text(column);
        if (!cell.empty() && cell != "true" && cell != "false") wrong(column, cell);
        return cell == "true";
    }
    void wrong(std::string_view column, std::string_view value) {
        if (!refusal_)
            refusal_ = {"subject.unreadable",
                        std::string(column),
                        {{"line", std::to_string(row_.line)}, {"value", std::string(value)}},
                        {}};
    }
    std::optional<Refusal> const& refusal() const { return refusal_; }

  private:
    Csv const& csv_;
    CsvRow const& row_;
    std::optional<Refusal> refusal_;
};

std::vector<Material> listed(Row& row, std::string_view column, std::vector<std::string> const& codes,
                             Materials const& known) {
    std::vector<Material> all;
    for (std::string const& code : codes) {
        auto const found = known.find(code);
        if (found == known.end())
            row.wrong(column, code);
        else if (std::ranges::find(all, code, &Material::code) == all.end())
            all.push_back(found->second);
    }
    return all;
}

void read_item_of(Subject& subject, Row& row) {
    Item& item = subject.item;
    item.catalogue = row.text("code");
    item.name = row.text("zh");
    item.name_en = row.text("en");
    auto const type = type_of(row.text("type"));
    if (!type) row.wrong("type", row.text("type"));
    item.type = type.value_or(Type::other);
    item.audience = row.texts("audience");
    item.classes = row.texts("class");
    item.scenes = row.texts("scenes");
    auto const kind = kind_of(row.text("kind"));
    if (!kind) row.wrong("kind", row.text("kind"));
    item.kind = kind.value_or(Kind::promised);
    item.legal_days = row.integer("legal_days", -1);
    item.legal_over = row.text("legal_over");
    item.promised_days = row.integer("promised_days", 0);
    for (std::string const& each : row.texts("special")) {
        auto const cells = parts(each, '=');
        item.special.push_back(
            {part(cells, 0), number(part(cells, 1)).value_or(0), part(cells, 2), part(cells, 3)});
    }
    item.star = row.integer("star", 1);
    subject.star_from = row.integer("star_from", item.star);
    subject.star_to = row.integer("star_to", item.star);
    item.in_person = row.integer("in_person", 0);
    item.delivery = row.texts("delivery");
    item.result = {row.text("result"), row.text("result_en"), row.text("result_type"), row.flag("electronic")};
    if (item.result.type.empty()) item.result.type = "none";
    item.fee.standard = row.text("fee");
    item.fee.basis = row.text("fee_basis");
    item.fee.charged = !item.fee.standard.empty();
    for (std::string const& each : row.texts("basis")) {
        auto const cells = parts(each, '=');
        item.basis.push_back({part(cells, 0), part(cells, 1)});
    }
    item.conditions = row.texts("conditions");
    item.steps = row.texts("steps");
    item.keywords = row.texts("keywords");
    item.options = row.texts("options");
    for (std::string const& option : item.options)
        if (std::ranges::find(kOptions, option) == kOptions.end()) row.wrong("options", option);
    if (std::string account = row.text("account"); !account.empty()) item.account = std::move(account);
}

void read_situations(Subject& subject, Row& row, Materials const& known) {
    std::vector<std::string> const demo = row.texts("demo");
    bool const all = std::ranges::find(demo, "all") != demo.end();
    for (std::string const& each : row.texts("situations")) {
        auto const cells = parts(each, '=');
        subject.situations.push_back({part(cells, 0), part(cells, 1), part(cells, 2), all});
    }
    if (subject.situations.empty()) subject.situations.push_back({"whole", {}, {}, all});
    for (Situation& situation : subject.situations)
        situation.demo = all || std::ranges::find(demo, situation.key) != demo.end();
    for (std::string const& each : row.texts("situation_materials")) {
        auto const cells = parts(each, '=');
        if (std::ranges::find(subject.situations, cells.front(), &Situation::key) == subject.situations.end())
            row.wrong("situation_materials", cells.front());
        std::vector<std::string> codes = parts(part(cells, 1), '+');
        std::erase(codes, "");
        subject.of_situation[cells.front()] = listed(row, "situation_materials", codes, known);
    }
}

Result<Materials> read_materials(std::string_view csv) {
    BANYAN_TRY(Csv const table, Csv::parse(csv));
    BANYAN_CHECK(table.needs({"code", "zh", "form", "shared"}, "materials"));
    Materials all;
    for (CsvRow const& row : table.rows()) {
        auto text = [&](std::string_view column) { return std::string(trim(table.at(row, column))); };
        std::string const code = text("code");
        all[code] = {code, text("zh"), text("form"), text("grade"), text("from"), text("shared") == "true",
                     1,    {},         {},           text("when"),  text("note")};
    }
    return all;
}

}  // namespace

bool Subject::at(Level level) const { return std::ranges::find(levels, level) != levels.end(); }

Result<std::vector<Subject>> read_subjects(std::string_view subjects_csv, std::string_view materials_csv) {
    BANYAN_TRY(Materials const known, read_materials(materials_csv));
    BANYAN_TRY(Csv const table, Csv::parse(subjects_csv));
    BANYAN_CHECK(table.needs(
        {"code", "zh", "type", "unit", "levels", "class", "situations", "kind", "star", "demo"}, "subjects"));
    std::vector<Subject> all;
    for (CsvRow const& each : table.rows()) {
        Row row(table, each);
        Subject subject;
        read_item_of(subject, row);
        subject.unit = row.text("unit");
        for (std::string const& level : row.texts("levels")) {
            auto const read = level_of(level);
            if (!read) row.wrong("levels", level);
            subject.levels.push_back(read.value_or(Level::city));
        }
        subject.materials = listed(row, "materials", row.texts("materials"), known);
        read_situations(subject, row, known);
        if (row.refusal()) return refuse(*row.refusal());
        all.push_back(std::move(subject));
    }
    return all;
}

Result<std::vector<Change>> read_changes(std::string_view csv) {
    BANYAN_TRY(Csv const table, Csv::parse(csv));
    BANYAN_CHECK(table.needs({"kind", "item", "basis", "day"}, "changes"));
    std::vector<Change> all;
    for (CsvRow const& row : table.rows()) {
        auto text = [&](std::string_view column) { return std::string(trim(table.at(row, column))); };
        auto const day = parse_day(text("day"));
        if (!day)
            return refuse("subject.unreadable", "day",
                          {{"line", std::to_string(row.line)}, {"value", text("day")}});
        all.push_back(
            {0, text("kind"), text("code"), text("item"), text("basis"), *day, text("note_zh"), text("note_en")});
    }
    return all;
}

}  // namespace banyan::hall
