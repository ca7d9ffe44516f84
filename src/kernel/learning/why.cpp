// Why a class: what each gram gave is laid on the characters it covers; passages are where most of it lies.
#include <cmath>

#include "kernel/learning/model.h"

namespace banyan::learning {
namespace {

constexpr std::size_t kLongestPassage = 12;  ///< characters

struct Stretch {
    std::size_t from = 0, to = 0;  ///< characters
    double weight = 0;
};

/// Stretches of what spoke for it, parted at marks and at the seam, each at most so long: its heaviest part.
std::vector<Stretch> stretches_of(Read const& text, std::vector<double> const& given) {
    std::vector<Stretch> all;
    std::size_t const size = given.size();
    for (std::size_t at = 0; at < size;) {
        if (given[at] <= 0 || text.characters.signs[at] == kMark) {
            ++at;
            continue;
        }
        Stretch stretch{at, at, 0};
        while (stretch.to < size && given[stretch.to] > 0 && text.characters.signs[stretch.to] != kMark &&
               (stretch.to == at || stretch.to != text.title))
            stretch.weight += given[stretch.to++];
        at = stretch.to;
        while (stretch.to - stretch.from > kLongestPassage) {
            bool const front = given[stretch.from] < given[stretch.to - 1];
            stretch.weight -= front ? given[stretch.from++] : given[--stretch.to];
        }
        if (stretch.to - stretch.from >= 2) all.push_back(stretch);
    }
    return all;
}

}  // namespace

std::vector<Reason> Model::why(Text const& text, std::string_view label, std::size_t most) const {
    auto const named = std::ranges::lower_bound(about_.labels, label);
    if (named == about_.labels.end() || *named != label) return {};
    auto const k = static_cast<std::size_t>(named - about_.labels.begin());
    Read const read_text = learning::read(text, about_.reading);
    std::vector<double> given(read_text.characters.signs.size(), 0);
    for_grams(read_text, about_.reading,
              [&](std::uint64_t hash, std::size_t at, std::size_t length, std::uint32_t times) {
                  std::uint32_t const found = find(hash);
                  if (found == 0xFFFFFFFF) return;
                  std::int16_t const* const of = weights(found);
                  double others = 0;
                  for (std::size_t other = 0; other < labels().size(); ++other) others += of[other];
                  double const mean =
                      labels().size() > 1 ? (others - of[k]) / static_cast<double>(labels().size() - 1) : 0;
                  double const share = (of[k] - mean) * grams_[found].scale * grams_[found].rarity * times /
                                       static_cast<double>(length);
                  for (std::size_t i = at; i < at + length; ++i) given[i] += share;
              });
    double all = 0;
    for (double each : given) all += std::max(0.0, each);
    std::vector<Stretch> stretches = stretches_of(read_text, given);
    std::ranges::stable_sort(stretches, [](Stretch const& a, Stretch const& b) { return a.weight > b.weight; });

    std::vector<Reason> reasons;
    auto const place = [&](std::size_t sign) {
        auto const& places = read_text.characters.places;
        if (sign == read_text.title) return text.title.size();
        return sign < places.size() ? places[sign] : text.title.size() + text.body.size();
    };
    for (Stretch const& stretch : stretches) {
        if (reasons.size() == most) break;
        bool const in_title = stretch.from < read_text.title;
        std::size_t const from =
            stretch.from == read_text.title ? read_text.characters.places[stretch.from] : place(stretch.from);
        std::size_t const to = place(stretch.to);
        std::string_view const passage =
            in_title ? text.title.substr(from, to - from) : text.body.substr(from - text.title.size(), to - from);
        bool const there = std::ranges::any_of(reasons, [&](Reason const& r) { return r.passage == passage; });
        if (!there) reasons.push_back({from, to, std::string(passage), all > 0 ? stretch.weight / all : 0});
    }
    return reasons;
}

}  // namespace banyan::learning
