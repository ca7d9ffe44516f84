// Names no table holds, known by their last word: roads, estates, schools, stations.
#include <algorithm>

#include "kernel/language/places.h"

namespace banyan::language {
namespace {

constexpr std::size_t kLongestRoad = 4, kLongestEstate = 6, kLongestLane = 3;  // characters before the last word

bool is_joined(char32_t code) { return is_han(code) || is_letter(code) || is_digit(code); }

}  // namespace

std::size_t house_number_end(Characters const& text, std::size_t at) {
    std::size_t end = at;
    for (int parts = 0; parts < 3; ++parts) {
        std::size_t digits = end;
        while (digits < text.size() && digits - end < 5 && is_digit(text[digits])) ++digits;
        if (digits == end) break;
        if (text[digits] == U'-' && is_digit(text[digits + 1])) {
            end = digits + 1;
            continue;
        }
        char32_t unit = text[digits];
        if (unit != 0x53F7 && unit != 0x5F04 && unit != 0x5DF7) break;  // 号 弄 巷
        return digits + 1;
    }
    return at;
}

/// Where the name that ends with the word at `ending` begins: not before a sign, the end of a division's name, or
/// a word that never belongs to a name (在, 经过, 小区).
std::size_t Gazetteer::name_begins(Characters const& text, std::size_t ending, std::size_t most,
                                   std::vector<char> const& unit_ends) const {
    std::size_t from = ending;
    while (from > 0 && ending - from < most && is_joined(text[from - 1])) {
        if (unit_ends[from] != 0 && from < ending) break;
        if (before_.length_before(text, from) > 0) break;
        --from;
    }
    return from;
}

std::optional<Gazetteer::Named> Gazetteer::named_at(Characters const& text, std::size_t at,
                                                    std::vector<char> const& unit_ends) const {
    auto ending = ending_.tree.longest_at(text, at);
    if (!ending) return std::nullopt;
    std::string_view kind = ending_.to[ending->word];
    bool road = kind == "road", lane = kind == "lane";
    std::size_t from = name_begins(text, at,
                                   road   ? kLongestRoad
                                   : lane ? kLongestLane
                                          : kLongestEstate,
                                   unit_ends);
    std::size_t end = at + ending->length;
    if (at == from || at - from < (kind == "facility" ? 1 : 2)) return std::nullopt;
    if (lane && unit_ends[from] == 0) return std::nullopt;                            // 家里, 村里 are no places
    if (road && is_digit(text[from]) && is_digit(text[at - 1])) return std::nullopt;  // 808路 is a bus
    if (no_name_.length_at(text, from) >= end - from || never_last_.length_before(text, end) > 0)
        return std::nullopt;
    return Named{road                 ? Mention::Sort::road
                 : kind == "facility" ? Mention::Sort::facility
                                      : Mention::Sort::estate,
                 from, end, road ? house_number_end(text, end) : end};
}

std::vector<Gazetteer::Named> Gazetteer::named(Characters const& text, std::vector<Hit> const& hits) const {
    std::vector<char> unit_ends(text.size() + 1, 0);
    for (Hit const& hit : hits)
        if (hit.whole || hit.level <= 3) unit_ends[hit.to] = 1;
    std::vector<Named> found;
    for (std::size_t at = 1; at < text.size(); ++at) {
        if (!is_han(text[at])) continue;
        auto name = named_at(text, at, unit_ends);
        if (!name) continue;
        if (!found.empty() && name->from < found.back().to && found.back().sort == Mention::Sort::road &&
            ((name->sort == Mention::Sort::road && at == found.back().to) ||
             no_name_.holds(text.codes(found.back().to, name->to))))
            continue;  // 榕荫路路灯, 榕荫路菜市场: the road is the name
        // 杨桥路 within 杨桥路小学: the longer name is the place.
        while (!found.empty() && found.back().from >= name->from) found.pop_back();
        if (!found.empty() && found.back().to > name->from) name->from = found.back().to;
        if (name->to - name->from < 3) continue;
        found.push_back(*name);
        at = name->to - 1;
    }
    return found;
}

}  // namespace banyan::language
