#include "systems/knowledge/lexicon.h"

#include <algorithm>
#include <charconv>

#include "base/csv.h"

namespace banyan::knowledge {
namespace {

constexpr double kAppeals = 600;  ///< that chatter.csv was counted in

/// Bytes of the sign that begins here.
std::size_t sign_length(std::string_view utf8, std::size_t at) {
    std::size_t length = 1;
    while (at + length < utf8.size() && (static_cast<unsigned char>(utf8[at + length]) & 0xC0U) == 0x80U) ++length;
    return length;
}

}  // namespace

Result<Lexicon> Lexicon::read(Tables const& tables, std::shared_ptr<text::Reader const> of) {
    Lexicon lexicon;
    lexicon.reader_ = std::move(of);
    text::Reader const& reader = *lexicon.reader_;
    for (std::string const& word : split(tables.stopwords, "\n")) {
        std::string normal = reader.normalised(word);
        lexicon.longest_ = std::max(lexicon.longest_, normal.size());
        (count_characters(normal) == 1 ? lexicon.weak_signs_ : lexicon.stop_).insert(std::move(normal));
    }
    BANYAN_TRY(Csv const synonyms, Csv::parse(tables.synonyms));
    auto words_of = [&](Csv const& table, CsvRow const& row, std::string_view column) {
        std::vector<std::string> words = split(table.at(row, column), ";");
        for (std::string& word : words) word = reader.normalised(word);
        return words;
    };
    for (CsvRow const& row : synonyms.rows()) {
        std::string said = reader.normalised(synonyms.at(row, "said"));
        lexicon.longest_ = std::max(lexicon.longest_, said.size());
        for (std::string& word : words_of(synonyms, row, "official"))
            lexicon.official_[said].push_back(std::move(word));
    }
    BANYAN_TRY(Csv const asks, Csv::parse(tables.asks));
    for (CsvRow const& row : asks.rows())
        lexicon.kinds_.push_back({words_of(asks, row, "asked"), words_of(asks, row, "answered")});
    BANYAN_TRY(Csv const chatter, Csv::parse(tables.chatter));
    for (CsvRow const& row : chatter.rows()) {
        std::string_view const count = chatter.at(row, "texts");
        int n = 0;
        std::from_chars(count.data(), count.data() + count.size(), n);
        lexicon.chatter_[std::string(chatter.at(row, "pair"))] = n / kAppeals;
    }
    return lexicon;
}

bool Lexicon::answers(std::size_t kind, std::string_view text) const {
    return std::ranges::any_of(kinds_[kind].answered,
                               [&](std::string const& word) { return text.find(word) != std::string_view::npos; });
}

double Lexicon::chatter(std::string_view term) const {
    auto found = chatter_.find(term);
    return found == chatter_.end() ? 0 : found->second;
}

Lexicon::Said Lexicon::read(std::string_view question) const {
    std::string const normal = reader_->normalised(question);
    Said said;
    for (std::size_t at = 0; at < normal.size();) {
        std::size_t stop = 0;
        for (std::size_t end = at; end < normal.size() && end - at < longest_;) {
            end += sign_length(normal, end);
            std::string_view const word = std::string_view(normal).substr(at, end - at);
            if (stop_.contains(word)) stop = word.size();
            if (auto found = official_.find(word); found != official_.end())
                for (std::string const& each : found->second)
                    if (std::ranges::find(said.official, each) == said.official.end()) said.official.push_back(each);
        }
        std::size_t const length = stop > 0 ? stop : sign_length(normal, at);
        if (stop > 0)
            said.text += ' ';
        else
            said.text += std::string_view(normal).substr(at, length);
        at += length;
    }
    for (std::size_t kind = 0; kind < kinds_.size(); ++kind)
        if (std::ranges::any_of(kinds_[kind].asked, [&](std::string const& word) {
                return normal.find(word) != std::string::npos;
            }))
            said.kinds.push_back(kind);
    return said;
}

bool Lexicon::weak(std::string_view term) const {
    for (std::size_t at = 0; at < term.size();) {
        std::size_t const length = sign_length(term, at);
        if (weak_signs_.contains(term.substr(at, length))) return true;
        at += length;
    }
    return false;
}

}  // namespace banyan::knowledge
