#include "systems/hall/titles.h"

#include <algorithm>

#include "base/text.h"
#include "platform/text/signs.h"

namespace banyan::hall {
namespace {

std::u32string wide(std::string_view utf8) {
    std::u32string out;
    for (text::Sign const& sign : text::signs_of(utf8)) out += sign.code;
    return out;
}

/// Words of letters and digits.
std::vector<std::string> english_words(std::string_view normal) {
    std::vector<std::string> words(1);
    for (char const c : normal) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

}  // namespace

Titles::Titles(std::vector<Title> titles, Words const& words) : titles_(std::move(titles)) {
    plain_.reserve(titles_.size());
    for (Number number = 0; number < titles_.size(); ++number) {
        Title const& title = titles_[number];
        Plain plain{words.plain(title.name), {}, words.plain(title.situation_name), {}, 0};
        plain.whole = plain.name + plain.situation;
        plain.length = static_cast<std::uint32_t>(count_characters(plain.name));
        post(number, wide(plain.name), in_name);
        post(number, wide(plain.situation), in_situation);
        letters_.add(number, Letters::What::name, plain.name, words.reader());
        for (std::string const& keyword : title.keywords) {
            std::string const& added = plain.keywords.emplace_back(words.plain(keyword));
            post(number, wide(added), in_keyword);
            letters_.add(number, Letters::What::keyword, added, words.reader());
        }
        plain_.push_back(std::move(plain));
        for (std::string& word : english_words(words.reader().normalised(title.name_en)))
            english_.emplace_back(std::move(word), number);
    }
    std::ranges::sort(english_);
    english_.erase(std::ranges::unique(english_).begin(), english_.end());
}

void Titles::post(Number title, std::u32string const& signs, Place where) {
    auto put = [&](Pair pair) {
        std::vector<Posting>& postings = pairs_[pair];
        if (postings.empty() || postings.back().title != title) postings.push_back({title, 0});
        postings.back().where |= where;
    };
    for (std::size_t i = 0; i < signs.size(); ++i) {
        put(Pair{signs[i]} << 32U);
        if (i + 1 < signs.size()) put(Pair{signs[i]} << 32U | signs[i + 1]);
    }
}

std::vector<Titles::Posting> const* Titles::postings(Pair pair) const {
    auto const found = pairs_.find(pair);
    return found == pairs_.end() ? nullptr : &found->second;
}

std::vector<Titles::Scored> Titles::by_letters(Asked const& asked) const {
    std::unordered_map<Number, std::uint32_t> best;
    auto take = [&](Number title, std::uint32_t score) {
        std::uint32_t& of = best[title];
        of = std::max(of, score);
    };
    for (Letters::Hit const& hit : letters_.find(asked.text)) take(hit.owner, hit.score);
    by_english(asked, best);
    // Letters within a name as they are: ETC.
    if (asked.text.size() >= 2)
        for (Number number = 0; number < plain_.size(); ++number)
            if (plain_[number].name.find(asked.text) != std::string::npos) take(number, 1000);
    std::vector<Scored> all;
    all.reserve(best.size());
    for (auto const& [title, score] : best) all.push_back({title, score});
    return all;
}

void Titles::by_english(Asked const& asked, std::unordered_map<Number, std::uint32_t>& best) const {
    constexpr std::size_t kShortest = 3;   ///< of a word that may be the beginning of another
    constexpr std::uint32_t kFound = 600;  ///< all of its words
    std::string typed;
    for (char32_t const sign : asked.signs) text::append(typed, sign);
    std::vector<std::string> const words = english_words(typed);
    std::unordered_map<Number, std::uint32_t> having;
    std::uint32_t known = 0;
    for (std::string const& word : words) {
        auto from = std::ranges::lower_bound(english_, std::pair(word, Number{0}));
        std::vector<Number> titles;
        for (; from != english_.end() && from->first.starts_with(word); ++from)
            if (word.size() >= kShortest || from->first == word) titles.push_back(from->second);
        if (titles.empty() || titles.size() > titles_.size() / 4 + 8) continue;  // says nothing here: of, the
        ++known;
        std::ranges::sort(titles);
        titles.erase(std::ranges::unique(titles).begin(), titles.end());
        for (Number const title : titles) ++having[title];
    }
    for (auto const& [title, count] : having) {
        if (2 * count <= known && known > 1) continue;
        std::uint32_t& of = best[title];
        of = std::max(of, kFound * count / known);
    }
}

}  // namespace banyan::hall
