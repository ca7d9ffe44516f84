// From names to the region: each name weighs by how it is written and what stands beside it; then down from the
// city, as long as one of the divisions below is clearly ahead.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "kernel/language/places.h"

namespace banyan::language {
namespace {

// The weights are judged, not learned: what a reader would believe. docs/language.md#places has what they reach.
constexpr double kAreaWhole = 2.5, kAreaBare = 1.2, kTownWhole = 3, kTownBare = 0.7, kVillageWhole = 1.6,
                 kVillageBare = 0.5, kFollowing = 2, kRoad = 0.25, kDoubt = 0.45, kLeastShare = 0.56, kLeast = 0.5;
constexpr double kFirst = 0.5, kFirstFades = 40;  // what is said first is usually the place itself
constexpr double kNearness = 25;                  // characters
constexpr std::size_t kMost = 400;                // names that weigh; a text with more is a list

using Hit = Gazetteer::Hit;

struct Weighed {
    Hit const* hit = nullptr;
    std::vector<std::string_view> codes;  ///< inside the city
    double weight = 0;
};

double weight_of(Hit const& hit) {
    if (hit.ordinary && !hit.whole && !hit.follows) return 0;
    double weight = hit.level == 3   ? (hit.whole ? kAreaWhole : kAreaBare)
                    : hit.level == 4 ? (hit.whole ? kTownWhole : kTownBare)
                    : hit.level == 5 ? (hit.whole ? kVillageWhole : kVillageBare)
                                     : 0;
    if (hit.follows) weight = std::max(weight, hit.level == 5 ? kVillageWhole : kTownWhole / 2) * kFollowing;
    return weight * (1 + kFirst * std::exp(-static_cast<double>(hit.from) / kFirstFades));
}

/// Of several villages of one name those whose town or area the text names, the nearest mention first.
void narrow(std::vector<Weighed>& all, std::size_t which) {
    Weighed& one = all[which];
    if (one.codes.size() < 2) return;
    std::vector<double> support(one.codes.size(), 0);
    for (std::size_t other = 0; other < all.size(); ++other) {
        if (other == which || all[other].weight == 0) continue;
        double distance = std::abs(static_cast<double>(all[other].hit->from) - static_cast<double>(one.hit->from));
        for (std::string_view above : all[other].codes)
            for (std::size_t i = 0; i < one.codes.size(); ++i)
                if (one.codes[i].size() > above.size() && one.codes[i].starts_with(above))
                    support[i] = std::max(support[i], all[other].weight / (1 + distance / kNearness));
    }
    double most = *std::ranges::max_element(support);
    if (most == 0) return;
    std::vector<std::string_view> kept;
    for (std::size_t i = 0; i < support.size(); ++i)
        if (support[i] >= most / 2) kept.push_back(one.codes[i]);
    one.codes = std::move(kept);
}

std::size_t length_below(std::size_t length) { return length == 2 ? 4 : length == 4 ? 6 : length == 6 ? 9 : 12; }

struct Choice {
    std::string code;
    double share = 0, weight = 0;
};

/// The division directly below `above` for which the names speak most.
Choice ahead(std::vector<Weighed> const& all, std::string const& above) {
    std::size_t length = length_below(above.size());
    std::map<std::string, double, std::less<>> weights;
    std::map<std::string, int> said;  // the third time a name says less than the first
    double total = 0;
    for (Weighed const& one : all) {
        std::set<std::string> children;
        for (std::string_view code : one.codes)
            if (code.size() >= length && code.starts_with(above)) children.emplace(code.substr(0, length));
        std::string names;
        for (auto const& child : children) names += child;
        if (children.empty()) continue;
        double weight = one.weight / (1 << std::min(said[names]++, 10));
        total += weight;
        for (auto const& child : children) weights[child] += weight / static_cast<double>(children.size());
    }
    Choice best;
    for (auto const& [code, weight] : weights)
        if (weight > best.weight) best = {code, weight / (total + kDoubt), weight};
    return best;
}

Mention mention_of(Characters const& text, Weighed const& one) {
    Mention mention;
    for (std::string_view code : one.codes) mention.codes.emplace_back(code);
    mention.name = text.original(one.hit->from, one.hit->to);
    mention.offset = text.offset(one.hit->from);
    mention.length = mention.name.size();
    mention.level = one.hit->level;
    mention.whole = one.hit->whole;
    return mention;
}

}  // namespace

std::optional<Region> Gazetteer::region(std::string_view text, std::string_view city) const {
    Characters characters(text);
    auto const found = hits(characters);
    auto const names = named(characters, found);
    std::vector<Weighed> all;
    std::size_t elsewhere = std::string_view::npos;  // where the name of another city or of its area ended
    for (Hit const& hit : found) {
        Weighed one{&hit, {}, weight_of(hit)};
        for (std::uint32_t number : hit.units)
            if (units_[number].code.size() > city.size() && units_[number].code.starts_with(city))
                one.codes.emplace_back(units_[number].code);
        bool inside = !one.codes.empty() || std::ranges::any_of(hit.units, [&](std::uint32_t number) {
            return city.starts_with(units_[number].code);
        });
        if (!inside && hit.level <= 3 && (hit.whole || !hit.ordinary)) elsewhere = hit.to;
        if (one.codes.empty() || one.weight == 0) continue;
        if (elsewhere != std::string_view::npos && elsewhere + 1 >= hit.from) {  // 厦门市湖里区江头街道
            elsewhere = hit.to;
            continue;
        }
        if (names_a_road(characters, hit) || in_a_name(hit, names)) one.weight *= kRoad;
        all.push_back(std::move(one));
        if (all.size() == kMost) break;
    }
    for (int round = 0; round < 2; ++round)
        for (std::size_t i = 0; i < all.size(); ++i) narrow(all, i);

    Region region{std::string(city), 1, {}};
    while (region.code.size() < 12) {
        Choice best = ahead(all, region.code);
        if (best.weight < kLeast || best.share < kLeastShare) break;
        region.code = best.code;
        region.certainty = std::min(region.certainty, best.share);
    }
    if (region.code == city) return std::nullopt;
    for (Weighed const& one : all) {
        if (std::ranges::none_of(one.codes, [&](std::string_view code) {
                return code.starts_with(region.code) || region.code.starts_with(code);
            }))
            continue;
        region.mentions.push_back(mention_of(characters, one));
    }
    return region;
}

}  // namespace banyan::language
