#include "kernel/language/word_lists.h"

#include <algorithm>

#include "base/csv.h"

namespace banyan::language {

std::size_t WordSort::length_at(Characters const& text, std::size_t at) const {
    auto found = tree.longest_at(text, at);
    return found ? found->length : 0;
}

std::size_t WordSort::length_before(Characters const& text, std::size_t end) const {
    for (std::size_t length = std::min(longest, end); length > 0; --length)
        if (tree.find(text.codes(end - length, end))) return length;
    return 0;
}

Result<WordLists> WordLists::read(std::string_view csv) {
    BANYAN_TRY(Csv const table, Csv::parse(csv));
    for (char const* column : {"sort", "word"})
        if (!table.has(column)) return refuse("language.columns", "", {{"column", column}});
    WordLists lists;
    for (CsvRow const& row : table.rows()) {
        std::u32string word = folded(table.at(row, "word"));
        if (word.empty()) continue;
        WordSort& sort = lists.sorts_[std::string(table.at(row, "sort"))];
        if (sort.tree.add(word) < sort.words.size()) continue;  // there already
        sort.longest = std::max(sort.longest, word.size());
        sort.words.push_back(std::move(word));
        sort.to.emplace_back(table.at(row, "to"));
    }
    return lists;
}

WordSort const& WordLists::operator[](std::string_view sort) const {
    static WordSort const kNone;
    auto found = sorts_.find(sort);
    return found == sorts_.end() ? kNone : found->second;
}

}  // namespace banyan::language
