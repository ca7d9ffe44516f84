#include "kernel/index/passages.h"

#include <algorithm>
#include <set>

#include "platform/text/signs.h"

namespace banyan::index {
namespace {

constexpr std::size_t kSigns = 80, kSignsBefore = 16;  ///< of a passage; before its first hit
constexpr std::size_t kMostPassages = 2, kMostPlaces = 64;

bool is_word_sign(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// One text with where the pieces of the question stand in it.
class Text {
  public:
    Text(Readable const& readable, text::Reader const& reader)
        : readable_(readable), plain_(reader.plain(readable.text)) {}

    /// Words and numbers of other scripts stand alone: 12 is not in 3125.
    bool has(std::string const& piece) {
        bool const alone = is_word_sign(piece.front());
        bool found = false;
        std::size_t places = 0;
        for (std::size_t at = plain_.text.find(piece); at != std::string::npos && places < kMostPlaces;
             at = plain_.text.find(piece, at + 1)) {
            std::size_t const end = at + piece.size();
            if (alone && ((at > 0 && is_word_sign(plain_.text[at - 1])) ||
                          (end < plain_.text.size() && is_word_sign(plain_.text[end]))))
                continue;
            found = true;
            ++places;
            hits_.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end), pieces_});
        }
        if (found) ++pieces_;
        return found;
    }
    std::size_t pieces() const { return pieces_; }
    Passage passage();

  private:
    struct Place {
        std::uint32_t begin = 0, end = 0;  ///< bytes of the plain text
        std::size_t piece = 0;
    };
    std::size_t best_start(std::vector<text::Sign> const& signs) const;

    Readable const& readable_;
    text::Plain plain_;
    std::vector<Place> hits_;
    std::size_t pieces_ = 0;
};

/// The hit from which on a passage shows the most different pieces.
std::size_t Text::best_start(std::vector<text::Sign> const& signs) const {
    std::size_t best = 0, most = 0;
    for (std::size_t first = 0; first < hits_.size(); ++first) {
        auto const from = std::ranges::lower_bound(signs, hits_[first].begin, {}, &text::Sign::begin);
        std::size_t const to = static_cast<std::size_t>(from - signs.begin()) + kSigns - kSignsBefore;
        std::uint32_t const limit = to < signs.size() ? signs[to].begin : signs.back().end;
        std::set<std::size_t> shown;
        for (std::size_t i = first; i < hits_.size() && hits_[i].end <= limit; ++i) shown.insert(hits_[i].piece);
        if (shown.size() > most) {
            most = shown.size();
            best = first;
        }
    }
    return best;
}

Passage Text::passage() {
    std::ranges::sort(hits_, {}, [](Place const& hit) { return std::pair(hit.begin, hit.end); });
    std::vector<text::Sign> const signs = text::signs_of(plain_.text);
    std::size_t from = 0;
    if (signs.size() > kSigns && !hits_.empty()) {
        std::uint32_t const hit = hits_[best_start(signs)].begin;
        from =
            static_cast<std::size_t>(std::ranges::lower_bound(signs, hit, {}, &text::Sign::begin) - signs.begin());
        from -= std::min(from, kSignsBefore);
        from = std::min(from, signs.size() - kSigns);
    }
    std::size_t const to = std::min(signs.size(), from + kSigns);
    Passage passage{std::string(readable_.field), {}, from > 0, to < signs.size()};
    if (signs.empty()) return passage;
    std::uint32_t at = signs[from].begin;
    std::uint32_t const end = to < signs.size() ? signs[to].begin : static_cast<std::uint32_t>(plain_.text.size());
    auto add = [&](std::uint32_t until, bool hit) {
        if (until <= at) return;
        std::uint32_t const begin = plain_.from[at], stop = plain_.from[until];
        if (begin < stop) passage.parts.push_back({std::string(readable_.text.substr(begin, stop - begin)), hit});
        at = until;
    };
    for (std::size_t i = 0; i < hits_.size();) {
        std::uint32_t const first = hits_[i].begin;
        std::uint32_t last = hits_[i].end;  // what touches or overlaps is one hit
        for (++i; i < hits_.size() && hits_[i].begin <= last; ++i) last = std::max(last, hits_[i].end);
        if (last <= at || first >= end) continue;
        add(std::max(first, at), false);
        add(std::min(last, end), true);
    }
    add(end, false);
    return passage;
}

class Matching {
  public:
    Matching(std::vector<Readable> const& texts, text::Reader const& reader) {
        texts_.reserve(texts.size());
        for (Readable const& text : texts) texts_.emplace_back(text, reader);
    }

    bool anywhere(std::string const& piece) {
        bool found = false;
        for (Text& text : texts_) found = text.has(piece) || found;
        return found;
    }
    bool all_of(Wording const& wording) {
        bool all = true;
        for (std::string const& term : wording.must) all = anywhere(term) && all;
        for (std::string const& sign : wording.one) all = anywhere(sign) && all;
        if (all)
            for (std::string const& term : wording.more) anywhere(term);
        return all;
    }
    bool any_wording(Word const& word, std::vector<Name const*>& instead) {
        for (Wording const& wording : word.wordings)
            if (all_of(wording)) {
                if (wording.instead != nullptr) instead.push_back(wording.instead);
                return true;
            }
        return false;
    }
    std::vector<Passage> passages() {
        std::vector<Text*> best;
        for (Text& text : texts_)
            if (text.pieces() > 0) best.push_back(&text);
        std::ranges::stable_sort(best, std::greater<>{}, [](Text const* text) { return text->pieces(); });
        std::vector<Passage> passages;
        for (Text* text : best) {
            if (passages.size() == kMostPassages) break;
            passages.push_back(text->passage());
        }
        return passages;
    }

  private:
    std::vector<Text> texts_;
};

bool words_are_there(Plan const& plan, Matching& matching, Matched& matched) {
    if (!plan.loosely) {
        return std::ranges::all_of(plan.words,
                                   [&](Word const& word) { return matching.any_wording(word, matched.instead); });
    }
    std::size_t there = 0;
    for (std::string const& term : plan.terms())
        if (matching.anywhere(term)) ++there;
    return there >= plan.needed();
}

}  // namespace

std::vector<Readable> readable_in(std::vector<Said> const& said, std::string_view letters) {
    std::vector<Readable> texts;
    for (Said const& each : said)
        if (letters.contains(each.letter) && std::ranges::find(texts, each.text, &Readable::text) == texts.end())
            texts.push_back({each.field, each.text});
    return texts;
}

std::optional<Matched> match(Plan const& plan, std::vector<Readable> const& texts, text::Reader const& reader) {
    Matched matched;
    if (plan.words.empty() && plan.phrases.empty()) return matched;
    Matching matching(texts, reader);
    if (!words_are_there(plan, matching, matched)) return std::nullopt;
    for (Wording const& phrase : plan.phrases)
        if (!matching.anywhere(phrase.text)) return std::nullopt;
    matched.passages = matching.passages();
    return matched;
}

}  // namespace banyan::index
