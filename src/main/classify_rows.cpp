#include "main/classify_rows.h"

#include "base/text.h"
#include "main/verbs.h"

namespace banyan {
namespace {

/// The file's name before what is wrong in it.
Refusal in_file(std::string const& file, Refusal refusal) {
    refusal.field = file + (refusal.field.empty() ? "" : ": " + refusal.field);
    return refusal;
}

}  // namespace

Result<learning::Taxonomy> read_taxonomy(std::string const& file) {
    auto table = Csv::parse(read_file(file));
    if (!table) return refuse(in_file(file, std::move(table.error())));
    auto taxonomy = learning::Taxonomy::parse(*table);
    if (!taxonomy) return refuse(in_file(file, std::move(taxonomy.error())));
    return taxonomy;
}

Result<Csv const*> LessonFiles::open(std::string const& file, bool with_label) {
    auto table = Csv::parse(read_file(file));
    if (!table) return refuse(in_file(file, std::move(table.error())));
    std::vector<std::string> wanted = columns_.text;
    if (with_label) wanted.push_back(columns_.label);
    for (std::string const& column : wanted)
        if (!table->has(column)) return refuse("learning.column_missing", file, {{"column", column}});
    return &tables_.emplace_back(std::move(*table));
}

learning::Text LessonFiles::text_of(Csv const& table, CsvRow const& row) {
    if (columns_.text.size() == 1) return {{}, table.at(row, columns_.text[0])};
    if (columns_.text.size() == 2) return {table.at(row, columns_.text[0]), table.at(row, columns_.text[1])};
    std::string body;
    for (std::size_t i = 1; i < columns_.text.size(); ++i)
        body.append(table.at(row, columns_.text[i])).append("\n");
    return {table.at(row, columns_.text[0]), joined_.emplace_back(std::move(body))};
}

Result<void> LessonFiles::add_lessons(std::string const& file, bool weak) {
    BANYAN_TRY(Csv const* const table, open(file, true));
    for (CsvRow const& row : table->rows()) {
        std::string_view const label = trim(table->at(row, columns_.label));
        std::string const line = std::to_string(row.line);
        if (label.empty()) return refuse("learning.label_missing", file, {{"line", line}});
        if (taxonomy_ && !taxonomy_->has(label))
            return refuse("learning.label_not_in_taxonomy", file, {{"line", line}, {"label", std::string(label)}});
        lessons_.push_back({text_of(*table, row), label, weak});
    }
    return {};
}

Result<void> LessonFiles::add_texts(std::string const& file) {
    BANYAN_TRY(Csv const* const table, open(file, false));
    for (CsvRow const& row : table->rows()) texts_.push_back(text_of(*table, row));
    return {};
}

}  // namespace banyan
