#include "api/class_names.h"

#include "base/csv.h"

namespace banyan::api {

std::string class_name(Catalogues const& catalogues, std::string_view code, Language language) {
    auto const classes = catalogues.find("classes");
    if (classes == catalogues.end()) return {};
    auto const table = Csv::parse(classes->second);
    if (!table) return {};
    for (CsvRow const& row : table->rows())
        if (table->at(row, "code") == code)
            return std::string(table->at(row, language == Language::zh ? "zh" : "en"));
    return {};
}

}  // namespace banyan::api
