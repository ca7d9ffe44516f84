#include "systems/hall/words.h"

#include <algorithm>

#include "base/csv.h"
#include "platform/text/signs.h"

namespace banyan::hall {
namespace {

/// The places of signs that lie within these bytes.
Places places_of(std::vector<text::Sign> const& signs, text::Span span) {
    Places places = 0;
    for (std::size_t i = 0; i < signs.size(); ++i)
        if (signs[i].begin >= span.begin && signs[i].end <= span.end) places |= Places{1} << i;
    return places;
}

/// A meaning within a longer one (公司 in 开公司) says less than that.
void drop_inner(std::vector<Asked::Meaning>& meanings) {
    std::vector<Places> all;
    for (auto const& meaning : meanings) all.push_back(meaning.where);
    std::erase_if(meanings, [&](Asked::Meaning const& one) {
        return std::ranges::any_of(
            all, [&](Places other) { return other != one.where && (other & one.where) == one.where; });
    });
}

}  // namespace

bool counts(char32_t sign) { return text::is_han(sign) || text::is_digit(sign) || text::is_latin(sign); }

Result<Words> Words::read(Tables const& tables, std::shared_ptr<text::Reader const> reader) {
    Words words;
    BANYAN_TRY(language::Lexicon lexicon,
               language::Lexicon::read({tables.stopwords, tables.synonyms, tables.said}, std::move(reader)));
    words.lexicon_ = std::make_shared<language::Lexicon const>(std::move(lexicon));
    BANYAN_TRY(Csv const csv, Csv::parse(tables.situations));
    for (CsvRow const& row : csv.rows()) {
        Situation one{words.plain(csv.at(row, "word")), split(csv.at(row, "keys"), ";"), {}};
        one.names.push_back(one.word);
        for (std::string const& name : split(csv.at(row, "names"), ";")) one.names.push_back(words.plain(name));
        words.situations_.push_back(std::move(one));
    }
    std::ranges::stable_sort(words.situations_, std::ranges::greater{},
                             [](Situation const& one) { return one.word.size(); });
    return words;
}

std::string Words::plain(std::string_view name) const {
    std::string const normal = reader().normalised(name);
    std::string out;
    for (text::Sign const& sign : text::signs_of(normal))
        if (counts(sign.code)) text::append(out, sign.code);
    return out;
}

Words::Situation const* Words::situation_at(std::string_view text) const {
    for (Situation const& one : situations_)
        if (text.starts_with(one.word)) return &one;
    return nullptr;
}

void Words::put_subject(Asked& asked, std::vector<text::Sign> const& signs) const {
    std::string held_back;  // weak signs, until one follows that is not
    for (std::size_t i = 0; i < signs.size(); ++i) {
        if ((asked.subject >> i & 1U) == 0) continue;
        std::string sign;
        text::append(sign, signs[i].code);
        asked.subject_text += sign;
        if (lexicon_->weak(sign)) {
            asked.weak |= Places{1} << i;
            if (!asked.core.empty()) held_back += sign;
        } else {
            asked.core += held_back + sign;
            held_back.clear();
        }
    }
}

Asked Words::understand(std::string_view question) const {
    language::Lexicon::Said const said = lexicon_->read(question);
    std::vector<text::Sign> signs = text::signs_of(said.whole);
    if (signs.size() > kMostSigns) signs.resize(kMostSigns);
    Asked asked;
    asked.letters = true;
    Places counted = 0;
    for (std::size_t i = 0; i < signs.size(); ++i) {
        bool const counts_here = counts(signs[i].code);
        asked.signs += counts_here ? signs[i].code : U' ';
        if (!counts_here) continue;
        counted |= Places{1} << i;
        text::append(asked.text, signs[i].code);
        if (text::is_han(signs[i].code)) asked.letters = false;
    }
    if (asked.letters) return asked;

    asked.subject = counted;
    for (text::Span const span : said.empty) asked.subject &= ~places_of(signs, span);
    for (std::size_t i = 0; i < signs.size();) {
        Situation const* wish = situation_at(std::string_view(said.whole).substr(signs[i].begin));
        if (wish == nullptr) {
            ++i;
            continue;
        }
        Places const where =
            places_of(signs, {signs[i].begin, static_cast<std::uint32_t>(signs[i].begin + wish->word.size())});
        asked.wishes.push_back({where, wish->keys, wish->names});
        asked.subject &= ~where;
        i += std::max<std::size_t>(1, count_characters(wish->word));
    }
    // Nothing but words that say nothing of a subject: here they are what is looked for.
    if (asked.subject == 0) asked.subject = counted;
    for (auto const& [span, official] : said.meanings)
        if (Places const where = places_of(signs, span) & asked.subject)
            asked.meanings.push_back({where, official});
    drop_inner(asked.meanings);
    put_subject(asked, signs);
    return asked;
}

}  // namespace banyan::hall
