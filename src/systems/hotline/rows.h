// systems/hotline/rows.h: one row of a file of appeals, read and checked.
#pragma once
#include <deque>
#include <future>
#include <optional>

#include "systems/hotline/hotline.h"

namespace banyan::hotline {

struct Row {
    std::string id, kind, title, body, reply;
    Instant created;
    std::optional<Instant> replied;
    json::object form;  ///< of the step `file`
};

/// Refused: what Csv::parse refuses, csv.no_column.
Result<Csv> open_appeals(std::string_view text, std::vector<std::string_view> const& columns);
/// Refused by field, as the forms of the API are.
Result<Row> read_row(Csv const& table, CsvRow const& row, std::string const& kind_otherwise);

}  // namespace banyan::hotline
