// main/classify_rows.h: lessons and texts from CSV files, for `banyan classify`.
#pragma once
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/csv.h"
#include "kernel/learning/taxonomy.h"
#include "kernel/learning/train.h"

namespace banyan {

/// Which columns hold what.
struct Columns {
    std::vector<std::string> text;  ///< of several, the first is the title
    std::string label;
};

/// Keeps the files; the lessons are views into them.
class LessonFiles {
  public:
    explicit LessonFiles(Columns columns, std::optional<learning::Taxonomy> taxonomy = std::nullopt)
        : columns_(std::move(columns)), taxonomy_(std::move(taxonomy)) {}

    /// Refused with the file as field: csv.*, learning.column_missing, learning.label_missing and
    /// learning.label_not_in_taxonomy with the line.
    Result<void> add_lessons(std::string const& file, bool weak);
    Result<void> add_texts(std::string const& file);

    std::vector<learning::Lesson> const& lessons() const { return lessons_; }
    std::vector<learning::Text> const& texts() const { return texts_; }
    std::optional<learning::Taxonomy> const& taxonomy() const { return taxonomy_; }

  private:
    Result<Csv const*> open(std::string const& file, bool with_label);
    learning::Text text_of(Csv const& table, CsvRow const& row);

    Columns columns_;
    std::optional<learning::Taxonomy> taxonomy_;
    std::deque<Csv> tables_;
    std::deque<std::string> joined_;
    std::vector<learning::Lesson> lessons_;
    std::vector<learning::Text> texts_;
};

/// Refused: csv.* and taxonomy.* with the file as field.
Result<learning::Taxonomy> read_taxonomy(std::string const& file);

}  // namespace banyan
