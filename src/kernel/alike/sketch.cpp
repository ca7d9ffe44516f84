#include "kernel/alike/sketch.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <map>
#include <numeric>

#include "platform/config/toml.h"

namespace banyan::alike {
namespace {

namespace json = boost::json;

constexpr double kLeastRarity = 0.1;
constexpr double kFew = 3;  ///< what one text alone has joins nothing: it does not push out what joins

Words::Set list(json::object const& root, std::string_view name) {
    Words::Set all;
    json::value const* value = root.if_contains(name);
    if (value == nullptr || !value->is_array()) return all;
    for (json::value const& one : value->as_array())
        if (one.is_string()) all.emplace(one.as_string());
    return all;
}

double number(json::object const& table, std::string_view name, bool& missing) {
    json::value const* value = table.if_contains(name);
    if (value == nullptr || !value->is_number()) {
        missing = true;
        return 0;
    }
    return value->to_number<double>();
}

}  // namespace

Result<Words> read_words(std::string_view toml) {
    BANYAN_TRY(TomlDocument document, parse_toml(toml));
    json::object const& root = document.root;
    Words words;
    words.place_ends = list(root, "place_ends");
    words.wide_ends = list(root, "wide_ends");
    words.place_bounds = list(root, "place_bounds");
    words.place_before = list(root, "place_before");
    words.place_before_not = list(root, "place_before_not");
    words.common = list(root, "common");
    json::value const *sketch = root.if_contains("sketch"), *weights = root.if_contains("weights");
    if (words.place_ends.empty() || sketch == nullptr || !sketch->is_object() || weights == nullptr ||
        !weights->is_object())
        return refuse("alike.words");
    bool missing = false;
    auto size = [&](json::object const& table, std::string_view name) {
        double const value = number(table, name, missing);
        if (value < 1 || value > 10'000) missing = true;
        return missing ? std::size_t{1} : static_cast<std::size_t>(value);
    };
    words.after_signs = size(root, "after_signs");
    words.terms = size(sketch->as_object(), "terms");
    words.body_signs = size(sketch->as_object(), "body_signs");
    words.title_weight = size(sketch->as_object(), "title_weight");
    words.place_weight = size(sketch->as_object(), "place_weight");
    Words::Weights& w = words.weights;
    json::object const& given = weights->as_object();
    auto const members = {std::pair("bias", &w.bias),
                          {"whole", &w.whole},
                          {"place", &w.place},
                          {"subject", &w.subject},
                          {"days", &w.days},
                          {"threshold", &w.threshold},
                          {"same_class", &w.same_class},
                          {"other_class", &w.other_class}};
    for (auto const& [name, member] : members) *member = number(given, name, missing);
    if (missing) return refuse("alike.words");
    return words;
}

/// FNV-1a: the same in every run and on every machine.
Hash hash_of(std::string_view term) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (char c : term) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    auto const folded = static_cast<Hash>(hash ^ (hash >> 32));
    return folded == 0 ? 1 : folded;
}

std::string_view Reading::text_of(Hash hash) const {
    auto found = std::ranges::lower_bound(terms, hash, {}, &Term::hash);
    if (found == terms.end() || found->hash != hash) return {};
    return texts[static_cast<std::size_t>(found - terms.begin())];
}

Counts::Counts() : seen_(kPlaces) {}

void Counts::add(Reading const& reading) {
    ++texts_;
    for (Term const& term : reading.terms) ++seen_[term.hash % kPlaces];
}

double Counts::rarity(Hash hash) const {
    double const seen = seen_[hash % kPlaces];
    return std::max(kLeastRarity, std::log((static_cast<double>(texts_) + 1.0) / (std::max(seen, kFew) + 0.5)));
}

Reading Sketcher::read(std::string_view title, std::string_view body, std::string_view place) const {
    struct Found {
        std::size_t times = 0;
        std::uint8_t bits = 0;
        std::string text;
    };
    std::map<Hash, Found> found;
    Reading reading;
    auto take = [&](std::string_view text, std::size_t times, std::uint8_t bits) {
        text::Plain whole = reader_.plain(text);
        std::iota(whole.from.begin(), whole.from.end(), 0U);  // terms and names in bytes of the same text
        std::string_view const plain = whole.text;
        std::vector<PlaceName> const names = place_names(plain, words_);
        for (PlaceName const& name : names) {
            if (!name.ended) continue;
            std::string one(plain.substr(name.span.begin, name.span.end - name.span.begin));
            if (std::ranges::find(reading.places, one) == reading.places.end())
                reading.places.push_back(std::move(one));
        }
        auto around = [&](text::Term const& term) {
            PlaceName const* best = nullptr;
            for (PlaceName const& name : names) {
                if (name.span.begin > term.begin) break;
                if (term.end <= name.span.end && (best == nullptr || name.ended)) best = &name;
            }
            return best;
        };
        for (text::Term& term : reader_.terms(whole)) {
            if (words_.common.contains(std::string_view(term.text))) continue;
            Found& one = found[hash_of(term.text)];
            one.times += times;
            one.bits |= bits;
            PlaceName const* name = around(term);
            if (name != nullptr) one.bits |= Term::kPlace;
            if (name != nullptr && name->ended) one.times += times * (words_.place_weight - 1);
            if (one.text.empty()) one.text = std::move(term.text);
        }
    };
    if (!place.empty()) take(first_characters(place, words_.body_signs), words_.place_weight, Term::kPlace);
    take(title, words_.title_weight, Term::kTitle);
    take(first_characters(body, words_.body_signs), 1, 0);
    for (auto& [hash, one] : found) {
        double const weight = 8 * (1 + std::log(static_cast<double>(one.times)));
        reading.terms.push_back({hash, static_cast<std::uint8_t>(std::min(63.0, weight)), one.bits});
        reading.texts.push_back(std::move(one.text));
    }
    return reading;
}

Sketch Sketcher::sketch(Reading const& reading, Counts const& counts) const {
    Sketch sketch;
    std::vector<std::pair<double, Term>> heaviest;
    for (Term const& term : reading.terms) heaviest.emplace_back(-term.weight * counts.rarity(term.hash), term);
    std::size_t const kept = std::min(words_.terms, heaviest.size());
    std::ranges::nth_element(heaviest, heaviest.begin() + static_cast<std::ptrdiff_t>(kept), {},
                             [](auto const& one) { return std::pair(one.first, one.second.hash); });
    for (std::size_t i = 0; i < kept; ++i) sketch.terms.push_back(heaviest[i].second);
    std::ranges::sort(sketch.terms, {}, &Term::hash);
    return sketch;
}

}  // namespace banyan::alike
