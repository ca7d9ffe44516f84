#include <algorithm>

#include "kernel/alike/sketch.h"
#include "platform/text/signs.h"

namespace banyan::alike {
namespace {

constexpr std::size_t kLongest = 7, kLeast = 2;  ///< signs before the ending
constexpr std::size_t kLongestWord = 4;          ///< of the lists: signs

/// Reads a run of neighbouring signs that a name may be made of.
class Run {
  public:
    Run(std::string_view plain, std::span<text::Sign const> signs, Words const& words)
        : plain_(plain), signs_(signs), words_(words) {}

    void find(std::vector<PlaceName>& into) const {
        for (std::size_t at = 1; at <= signs_.size(); ++at) {
            std::size_t const length = ending(at);
            if (length > 0 && !wide(at, length)) named(at, length, into);
            if (follows_district(at) && at < signs_.size())
                into.push_back(
                    {{signs_[at].begin, signs_[std::min(at + words_.after_signs, signs_.size()) - 1].end}, false});
        }
    }

  private:
    std::string_view between(std::size_t from, std::size_t to) const {
        return plain_.substr(signs_[from].begin, signs_[to - 1].end - signs_[from].begin);
    }
    /// The longest of `words` that ends before sign `at`; in signs.
    std::size_t longest(Words::Set const& words, std::size_t at, std::size_t from) const {
        for (std::size_t length = std::min(kLongestWord, at - from); length > 0; --length)
            if (words.contains(between(at - length, at))) return length;
        return 0;
    }
    /// Of too wide an area, or about to become so with the next sign.
    bool wide(std::size_t at, std::size_t length) const {
        return longest(words_.wide_ends, at, 0) >= length ||
               (at < signs_.size() && longest(words_.wide_ends, at + 1, 0) > length);
    }
    std::size_t ending(std::size_t at) const { return longest(words_.place_ends, at, 0); }
    bool follows_district(std::size_t at) const {
        return longest(words_.place_before, at, 0) > longest(words_.place_before_not, at, 0);
    }

    void named(std::size_t at, std::size_t ending, std::vector<PlaceName>& into) const {
        std::size_t const last = at - ending;  // the first sign of the ending
        std::size_t first = last > kLongest ? last - kLongest : 0;
        for (std::size_t cut = last; cut > first; --cut)
            if (longest(words_.place_bounds, cut, first) > 0) {
                first = cut;
                break;
            }
        if (last - first >= kLeast || (last > first && ending > 1))
            into.push_back({{signs_[first].begin, signs_[at - 1].end}, true});
    }

    std::string_view plain_;
    std::span<text::Sign const> signs_;
    Words const& words_;
};

}  // namespace

std::vector<PlaceName> place_names(std::string_view plain, Words const& words) {
    std::vector<PlaceName> names;
    std::vector<text::Sign> const signs = text::signs_of(plain);
    auto part = [](text::Sign const& sign) {
        return text::is_han(sign.code) || text::is_digit(sign.code) || text::is_latin(sign.code);
    };
    for (auto from = signs.begin(); from != signs.end();) {
        from = std::find_if(from, signs.end(), part);
        auto const to = std::find_if_not(from, signs.end(), part);
        if (from != to) Run(plain, {from, to}, words).find(names);
        from = to;
    }
    std::ranges::stable_sort(names, {}, [](PlaceName const& name) { return name.span.begin; });
    return names;
}

}  // namespace banyan::alike
