// Words of an item, and what is derived from them.
#include <algorithm>
#include <array>

#include "systems/hall/item.h"

namespace banyan::hall {
namespace {

constexpr std::array<std::string_view, 5> kLevels{"province", "city", "county", "town", "village"};
constexpr std::array<std::string_view, 11> kTypes{"XK", "XF", "XZ", "XS", "XG", "XC",
                                                  "QR", "JL", "CJ", "GF", "QT"};
constexpr std::array<std::string_view, 2> kKinds{"instant", "promised"};
constexpr std::array<std::string_view, 3> kTrips{"none", "one", "more"};

template <class Word, std::size_t N>
std::optional<Word> word_of(std::array<std::string_view, N> const& codes, std::string_view code) {
    auto const found = std::ranges::find(codes, code);
    if (found == codes.end()) return std::nullopt;
    return static_cast<Word>(found - codes.begin());
}
template <class Word, std::size_t N>
std::string_view code_in(std::array<std::string_view, N> const& codes, Word word) {
    return codes.at(static_cast<std::size_t>(word));
}

struct Derived {
    Trips trips;
    std::string_view why;
};

Derived derived(Item const& item) {
    constexpr int kWholeOnLine = 5, kAcceptedOnLine = 4, kPreReviewed = 3;
    if (item.in_person > 1) return {Trips::more, "in_person_often"};
    if (item.in_person == 1) return {Trips::one, "in_person_once"};
    if (item.star >= kWholeOnLine) {
        if (item.result.type == "none") return {Trips::none, "nothing_to_collect"};
        if (item.result.electronic && item.delivers("electronic")) return {Trips::none, "electronic"};
        if (item.delivers("courier")) return {Trips::none, "courier"};
        return {Trips::one, "collected"};
    }
    if (item.star == kAcceptedOnLine) return {Trips::one, "papers_when_collecting"};
    if (item.kind == Kind::instant) return {Trips::one, "on_the_spot"};
    return {Trips::more, item.star == kPreReviewed ? "papers_then_collecting" : "not_on_line"};
}

}  // namespace

std::string_view code_of(Level level) { return code_in(kLevels, level); }
std::string_view code_of(Type type) { return code_in(kTypes, type); }
std::string_view code_of(Kind kind) { return code_in(kKinds, kind); }
std::string_view code_of(Trips trips) { return code_in(kTrips, trips); }
std::optional<Level> level_of(std::string_view code) { return word_of<Level>(kLevels, code); }
std::optional<Type> type_of(std::string_view code) { return word_of<Type>(kTypes, code); }
std::optional<Kind> kind_of(std::string_view code) { return word_of<Kind>(kKinds, code); }
std::optional<Trips> trips_of(std::string_view code) { return word_of<Trips>(kTrips, code); }

bool Item::has(std::string_view option) const { return std::ranges::find(options, option) != options.end(); }
bool Item::delivers(std::string_view way) const { return std::ranges::find(delivery, way) != delivery.end(); }

Trips trips_of(Item const& item) { return derived(item).trips; }
std::string_view trips_why(Item const& item) { return derived(item).why; }

std::string_view region_code(std::string_view given) {
    constexpr std::size_t kShort = 6;
    if (given.size() != kShort || !given.ends_with("00")) return given;
    given.remove_suffix(2);
    if (given.ends_with("00")) given.remove_suffix(2);
    return given;
}

}  // namespace banyan::hall
