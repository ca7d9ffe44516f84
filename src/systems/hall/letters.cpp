#include "systems/hall/letters.h"

#include <algorithm>
#include <span>

#include "platform/text/signs.h"

namespace banyan::hall {
namespace {

constexpr std::size_t kFewestWithin = 3;  ///< initials; two stand within nearly every name
constexpr std::size_t kFewestBegun = 4;   ///< letters of begun syllables, by which nearly anything can be read

using Readings = std::vector<std::string>;

/// How many of these signs, from the first on, the letters are, read `begun` or whole; the last may always be
/// begun, the first not.
std::uint32_t most_signs(std::span<Readings const* const> signs, std::string_view typed, bool begun, bool first) {
    if (signs.empty()) return 0;
    std::uint32_t best = 0;
    for (std::string const& reading : *signs.front()) {
        std::size_t same = 0;
        while (same < reading.size() && same < typed.size() && reading[same] == typed[same]) ++same;
        if (same == 0) continue;
        if (same == typed.size()) {
            if (!first || begun || same == reading.size()) best = std::max(best, 1U);
            continue;
        }
        for (std::size_t take = begun ? 1 : reading.size(); take <= same; ++take) {
            std::uint32_t const rest = most_signs(signs.subspan(1), typed.substr(take), begun, false);
            if (rest > 0) best = std::max(best, rest + 1);
        }
    }
    return best;
}

}  // namespace

Letters::Reading Letters::reading_of(char32_t sign, text::Reader const& reader) {
    auto const [at, is_new] = reading_of_.try_emplace(sign, static_cast<Reading>(readings_.size()));
    if (is_new) readings_.push_back(reader.readings(sign));
    return at->second;
}

void Letters::add(Owner owner, What what, std::string_view plain, text::Reader const& reader) {
    auto const number = static_cast<std::uint32_t>(entries_.size());
    auto const [at, is_new] = entry_of_.try_emplace(std::string(plain), number);
    if (is_new) {
        Entry entry{static_cast<std::uint32_t>(signs_.size()), 0, {}};
        for (text::Sign const& sign : text::signs_of(plain)) {
            Reading const reading = reading_of(sign.code, reader);
            std::string initials;
            for (std::string const& each : readings_[reading]) {
                auto const letter = static_cast<unsigned char>(each.front());
                if (letter >= begins_.size() || initials.find(each.front()) != std::string::npos) continue;
                initials += each.front();
                begins_[letter].push_back({number, entry.length});
            }
            signs_.push_back(reading);
            ++entry.length;
        }
        entries_.push_back(std::move(entry));
    }
    entries_[at->second].owners.emplace_back(owner, what);
}

std::uint32_t Letters::signs_for(Entry const& entry, std::uint32_t sign, std::string_view typed, How how) const {
    if (how == How::initials) {
        if (sign + typed.size() > entry.length) return 0;
        for (std::size_t i = 0; i < typed.size(); ++i)
            if (std::ranges::none_of(readings(entry, sign + static_cast<std::uint32_t>(i)),
                                     [&](std::string const& one) { return one.front() == typed[i]; }))
                return 0;
        return static_cast<std::uint32_t>(typed.size());
    }
    std::vector<Readings const*> signs;
    for (std::uint32_t i = sign; i < entry.length && signs.size() < typed.size(); ++i)
        signs.push_back(&readings(entry, i));
    return most_signs(signs, typed, how == How::begun, true);
}

std::uint32_t Letters::score(What what, How how, At where, std::uint32_t covered, std::uint32_t length) {
    bool const whole = covered == length, begins = where.sign == 0;
    std::uint32_t base = whole ? 800 : begins ? 600 : 400;
    if (how == How::begun) base = whole ? 350 : begins ? 300 : 200;
    if (what == What::name) base += 50;
    return base + 100 * covered / length;
}

void Letters::look(std::string_view typed, How how, std::vector<Hit>& hits) const {
    auto const first = static_cast<unsigned char>(typed.front());
    if (first >= begins_.size()) return;
    bool const within =
        how == How::syllables || typed.size() >= (how == How::begun ? kFewestBegun : kFewestWithin);
    for (At const where : begins_[first]) {
        if (where.sign > 0 && !within) continue;
        Entry const& entry = entries_[where.entry];
        std::uint32_t const covered = signs_for(entry, where.sign, typed, how);
        if (covered == 0) continue;
        for (auto const& [owner, what] : entry.owners)
            hits.push_back({owner, score(what, how, where, covered, entry.length)});
    }
}

std::vector<Letters::Hit> Letters::find(std::string_view typed) const {
    std::vector<Hit> hits;
    if (typed.empty()) return hits;
    look(typed, How::initials, hits);
    look(typed, How::syllables, hits);
    if (hits.empty() && typed.size() >= kFewestBegun) look(typed, How::begun, hits);
    return hits;
}

}  // namespace banyan::hall
