#include "kernel/language/places.h"

#include <algorithm>
#include <set>

namespace banyan::language {
namespace {

bool lies_below(std::string_view code, std::string_view above) {
    return code.size() > above.size() && code.starts_with(above);
}

constexpr std::size_t kNear = 1;  // characters between 建新镇 and 透浦村: none, or one sign

}  // namespace

/// Villages at `at`: with their last word; without it only after a division above them, or when the name is long.
void Gazetteer::village_at(Characters const& text, std::size_t at, Hit const* before,
                           std::optional<Hit>& best) const {
    villages_.each_at(text, at, [&](WordTree::Found const& found) {
        std::size_t end = at + found.length, tail = last_village_.length_at(text, end);
        bool whole = tail > 0;
        std::vector<std::uint32_t> below;
        if (before != nullptr && before->to + kNear >= at)
            for (std::uint32_t village : villagers_[found.word])
                if (std::ranges::any_of(before->units, [&](std::uint32_t above) {
                        return lies_below(units_[village].code, units_[above].code);
                    }))
                    below.push_back(village);
        bool follows = !below.empty();
        bool ordinary = ordinary_.holds(text.codes(at, end));
        if (!whole && !(follows && before->level >= 3) && (found.length < 3 || ordinary)) return;
        Hit hit{at, end + tail, follows ? below : villagers_[found.word], 5, whole, ordinary, follows};
        if (!best || hit.to > best->to) best = std::move(hit);
    });
}

std::optional<Gazetteer::Hit> Gazetteer::hit_at(Characters const& text, std::size_t at, Hit const* before) const {
    std::optional<Hit> best;
    names_.each_at(text, at, [&](WordTree::Found const& found) {
        Hit hit{at, at + found.length, {}, 5, false, ordinary_.holds(text.codes(at, at + found.length)), false};
        auto const& known = surfaces_[found.word];
        hit.whole = std::ranges::any_of(known, &Surface::whole);
        for (Surface const& one : known) {
            if (hit.whole && !one.whole) continue;
            hit.units.push_back(one.unit);
            hit.level = std::min(hit.level, units_[one.unit].level);
        }
        if (before != nullptr && before->to + kNear >= at)
            hit.follows = std::ranges::any_of(hit.units, [&](std::uint32_t unit) {
                return std::ranges::any_of(before->units, [&](std::uint32_t above) {
                    return lies_below(units_[unit].code, units_[above].code);
                });
            });
        // 马尾 is the area, not its town of the same name.
        auto const candidates = hit.units;
        std::erase_if(hit.units, [&](std::uint32_t unit) {
            return std::ranges::any_of(candidates, [&](std::uint32_t above) {
                return lies_below(units_[unit].code, units_[above].code);
            });
        });
        best = std::move(hit);
    });
    village_at(text, at, before, best);
    return best;
}

std::vector<Gazetteer::Hit> Gazetteer::hits(Characters const& text) const {
    std::vector<Hit> found;
    for (std::size_t at = 0; at < text.size();) {
        auto hit = is_han(text[at]) ? hit_at(text, at, found.empty() ? nullptr : &found.back()) : std::nullopt;
        if (!hit) {
            ++at;
            continue;
        }
        at = hit->to;
        found.push_back(std::move(*hit));
    }
    return found;
}

bool Gazetteer::names_a_road(Characters const& text, Hit const& hit) const {
    return !hit.whole && named_after_.begins_at(text, hit.to);
}

bool Gazetteer::in_a_name(Hit const& hit, std::vector<Named> const& names) {
    if (hit.whole) return false;
    auto after = std::ranges::upper_bound(names, hit.from, {}, &Named::from);
    return after != names.begin() && hit.to < std::prev(after)->to;
}

std::vector<Mention> Gazetteer::find(std::string_view text) const {
    Characters characters(text);
    auto units = hits(characters);
    auto names = named(characters, units);
    std::vector<Mention> mentions;
    auto mention = [&](std::size_t from, std::size_t to) -> Mention& {
        std::size_t offset = characters.offset(from);
        mentions.push_back({Mention::Sort::unit,
                            {},
                            std::string(characters.original(from, to)),
                            offset,
                            characters.offset(to) - offset,
                            0,
                            true,
                            {}});
        return mentions.back();
    };
    for (Hit const& hit : units) {
        if ((hit.ordinary && !hit.whole && !hit.follows) || in_a_name(hit, names)) continue;
        Mention& one = mention(hit.from, hit.to);
        one.level = hit.level;
        one.whole = hit.whole;
        for (std::uint32_t unit : hit.units) one.codes.push_back(units_[unit].code);
    }
    for (Named const& name : names) {
        Mention& one = mention(name.from, name.to);
        one.sort = name.sort;
        one.number = characters.original(name.to, name.number_to);
    }
    std::ranges::stable_sort(mentions, {}, &Mention::offset);
    return mentions;
}

/// 江洋村委会 and 江洋村 are one place.
std::u32string Gazetteer::key_of(Mention const& mention) const {
    std::u32string key = folded(mention.name);
    if (mention.sort != Mention::Sort::unit) return key;
    for (std::size_t length = std::min(committee_.longest, key.size()); length > 0; --length) {
        auto word = committee_.tree.find(std::u32string_view(key).substr(key.size() - length));
        if (word) return key.substr(0, key.size() - length) + folded(committee_.to[*word]);
    }
    return key;
}

std::vector<std::string> Gazetteer::place_keys(std::string_view text) const {
    std::vector<std::u32string> keys;
    std::set<std::u32string, std::less<>> known;
    for (Mention const& one : find(text)) {
        if (one.sort == Mention::Sort::unit && (one.level != 5 || !one.whole)) continue;
        std::u32string key = key_of(one);
        if (known.insert(key).second) keys.push_back(std::move(key));
    }
    std::vector<std::string> plain;
    for (std::u32string_view key : keys) {
        bool longer = false;  // 后上楚春路 beside 楚春路 is the same road with words before it
        for (std::size_t from = 1; from < key.size(); ++from) longer = longer || known.contains(key.substr(from));
        if (!longer) plain.push_back(utf8(key));
    }
    return plain;
}

}  // namespace banyan::language
