// kernel/index/asked.h: what somebody typed into the search field, taken apart.
//
//     路灯 "三天没亮" -施工 unit:cg date:2026-10-01.. open:yes
//
// Words (Chinese needs no spaces), phrases in quotes, what is not to be there, and filters: no: tel: unit: class:
// kind: region: stage: channel: date: open: (docs/search.md). A filter given twice: one of the two.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "platform/text/text.h"

namespace banyan::index {

inline constexpr std::size_t kLongestQuestion = 200;  ///< characters

struct Filters {
    std::vector<std::string> numbers;      ///< digits: a whole receipt number or its end
    std::vector<std::string> old_numbers;  ///< as they are in the system they come from
    std::vector<std::string> phones;       ///< digits
    std::vector<std::string> units;        ///< as typed
    std::vector<std::string> classes, kinds, regions, stages, channels;
    std::optional<Day> from, to;  ///< both included
    std::optional<bool> open;
    bool any() const;
};

struct Asked {
    std::vector<std::string> words, phrases, excluded;  ///< normalised
    Filters filters;
};

/// Refused: search.empty (nothing that can be looked for), search.too_long, search.utf8, search.bad_filter,
/// search.bad_value, search.bad_date, search.bad_number, search.bad_phone, search.personal (a number of a person:
/// it is looked for with tel:).
Result<Asked> read_question(std::string_view typed, text::Reader const& reader);

}  // namespace banyan::index
