#include "kernel/language/lexicon.h"

#include <algorithm>

#include "base/csv.h"

namespace banyan::language {
namespace {

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
    BANYAN_CHECK(lexicon.take_synonyms(tables.synonyms));
    if (!tables.more.empty()) BANYAN_CHECK(lexicon.take_synonyms(tables.more));
    return lexicon;
}

Result<void> Lexicon::take_synonyms(std::string_view csv) {
    BANYAN_TRY(Csv const synonyms, Csv::parse(csv));
    for (CsvRow const& row : synonyms.rows()) {
        std::string said = reader_->normalised(synonyms.at(row, "said"));
        longest_ = std::max(longest_, said.size());
        std::vector<std::string> const official = split(synonyms.at(row, "official"), ";");
        if (official.empty()) stop_.insert(said);
        for (std::string const& word : official) official_[said].push_back(reader_->normalised(word));
    }
    return {};
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
            auto found = official_.find(word);
            if (found == official_.end()) continue;
            said.meanings.push_back(
                {{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, found->second});
            for (std::string const& each : found->second)
                if (std::ranges::find(said.official, each) == said.official.end()) said.official.push_back(each);
        }
        std::size_t const length = stop > 0 ? stop : sign_length(normal, at);
        if (stop > 0) {
            said.text += ' ';
            said.empty.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)});
        } else {
            said.text += std::string_view(normal).substr(at, length);
        }
        at += length;
    }
    said.whole = normal;
    return said;
}

bool Lexicon::is_sign(std::string_view term) {
    return term.size() == 3 && term[0] >= '\xE4' && term[0] <= '\xE9';  // U+4E00…U+9FFF, and little else
}

std::vector<text::Term> Lexicon::terms(std::string_view text) const {
    std::vector<text::Term> terms = reader_->terms(text);
    std::size_t const pairs = terms.size();
    for (std::size_t i = 0; i < pairs; ++i) {
        if (terms[i].text.size() != 6 || !is_sign(std::string_view(terms[i].text).substr(0, 3))) continue;
        std::string const pair = terms[i].text;
        std::uint32_t const middle = terms[i].begin + (terms[i].end - terms[i].begin) / 2;
        terms.push_back({pair.substr(0, 3), terms[i].begin, middle});
        bool const last = i + 1 >= pairs || terms[i + 1].begin >= terms[i].end;
        if (last && is_sign(std::string_view(pair).substr(3)))
            terms.push_back({pair.substr(3), middle, terms[i].end});
    }
    return terms;
}

bool Lexicon::weak(std::string_view term) const {
    for (std::size_t at = 0; at < term.size();) {
        std::size_t const length = sign_length(term, at);
        if (weak_signs_.contains(term.substr(at, length))) return true;
        at += length;
    }
    return false;
}

}  // namespace banyan::language
