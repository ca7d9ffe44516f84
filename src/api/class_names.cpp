#include "api/class_names.h"

#include "base/csv.h"

namespace banyan::api {

Catalogues::Catalogues(std::map<std::string, std::string, std::less<>> const& texts) {
    for (auto const& [name, text] : texts) put(name, text);
}

std::shared_ptr<std::string const> Catalogues::find(std::string_view name) const {
    std::lock_guard const lock(mutex_);
    auto const found = texts_.find(name);
    return found == texts_.end() ? nullptr : found->second;
}

void Catalogues::put(std::string_view name, std::string text) {
    auto made = std::make_shared<std::string const>(std::move(text));
    std::lock_guard const lock(mutex_);
    texts_.insert_or_assign(std::string(name), std::move(made));
}

std::vector<std::string> Catalogues::names() const {
    std::lock_guard const lock(mutex_);
    std::vector<std::string> all;
    for (auto const& [name, text] : texts_) all.push_back(name);
    return all;
}

std::string class_name(Catalogues const& catalogues, std::string_view code, Language language) {
    auto const classes = catalogues.find("classes");
    if (classes == nullptr) return {};
    auto const table = Csv::parse(*classes);
    if (!table) return {};
    for (CsvRow const& row : table->rows())
        if (table->at(row, "code") == code)
            return std::string(table->at(row, language == Language::zh ? "zh" : "en"));
    return {};
}

}  // namespace banyan::api
