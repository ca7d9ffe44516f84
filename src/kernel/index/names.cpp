#include "kernel/index/names.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "platform/text/signs.h"

namespace banyan::index {
namespace {

constexpr std::size_t kShortest = 3;        ///< signs: of shorter names one sign is too much to be wrong
constexpr std::size_t kLongest = 12;        ///< signs, of a name looked for inside a word
constexpr std::size_t kMostRoads = 20'000;  ///< kept; the most frequent
constexpr std::size_t kMostInstead = 4;

std::vector<char32_t> codes_of(std::string_view plain) {
    std::vector<char32_t> codes;
    for (text::Sign const& sign : text::signs_of(plain)) codes.push_back(sign.code);
    return codes;
}

/// With one sign left out, each way.
std::vector<std::string> parts_of(std::string_view plain) {
    std::vector<std::string> parts;
    for (text::Sign const& sign : text::signs_of(plain)) {
        std::string part(plain.substr(0, sign.begin));
        part += plain.substr(sign.end);
        parts.push_back(std::move(part));
    }
    return parts;
}

bool is_letters(std::string_view text) {
    return !text.empty() &&
           std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

/// How well a name answers what was typed; less is better, 0: not at all.
int fit(Name const& name, std::string_view code, std::string_view typed, bool letters) {
    if (name.plain == typed || (!code.empty() && code == typed)) return 1;
    if (letters)
        for (std::string const& initials : name.initials)
            if (initials == typed) return 2;
    if (name.plain.starts_with(typed)) return 3;
    if (letters && typed.size() >= 2)
        for (std::string const& initials : name.initials)
            if (initials.starts_with(typed)) return 4;
    return name.plain.find(typed) != std::string::npos ? 5 : 0;
}

/// Whether the beginning of the name is what was typed with one sign wrong.
bool begins_nearly(std::string_view name, std::string_view typed) {
    std::size_t const signs = count_characters(typed);
    if (signs < kShortest) return false;
    for (std::size_t length : {signs - 1, signs, signs + 1})
        if (one_sign_apart(first_characters(name, length), typed)) return true;
    return false;
}

}  // namespace

bool one_sign_apart(std::string_view one, std::string_view other) {
    std::vector<char32_t> a = codes_of(one), b = codes_of(other);
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    std::size_t same = 0;
    while (same < a.size() && a[same] == b[same]) ++same;
    if (same == b.size()) return false;
    std::size_t const skip = a.size() == b.size() ? 1 : 0;
    return std::equal(a.begin() + static_cast<std::ptrdiff_t>(same + skip), a.end(),
                      b.begin() + static_cast<std::ptrdiff_t>(same + 1), b.end());
}

void NearNames::add(std::string_view plain, std::uint32_t which) {
    by_part_.emplace(plain, which);
    for (std::string& part : parts_of(plain)) by_part_.emplace(std::move(part), which);
}

std::vector<std::uint32_t> NearNames::near(std::string_view plain) const {
    std::vector<std::uint32_t> found;
    auto look = [&](std::string const& part) {
        auto const [from, to] = by_part_.equal_range(part);
        for (auto at = from; at != to; ++at) found.push_back(at->second);
    };
    look(std::string(plain));
    for (std::string const& part : parts_of(plain)) look(part);
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    return found;
}

Names::Names(std::vector<Name> units, std::vector<Name> roads) : all_(std::move(units)), units_(all_.size()) {
    all_.insert(all_.end(), std::make_move_iterator(roads.begin()), std::make_move_iterator(roads.end()));
    for (std::uint32_t i = 0; i < all_.size(); ++i) {
        by_name_.emplace(all_[i].plain, i);
        if (count_characters(all_[i].plain) >= kShortest) near_.add(all_[i].plain, i);
    }
}

std::vector<Name> Names::units_of(Directory const& directory, text::Reader const& reader) {
    std::vector<Name> names;
    names.reserve(directory.units().size());
    for (Unit const& unit : directory.units())
        names.push_back({unit.zh, reader.normalised(unit.zh), reader.initials(unit.zh), unit.id, 0});
    return names;
}

std::vector<Name> Names::roads_of(std::vector<search::TermCount> const& counted, text::Reader const& reader) {
    // A longer one that is nearly as frequent as its end is the name itself; else what stands before it is chance.
    std::map<std::string, std::uint64_t, std::less<>> times;
    for (search::TermCount const& road : counted) times[road.text] = road.count;
    std::set<std::string, std::less<>> dropped;
    for (auto const& [road, count] : times) {
        std::string_view const end = std::string_view(road).substr(first_characters(road, 1).size());
        auto const shorter = times.find(end);
        if (shorter == times.end()) continue;
        bool const longer_is_it = count >= 3 && 10 * count >= 8 * shorter->second;
        dropped.insert(longer_is_it ? shorter->first : road);
    }
    std::vector<Name> roads;
    for (auto const& [road, count] : times)
        if (!dropped.contains(road)) roads.push_back({road, road, {}, {}, count});
    std::ranges::stable_sort(roads, std::greater<>{}, &Name::times);
    if (roads.size() > kMostRoads) roads.resize(kMostRoads);
    for (Name& road : roads) road.initials = reader.initials(road.plain);
    return roads;
}

std::vector<Name const*> Names::suggest(std::string_view typed, std::size_t most) const {
    std::vector<std::pair<int, Name const*>> found;
    bool const letters = is_letters(typed);
    for (Name const& name : all_)
        if (int const how = typed.empty() ? 0 : fit(name, "", typed, letters); how != 0)
            found.emplace_back(how, &name);
    if (found.empty())
        for (Name const& name : all_)
            if (begins_nearly(name.plain, typed)) found.emplace_back(9, &name);
    std::ranges::stable_sort(found, {}, [](auto const& each) {
        return std::tuple(each.first, !each.second->unit, -static_cast<std::int64_t>(each.second->times));
    });
    std::vector<Name const*> names;
    for (auto const& [how, name] : found) {
        if (names.size() == most) break;
        names.push_back(name);
    }
    return names;
}

std::vector<Name const*> Names::units(std::string_view typed) const {
    std::map<int, std::vector<Name const*>> found;
    bool const letters = is_letters(typed);
    for (std::size_t i = 0; i < units_; ++i)
        if (int const how = fit(all_[i], "", typed, letters); how != 0) found[how].push_back(&all_[i]);
    if (found.empty())
        for (std::uint32_t which : near_.near(typed))
            if (which < units_ && one_sign_apart(all_[which].plain, typed)) found[9].push_back(&all_[which]);
    return found.empty() ? std::vector<Name const*>{} : found.begin()->second;
}

std::vector<Names::Instead> Names::instead(std::string_view word) const {
    std::vector<Instead> found;
    std::vector<text::Sign> const signs = text::signs_of(word);
    for (std::size_t from = 0; from < signs.size(); ++from)
        for (std::size_t length = std::min(kLongest, signs.size() - from); length >= kShortest; --length) {
            std::size_t const begin = signs[from].begin, end = signs[from + length - 1].end;
            std::string_view const part = word.substr(begin, end - begin);
            if (by_name_.contains(std::string(part))) return {};  // it is a name
            for (std::uint32_t which : near_.near(part)) {
                Name const& name = all_[which];
                bool const road = which >= units_;
                // Of a road, the same sort of road; of a unit, a name long enough that one sign is chance.
                if (road ? !text::is_road_end(signs[from + length - 1].code) : count_characters(name.plain) < 4)
                    continue;
                if (one_sign_apart(name.plain, part)) found.push_back({begin, end, &name});
            }
        }
    std::ranges::stable_sort(found, {}, [](Instead const& each) {
        return std::pair(!each.name->unit, -static_cast<std::int64_t>(each.name->times));
    });
    if (found.size() > kMostInstead) found.resize(kMostInstead);
    return found;
}

}  // namespace banyan::index
