#include "systems/topics/portrait.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "platform/text/signs.h"

namespace banyan::topics {
namespace {

constexpr std::size_t kWords = 5, kHeadline = 40, kTitles = 40, kLongestWord = 8;
constexpr double kPlaceBonus = 1.5;  ///< a headline that names the place

std::string commonest(std::map<std::string, int> const& counts, int least) {
    std::string best;
    int most = least - 1;
    for (auto const& [name, n] : counts)
        if (n > most || (n == most && n >= least && name.size() > best.size())) {
            most = n;
            best = name;
        }
    return best;
}

template <class Of>
std::string commonest_of(std::span<Member const* const> members, Of of) {
    std::map<std::string, int> counts;
    for (Member const* member : members)
        if (std::string const& value = of(*member); !value.empty()) ++counts[value];
    return commonest(counts, 1);
}

/// Of how many titles a term is.
std::map<std::string, int> terms_of(std::span<Member const* const> members, alike::Sketcher const& sketcher,
                                    std::vector<alike::Reading>& readings) {
    std::map<std::string, int> counts;
    for (Member const* member : members) {
        readings.push_back(sketcher.read(member->title, ""));
        for (std::string const& text : readings.back().texts) ++counts[text];
    }
    return counts;
}

/// What two titles or more have in common, as long as it is: parts of titles, no pieces of words.
std::vector<std::string> key_words(std::vector<Member const*> const& quoted, std::string const& place) {
    std::map<std::string, int> counts;
    for (std::size_t i = 0; i < std::min(quoted.size(), kTitles); ++i) {
        std::string title = quoted[i]->title;
        for (std::size_t at = place.empty() ? std::string::npos : title.find(place); at != std::string::npos;
             at = title.find(place))
            title.replace(at, place.size(), " ");
        std::vector<text::Sign> const signs = text::signs_of(title);
        std::set<std::string> parts;
        for (std::size_t from = 0; from < signs.size(); ++from)
            for (std::size_t to = from;
                 to < signs.size() && to < from + kLongestWord && text::is_han(signs[to].code); ++to)
                if (to > from) parts.insert(title.substr(signs[from].begin, signs[to].end - signs[from].begin));
        for (std::string const& part : parts) ++counts[part];
    }
    std::vector<std::pair<std::size_t, std::string>> common;
    for (auto const& [word, n] : counts)
        if (n >= 2) common.emplace_back(static_cast<std::size_t>(n) * word.size(), word);
    std::ranges::sort(common, std::greater<>{});
    std::vector<std::string> words;
    for (auto const& [weight, word] : common) {
        bool const known = std::ranges::any_of(words, [&](std::string const& other) {
            return other.find(word) != std::string::npos || word.find(other) != std::string::npos;
        });
        if (!known) words.push_back(word);
        if (words.size() == kWords) break;
    }
    return words;
}

/// Pairs of signs of one longer word come as often as it does: ab and bc become abc.
void join_pairs(std::vector<Rising>& all) {
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = 0; j < all.size();) {
            std::vector<text::Sign> const ends = text::signs_of(all[i].word), begins = text::signs_of(all[j].word);
            bool const same = i != j && all[i].now == all[j].now && all[i].before == all[j].before;
            if (!same || ends.empty() || begins.size() != 2 || ends.back().code != begins.front().code ||
                ends.size() > kLongestWord) {
                ++j;
                continue;
            }
            all[i].word += all[j].word.substr(begins[1].begin);
            all.erase(all.begin() + static_cast<std::ptrdiff_t>(j));
            if (j < i) --i;
            j = 0;
        }
}

}  // namespace

std::string without_numbers(std::string_view text) {
    std::string out;
    std::size_t from = 0;
    for (text::Span const& span : text::Reader::personal_numbers(text)) {
        out += std::string(text.substr(from, span.begin - from)) + "***";
        from = span.end;
    }
    return out + std::string(text.substr(from));
}

Heat heat_of(std::span<Member const* const> members, Instant now, int window_days, Numbers const& numbers) {
    Heat heat;
    std::set<PersonId> askers;
    int before = 0;
    double sum = 0;
    for (Member const* member : members) {
        if (member->at > now) continue;
        double const age = static_cast<double>((now - member->at).us) / static_cast<double>(days(1).us);
        if (age <= numbers.speed_days)
            ++heat.recent;
        else if (age <= numbers.speed_days + numbers.before_days)
            ++before;
        if (age > window_days) continue;
        bool const again = member->asker && !askers.insert(member->asker).second;
        if (!again) ++heat.people;
        heat.votes += member->votes;
        sum += ((again ? numbers.repeat : 1) + numbers.vote * member->votes) *
               std::exp2(-age / numbers.half_life_days);
    }
    heat.usual = before * static_cast<double>(numbers.speed_days) / numbers.before_days;
    heat.value = sum * std::pow((heat.recent + 1.0) / (heat.usual + 1.0), numbers.speed_power);
    return heat;
}

Portrait portrait_of(std::span<Member const* const> members, std::span<Member const* const> readable,
                     alike::Sketcher const& sketcher, Redact const& redact) {
    Portrait portrait;
    if (members.empty()) return portrait;
    portrait.first = members.front()->at;
    portrait.last = members.back()->at;
    portrait.class_code = commonest_of(members, [](Member const& one) { return one.class_code; });
    portrait.region = commonest_of(members, [](Member const& one) { return one.region; });
    std::vector<Member const*> quoted;
    for (Member const* member : readable)
        if (member->quotable && !member->title.empty()) quoted.push_back(member);
    std::map<std::string, int> places;
    for (Member const* member : quoted)
        for (std::string const& place : std::set<std::string>(member->places.begin(), member->places.end()))
            ++places[place];
    portrait.place = commonest(places, 2);
    std::vector<alike::Reading> readings;
    std::map<std::string, int> const counts = terms_of(quoted, sketcher, readings);
    portrait.words = key_words(quoted, portrait.place);
    double best = -1;
    for (std::size_t i = 0; i < quoted.size(); ++i) {
        double shared = 0;
        for (std::string const& text : readings[i].texts) shared += counts.at(text) - 1;
        double central = shared / std::sqrt(static_cast<double>(readings[i].texts.size()) + 1);
        bool const named = !portrait.place.empty() && quoted[i]->title.find(portrait.place) != std::string::npos;
        central = (central + 0.1) * (named ? kPlaceBonus : 1);
        if (central <= best) continue;
        best = central;
        portrait.headline = redact(first_characters(quoted[i]->title, kHeadline));
    }
    return portrait;
}

std::vector<Rising> rising_words(Clusters const& clusters, Instant now, int window, Numbers const& numbers) {
    std::map<alike::Hash, std::pair<int, int>> counts;
    double all_now = 0, all_before = 0;
    for (auto const& [id, member] : clusters.all()) {
        if (member.words.empty() || member.at > now || member.at <= now - days(2 * window)) continue;
        bool const is_now = member.at > now - days(window);
        (is_now ? all_now : all_before) += 1;
        for (alike::Hash const hash : member.words) ++(is_now ? counts[hash].first : counts[hash].second);
    }
    std::vector<Rising> all;
    for (auto const& [hash, n] : counts) {
        if (n.first < numbers.least_words) continue;
        std::string word(clusters.word(hash));
        if (count_characters(word) < 2) continue;
        double const grown = growth(n.first, all_now, n.second, all_before);
        if (grown > 0) all.push_back({std::move(word), n.first, n.second, grown});
    }
    std::ranges::sort(all, [](Rising const& a, Rising const& b) {
        return std::tuple(a.growth, a.word.size(), a.word) > std::tuple(b.growth, b.word.size(), b.word);
    });
    join_pairs(all);
    std::vector<Rising> shown;
    for (Rising& one : all) {  // pairs of signs overlap: of what stands in each other only one
        bool const part = std::ranges::any_of(shown, [&](Rising const& other) {
            return other.word.find(one.word) != std::string::npos ||
                   one.word.find(other.word) != std::string::npos;
        });
        if (!part) shown.push_back(std::move(one));
        if (shown.size() == static_cast<std::size_t>(numbers.shown_words)) break;
    }
    return shown;
}

}  // namespace banyan::topics
